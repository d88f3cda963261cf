import { type Kysely, sql } from 'kysely';

/**
 * What processes on one log remember of it: the number of every event in the order of the whole log, where it
 * lies, and its hash. Texts are ordered by their bytes. A revision of a stream is one event; the first event
 * of a command is looked up by the command's id.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('log_index')
    .addColumn('position', 'bigint', column => column.primaryKey())
    .addColumn('commit_at', 'bigint', column => column.notNull())
    .addColumn('prepare_at', 'bigint', column => column.notNull())
    .addColumn('stream', sql`text COLLATE "C"`, column => column.notNull())
    .addColumn('revision', 'bigint', column => column.notNull())
    .addColumn('hash', 'bytea', column => column.notNull())
    .addColumn('command_id', sql`text COLLATE "C"`, column => column.notNull())
    .addColumn('opens_command', 'boolean', column => column.notNull())
    .execute();
  await db.schema
    .createIndex('log_index_of_stream')
    .on('log_index')
    .columns(['stream', 'revision'])
    .unique()
    .execute();
  await sql`CREATE INDEX log_index_of_commands ON log_index (command_id) WHERE opens_command`.execute(db);
}

export async function down(db: Kysely<unknown>): Promise<void> {
  await db.schema.dropTable('log_index').execute();
}
