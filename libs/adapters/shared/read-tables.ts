import type { Cell, Projection, Row, TableSpec } from '#kernel';

/** The table that holds a version of a read model; the plain name is a view on the active one. */
export const physicalName = (table: string, version: number): string => `${table}_v${version}`;

/** A name as both dialects quote it. */
export const quotedName = (name: string): string => `"${name.replaceAll('"', '""')}"`;

export const isNullable = (spec: TableSpec, column: string): boolean =>
  spec.columns[column]?.endsWith('?') ?? false;

export const isText = (spec: TableSpec, column: string): boolean =>
  spec.columns[column]?.startsWith('text') ?? false;

/**
 * The cells of an inserted row in the order of the table's columns.
 * @throws Error when the row lacks a column that may not be empty, or names one that the table does not have
 */
export function cellsOf(spec: TableSpec, row: Row): Cell[] {
  const cells: Cell[] = [];
  let given = 0;
  for (const column of Object.keys(spec.columns)) {
    const cell = row[column];
    if (cell !== undefined) given++;
    else if (!isNullable(spec, column))
      throw new Error(`${spec.name}.${column} is missing in an inserted row`);
    cells.push(cell ?? null);
  }
  if (given < Object.keys(row).length) {
    const unknown = Object.keys(row).find(column => !(column in spec.columns)) ?? '(undefined)';
    throw new Error(`${spec.name} has no column ${unknown}`);
  }
  return cells;
}

/** What a read store remembers of a prepared version: its name and the canonical JSON of its tables. */
export interface PreparedTables {
  readonly projection: string;
  readonly tables: string;
}

/** @throws Error when another projection keeps a table of the same name: each table has one writer */
export function assertTablesAreOurs(projection: Projection, prepared: readonly PreparedTables[]): void {
  for (const other of prepared) {
    if (other.projection === projection.name) continue;
    const names = (JSON.parse(other.tables) as TableSpec[]).map(spec => spec.name);
    const shared = projection.tables.find(spec => names.includes(spec.name));
    if (shared) throw new Error(`table ${shared.name} belongs to projection ${other.projection} already`);
  }
}
