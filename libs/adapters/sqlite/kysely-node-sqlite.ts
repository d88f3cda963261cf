import type { DatabaseSync, SQLInputValue } from 'node:sqlite';
import { Kysely, SqliteDialect } from 'kysely';
import type { ReadSchema } from '#ports';

/** Kysely over `node:sqlite`: its own SQLite dialect, given a database that looks like the one it expects. */
export function kyselyOn(db: DatabaseSync): Kysely<ReadSchema> {
  const prepare = (sql: string) => {
    const statement = db.prepare(sql);
    const bound = (values: readonly unknown[]) => values as SQLInputValue[];
    return {
      reader: statement.columns().length > 0,
      all: (values: readonly unknown[]) => statement.all(...bound(values)),
      run: (values: readonly unknown[]) => statement.run(...bound(values)),
      iterate: (values: readonly unknown[]) =>
        statement.iterate(...bound(values)) as IterableIterator<unknown>,
    };
  };
  // The connection belongs to the store: `destroy` of a Kysely instance leaves it open.
  return new Kysely({ dialect: new SqliteDialect({ database: { prepare, close: () => undefined } }) });
}
