import { sql } from 'kysely';
import { type Instant, problem, type Row, type TableSpec } from '#kernel';
import { Damaged, type ReadStore } from '#ports';
import { auditFindings } from './findings.js';

const BATCH = 5_000;

/** Only rows that came to be by an instant, as a column of theirs says. */
export interface Until {
  readonly column: string;
  readonly asOf: Instant;
}

/** All rows of any table in the order of its key, a batch at a time. */
export async function* rowsInOrder(
  store: ReadStore,
  table: TableSpec,
  until?: Until,
): AsyncGenerator<Row, undefined> {
  let after: Row | undefined;
  for (;;) {
    let query = store.db.selectFrom(table.name).selectAll().limit(BATCH);
    for (const column of table.key) query = query.orderBy(column);
    if (until) query = query.where(until.column, '<=', until.asOf);
    if (after) {
      const last = after;
      const [key, given] = [table.key.map(c => sql.ref(c)), table.key.map(c => last[c] ?? null)];
      query = query.where(sql<boolean>`(${sql.join(key)}) > (${sql.join(given)})`);
    }
    const rows = await query.execute();
    // On a damaged page the order is lost, and the end might never come.
    if (after && rows[0] && compareKeys(rows[0], after, table.key) <= 0)
      throw new Damaged(problem(auditFindings.ROWS_OUT_OF_ORDER));
    yield* rows;
    if (rows.length < BATCH) return undefined;
    after = rows.at(-1);
  }
}

/** A damaged page may hold a value of another type in a key; any steady order of those will do. */
function compareValues(x: unknown, y: unknown): number {
  if (typeof x === 'string' && typeof y === 'string') return Buffer.compare(Buffer.from(x), Buffer.from(y));
  if (typeof x === 'number' && typeof y === 'number') return x - y;
  const [a, b] = [`${typeof x} ${String(x)}`, `${typeof y} ${String(y)}`];
  return a < b ? -1 : a > b ? 1 : 0;
}

export function compareKeys(a: Row, b: Row, key: readonly string[]): number {
  for (const column of key) {
    const order = compareValues(a[column], b[column]);
    if (order !== 0) return order;
  }
  return 0;
}
