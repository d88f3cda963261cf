import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';
import { cellsOf, isNullable, isText, physicalName, quotedName as quoted } from '#adapters/shared';
import type { Projection, Row, TableSpec } from '#kernel';
import { type RowChange } from '#ports';
import { InsertRows } from './insert-rows.js';

/** Statements kept per table; a projection has few shapes of change. */
const STATEMENTS_MAX = 64;

/**
 * What makes one table and its indexes. A column without `?` begins at 0 or the empty text where a merge
 * creates the row. STRICT: a text never lands in a number column.
 */
export function tableStatements(spec: TableSpec, version: number): readonly string[] {
  const name = physicalName(spec.name, version);
  const columns = Object.keys(spec.columns).map(column => {
    const type = isText(spec, column) ? 'TEXT' : 'INTEGER';
    const presence = isNullable(spec, column) ? '' : ` NOT NULL DEFAULT ${isText(spec, column) ? "''" : '0'}`;
    return `${quoted(column)} ${type}${presence}`;
  });
  const key = spec.key.map(quoted).join(', ');
  const indexes = (spec.indexes ?? []).map((index, number) => {
    const of = `${quoted(name)} (${index.map(quoted).join(', ')})`;
    return `CREATE INDEX ${quoted(`${name}_${number + 1}`)} ON ${of}`;
  });
  const table = `CREATE TABLE ${quoted(name)} (${columns.join(', ')}, PRIMARY KEY (${key}))`;
  return [`${table} STRICT, WITHOUT ROWID`, ...indexes];
}

export function createTable(db: DatabaseSync, spec: TableSpec, version: number): void {
  for (const statement of tableStatements(spec, version)) db.exec(statement);
}

export const dropTable = (db: DatabaseSync, table: string, version: number): void =>
  db.exec(`DROP TABLE IF EXISTS ${quoted(physicalName(table, version))}`);

/** Lets the plain names show this version. */
export function createView(db: DatabaseSync, spec: TableSpec, version: number): void {
  const columns = Object.keys(spec.columns).map(quoted).join(', ');
  db.exec(`DROP VIEW IF EXISTS ${quoted(spec.name)};
    CREATE VIEW ${quoted(spec.name)} AS SELECT ${columns} FROM ${quoted(physicalName(spec.name, version))}`);
}

export const dropView = (db: DatabaseSync, table: string): void =>
  db.exec(`DROP VIEW IF EXISTS ${quoted(table)}`);

/** Writes row changes into the tables of one projection version. Runs inside a transaction of its caller. */
export class TableWriter {
  private readonly specs: ReadonlyMap<string, TableSpec>;
  private readonly statements = new Map<string, InsertRows>();
  private readonly removals = new Map<string, StatementSync>();

  constructor(
    private readonly db: DatabaseSync,
    private readonly projection: Projection,
  ) {
    this.specs = new Map(projection.tables.map(spec => [spec.name, spec]));
  }

  /** @throws Error when an inserted row exists already, lacks a column or names an unknown one. */
  apply(changes: readonly RowChange[]): void {
    let open: InsertRows | undefined;
    for (const change of changes) {
      const spec = this.specs.get(change.table);
      if (!spec) throw new Error(`projection ${this.projection.name} has no table ${change.table}`);
      const next = change.kind === 'remove' ? undefined : this.statementOf(spec, change);
      // Changes take effect in their order: what waits in another statement goes first.
      if (open !== next) open?.flush();
      open = next;
      if (change.kind === 'insert') for (const row of change.rows) next?.add(cellsOf(spec, row));
      else if (change.kind === 'merge')
        next?.add([...values(change.key), ...values(change.set), ...values(change.add)]);
      else this.remove(spec, change.key);
    }
    open?.flush();
  }

  /** Forgets rows of a transaction that failed. */
  discard(): void {
    for (const statement of this.statements.values()) statement.discard();
  }

  private statementOf(spec: TableSpec, change: Exclude<RowChange, { kind: 'remove' }>): InsertRows {
    if (change.kind === 'insert') return this.insertInto(spec);
    const [key, set, add] = [Object.keys(change.key), Object.keys(change.set), Object.keys(change.add)];
    return this.kept(`merge ${spec.name} ${key} | ${set} | ${add}`, () => {
      const columns = [...key, ...set, ...add];
      const table = this.tableOf(spec);
      const updates = [
        ...set.map(column => `${quoted(column)} = excluded.${quoted(column)}`),
        ...add.map(
          column =>
            `${quoted(column)} = coalesce(${table}.${quoted(column)}, 0) + excluded.${quoted(column)}`,
        ),
      ];
      const action = updates.length === 0 ? 'DO NOTHING' : `DO UPDATE SET ${updates.join(', ')}`;
      const into = `INSERT INTO ${table} (${columns.map(quoted).join(', ')}) VALUES`;
      const conflict = `ON CONFLICT (${spec.key.map(quoted).join(', ')}) ${action}`;
      return new InsertRows(this.db, into, columns.length, conflict);
    });
  }

  private insertInto(spec: TableSpec): InsertRows {
    const columns = Object.keys(spec.columns);
    return this.kept(`insert ${spec.name}`, () => {
      const into = `INSERT INTO ${this.tableOf(spec)} (${columns.map(quoted).join(', ')}) VALUES`;
      return new InsertRows(this.db, into, columns.length);
    });
  }

  private remove(spec: TableSpec, key: Row): void {
    let statement = this.removals.get(spec.name);
    if (!statement) {
      const where = spec.key.map(column => `${quoted(column)} = ?`).join(' AND ');
      statement = this.db.prepare(`DELETE FROM ${this.tableOf(spec)} WHERE ${where}`);
      this.removals.set(spec.name, statement);
    }
    statement.run(...spec.key.map(column => key[column] ?? null));
  }

  private tableOf(spec: TableSpec): string {
    return quoted(physicalName(spec.name, this.projection.version));
  }

  private kept(shape: string, make: () => InsertRows): InsertRows {
    let statement = this.statements.get(shape);
    if (!statement) {
      if (this.statements.size >= STATEMENTS_MAX) this.statements.clear();
      this.statements.set(shape, (statement = make()));
    }
    return statement;
  }
}

const values = (row: Row): SQLInputValue[] => Object.values(row);
