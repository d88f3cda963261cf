import { type Kysely, type Migration, Migrator } from 'kysely';
import * as checkpoints from './0001-checkpoints/migration.js';
import * as logIndex from './log-index-0001-entries/migration.js';
import * as personal from './personal-0001-sealed/migration.js';

/**
 * Infrastructure tables of the read store, oldest first; the same code runs on SQLite and PostgreSQL.
 * Tables of read models are no migrations: a projection brings them with its version. An applied migration
 * is never edited.
 */
const migrations: Readonly<Record<string, Migration>> = {
  '0001-checkpoints': { up: db => checkpoints.up(db), down: db => checkpoints.down(db) },
};

/**
 * The index of a cluster's log, on PostgreSQL only. A list of its own, because it may lie in another database
 * than the read models.
 */
const logIndexMigrations: Readonly<Record<string, Migration>> = {
  'log-index-0001-entries': { up: db => logIndex.up(db), down: db => logIndex.down(db) },
};

/**
 * Sealed personal data of a cluster, on PostgreSQL only: a list of its own, because nothing else may touch
 * it.
 */
const personalMigrations: Readonly<Record<string, Migration>> = {
  'personal-0001-sealed': { up: db => personal.up(db), down: db => personal.down(db) },
};

/**
 * Applies what is missing and returns the names of what was applied.
 * @param schema where PostgreSQL keeps the list of what was applied; created when missing. Tables go where
 * the connection's `search_path` begins.
 * @throws the error of the failed migration, or Error when the database was migrated by a newer program.
 */
// biome-ignore lint/suspicious/noExplicitAny: Kysely's own type for a schema that only its migrations know
export async function migrateToLatest(db: Kysely<any>, schema?: string): Promise<string[]> {
  const at = schema === undefined ? {} : { migrationTableSchema: schema };
  return applyAll(new Migrator({ db, provider: { getMigrations: async () => ({ ...migrations }) }, ...at }));
}

/** The same for the index of a log, in a schema of PostgreSQL. */
// biome-ignore lint/suspicious/noExplicitAny: as above
export const migrateLogIndex = (db: Kysely<any>, schema: string): Promise<string[]> =>
  applyAll(migratorOf(db, schema, 'log_index', logIndexMigrations));

/** The same for sealed personal data. */
// biome-ignore lint/suspicious/noExplicitAny: as above
export const migratePersonal = (db: Kysely<any>, schema: string): Promise<string[]> =>
  applyAll(migratorOf(db, schema, 'personal', personalMigrations));

const migratorOf = (
  // biome-ignore lint/suspicious/noExplicitAny: as above
  db: Kysely<any>,
  schema: string,
  name: string,
  all: Readonly<Record<string, Migration>>,
): Migrator =>
  new Migrator({
    db,
    provider: { getMigrations: async () => ({ ...all }) },
    migrationTableSchema: schema,
    migrationTableName: `${name}_migration`,
    migrationLockTableName: `${name}_migration_lock`,
  });

async function applyAll(migrator: Migrator): Promise<string[]> {
  const { error, results } = await migrator.migrateToLatest();
  if (error !== undefined) throw error;
  return (results ?? []).map(result => result.migrationName);
}
