import * as fc from 'fast-check';
import type { Cell, Row, RowSink, TableSpec } from '#kernel';
import type { RowChange } from '#ports';
import { RowBuffer } from './row-buffer.js';

const FUNDS: TableSpec = {
  name: 'funds',
  columns: { account: 'text', month: 'text', posted: 'integer', label: 'text', note: 'text?' },
  key: ['account', 'month'],
};

/**
 * Applies operations one by one, as the contract of `RowSink` says: what the folded changes must amount to.
 */
class PlainTable implements RowSink {
  readonly rows = new Map<string, Record<string, Cell>>();

  insert(_: string, row: Row): void {
    const key = `${row['account']}|${row['month']}`;
    if (this.rows.has(key)) throw new Error('exists');
    this.rows.set(key, { note: null, ...row });
  }

  merge(_: string, key: Row, { set = {}, add = {} }: Parameters<RowSink['merge']>[2]): void {
    const text = `${key['account']}|${key['month']}`;
    const row = this.rows.get(text) ?? { posted: 0, label: '', note: null, ...key };
    Object.assign(row, set);
    for (const [column, amount] of Object.entries(add))
      row[column] = Number(row[column] ?? 0) + Number(amount);
    this.rows.set(text, row);
  }

  remove(_: string, key: Row): void {
    this.rows.delete(`${key['account']}|${key['month']}`);
  }

  applyAll(changes: readonly RowChange[]): void {
    for (const change of changes) {
      if (change.kind === 'insert') for (const row of change.rows) this.insert(change.table, row);
      else if (change.kind === 'merge') this.merge(change.table, change.key, change);
      else this.remove(change.table, change.key);
    }
  }

  sorted(): [string, Record<string, Cell>][] {
    return [...this.rows].sort(([a], [b]) => (a < b ? -1 : 1));
  }
}

const key = fc.record({ account: fc.constantFrom('A', 'B', 'AB'), month: fc.constantFrom('1', 'B1') });
const operation = fc.oneof(
  key.map(k => ({ kind: 'insert' as const, key: k, row: { ...k, posted: 5, label: 'new' } })),
  fc.record({
    kind: fc.constant('merge' as const),
    key,
    set: fc.record(
      { label: fc.constantFrom('x', 'y'), posted: fc.integer({ min: -9, max: 9 }) },
      { requiredKeys: [] },
    ),
    add: fc.record({ posted: fc.integer({ min: -9, max: 9 }) }, { requiredKeys: [] }),
  }),
  key.map(k => ({ kind: 'remove' as const, key: k })),
);

function twice(act: () => void): void {
  act();
  act();
}

describe('the row buffer', () => {
  it('folds operations into changes with the same effect, from any state of the table', () => {
    const property = fc.property(fc.array(operation), fc.array(operation), (before, batch) => {
      const plain = new PlainTable();
      const folded = new PlainTable();
      const perform = (sinks: RowSink[], operations: typeof before): void => {
        for (const one of operations) {
          // A projection never inserts a row that is there: that is an error, tested below.
          if (one.kind === 'insert' && plain.rows.has(`${one.key.account}|${one.key.month}`)) continue;
          for (const sink of sinks) {
            if (one.kind === 'insert') sink.insert('funds', one.row);
            else if (one.kind === 'remove') sink.remove('funds', one.key);
            else sink.merge('funds', one.key, 'posted' in one.set ? { set: one.set } : one);
          }
        }
      };
      perform([plain, folded], before);
      const buffer = new RowBuffer([FUNDS]);
      perform([buffer, plain], batch);
      folded.applyAll(buffer.drain());
      expect(folded.sorted()).toEqual(plain.sorted());
      expect(buffer.drain()).toEqual([]);
    });
    fc.assert(property);
  });

  it('makes one change of many operations on one row', () => {
    const buffer = new RowBuffer([FUNDS]);
    const row = { account: 'A', month: '1' };
    for (let i = 0; i < 1_000; i++)
      buffer.merge('funds', row, { set: { label: `${i}` }, add: { posted: 2 } });
    expect(buffer.drain()).toEqual([
      { kind: 'merge', table: 'funds', key: row, set: { label: '999' }, add: { posted: 2_000 } },
    ]);
  });

  it.each<[string, (buffer: RowBuffer) => void, RegExp]>([
    [
      'a second insert of a key',
      b => twice(() => b.insert('funds', { account: 'A', month: '1' })),
      /second row/,
    ],
    [
      'an insert after a merge of the same key',
      b => {
        b.merge('funds', { account: 'A', month: '1' }, { add: { posted: 1 } });
        b.insert('funds', { account: 'A', month: '1' });
      },
      /second row/,
    ],
    ['a table it does not know', b => b.remove('nothing', {}), /no table nothing/],
    [
      'adding to a text',
      b => {
        b.insert('funds', { account: 'A', month: '1', label: 'x' });
        b.merge('funds', { account: 'A', month: '1' }, { add: { label: 1 } });
      },
      /is a text/,
    ],
    [
      'an amount that is not exact',
      b => b.merge('funds', { account: 'A', month: '1' }, { add: { posted: Number.MAX_SAFE_INTEGER + 1 } }),
      /out of range/,
    ],
  ])('refuses %s', (_, act, message) => {
    expect(() => act(new RowBuffer([FUNDS]))).toThrow(message);
  });

  it('adds exactly beyond 53 bits: the turnover of a month may be more than a wallet can hold', () => {
    const buffer = new RowBuffer([FUNDS]);
    const [key, most] = [{ account: 'A', month: '1' }, Number.MAX_SAFE_INTEGER];
    for (const posted of [most, most, 2, -1]) buffer.merge('funds', key, { add: { posted } });
    expect(buffer.drain()).toMatchObject([{ add: { posted: 18_014_398_509_481_983n } }]);
    for (const posted of [most, 5, -most]) buffer.merge('funds', key, { add: { posted } });
    expect(buffer.drain()).toMatchObject([{ add: { posted: 5 } }]);
  });

  it('keeps keys of several columns apart', () => {
    const buffer = new RowBuffer([FUNDS]);
    buffer.merge('funds', { account: 'A', month: 'B1' }, { add: { posted: 1 } });
    buffer.merge('funds', { account: 'AB', month: '1' }, { add: { posted: 1 } });
    expect(buffer.drain()).toHaveLength(2);
  });

  it('does not change the rows it was given', () => {
    const buffer = new RowBuffer([FUNDS]);
    const row = Object.freeze({ account: 'A', month: '1', posted: 1, label: '' });
    buffer.insert('funds', row);
    buffer.merge('funds', row, { add: { posted: 1 } });
    expect(buffer.drain()).toEqual([{ kind: 'insert', table: 'funds', rows: [{ ...row, posted: 2 }] }]);
  });
});
