import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';
import { Kysely, SqliteDialect } from 'kysely';
import { wholeNumber } from '#kernel';
import type { AnyTables } from '#ports';

const OUT_OF_RANGE = 'ERR_OUT_OF_RANGE';

/** A row as the driver gives it, but numbers beyond 2^53 as bigints: a sum is exact or it is nothing. */
const exactly = (row: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(row).map(([name, cell]) => [name, typeof cell === 'bigint' ? wholeNumber(cell) : cell]),
  );

/**
 * All rows. Only sums over many wallets leave the 53 bits of a number, so the second way is seldom taken and
 * the first one costs nothing.
 */
function rowsOf(statement: StatementSync, values: readonly SQLInputValue[]): unknown[] {
  try {
    return statement.all(...values);
  } catch (error) {
    if ((error as { code?: string }).code !== OUT_OF_RANGE) throw error;
    statement.setReadBigInts(true);
    return (statement.all(...values) as Record<string, unknown>[]).map(exactly);
  }
}

/** Kysely over `node:sqlite`: its own SQLite dialect, given a database that looks like the one it expects. */
export function kyselyOn(db: DatabaseSync): Kysely<AnyTables> {
  const prepare = (sql: string) => {
    const statement = db.prepare(sql);
    const bound = (values: readonly unknown[]) => values as SQLInputValue[];
    return {
      reader: statement.columns().length > 0,
      all: (values: readonly unknown[]) => rowsOf(statement, bound(values)),
      run: (values: readonly unknown[]) => statement.run(...bound(values)),
      iterate: (values: readonly unknown[]) =>
        rowsOf(statement, bound(values)).values() as IterableIterator<unknown>,
    };
  };
  // The connection belongs to the store: `destroy` of a Kysely instance leaves it open.
  return new Kysely({ dialect: new SqliteDialect({ database: { prepare, close: () => undefined } }) });
}
