import { inBoth, problem, type Row, type Sentence, type TableSpec } from '#kernel';
import type { ReadStore } from '#ports';
import type { FoundProblem } from './audit.shapes.js';
import { auditFindings, auditWords } from './findings.js';
import type { Problems } from './found-problems.js';
import { readableCell } from './readable-event.js';
import { compareKeys, rowsInOrder, type Until } from './table-rows.queries.js';

/** What is compared: the read models that queries see, and those that a replay made. */
export interface Sides {
  readonly live: ReadStore;
  readonly rebuilt: ReadStore;
}

type FoundRow = NonNullable<FoundProblem['row']>;

/** Both tables in key order, side by side, a page at a time. */
export async function compareTables(
  table: TableSpec,
  sides: Sides,
  problems: Problems,
  until?: Until,
): Promise<void> {
  const live = rowsInOrder(sides.live, table, until);
  const fresh = rowsInOrder(sides.rebuilt, table, until);
  let a = (await live.next()).value;
  let b = (await fresh.next()).value;
  while (a !== undefined || b !== undefined) {
    const order = a === undefined ? 1 : b === undefined ? -1 : compareKeys(a, b, table.key);
    if (order < 0) addRow(problems, table, a!, 'live');
    else if (order > 0) addRow(problems, table, b!, 'replay');
    else addCells(problems, table, a!, b!);
    if (order <= 0) a = (await live.next()).value;
    if (order >= 0) b = (await fresh.next()).value;
  }
}

function addRow(problems: Problems, table: TableSpec, row: Row, standsIn: 'live' | 'replay'): void {
  const { ROW_NOT_REPLAYED, ROW_ONLY_REPLAYED } = auditFindings;
  const facts = { table: table.name, key: keyText(row, table) };
  const said = standsIn === 'live' ? problem(ROW_NOT_REPLAYED, facts) : problem(ROW_ONLY_REPLAYED, facts);
  problems.add(said, { table: table.name, key: keyOf(row, table), standsIn, cells: [] });
}

function addCells(problems: Problems, table: TableSpec, live: Row, replayed: Row): void {
  const differing = Object.keys(table.columns).filter(column => live[column] !== replayed[column]);
  if (differing.length === 0) return;
  const cells = differing.map(column => ({
    column,
    live: cellText(live, column, table),
    replayed: cellText(replayed, column, table),
  }));
  const facts = { table: table.name, key: keyText(live, table), cells: cellsSaid(cells) };
  const row = { table: table.name, key: keyOf(live, table), standsIn: 'both' as const, cells };
  problems.add(problem(auditFindings.CELLS_DIFFER, facts), row);
}

function cellsSaid(cells: FoundRow['cells']): Sentence {
  const said = cells.map(({ column, live, replayed }) =>
    inBoth(auditWords.cell, { column, live: live ?? 'null', replayed: replayed ?? 'null' }),
  );
  return { ja: said.map(({ ja }) => ja).join('、'), en: said.map(({ en }) => en).join(', ') };
}

function cellText(row: Row, column: string, table: TableSpec): string | null {
  const value = readableCell(column, row[column], table);
  return value === null || value === undefined ? null : String(value);
}

const keyOf = (row: Row, table: TableSpec): Record<string, string> =>
  Object.fromEntries(table.key.map(column => [column, cellText(row, column, table) ?? 'null']));

const keyText = (row: Row, table: TableSpec): string =>
  Object.entries(keyOf(row, table))
    .map(([column, value]) => `${column}=${value}`)
    .join(' ');
