import { type Kysely, sql } from 'kysely';

/**
 * Personal data of a cluster, sealed: a key per account, and its records. They are no read model: nothing can
 * build them anew. A key that was destroyed stays as a row without one.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('personal_key')
    .addColumn('account', sql`text COLLATE "C"`, column => column.primaryKey())
    .addColumn('id', 'text', column => column.notNull())
    .addColumn('sealed', 'text')
    .execute();
  await db.schema
    .createTable('personal_record')
    .addColumn('account', sql`text COLLATE "C"`, column => column.notNull())
    .addColumn('ref', sql`text COLLATE "C"`, column => column.notNull())
    .addColumn('kind', 'text', column => column.notNull())
    .addColumn('sealed', 'bytea', column => column.notNull())
    .addColumn('mac', 'text', column => column.notNull())
    .addColumn('at', 'bigint', column => column.notNull())
    .addColumn('kept', 'boolean', column => column.notNull())
    .addPrimaryKeyConstraint('personal_record_key', ['account', 'ref'])
    .execute();
  await sql`CREATE INDEX personal_orphan ON personal_record (at) WHERE NOT kept`.execute(db);
}

export async function down(db: Kysely<unknown>): Promise<void> {
  await db.schema.dropTable('personal_record').execute();
  await db.schema.dropTable('personal_key').execute();
}
