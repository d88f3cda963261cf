import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pino } from 'pino';
import { type AccountId, BusinessDay, BusinessMonth, Instant, Money, parseAccountId } from '#kernel';
import { startServer } from '#nest';
import type { JobQueue } from '#ports';
import {
  ask,
  discardSuspense,
  importCalls,
  importCatalogue,
  type Product,
  perform,
  publishTariffs,
  retrySuspense,
  runClose,
  runJobs,
  showCatalogue,
} from '#runtime';
import { type LaggingServers, laggingServers, PRICED } from '../support/lagging-servers.js';
import { needsProgram } from '../support/needs.js';
import { callerOf } from '../support/small-provider.js';

const OCTOBER = BusinessMonth.parse('2025-10');
const silent = pino({ level: 'silent' });
const A1 = parseAccountId('A1');
const HEADER = 'call_id,account,number,direction,from,to,start,answer,end,hangup_cause';
let sequence = 0;
const caller = (commandId = `lag-${++sequence}`) => callerOf(commandId);

/** A minute's call of account A1 on 5 October. */
const callTo = (id: string, to: string): string => {
  const at = (time: string) => `2025-10-05T${time}+09:00`;
  const times = [at('09:00:00.000'), at('09:00:00.000'), at('09:01:00.000')];
  return [id, 'A1', '0501111', 'out', '0501111', to, ...times, 'NORMAL_CLEARING'].join(',');
};

needsProgram('postgres', 'initdb')('two servers whose read models stand still', () => {
  let servers: LaggingServers;
  let a: Product;
  let b: Product;
  let { opened, caughtUp, standingStill, directory, worker } = {} as LaggingServers;
  beforeAll(async () => {
    servers = await laggingServers(caller);
    ({ a, b, opened, caughtUp, standingStill, directory, worker } = servers);
  }, 60_000);
  afterAll(() => servers.stop());
  beforeEach(() => standingStill());
  afterEach(() => worker.start());

  const imported = (product: Product, name: string, ...lines: string[]) => {
    const file = join(directory, `${name}.csv`);
    writeFileSync(file, `${[HEADER, ...lines].join('\n')}\n`);
    return perform(product, importCalls, { path: file, format: 'csv', encoding: 'utf-8' }, caller());
  };
  const posted = async (product: Product, account: AccountId = A1, asOf?: string) =>
    (await product.prepaid.balance(account, asOf === undefined ? undefined : Instant.parse(asOf)))!.posted;

  it('gives a call to a number free that was assigned on the other a moment before', async () => {
    expect((await imported(b, 'foreign', callTo('c0', '0312345678'))).counts).toMatchObject({ charged: 1 });
    expect(await a.accounts.assignNumber(A1, '0501112', caller())).toMatchObject({ kind: 'done' });
    expect((await imported(b, 'own', callTo('c1', '0501112'))).counts).toMatchObject({
      charged: 0,
      noted: 1,
      suspended: 0,
    });
    // A live call that ends at the same moment, on the server where nobody has asked for prices yet.
    expect(await b.accounts.assignNumber(A1, '0501113', caller())).toMatchObject({ kind: 'done' });
    const hold = { account: A1, hold: 'h1', amount: Money.of('10') };
    expect(await a.prepaid.hold({ ...hold, purpose: 'call' }, caller())).toMatchObject({ kind: 'done' });
    const at = Instant.parse('2025-10-05T09:00:00.000+09:00');
    const call = {
      ...{ callId: 'c2', direction: 'out' as const, number: '0501111', from: '0501111', to: '0501113' },
      ...{ startedAt: at, answeredAt: at, endedAt: Instant.plusMs(at, 60_000), durationMs: 60_000 },
      hangupCause: 'NORMAL_CLEARING',
    };
    expect(await a.prepaid.settleHold({ ...hold, call }, caller())).toMatchObject({
      kind: 'done',
      value: { net: '0', category: 'IP通話' },
    });
  });

  it('prices by the tariff and taxes by the policy that the other took a moment before', async () => {
    const dear = PRICED.replaceAll('\nstd,', '\ndear,').replaceAll(',8,180', ',80,180');
    expect((await imported(b, 'before', callTo('p0', '0312345678'))).counts.charged).toBe(1);
    await perform(a, publishTariffs, { file: 'dear.csv', text: dear }, caller());
    const account = parseAccountId('P1');
    expect(await opened(a, 'P1', '0502222')).toMatchObject({ kind: 'done' });
    expect(await b.accounts.assignTariff(account, 'dear', caller())).toMatchObject({ kind: 'done' });
    expect(await a.accounts.get(account)).toMatchObject({ tariff: 'dear' });
    const yaml = `policies:\n  - name: prepaid.expiry-days\n    value: '30'\n    valid_from: 2025-11-01\n`;
    const done = await perform(a, importCatalogue, { file: 'c.yaml', text: yaml }, caller());
    expect(done.problems).toEqual([]);
    const lot = await b.prepaid.charge({ account, amount: Money.of('1'), method: 'bank_transfer' }, caller());
    expect(lot).toMatchObject({ value: { expiresOn: '2025-12-02' } });
  });

  it('shows the balance of a wallet whose month was turned on the other', async () => {
    const before = Number.parseInt(await posted(b), 10);
    await a.prepaid.charge({ account: A1, amount: Money.of('500'), method: 'bank_transfer' }, caller());
    expect(Number.parseInt(await posted(b), 10)).toBe(before + 500);
    const account = parseAccountId('T1');
    await opened(a, 'T1', '0503333');
    const charge = (amount: string, at: string) =>
      a.prepaid.charge(
        { account, amount: Money.of(amount), method: 'bank_transfer', at: Instant.parse(at) },
        caller(),
      );
    await charge('100', '2025-10-02T10:00:00.000+09:00');
    await charge('200', '2025-11-01T10:00:00.000+09:00');
    expect(await posted(b, account)).toBe('300');
    expect(await posted(b, account, '2025-11-01T12:00:00.000+09:00')).toBe('300');
    expect(await posted(b, account, '2025-10-31T12:00:00.000+09:00')).toBe('100');
  });

  it('lets no lot and no adjustment take a name that the other gave away and spent', async () => {
    const account = parseAccountId('N1');
    await opened(a, 'N1', '0504444');
    const charge = { account, amount: Money.of('5'), method: 'bank_transfer' as const, lot: 'twice' };
    expect(await a.prepaid.charge(charge, caller())).toMatchObject({ kind: 'done' });
    const adjust = (product: Product, adjustment: string, amount: string) =>
      product.prepaid.adjust(
        { account, adjustment, amount: Money.of(amount), reason: 'test', approvedBy: null },
        caller(),
      );
    // The lot is spent and has left the wallet by now.
    expect(await adjust(a, 'all-of-it', '-5')).toMatchObject({ kind: 'done' });
    expect(await b.prepaid.charge(charge, caller())).toMatchObject({ rejection: { code: 'LOT_EXISTS' } });
    expect(await adjust(b, 'all-of-it', '-1')).toMatchObject({ rejection: { code: 'ADJUSTMENT_EXISTS' } });
    expect(await adjust(b, 'twice', '1')).toMatchObject({ rejection: { code: 'LOT_EXISTS' } });
  });

  it('charges no suspended line that the other discarded, and retries nothing on an old list', async () => {
    const nobody = callTo('s1', '0312345678').replace(',A1,', ',S1,');
    const { import: id } = await imported(a, 'suspended', nobody);
    await standingStill();
    expect(await opened(a, 'S1', '0505555')).toMatchObject({ kind: 'done' });
    const line = { import: id, line: 2, reason: 'not ours' };
    expect(await perform(a, discardSuspense, line, caller())).toMatchObject({ kind: 'done' });
    await expect(perform(b, retrySuspense, { import: id }, caller())).rejects.toThrow(/is a worker running/);
    expect((await imported(b, 'suspended', nobody)).counts).toMatchObject({ charged: 0, skipped: 1 });
    await standingStill();
    expect(await perform(b, retrySuspense, { import: id }, caller())).toMatchObject({ retried: 0 });
    expect(await posted(b, parseAccountId('S1'))).toBe('0');
  });

  it('lets a new key in on both, and a revoked one dies at once here and within seconds there', async () => {
    const created = await a.keys.create({ role: 'auditor', account: null, label: '監査' }, caller());
    if (created.kind !== 'done') throw new Error('no key');
    const { token, key } = created.value;
    const opens = async (server: Product) => {
      await server.ready('recent');
      return server.keys.authenticate(token);
    };
    for (const server of [a, b, b]) expect(await opens(server)).toMatchObject({ key });
    expect(await a.keys.revoke(key, caller())).toMatchObject({ kind: 'done' });
    expect(await opens(a)).toBeUndefined();
    const revoked = performance.now();
    while (await opens(b)) await new Promise(resolve => setTimeout(resolve, 5));
    expect(performance.now() - revoked).toBeLessThan(3_000);
    // Nobody has told the list.
    expect((await b.keys.list()).some(one => one.key === key)).toBe(false);
  });

  it('takes the policies that were set on the other, although it had asked for them before', async () => {
    const longestCall = async (product: Product) =>
      (await ask(product, showCatalogue, { on: BusinessDay.parse('2025-11-02') })).policies.find(
        ({ name }) => name === 'calls.max-duration-s',
      )?.value;
    expect(await longestCall(b)).toBe('14400');
    const yaml = 'policies:\n  - { name: calls.max-duration-s, value: 7200, valid_from: 2025-01-01 }\n';
    const file = { file: 'policies.yaml', text: yaml };
    expect(await perform(a, importCatalogue, file, caller())).toMatchObject({ problems: [] });
    expect(await longestCall(b)).toBe('7200');
  });

  it('closes no month, takes no debit back and plans no jobs on lists that are behind', async () => {
    await opened(a, 'Z1', '0506666');
    const behind = /have not counted event/;
    const dryRun = { month: OCTOBER, dryRun: true, force: false };
    await expect(perform(b, runClose, dryRun, caller())).rejects.toThrow(behind);
    const reversal = { account: A1, reversal: 'r1', debit: 'c0', reason: 'test' };
    await expect(b.prepaid.reverse(reversal, caller())).rejects.toThrow(behind);
    const { debit: call, ...correction } = { ...reversal, changes: { answeredAt: null } };
    await expect(b.prepaid.correctCall({ ...correction, call }, caller())).rejects.toThrow(behind);
    const nothingToDo = { work: () => ({ stop: async () => undefined }) } as unknown as JobQueue;
    const jobs = runJobs({ ...b, jobQueue: () => nothingToDo }, { autoClose: true });
    await expect(jobs.rebuildTimers()).rejects.toThrow(behind);
    await jobs.stop();
    worker.start();
    await caughtUp(b);
    const closed = await perform(b, runClose, dryRun, caller());
    expect(JSON.stringify(closed)).toContain('"Z1"');
    expect(await b.prepaid.reverse(reversal, caller())).toMatchObject({ kind: 'done' });
  });

  it('answers a question with what it waits for, or says after its limit that it cannot yet', async () => {
    const created = await a.keys.create({ role: 'staff', account: null, label: 'wait' }, caller());
    if (created.kind !== 'done') throw new Error('no key');
    const { token } = created.value;
    await standingStill();
    // The products live on when the servers end.
    const on = (product: Product) => {
      const lasting = { ...product, close: async () => undefined };
      return startServer({ product: lasting, directory, port: 0, waitLimitMs: 300, logger: silent });
    };
    const both = [await on(a), await on(b)];
    const [first, second] = both.map(({ url }) => url);
    try {
      const headers = { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' };
      const charge = async (amount: string) => {
        const answer = await fetch(`${first}/api/v1/accounts/A1/charges`, {
          method: 'POST',
          headers: { ...headers, 'X-Reason': 'test', 'Idempotency-Key': `wait-${amount}` },
          body: JSON.stringify({ amount, method: 'bank_transfer' }),
        });
        return answer.headers.get('X-Position')!;
      };
      const history = (more: string, extra: Record<string, string> = {}) =>
        fetch(`${second}/api/v1/accounts/A1/history?limit=5${more}`, { headers: { ...headers, ...extra } });
      const position = await charge('77');
      expect(await (await history('')).text()).not.toContain('"77"');
      const late = await history(`&wait=${position}`);
      expect([late.status, late.headers.get('Retry-After')]).toEqual([503, '1']);
      expect(await late.json()).toMatchObject({ code: 'READ_MODEL_BEHIND' });
      worker.start();
      // As clients do: told to come again, they come again. A busy machine lets a worker wait for long.
      const counted = async (more: string, extra?: Record<string, string>): Promise<string> => {
        const answer = await history(more, extra);
        return answer.status === 503 ? counted(more, extra) : answer.text();
      };
      expect(await counted(`&wait=${position}`)).toContain('"77"');
      for (let amount = 101; amount < 121; amount++) {
        const field = { 'X-Wait-Position': await charge(String(amount)) };
        expect(await counted('', field)).toContain(`"${amount}"`);
      }
    } finally {
      for (const server of both) await server.close();
    }
  }, 20_000);
});
