import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { BusinessMonth, Instant } from '#kernel';
import { A1, B2, type SmallBooks, smallBooks } from '../../../test/support/small-books.js';
import type { Caller } from '../product.views.js';
import type { Prepaid } from './prepaid.service.js';

const HEADER = 'call_id,account,number,direction,from,to,start,answer,end,hangup_cause';
const START = '2025-03-01T10:00:00.000+09:00';
const endOf = (seconds: number): string => Instant.text(Instant.plusMs(Instant.parse(START), seconds * 1000));
/** A record of a call of so many seconds: 8 yen for every 180 of them. */
const record = (id: string, seconds: number): string =>
  `${id},A1,05012345678,out,05012345678,0312345678,${START},${START},${endOf(seconds)},NORMAL_CLEARING`;
const incomingRecord = (id: string, seconds: number): string =>
  `${id},A1,05012345678,in,0312345678,05012345678,${START},${START},${endOf(seconds)},NORMAL_CLEARING`;

let books: SmallBooks;
beforeEach(async () => {
  books = await smallBooks();
});
afterEach(() => books.home.end());

let sequence = 0;
const caller = (commandId = `s-${++sequence}`): Caller => ({
  actor: { id: 'staff:tanaka', reason: 'corrected' },
  commandId,
});
async function imported(...lines: readonly string[]) {
  const path = join(books.home.directory, `${++sequence}.csv`);
  writeFileSync(path, [HEADER, ...lines].join('\n'));
  return (await books.product.cdr.importFile(path, 'csv', caller())).counts;
}
const reverse = (debit: string, id = `rev-${++sequence}`) =>
  books.product.prepaid.reverse({ account: A1, debit, reversal: id, reason: 'wrong' }, caller(id));
type Changes = Parameters<Prepaid['correctCall']>[0]['changes'];
const correct = (call: string, changes: Changes, key = `cor-${++sequence}`) =>
  books.product.prepaid.correctCall(
    { account: A1, call, changes, reversal: key, reason: 'wrong' },
    caller(key),
  );
const longer = (seconds: number): Changes => ({ endedAt: Instant.parse(endOf(seconds)) });
const posted = async () => (await books.product.prepaid.balance(A1))!.posted;
/** What an act costs the wallet. */
async function costs(act: () => Promise<unknown>): Promise<number> {
  const before = Number(await posted());
  await act();
  return Math.round((before - Number(await posted())) * 10_000) / 10_000;
}
const statement = async () => (await books.product.closing.statement(A1, BusinessMonth.parse('2025-03')))!;

describe('a record that comes after the reversal of its call (DECISIONS: Calls)', () => {
  it('is charged under the same call id when it says something new, exactly once', async () => {
    await imported(record('x1', 61));
    expect(await imported(record('x1', 200))).toMatchObject({ charged: 0, suspended: 1 });
    await reverse('x1');
    expect(await costs(() => imported(record('x1', 200)))).toBe(17.6);
    expect(await imported(record('x1', 200))).toMatchObject({ charged: 0, duplicates: 1, suspended: 0 });
  });

  it('is a duplicate for ever when it was recorded before, taken back or not', async () => {
    await imported(record('x1', 61));
    await reverse('x1');
    expect(await imported(record('x1', 61))).toMatchObject({ charged: 0, duplicates: 1 });
    await imported(record('x1', 200));
    await reverse('x1');
    expect(await imported(record('x1', 61), record('x1', 200))).toMatchObject({ charged: 0, duplicates: 2 });
  });

  it('can be taken back and corrected again', async () => {
    await imported(record('x1', 61));
    await reverse('x1');
    await imported(record('x1', 200));
    expect(await costs(() => reverse('x1'))).toBe(-17.6);
    expect(await reverse('x1')).toMatchObject({ rejection: { code: 'ALREADY_REVERSED' } });
    expect(await costs(() => imported(record('x1', 400)))).toBe(26.4);
  });

  it('of a file with two of them: the first corrects, the other waits', async () => {
    await imported(record('x1', 61));
    await reverse('x1');
    expect(await imported(record('x1', 200), record('x1', 400))).toMatchObject({ charged: 1, suspended: 1 });
  });

  it('is retried from the suspense list', async () => {
    await imported(record('x1', 61));
    await imported(record('x1', 200));
    expect(await books.product.cdr.retry({}, caller())).toMatchObject({ resolved: 0 });
    await reverse('x1');
    expect(await books.product.cdr.retry({}, caller())).toMatchObject({ resolved: 1, problems: [] });
  });
});

describe('a correction', () => {
  it('takes the call back and charges it as it was, once', async () => {
    await imported(record('x1', 61));
    const done = await correct('x1', longer(200), 'fix');
    expect(done).toMatchObject({ value: { callId: 'x1', entry: 2, net: '16', tax: '1.6' }, replayed: false });
    const after = await posted();
    expect(await correct('x1', longer(200), 'fix')).toMatchObject({ value: { entry: 2 }, replayed: true });
    expect(await correct('x1', longer(200))).toMatchObject({ value: { entry: 2 }, replayed: true });
    expect(await posted()).toBe(after);
  });

  it('of a correction is the next entry', async () => {
    await imported(record('x1', 61));
    await correct('x1', longer(200));
    expect(await correct('x1', longer(400))).toMatchObject({ value: { entry: 3, net: '24' } });
    expect(await correct('x1', longer(61))).toMatchObject({ rejection: { code: 'SAME_RECORD' } });
  });

  it('of a call that was taken back before charges it anew', async () => {
    await imported(record('x1', 61));
    await reverse('x1');
    expect(await costs(() => correct('x1', longer(200)))).toBe(17.6);
  });

  it('makes a call of a call that cost nothing, and the other way', async () => {
    await imported(incomingRecord('x1', 600), record('x2', 61));
    const changed = await correct('x1', { direction: 'out', from: '05012345678', to: '0312345678' });
    expect(changed).toMatchObject({ value: { entry: 2, net: '32' } });
    expect(await correct('x2', { answeredAt: null })).toMatchObject({ value: { entry: 2, net: '0' } });
  });

  it('is refused for a call that is not there, and of another account', async () => {
    expect(await correct('none', longer(200))).toMatchObject({ rejection: { code: 'NO_SUCH_DEBIT' } });
    const input = { account: B2, call: 'c1', changes: longer(9), reversal: 'r', reason: 'wrong' };
    expect(await books.product.prepaid.correctCall(input, caller())).toMatchObject({
      rejection: { code: 'NO_SUCH_DEBIT' },
    });
    await imported(record('x1', 61));
    await expect(
      correct('x1', { endedAt: Instant.parse('2025-02-01T00:00:00.000+09:00') }),
    ).rejects.toThrow();
  });
});

describe('the preview of a correction', () => {
  const preview = (call: string, changes: Changes = {}) =>
    books.product.prepaid.previewCorrection({ account: A1, call, changes });

  it('tells the call as it is recorded, and writes nothing', async () => {
    await imported(record('x1', 61), incomingRecord('x2', 60));
    const { head } = await books.product.health();
    expect(await preview('x1')).toMatchObject({
      value: { entry: 1, reversed: false, net: '8', tax: '0.8', durationMs: 61_000, corrected: null },
    });
    expect(await preview('x2')).toMatchObject({ value: { direction: 'in', net: '0', tax: '0' } });
    await reverse('x1');
    expect(await preview('x1')).toMatchObject({ value: { reversed: true } });
    expect((await books.product.health()).head).toBe(head + 1);
  });

  it('prices what the correction then charges, and is refused as it would be', async () => {
    await imported(record('x1', 61));
    expect(await preview('x1', longer(200))).toMatchObject({
      value: { corrected: { durationMs: 200_000, net: '16', tax: '1.6' } },
    });
    expect(await preview('x1', { answeredAt: null })).toMatchObject({
      value: { corrected: { durationMs: 0, net: '0' } },
    });
    expect(await correct('x1', longer(200))).toMatchObject({ value: { net: '16', tax: '1.6' } });
    for (const [changes, code] of [
      [longer(61), 'SAME_RECORD'],
      [{ to: '0990000' }, 'NO_RATE'],
    ] as const) {
      expect(await preview('x1', changes)).toMatchObject({ rejection: { code } });
      expect(await correct('x1', changes)).toMatchObject({ rejection: { code } });
    }
    expect(await preview('none')).toMatchObject({ rejection: { code: 'NO_SUCH_DEBIT' } });
  });
});

describe('both entries of a corrected call', () => {
  it('stand in the history, one of them marked; statements count the one that stands', async () => {
    await imported(record('x1', 61));
    await correct('x1', longer(200));
    const { rows } = await books.product.reports.calls.page(A1, { callee: '0312345678' });
    const own = rows.filter(row => row.callId === 'x1');
    expect(own.map(row => [row.durationMs, row.reversed]).sort()).toEqual([
      [200_000, false],
      [61_000, true],
    ]);
    expect(await statement()).toMatchObject({ total: { calls: 1, duration: '0:03:20.0', amount: '16' } });
    const month = BusinessMonth.parse('2025-03');
    expect(await books.product.reports.statements.byDay(A1, month)).toMatchObject({
      total: { calls: 1, net: '16' },
    });
  });

  it('of an incoming call leave the discount and the count of the one that stands', async () => {
    await imported(incomingRecord('x1', 600), incomingRecord('x2', 60));
    await reverse('x2');
    expect(await statement()).toMatchObject({ incomingDiscount: { calls: 1, duration: '0:10:00.0' } });
  });

  it('add up in every book', async () => {
    await imported(record('x1', 61), incomingRecord('x2', 60));
    await correct('x1', longer(200));
    await reverse('x2');
    expect(await books.product.closing.reconcile(BusinessMonth.parse('2025-03'))).toEqual([]);
  });
});
