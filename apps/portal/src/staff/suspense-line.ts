import type { Difference } from '../ui/diff-table.js';
import { cellsOf, lineOf } from './csv-line.js';
import type { Suspended } from './questions.js';

// A line that waits, as it is mended: in its columns, or as one text.

type Line = Pick<Suspended, 'raw' | 'corrected' | 'header'>;

/** The line in its columns when it has as many as its header, else as one text. */
export function split({ raw, corrected, header }: Line) {
  const names = header === null ? null : cellsOf(header);
  const cells = cellsOf(corrected ?? raw);
  return names && cells && names.length === cells.length ? { names, cells } : null;
}

export type Values = Record<string, string>;
type Table = ReturnType<typeof split>;

/** A field of the form for each column, or one for the whole line. */
export const valuesOf = ({ raw, corrected }: Line, table: Table): Values =>
  table ? Object.fromEntries(table.cells.map((cell, i) => [`c${i}`, cell])) : { raw: corrected ?? raw };

/** The field of a column; of the whole line where there are no columns. */
export function fieldOf(table: Table, column: string): string {
  const at = table?.names.indexOf(column) ?? -1;
  return at < 0 ? 'raw' : `c${at}`;
}

/** The line that a form holds. */
export const textOf = (table: Table, values: Values): string =>
  table ? lineOf(table.cells.map((_, i) => values[`c${i}`] ?? '')) : (values['raw'] ?? '');

/** What came and what it is mended to, column by column where there are columns. */
export function differences(of: Line, mended: string, wholeLine: string): readonly Difference[] {
  const names = split(of)?.names;
  const before = cellsOf(of.raw);
  const after = cellsOf(mended);
  const isTable = names && before?.length === names.length && after?.length === names.length;
  const rows = isTable
    ? names.map((name, i) => ({ key: name, name, before: before[i], after: after[i] }))
    : [{ key: 'raw', name: wholeLine, before: of.raw, after: mended }];
  return rows.filter(row => row.before !== row.after);
}
