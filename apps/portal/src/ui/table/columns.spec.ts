import { type Column, cellText, compareValues, exportText, roomFor } from './columns.js';

interface Row {
  readonly at: string;
  readonly amount: string | null;
  readonly ms: number;
}
const rows: readonly Row[] = [
  { at: '2026-10-31T15:00:00Z', amount: '-1234.5', ms: 61_000 },
  { at: '2026-10-31T14:00:00Z', amount: null, ms: 0 },
  { at: '2026-10-31T16:00:00Z', amount: '20', ms: 5 },
];
const amount: Column<Row> = { id: 'amount', name: '金額', kind: 'money', value: row => row.amount };
const at: Column<Row> = { id: 'at', name: '日時', kind: 'time', value: row => row.at };

describe('a column', () => {
  it('is found as people read it, and exported as machines read it', () => {
    expect([cellText(amount, rows[0]!), exportText(amount, rows[0]!)]).toEqual(['−1,234.5', '-1234.5']);
    expect([cellText(amount, rows[1]!), exportText(amount, rows[1]!)]).toEqual(['', '']);
    expect(cellText(at, rows[0]!)).toBe('2026/11/01 00:00:00');
    expect(cellText({ id: 'ms', name: '', kind: 'duration', value: row => row.ms }, rows[0]!)).toBe(
      '0:01:01.0',
    );
  });

  it('makes room for the most decimals of its rows, or for those that the document asks for', () => {
    expect([roomFor(amount, rows), roomFor({ ...amount, decimals: 4 }, rows), roomFor(at, rows)]).toEqual([
      1, 4, 0,
    ]);
  });

  it('sorts money by its value and times by their moment; empty cells come last', () => {
    const sorted = (column: Column<Row>) =>
      [...rows].sort((a, b) => compareValues(column.kind, column.value(a), column.value(b)));
    expect(sorted(amount).map(row => row.amount)).toEqual(['-1234.5', '20', null]);
    expect(sorted(at).map(row => row.ms)).toEqual([0, 61_000, 5]);
    expect(compareValues('text', 'a10', 'a9')).toBeGreaterThan(0);
  });
});
