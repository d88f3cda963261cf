import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { BusinessMonth, Instant, Money, parseAccountId } from '#kernel';
import { openProduct } from '#nest';
import type { Answer, CloseReport, Product } from '#runtime';
import { callLines } from '../support/call-lines.js';
import { appendsOf } from '../support/log-appends.js';
import { allRows, snapshotOf } from '../support/product-snapshot.js';
import {
  accountNames,
  CDR_HEADER,
  callerOf,
  openProvider,
  randomFrom,
  StandingClock,
  shuffled,
} from '../support/small-provider.js';
import { temporaryDirectory } from '../support/temporary-directory.js';

const ACCOUNTS = accountNames(12);
const OCTOBER = BusinessMonth.parse('2025-10');
const FROM = '2025-10-01T00:00:00.000+09:00';

let directory: string;
let product: Product;
beforeEach(async () => {
  directory = temporaryDirectory();
  const clock = new StandingClock(Instant.parse('2025-11-05T10:00:00.000+09:00'));
  product = await openProduct({ directory: join(directory, 'data'), clock });
  await openProvider(product, ACCOUNTS, '2025-10-01');
});
afterEach(async () => {
  const { scattered, callsTwice } = await appendsOf(product);
  expect({ scattered, callsTwice }).toEqual({ scattered: [], callsTwice: [] });
  expect(await product.audit.verify()).toMatchObject({ ok: true });
  expect(await product.audit.replay({})).toMatchObject({ ok: true, problems: [] });
  const trial = await product.prepaid.trialBalance();
  expect(trial.debit).toBe(trial.credit);
  await product.close();
  rmSync(directory, { recursive: true, force: true });
});

const lines = callLines({ seed: 11, calls: 1_200, accounts: ACCOUNTS, from: FROM, days: 31 });
const fileOf = (name: string, content: readonly string[]): string => {
  const file = join(directory, name);
  writeFileSync(file, `${[CDR_HEADER, ...content].join('\n')}\n`);
  return file;
};
const importFile = (file: string, id: string) => product.cdr.importFile(file, 'csv', callerOf(id));
const close = (id: string, account?: string) =>
  product.closing.run(
    { month: OCTOBER, dryRun: false, ...(account === undefined ? {} : { account: parseAccountId(account) }) },
    callerOf(id),
  );
const reportOf = (answer: Answer<CloseReport>): CloseReport => {
  if (answer.kind !== 'done') throw new Error(`not closed: ${JSON.stringify(answer)}`);
  return answer.value;
};
const invoices = () =>
  allRows(cursor => product.closing.invoices(cursor === undefined ? { limit: 500 } : { limit: 500, cursor }));
const gapless = (count: number): string[] =>
  Array.from({ length: count }, (_, i) => `202510-${String(i + 1).padStart(6, '0')}`);

describe('closes of one month at the same time', () => {
  it('give one set of invoices with numbers without gaps, and both say the same', async () => {
    await importFile(fileOf('calls.csv', lines), 'i1');
    const [one, two] = (await Promise.all([close('c1'), close('c2')])).map(reportOf);
    expect(one!.total).toBe(two!.total);
    expect(one!.accounts.map(({ account, invoice }) => [account, invoice])).toEqual(
      ACCOUNTS.map((account, i) => [account, gapless(ACCOUNTS.length)[i]]),
    );
    expect(two!.accounts.map(account => account.invoice)).toEqual(
      one!.accounts.map(account => account.invoice),
    );
    const issued = await invoices();
    expect(issued.map(row => row.number).sort()).toEqual(gapless(ACCOUNTS.length));
    expect(new Set(issued.map(row => row.account)).size).toBe(ACCOUNTS.length);
    const before = await snapshotOf(product, ACCOUNTS, ['2025-10']);
    expect(reportOf(await close('c3')).accounts.every(one => one.outcome === 'already_closed')).toBe(true);
    expect(await snapshotOf(product, ACCOUNTS, ['2025-10'])).toEqual(before);
    expect(await product.closing.reconcile(OCTOBER)).toEqual([]);
  });

  it('of the month, of single accounts and of previews give each account one invoice', async () => {
    await importFile(fileOf('calls.csv', lines), 'i1');
    const order = shuffled(ACCOUNTS, randomFrom(3));
    const dry = product.closing.run({ month: OCTOBER, dryRun: true }, callerOf('dry'));
    const answers = await Promise.all([
      ...order.map(name => close(`c/${name}`, name)),
      close('all'),
      close('all2'),
    ]);
    await dry;
    expect(answers.map(answer => answer.kind)).toEqual(answers.map(() => 'done'));
    const issued = await invoices();
    expect(issued.map(row => row.number).sort()).toEqual(gapless(ACCOUNTS.length));
    expect(new Set(issued.map(row => row.account)).size).toBe(ACCOUNTS.length);
    expect(await product.closing.reconcile(OCTOBER)).toEqual([]);
  });

  it.each([0, 2, 8, 20])(
    'and an import, %d turns later: each call is on this invoice or waits for the next',
    async turns => {
      await importFile(fileOf('first.csv', lines.slice(0, 600)), 'i1');
      const second = fileOf('second.csv', lines.slice(600));
      const closes = [close('c1'), close('c2')];
      for (let i = 0; i < turns; i++) await new Promise(setImmediate);
      const [report] = await Promise.all([importFile(second, 'i2'), ...closes]);
      expect(report.counts).toMatchObject({ read: 600, duplicates: 0, suspended: 0 });
      expect((await invoices()).map(row => row.number).sort()).toEqual(gapless(ACCOUNTS.length));
      expect(await product.closing.reconcile(OCTOBER)).toEqual([]);
      const calls = await Promise.all(
        ACCOUNTS.map(name =>
          allRows(cursor => {
            const page = cursor === undefined ? { limit: 500 } : { limit: 500, cursor };
            return product.prepaid.calls(parseAccountId(name), page);
          }),
        ),
      );
      expect(calls.flat()).toHaveLength(lines.length);
      const months = calls.flat().map(call => call.billingMonth);
      expect(months.filter(month => month !== '2025-10' && month !== '2025-11')).toEqual([]);
      expect(months.filter(month => month === '2025-10').length).toBeGreaterThanOrEqual(600);
    },
  );
});

describe('imports at the same time', () => {
  it('of one file charge each call once', async () => {
    const file = fileOf('calls.csv', [...lines, 'no,call']);
    const reports = await Promise.all(['i1', 'i2', 'i3'].map(id => importFile(file, id)));
    const sum = (key: 'charged' | 'noted' | 'duplicates') =>
      reports.reduce((total, { counts }) => total + counts[key], 0);
    expect(sum('charged') + sum('noted')).toBe(lines.length);
    expect(sum('duplicates')).toBe(2 * lines.length);
    expect(await product.cdr.imports()).toHaveLength(1);
    expect((await product.cdr.suspense()).rows).toHaveLength(1);
  });

  it('of two files that share calls, and live settlements of them, charge each call once', async () => {
    const account = parseAccountId(ACCOUNTS[0]!);
    const number = '05010000001';
    const at = Instant.parse('2025-10-09T12:00:00.000+09:00');
    const shared = Array.from({ length: 40 }, (_, i) => {
      const startedAt = Instant.plusMs(at, i * 90_000);
      const endedAt = Instant.plusMs(startedAt, 60_000);
      const parties = { number, from: number, to: '0312345678' };
      const times = { startedAt, answeredAt: startedAt, endedAt, durationMs: 60_000 };
      return { callId: `s${i}`, direction: 'out' as const, ...parties, ...times, hangupCause: 'OK' };
    });
    const asLine = (call: (typeof shared)[number]): string => {
      const times = [call.startedAt, call.answeredAt, call.endedAt].map(Instant.text).join();
      return `${call.callId},${account},${number},out,${call.from},${call.to},${times},OK`;
    };
    const charge = {
      account,
      amount: Money.yen(10_000),
      method: 'bank_transfer',
      at: Instant.parse(FROM),
    } as const;
    await product.prepaid.charge(charge, callerOf('money'));
    const both = shared.map(asLine);
    const settlements = shared.map((call, i) =>
      product.prepaid.settleHold({ account, hold: `h${i}`, call }, callerOf(`settle${i}`)),
    );
    await Promise.all([
      importFile(fileOf('one.csv', both), 'i1'),
      importFile(fileOf('two.csv', shuffled(both, randomFrom(1)).slice(0, 30)), 'i2'),
      ...settlements,
    ]);
    for (const settled of settlements)
      expect(await settled).toMatchObject({ kind: 'done', value: { net: '8' } });
    // 40 calls of 8 yen and 0.8 of tax.
    expect(await product.prepaid.balance(account)).toMatchObject({ posted: '9648', receivable: '0' });
  });
});

describe('a replay while customers go on calling', () => {
  it('compares the read models of one moment: no difference', async () => {
    await importFile(fileOf('calls.csv', lines), 'i1');
    const account = parseAccountId(ACCOUNTS[3]!);
    let running = true;
    let charges = 0;
    const traffic = (async () => {
      for (; running; charges++) {
        const charge = {
          account,
          amount: Money.yen(1),
          method: 'bank_transfer',
          lot: `t${charges}`,
        } as const;
        await product.prepaid.charge(charge, callerOf(`t${charges}`));
        await new Promise(setImmediate);
      }
    })();
    const before = (await product.health()).head;
    const found = await product.audit.replay({});
    const after = (await product.health()).head;
    running = false;
    await traffic;
    expect(found).toMatchObject({ ok: true, problems: [] });
    expect(found.events).toBeGreaterThanOrEqual(before);
    expect(found.events).toBeLessThan(after);
  });
});

describe('twenty at once', () => {
  const account = parseAccountId('A01');
  const reason = 'test';
  const twenty = async (ask: (id: string) => Promise<Answer<unknown>>, idOf: (i: number) => string) => {
    const answers = await Promise.all(Array.from({ length: 20 }, (_, i) => ask(idOf(i))));
    return answers.map(answer => (answer.kind === 'rejected' ? answer.rejection.code : answer.kind));
  };
  const adjust = (amount: string, adjustment = 'X') => {
    const input = { account, adjustment, amount: Money.of(amount), reason, approvedBy: null };
    return (id: string) => product.prepaid.adjust(input, callerOf(id));
  };
  const charge = (id: string) =>
    product.prepaid.charge(
      { account, amount: Money.of('5'), method: 'bank_transfer', lot: 'X' },
      callerOf(id),
    );
  const acts: readonly (readonly [string, string, (id: string) => Promise<Answer<unknown>>])[] = [
    ['charge', 'LOT_EXISTS', charge],
    ['adjustment upwards', 'LOT_EXISTS', adjust('5')],
    ['adjustment downwards', 'ADJUSTMENT_EXISTS', adjust('-5')],
  ];
  const history = () =>
    allRows(cursor => product.prepaid.history(account, { limit: 100, ...(cursor && { cursor }) }));

  it.each(acts)('have one effect under one name: %s', async (_what, code, act) => {
    const codes = await twenty(act, i => `once-${i}`);
    expect(codes.sort()).toEqual([...Array(19).fill(code), 'done'].sort());
    expect((await history()).filter(row => row.ref === 'X')).toHaveLength(1);
    // Nor has anything that comes later, whatever it is.
    for (const [, , other] of acts)
      expect((await other(`later-${_what}-${other.name}`)).kind).toBe('rejected');
  });

  it('have one effect under one command id, and one answer', async () => {
    for (const [what, , act] of acts) {
      const name = `one-${what.replaceAll(' ', '-')}`;
      const codes = await twenty(act, () => name);
      const [first] = codes;
      expect(codes).toEqual(Array(20).fill(first));
    }
    expect((await history()).filter(row => row.ref === 'X')).toHaveLength(1);
  });

  it('have one effect under the name of a reversal', async () => {
    await importFile(fileOf('calls.csv', lines), 'i1');
    const calls = await allRows(cursor =>
      product.prepaid.calls(account, { limit: 500, ...(cursor && { cursor }) }),
    );
    const charged = calls.filter(({ net }) => net !== '0').map(({ callId }) => callId);
    const reverse = (debit: string, id: string) =>
      product.prepaid.reverse({ account, reversal: 'R', debit, reason }, callerOf(id));
    const answers = await Promise.all(charged.slice(0, 20).map((debit, i) => reverse(debit, `r-${i}`)));
    const codes = answers.map(answer => (answer.kind === 'rejected' ? answer.rejection.code : answer.kind));
    expect(codes.sort()).toEqual([...Array(19).fill('REVERSAL_EXISTS'), 'done'].sort());
  });

  it('make one key of one request, whose token opens', async () => {
    const key = { role: 'staff', account: null, label: 'once' } as const;
    const made = await Promise.all(Array.from({ length: 20 }, () => product.keys.create(key, callerOf('k'))));
    expect(made.filter(({ kind }) => kind === 'nothing')).toHaveLength(19);
    const [one] = made.flatMap(answer => (answer.kind === 'done' ? [answer.value] : []));
    expect(await product.keys.authenticate(one!.token)).toMatchObject({ key: one!.key });
    expect(await product.keys.list()).toHaveLength(1);
  });
});
