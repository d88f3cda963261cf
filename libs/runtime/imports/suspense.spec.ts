import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { jest } from '@jest/globals';
import { allRows } from '../../../test/support/product-snapshot.js';
import { A1, type SmallBooks, smallBooks } from '../../../test/support/small-books.js';
import { CommandRunner } from '../engine/run-command.js';
import type { Caller } from '../product.views.js';

const HEADER = 'call_id,account,number,direction,from,to,start,answer,end,hangup_cause';
const line = (id: string, account: string, to = '0312345678', seconds = 61): string => {
  const start = '2025-03-01T10:00:00.000+09:00';
  const end = `2025-03-01T10:0${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}.000+09:00`;
  return `${id},${account},05012345678,out,05012345678,${to},${start},${start},${end},NORMAL_CLEARING`;
};

let books: SmallBooks;
beforeEach(async () => {
  books = await smallBooks();
});
afterEach(() => books.home.end());

let sequence = 0;
const caller = (commandId = `s-${++sequence}`): Caller => ({
  actor: { id: 'staff:tanaka', reason: 'clean up' },
  commandId,
});
async function importLines(name: string, ...lines: readonly string[]) {
  const path = join(books.home.directory, name);
  writeFileSync(path, [HEADER, ...lines].join('\n'));
  return books.product.cdr.importFile(path, 'csv', caller());
}
const waiting = async () => (await books.product.cdr.suspense()).rows;

describe('what cannot be charged', () => {
  it('waits with its reason, the rest of the file is charged', async () => {
    const { counts } = await importLines(
      'a.csv',
      line('n1', 'nobody'),
      line('ok', 'A1'),
      line('n2', 'A1', '99123456'),
      'x',
      line('c1', 'A1'),
    );
    expect(counts).toEqual({ read: 5, charged: 1, noted: 0, duplicates: 0, suspended: 4, skipped: 0 });
    expect((await waiting()).map(row => [row.line, row.reason, row.field]).sort()).toEqual([
      [2, 'UNKNOWN_ACCOUNT', 'account'],
      [4, 'NO_RATE', 'to'],
      [5, 'BAD_LINE', 'line'],
      [6, 'SAME_ID_OTHER_BODY', 'call_id'],
    ]);
  });

  it('waits when it lies in the future, and is charged once its time has come', async () => {
    const { product, clock } = books;
    const before = await product.prepaid.balance(A1);
    const start = '2062-03-01T10:00:00.000+09:00';
    const end = '2062-03-01T10:01:01.000+09:00';
    const future = `f1,A1,05012345678,out,05012345678,0312345678,${start},${start},${end},NORMAL_CLEARING`;
    expect((await importLines('f.csv', future)).counts).toMatchObject({ charged: 0, suspended: 1 });
    expect(await waiting()).toMatchObject([{ line: 2, reason: 'IN_THE_FUTURE', field: 'end' }]);
    expect(await product.prepaid.balance(A1)).toEqual(before);
    clock.moveTo('2062-03-01T10:00:00.000+09:00');
    expect(await product.cdr.retry({}, caller())).toMatchObject({ retried: 1, resolved: 1 });
  });

  it('is on the list once, however often the file is imported', async () => {
    await importLines('a.csv', line('n1', 'nobody'), 'x');
    const again = await importLines('a copy.csv', line('n1', 'nobody'), 'x');
    expect(again.counts).toMatchObject({ suspended: 2 });
    expect(await waiting()).toHaveLength(2);
    expect((await books.product.cdr.imports()).filter(one => one.file.startsWith('a'))).toHaveLength(1);
  });

  it('is not charged by a later import of the file once it was discarded', async () => {
    const lines = [line('n1', 'A1', '99123456'), line('n2', 'A1', '99123456'), 'x'];
    const { import: id } = await importLines('a.csv', ...lines);
    for (const n of [2, 4]) await books.product.cdr.discard({ import: id, line: n }, 'a test call', caller());
    await books.api.tariff('03,一般通話,8,180,standard', '99,特別,5,60,standard');
    const { counts } = await importLines('a.csv', ...lines);
    expect(counts).toEqual({ read: 3, charged: 1, noted: 0, duplicates: 0, suspended: 0, skipped: 2 });
    const { rows } = await books.product.prepaid.calls(A1);
    expect(rows.filter(row => row.to === '99123456').map(row => row.callId)).toEqual(['n2']);
  });

  it('is charged as it was mended, and never as it came', async () => {
    const lines = [line('n1', 'A9'), line('ok', 'A1')];
    const { import: id } = await importLines('a.csv', ...lines);
    const { cdr } = books.product;
    const mend = (raw: string) => cdr.correct({ import: id, line: 2, raw }, caller());
    expect(await mend(line('m1', 'A1', '99123456'))).toMatchObject({ kind: 'done' });
    expect(await cdr.retry({ import: id, line: 2 }, caller())).toMatchObject({ retried: 1, resolved: 0 });
    expect(await waiting()).toMatchObject([
      { raw: line('n1', 'A9'), corrected: line('m1', 'A1', '99123456'), header: HEADER },
    ]);
    await mend(line('m1', 'A1'));
    expect(await cdr.retry({ import: id, line: 2 }, caller())).toMatchObject({ retried: 1, resolved: 1 });
    expect(await mend(line('m2', 'A1'))).toMatchObject({
      kind: 'rejected',
      rejection: { code: 'SUSPENSE_IS_RESOLVED' },
    });
    expect(await waiting()).toEqual([]);
    await books.api
      .openAccount('A9', '2025-01-01')
      .expecting('NumberClaimed', 'AccountOpened', 'NumberAssigned');
    expect((await importLines('a.csv', ...lines)).counts).toMatchObject({ charged: 0, skipped: 1 });
    const { rows } = await books.product.prepaid.calls(A1);
    const ids = rows.map(row => row.callId);
    expect(ids.filter(callId => ['ok', 'm1', 'm2', 'n1'].includes(callId)).sort()).toEqual(['m1', 'ok']);
  });

  it.each(['', 'two\nlines', 'x'.repeat(4097)])('is not mended to %j', async raw => {
    const { import: id } = await importLines('a.csv', 'x');
    await expect(books.product.cdr.correct({ import: id, line: 2, raw }, caller())).rejects.toThrow('raw');
  });

  it('is listed in pages', async () => {
    await importLines('a.csv', ...Array.from({ length: 7 }, (_, i) => line(`n${i}`, 'nobody')));
    const all = await waiting();
    for (const limit of [1, 3, 7])
      expect(
        await allRows(cursor => books.product.cdr.suspense({ limit, ...(cursor ? { cursor } : null) })),
      ).toEqual(all);
  });
});

describe('very many lines that cannot be charged', () => {
  it('are written down in pieces, and others have their turn in between', async () => {
    let turns = 0;
    let goesOn = true;
    const others = (): void => {
      turns++;
      if (goesOn) setImmediate(others);
    };
    const written: { readonly lines: number; readonly turn: number }[] = [];
    const { runMany } = CommandRunner.prototype;
    const watched = jest.spyOn(CommandRunner.prototype, 'runMany').mockImplementation(function (
      this: CommandRunner,
      ...given: Parameters<typeof runMany>
    ) {
      written.push({ lines: given[2].length, turn: turns });
      return runMany.apply(this, given);
    });
    setImmediate(others);
    const { counts } = await importLines('many.csv', ...Array.from({ length: 2_600 }, (_, i) => `bad ${i}`));
    goesOn = false;
    watched.mockRestore();
    expect(counts).toMatchObject({ suspended: 2_600 });
    expect(written.reduce((sum, { lines }) => sum + lines, 0)).toBe(2_600);
    expect(Math.max(...written.map(({ lines }) => lines))).toBeLessThanOrEqual(500);
    expect(new Set(written.map(({ turn }) => turn)).size).toBe(written.length);
  });
});

describe('a line that waits', () => {
  it('is charged when its cause is gone, once', async () => {
    await importLines('a.csv', line('n1', 'C3'), line('n2', 'nobody'));
    expect(await books.product.cdr.retry({}, caller())).toMatchObject({ retried: 2, resolved: 0 });
    await books.api
      .openAccount('C3', '2025-03-01')
      .expecting('NumberClaimed', 'AccountOpened', 'NumberAssigned');
    expect(await books.product.cdr.retry({}, caller())).toMatchObject({
      retried: 2,
      resolved: 1,
      problems: [{ file: 'a.csv', line: 3, field: 'account' }],
    });
    expect((await waiting()).map(row => row.line)).toEqual([3]);
    expect(await books.product.cdr.retry({}, caller())).toMatchObject({ retried: 1, resolved: 0 });
    // The same call in another file is known.
    expect((await importLines('b.csv', line('n1', 'C3'))).counts).toMatchObject({
      charged: 0,
      duplicates: 1,
    });
    expect(await books.product.audit.replay({})).toMatchObject({ ok: true });
  });

  it('is discarded with a reason, once, and stays on record', async () => {
    const { import: id } = await importLines('a.csv', line('n1', 'nobody'));
    const { cdr } = books.product;
    const at = { import: id, line: 2 };
    expect(await cdr.discard(at, '', caller())).toMatchObject({ rejection: { code: 'REASON_REQUIRED' } });
    expect(await cdr.discard({ ...at, line: 3 }, 'test call', caller())).toMatchObject({
      rejection: { code: 'NO_SUCH_SUSPENSE' },
    });
    expect(await cdr.discard({ ...at, import: 'ffff' }, 'test call', caller())).toMatchObject({
      rejection: { code: 'NO_SUCH_IMPORT' },
    });
    expect(await cdr.discard(at, 'test call', caller())).toMatchObject({ kind: 'done', value: at });
    expect(await cdr.discard(at, 'test call', caller())).toMatchObject({ kind: 'nothing' });
    expect(await waiting()).toEqual([]);
    expect(await cdr.retry({}, caller())).toMatchObject({ retried: 0 });
  });

  it('of another import is not discarded by the same command id', async () => {
    const { import: first } = await importLines('a.csv', line('n1', 'nobody'));
    const { import: second } = await importLines('b.csv', line('n2', 'nobody'));
    const { cdr } = books.product;
    await cdr.discard({ import: first, line: 2 }, 'test call', caller('discard-1'));
    expect(await cdr.discard({ import: second, line: 2 }, 'test call', caller('discard-1'))).toMatchObject({
      rejection: { code: 'IDEMPOTENCY_KEY_REUSED' },
    });
    expect(await waiting()).toHaveLength(1);
  });
});
