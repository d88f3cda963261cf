import { appendFileSync, closeSync, existsSync, fsyncSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setImmediate } from 'node:timers/promises';
import { problem } from '#kernel';
import { StoreUnavailable, storeProblems } from '#ports';
import { OWN_DIRECTORY, openReader } from './database.js';
import { makeOwn } from './own-files.js';

export const personalFile = (directory: string): string => join(directory, 'personal.db');

/**
 * The ids of keys that were destroyed, one a line: nothing of it is secret or personal. A backup of former
 * days still holds such a key; with this list beside it, its restore destroys the key again.
 */
const erasedFile = (directory: string): string => join(directory, 'personal.erased');

const VERSION = 1;
const BUSY_MS = 5_000;

/** A key that was destroyed stays as a row without one, so that no new one takes its place. */
const TABLES = `
CREATE TABLE personal_key (account TEXT PRIMARY KEY, id TEXT NOT NULL, sealed TEXT) STRICT, WITHOUT ROWID;
CREATE TABLE personal_record (
  account TEXT NOT NULL, ref TEXT NOT NULL, kind TEXT NOT NULL, sealed BLOB NOT NULL, mac TEXT NOT NULL,
  at INTEGER NOT NULL, kept INTEGER NOT NULL,
  PRIMARY KEY (account, ref)
) STRICT;
CREATE INDEX personal_orphan ON personal_record (at) WHERE kept = 0;`;

/**
 * No WAL, and what is deleted is overwritten: after a commit the file holds nothing of what was removed, and
 * there is no other file. `EXTRA`: a power cut brings no removed journal back.
 */
const HOW = 'PRAGMA journal_mode = DELETE; PRAGMA synchronous = EXTRA; PRAGMA secure_delete = ON;';

/** Opens or creates the file. @throws StoreUnavailable for one of a newer program */
export function openPersonalFile(directory: string): DatabaseSync {
  mkdirSync(directory, OWN_DIRECTORY);
  const file = personalFile(directory);
  makeOwn(file);
  const db = new DatabaseSync(file, { timeout: BUSY_MS });
  try {
    db.exec(`${HOW} PRAGMA temp_store = MEMORY; BEGIN IMMEDIATE`);
    const { user_version: version } = db.prepare('PRAGMA user_version').get() as { user_version: number };
    if (version === 0) db.exec(`${TABLES} PRAGMA user_version = ${VERSION};`);
    eraseAgain(db, directory);
    db.exec('COMMIT');
    if (version > VERSION)
      throw new StoreUnavailable('UNAVAILABLE', problem(storeProblems.NEWER_VERSION, { file }));
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

/** Undefined where no personal data were ever kept. */
export function openPersonalIfAny(directory: string, readOnly: boolean): DatabaseSync | undefined {
  const file = personalFile(directory);
  if (!existsSync(file)) return undefined;
  return readOnly ? openReader(file) : openPersonalFile(directory);
}

export function eraseIn(db: DatabaseSync, account: string): void {
  db.prepare(
    `INSERT INTO personal_key VALUES (?, '', NULL) ON CONFLICT (account) DO UPDATE SET sealed = NULL`,
  ).run(account);
  db.prepare('DELETE FROM personal_record WHERE account = ?').run(account);
}

/** Keys on the list that came back with a backup. */
function eraseAgain(db: DatabaseSync, directory: string): void {
  const file = erasedFile(directory);
  if (!existsSync(file)) return;
  const live = db.prepare('SELECT account FROM personal_key WHERE id = ? AND sealed IS NOT NULL');
  for (const id of readFileSync(file, 'utf8').split('\n')) {
    const found = id === '' ? undefined : live.get(id);
    if (found) eraseIn(db, found['account'] as string);
  }
}

/** Durable before the key itself is destroyed. */
export function noteErased(directory: string, id: string): void {
  const file = erasedFile(directory);
  makeOwn(file);
  appendFileSync(file, `${id}\n`);
  const handle = openSync(file, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

const isThere = (db: DatabaseSync): boolean =>
  db.prepare("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'personal_key'").get() !==
  undefined;

/**
 * Copies sealed rows from one file into another, account by account, and lets other work go on in between:
 * the papers of many customers are large. What comes in meanwhile is no event of the copy.
 */
async function copyRows(from: DatabaseSync, into: DatabaseSync): Promise<void> {
  const keys = from.prepare('SELECT account, id, sealed FROM personal_key').all();
  const records = from.prepare(
    'SELECT account, ref, kind, sealed, mac, at, kept FROM personal_record WHERE account = ?',
  );
  const addKey = into.prepare('INSERT INTO personal_key VALUES (?, ?, ?)');
  const add = into.prepare('INSERT INTO personal_record VALUES (?, ?, ?, ?, ?, ?, ?)');
  into.exec('BEGIN');
  for (const { account, id, sealed } of keys) {
    addKey.run(account!, id!, sealed!);
    for (const row of records.iterate(account!)) add.run(...Object.values(row));
    await setImmediate();
  }
  into.exec('COMMIT');
}

/** Puts the sealed rows of a store into its backup, beside the log. */
export async function backUpPersonal(directory: string, copy: DatabaseSync): Promise<void> {
  const from = openPersonalIfAny(directory, true);
  if (!from) return;
  try {
    copy.exec(TABLES);
    await copyRows(from, copy);
  } finally {
    from.close();
  }
}

/** Makes the file of a new store out of a backup; a backup of former days has none. */
export async function restorePersonal(backup: string, directory: string): Promise<void> {
  const from = openReader(backup);
  try {
    if (!isThere(from)) return;
    const into = openPersonalFile(directory);
    try {
      await copyRows(from, into);
    } finally {
      into.close();
    }
  } finally {
    from.close();
  }
}
