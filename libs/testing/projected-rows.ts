import type { Cell, ProjectedEvent, Projection, Row, RowSink, TableSpec } from '#kernel';

/** What a projection is told, the envelope apart. */
export interface Told {
  /** The stored type, `context.Event.vN`. */
  readonly type: string;
  readonly event: unknown;
  /** Default `test-1`. */
  readonly stream?: string;
}

const META = {
  occurredAt: '2026-10-01T00:00:00.000+09:00',
  recordedAt: '2026-10-01T00:00:00.000+09:00',
  actor: 'staff:test',
  commandId: 'c-1',
  correlationId: 'c-1',
  bodyHash: '0'.repeat(64),
} as const;

/** Rows in memory with the rules of `RowSink`: what a projection wrote, told in its tables' own words. */
class Rows implements RowSink {
  private readonly tables = new Map<string, { spec: TableSpec; rows: Map<string, Record<string, Cell>> }>();

  constructor(projection: Projection) {
    for (const spec of projection.tables) this.tables.set(spec.name, { spec, rows: new Map() });
  }

  private table(name: string) {
    const found = this.tables.get(name);
    if (!found) throw new Error(`the projection has no table ${name}`);
    return found;
  }

  private known(spec: TableSpec, row: Row): void {
    for (const column of Object.keys(row))
      if (!Object.hasOwn(spec.columns, column)) throw new Error(`${spec.name} has no column ${column}`);
  }

  private keyOf(spec: TableSpec, row: Row): string {
    return JSON.stringify(spec.key.map(column => row[column]));
  }

  insert(name: string, row: Row): void {
    const { spec, rows } = this.table(name);
    this.known(spec, row);
    for (const [column, type] of Object.entries(spec.columns))
      if (row[column] === undefined || (row[column] === null && !type.endsWith('?')))
        throw new Error(`${name} is given no ${column}`);
    const key = this.keyOf(spec, row);
    if (rows.has(key)) throw new Error(`${name} has a row ${key} already`);
    rows.set(key, { ...row });
  }

  merge(name: string, key: Row, change: { set?: Row; add?: Readonly<Record<string, number>> }): void {
    const { spec, rows } = this.table(name);
    this.known(spec, { ...key, ...change.set, ...change.add });
    const at = this.keyOf(spec, key);
    const row = rows.get(at) ?? { ...key };
    Object.assign(row, change.set);
    for (const [column, more] of Object.entries(change.add ?? {}))
      row[column] = ((row[column] as number | undefined) ?? 0) + more;
    rows.set(at, row);
  }

  remove(name: string, key: Row): void {
    const { spec, rows } = this.table(name);
    rows.delete(this.keyOf(spec, key));
  }

  all(): Record<string, Row[]> {
    return Object.fromEntries([...this.tables].map(([name, { rows }]) => [name, [...rows.values()]]));
  }
}

/**
 * The rows of every table after the events, in the order in which they came to be. Positions count from 1,
 * revisions from 0 per stream; an event of a type that the projection does not handle is an error of the
 * spec.
 */
export function rowsAfter(projection: Projection, ...told: readonly Told[]): Record<string, Row[]> {
  const rows = new Rows(projection);
  const revisions = new Map<string, number>();
  for (const [i, { type, event, stream = 'test-1' }] of told.entries()) {
    if (!projection.handles.includes(type)) throw new Error(`${projection.name} does not handle ${type}`);
    const revision = (revisions.get(stream) ?? -1) + 1;
    revisions.set(stream, revision);
    const projected: ProjectedEvent = { position: i + 1, stream, revision, type, event, meta: META };
    projection.apply(projected, rows);
  }
  return rows.all();
}
