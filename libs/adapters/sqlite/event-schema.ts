import { randomBytes } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import { problem } from '#kernel';
import { StoreUnavailable, storeProblems } from '#ports';
import { inTransaction } from './database.js';

/** `DAI` and the layout's number: tells our files from others, and files of a newer layout from ours. */
const APPLICATION_ID = 0x44414901;
const LAYOUT = 1;

/**
 * The tables of the log. What is kept small: stream names and types once, meta as one text, of a command
 * only a number made of its id with the position of its first event (the rest is read from the events).
 */
const TABLES = `
CREATE TABLE store_facts(name TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE streams(id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;
CREATE TABLE event_types(id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;
CREATE TABLE events(
  position INTEGER PRIMARY KEY,
  stream_id INTEGER NOT NULL,
  revision INTEGER NOT NULL,
  type_id INTEGER NOT NULL,
  data TEXT NOT NULL,
  meta TEXT NOT NULL,
  hash BLOB NOT NULL
) STRICT;
CREATE UNIQUE INDEX events_of_stream ON events(stream_id, revision);
CREATE TABLE commands(
  key INTEGER NOT NULL,
  position INTEGER NOT NULL,
  PRIMARY KEY (key, position)
) STRICT, WITHOUT ROWID;
`;

const numberOf = (db: DatabaseSync, sql: string): number =>
  Object.values(db.prepare(sql).get() ?? { none: 0 })[0] as number;

/**
 * Creates the tables in an empty file.
 * @throws StoreUnavailable when the file is another program's or of a newer layout.
 */
export function prepareEventTables(db: DatabaseSync, file: string): void {
  const applicationId = numberOf(db, 'PRAGMA application_id');
  const layout = numberOf(db, 'PRAGMA user_version');
  const empty = numberOf(db, 'SELECT count(*) FROM sqlite_schema') === 0;
  if (empty) {
    inTransaction(db, () => {
      db.exec(TABLES);
      db.prepare('INSERT INTO store_facts VALUES (?, ?), (?, 0)').run(
        'command_seed',
        randomBytes(4).readUInt32LE(),
        'commands_indexed',
      );
      db.exec(`PRAGMA application_id = ${APPLICATION_ID}; PRAGMA user_version = ${LAYOUT};`);
    });
    return;
  }
  checkLayout(file, applicationId, layout);
}

/** The same check for a file that is only read. */
export function checkEventTables(db: DatabaseSync, file: string): void {
  checkLayout(file, numberOf(db, 'PRAGMA application_id'), numberOf(db, 'PRAGMA user_version'));
}

function checkLayout(file: string, applicationId: number, layout: number): void {
  if (applicationId !== APPLICATION_ID)
    throw new StoreUnavailable('UNAVAILABLE', problem(storeProblems.NOT_A_STORE, { file }));
  if (layout > LAYOUT)
    throw new StoreUnavailable('UNAVAILABLE', problem(storeProblems.NEWER_LAYOUT, { file, layout }));
}

export function readFact(db: DatabaseSync, name: string): number {
  return (
    (db.prepare('SELECT value FROM store_facts WHERE name = ?').get(name)?.['value'] as number | undefined) ??
    0
  );
}
