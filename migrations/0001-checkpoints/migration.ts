import type { Kysely } from 'kysely';

/**
 * How far each version of each projection has come, and which tables it keeps. `tables` is the canonical
 * JSON of its table specs: what to drop when the version retires, and the proof that a projection has not
 * changed its tables without a new version.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('projection_checkpoints')
    .addColumn('projection', 'text', column => column.notNull())
    .addColumn('version', 'integer', column => column.notNull())
    .addColumn('position', 'bigint', column => column.notNull())
    .addColumn('active', 'integer', column => column.notNull())
    .addColumn('tables', 'text', column => column.notNull())
    .addPrimaryKeyConstraint('projection_checkpoints_key', ['projection', 'version'])
    .execute();
}

export async function down(db: Kysely<unknown>): Promise<void> {
  await db.schema.dropTable('projection_checkpoints').execute();
}
