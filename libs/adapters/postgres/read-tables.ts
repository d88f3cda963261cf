import type pg from 'pg';
import { cellsOf, isNullable, isText, physicalName, quotedName as quoted } from '#adapters/shared';
import type { Cell, Projection, Row, TableSpec } from '#kernel';
import { type RowChange } from '#ports';
import { insertRows, unnested } from './bulk-rows.js';

const list = (columns: readonly string[]): string => columns.map(quoted).join(', ');

/**
 * The statements that create one table and its indexes. A column without `?` begins at 0 or the empty text
 * where a merge creates the row. Texts are ordered by their bytes, as in the embedded store.
 */
export function tableStatements(spec: TableSpec, version: number): string[] {
  const name = physicalName(spec.name, version);
  const columns = Object.keys(spec.columns).map(column => {
    const text = isText(spec, column);
    const presence = isNullable(spec, column) ? '' : ` NOT NULL DEFAULT ${text ? "''" : '0'}`;
    return `${quoted(column)} ${text ? 'text COLLATE "C"' : 'bigint'}${presence}`;
  });
  const indexes = (spec.indexes ?? []).map(
    (index, number) => `CREATE INDEX ${quoted(`${name}_${number + 1}`)} ON ${quoted(name)} (${list(index)})`,
  );
  return [
    `CREATE TABLE ${quoted(name)} (${columns.join(', ')}, PRIMARY KEY (${list(spec.key)}))`,
    ...indexes,
  ];
}

export const dropStatements = (spec: TableSpec, version: number): string[] => [
  `DROP VIEW IF EXISTS ${quoted(spec.name)}`,
  `DROP TABLE IF EXISTS ${quoted(physicalName(spec.name, version))}`,
];

/** Lets the plain name show this version. */
export const viewStatements = (spec: TableSpec, version: number): string[] => [
  `DROP VIEW IF EXISTS ${quoted(spec.name)}`,
  `CREATE VIEW ${quoted(spec.name)} AS
     SELECT ${list(Object.keys(spec.columns))} FROM ${quoted(physicalName(spec.name, version))}`,
];

type Merge = Extract<RowChange, { kind: 'merge' }>;

const typeOf = (spec: TableSpec, column: string): 'text' | 'bigint' => {
  if (!(column in spec.columns)) throw new Error(`${spec.name} has no column ${column}`);
  return isText(spec, column) ? 'text' : 'bigint';
};

/**
 * What waits to be written into one table: changes of one kind, whose order among each other does not matter.
 */
class Waiting {
  private kind: RowChange['kind'] = 'insert';
  private inserts: Cell[][] = [];
  private removals: Cell[][] = [];
  private merges = new Map<string, Merge[]>();
  private merged = new Set<string>();
  private readonly table: string;

  constructor(
    private readonly client: pg.ClientBase,
    private readonly spec: TableSpec,
    version: number,
  ) {
    this.table = quoted(physicalName(spec.name, version));
  }

  async add(change: RowChange): Promise<void> {
    if (change.kind !== this.kind) await this.flush();
    this.kind = change.kind;
    if (change.kind === 'insert') for (const row of change.rows) this.inserts.push(cellsOf(this.spec, row));
    else if (change.kind === 'remove') this.removals.push(this.keyCells(change.key));
    else await this.addMerge(change);
  }

  /** One statement must not change a row twice: a second merge of a key waits for the next one. */
  private async addMerge(change: Merge): Promise<void> {
    const key = JSON.stringify(this.keyCells(change.key));
    if (this.merged.has(key)) await this.flush();
    this.merged.add(key);
    const shape = `${Object.keys(change.key)}|${Object.keys(change.set)}|${Object.keys(change.add)}`;
    const same = this.merges.get(shape);
    if (same) same.push(change);
    else this.merges.set(shape, [change]);
  }

  async flush(): Promise<void> {
    const { spec, client, table, inserts, removals, merges } = this;
    this.inserts = [];
    this.removals = [];
    this.merges = new Map();
    this.merged = new Set();
    const columns = Object.keys(spec.columns);
    if (inserts.length > 0) {
      const types = columns.map(column => typeOf(spec, column));
      await insertRows(client, table, { columns: columns.map(quoted), types, rows: inserts });
    }
    if (removals.length > 0) {
      const types = spec.key.map(column => typeOf(spec, column));
      const { source, values } = unnested({ columns: spec.key, types, rows: removals });
      await client.query(`DELETE FROM ${table} WHERE (${list(spec.key)}) IN (${source})`, values);
    }
    for (const same of merges.values()) await this.merge(same);
  }

  private async merge(same: readonly Merge[]): Promise<void> {
    const { spec, client, table } = this;
    const [key, set, add] = [same[0]!.key, same[0]!.set, same[0]!.add].map(part => Object.keys(part));
    const columns = [...key!, ...set!, ...add!];
    const types = columns.map(column => typeOf(spec, column));
    const rows = same.map(({ key: k, set: s, add: a }) => [
      ...Object.values(k),
      ...Object.values(s),
      ...Object.values(a),
    ]);
    const updates = [
      ...set!.map(column => `${quoted(column)} = excluded.${quoted(column)}`),
      ...add!.map(
        column => `${quoted(column)} = coalesce(${table}.${quoted(column)}, 0) + excluded.${quoted(column)}`,
      ),
    ];
    const action = updates.length === 0 ? 'DO NOTHING' : `DO UPDATE SET ${updates.join(', ')}`;
    const { source, values } = unnested({ columns, types, rows });
    const into = `INSERT INTO ${table} (${list(columns)}) ${source}`;
    await client.query(`${into} ON CONFLICT (${list(spec.key)}) ${action}`, values);
  }

  private keyCells(key: Row): Cell[] {
    return this.spec.key.map(column => key[column] ?? null);
  }
}

/**
 * Writes row changes into the tables of one projection version, inside a transaction of the caller. Changes
 * of one table take effect in their order; thousands of them go in a few statements.
 * @throws Error when an inserted row exists already, lacks a column or names an unknown one.
 */
export async function writeChanges(
  client: pg.ClientBase,
  projection: Projection,
  changes: readonly RowChange[],
): Promise<void> {
  const tables = new Map<string, Waiting>();
  for (const change of changes) {
    let waiting = tables.get(change.table);
    if (!waiting) {
      const spec = projection.tables.find(table => table.name === change.table);
      if (!spec) throw new Error(`projection ${projection.name} has no table ${change.table}`);
      tables.set(change.table, (waiting = new Waiting(client, spec, projection.version)));
    }
    await waiting.add(change);
  }
  for (const waiting of tables.values()) await waiting.flush();
}
