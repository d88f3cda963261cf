import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { BusinessDay, BusinessMonth, Instant, Money, parseAccountId } from '#kernel';
import type { Clock } from '#ports';
import { type Product, runJobs } from '#runtime';
import { type ClusterOfATest, embeddedIn, type Home, startClusterOfATest } from '../support/cluster-home.js';
import { needsProgram } from '../support/needs.js';
import { CDR_HEADER, callerOf, openProvider } from '../support/small-provider.js';
import { inTemporaryDirectory, temporaryDirectory } from '../support/temporary-directory.js';

const A1 = parseAccountId('A1');
const DAY = 86_400_000;
const NOVEMBER = BusinessMonth.parse('2026-11');
const START = Instant.parse('2026-11-20T09:00:00.000+09:00');

/** A machine whose time of day can be set wrong. */
class Machine implements Clock {
  private steady = 0;
  private offset: number = START;

  now(): Instant {
    return Instant.fromEpochMs(this.offset + this.steady);
  }
  steadyMs(): number {
    return this.steady;
  }
  pass(ms: number): void {
    this.steady += ms;
  }
  jump(ms: number): void {
    this.offset += ms;
  }
}

const TIMELY =
  /LotExpired|WalletClosed|MonthClosed|CloseRunStarted|InvoiceIssued|ContractEnded|Debited|ServiceSuspended/;

/** Everything that time alone causes, as far as the log tells. */
async function causedByTime(product: Product): Promise<string[]> {
  const found: string[] = [];
  for await (const line of product.audit.export('jsonl')) {
    const { type } = JSON.parse(line) as { type: string };
    if (TIMELY.test(type)) found.push(type);
  }
  return found;
}

async function importCall(product: Product, directory: string, id: string, at: string) {
  const file = join(directory, `${id}.csv`);
  const times = `${at}:00.000+09:00,${at}:00.000+09:00,${at}:59.000+09:00`;
  writeFileSync(
    file,
    `${CDR_HEADER}\n${id},A1,05010000001,out,05010000001,0312345678,${times},NORMAL_CLEARING\n`,
  );
  return (await product.cdr.importFile(file, 'csv', callerOf(`import/${id}`))).counts;
}

let sequence = 0;
const caller = (what: string) => callerOf(`${what}-${++sequence}`);
const charge = (product: Product) =>
  product.prepaid.charge({ account: A1, amount: Money.yen(3000), method: 'card' }, caller('charge'));
const close = (product: Product, dryRun: boolean) =>
  product.closing.run({ month: NOVEMBER, dryRun }, caller('close'));
const untrusted = { kind: 'rejected', rejection: { code: 'CLOCK_NOT_TRUSTED' } };

/** The instant of the receipt decides when something ends, and what the first month costs. */
async function refuseApplications({ contracts }: Product): Promise<void> {
  const asked = { account: A1, contracts: ['none-01'] };
  expect(await contracts.cancel(asked, caller('cancel'))).toMatchObject(untrusted);
  expect(await contracts.undo(asked, caller('undo'))).toMatchObject(untrusted);
  expect(await contracts.cancelAccount(A1, caller('cancel-all'))).toMatchObject(untrusted);
  const order = { account: A1, items: [], cancels: [] };
  expect(await contracts.placeOrder(order, 'account', caller('order'))).toMatchObject(untrusted);
}

/** A provider in November with value and a call; then its clock is 400 days ahead. */
async function wronglyAhead(product: Product, directory: string, clock: Machine): Promise<void> {
  await openProvider(product, ['A1'], '2026-11-01');
  expect(await charge(product)).toMatchObject({ kind: 'done' });
  expect(await importCall(product, directory, 'c1', '2026-11-20T08:00')).toMatchObject({ charged: 1 });
  clock.jump(400 * DAY);
}

function wrongClock(home: () => Promise<Home>): void {
  it(
    'expires nothing and closes nothing, by itself or for anybody, and says why',
    () =>
      inTemporaryDirectory(async directory => {
        const clock = new Machine();
        const product = await (await home()).openBy(clock);
        await wronglyAhead(product, directory, clock);
        const jobs = runJobs(product, { autoClose: true, planEveryMs: 20 });
        await delay(300);
        expect(await product.prepaid.expireDue(A1, caller('expire'))).toMatchObject(untrusted);
        expect(await product.prepaid.suspendOverdue(A1, caller('suspend'))).toMatchObject(untrusted);
        expect(await product.contracts.endDue(A1, caller('end'))).toMatchObject(untrusted);
        await refuseApplications(product);
        const month = BusinessMonth.plus(NOVEMBER, 12);
        expect((await product.contracts.fees.start(month, caller('fees'))).kind).toBe('rejected');
        for (const dryRun of [true, false]) expect(await close(product, dryRun)).toMatchObject(untrusted);
        // What would turn the wallet's month at that time is refused, and may be tried again.
        expect(await charge(product)).toMatchObject(untrusted);
        const hold = { account: A1, hold: 'h1', amount: Money.yen(1), purpose: 'call' };
        expect(await product.prepaid.hold(hold, caller('hold'))).toMatchObject(untrusted);
        await jobs.stop();
        expect(await causedByTime(product)).toEqual([]);
        expect((await product.health()).clockTrusted).toBe(false);
        const { message } = await product.clock.state();
        expect(message).toContain('daicho clock confirm --reason');
        await product.close();
      }),
    60_000,
  );

  it(
    'takes calls of their own time, and not those of a switch with the same fault',
    () =>
      inTemporaryDirectory(async directory => {
        const clock = new Machine();
        const product = await (await home()).openBy(clock);
        await wronglyAhead(product, directory, clock);
        expect(await importCall(product, directory, 'c2', '2026-11-20T08:30')).toMatchObject({ charged: 1 });
        const future = await importCall(product, directory, 'c3', '2027-12-25T08:30');
        expect(future).toMatchObject({ charged: 0, suspended: 1 });
        expect(await causedByTime(product)).toEqual([]);
        await product.close();
      }),
    60_000,
  );

  it(
    'that was put right needs nobody',
    () =>
      inTemporaryDirectory(async directory => {
        const clock = new Machine();
        const product = await (await home()).openBy(clock);
        await wronglyAhead(product, directory, clock);
        expect(await charge(product)).toMatchObject(untrusted);
        clock.pass(45_000);
        clock.jump(-400 * DAY);
        expect(await charge(product)).toMatchObject({ kind: 'done' });
        expect((await product.clock.state()).trusted).toBe(true);
        await product.close();
      }),
    60_000,
  );
}

function confirmedClock(home: () => Promise<Home>): void {
  it(
    'is believed when a person confirms it with a reason: what is due happens then',
    () =>
      inTemporaryDirectory(async directory => {
        const clock = new Machine();
        const product = await (await home()).openBy(clock);
        await wronglyAhead(product, directory, clock);
        expect(await close(product, false)).toMatchObject(untrusted);
        const nobody = { actor: { id: 'staff:tanaka' }, commandId: 'confirm-1' };
        expect(await product.clock.confirm(nobody)).toMatchObject({ rejection: { code: 'REASON_REQUIRED' } });
        expect(await product.clock.confirm(caller('confirm'))).toMatchObject({
          kind: 'done',
          value: { trusted: true },
        });
        expect(await close(product, false)).toMatchObject({ kind: 'done', value: { invoices: 1 } });
        expect(await product.prepaid.expireDue(A1, caller('expire'))).toMatchObject({ kind: 'done' });
        expect(await causedByTime(product)).toEqual(expect.arrayContaining(['invoicing.InvoiceIssued.v1']));
        await product.close();
      }),
    60_000,
  );

  it(
    'is not believed by a process that starts with it, whatever was recorded meanwhile',
    () =>
      inTemporaryDirectory(async directory => {
        const [clock, place] = [new Machine(), await home()];
        const first = await place.openBy(clock);
        await wronglyAhead(first, directory, clock);
        expect(await close(first, false)).toMatchObject(untrusted);
        // This bears the wrong time, and is the newest event now.
        await first.keys.create({ role: 'staff', account: null, label: 'k' }, caller('key'));
        await first.close();
        const again = await place.openBy(clock);
        expect(await close(again, false)).toMatchObject(untrusted);
        expect(await again.clock.confirm(caller('confirm'))).toMatchObject({ kind: 'done' });
        await again.close();
        const third = await place.openBy(clock);
        expect((await third.clock.state()).trusted).toBe(true);
        await third.close();
      }),
    60_000,
  );

  it('may be two weeks ahead of the newest event after a rest: nobody is asked', async () => {
    const [clock, place] = [new Machine(), await home()];
    const first = await place.openBy(clock);
    await openProvider(first, ['A1'], '2026-11-01');
    expect(await charge(first)).toMatchObject({ kind: 'done' });
    await first.close();
    clock.jump(14 * DAY);
    const again = await place.openBy(clock);
    expect(BusinessDay.text(BusinessDay.of(again.now()))).toBe('2026-12-04');
    expect(await charge(again)).toMatchObject({ kind: 'done' });
    await again.close();
  }, 60_000);
}

describe('a clock that is wrong, embedded', () => {
  const directories: string[] = [];
  afterAll(() => {
    for (const directory of directories) rmSync(directory, { recursive: true, force: true });
  });
  const home = async () => {
    const directory = temporaryDirectory();
    directories.push(directory);
    return embeddedIn(directory);
  };
  wrongClock(home);
  confirmedClock(home);
});

needsProgram(
  'postgres',
  'initdb',
  'redis-server',
)('a clock that is wrong, in a cluster', () => {
  let cluster: ClusterOfATest;
  beforeAll(async () => {
    cluster = await startClusterOfATest();
  }, 180_000);
  afterAll(() => cluster?.stop());
  wrongClock(() => cluster.home());
  confirmedClock(() => cluster.home());
});
