import { mkdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { LOST_AT_MOST, WORKER_LOST } from '#adapters/shared';
import { problem } from '#kernel';
import { StoreUnavailable, storeProblems } from '#ports';
import { OWN_DIRECTORY, sqliteCode } from './database.js';
import { makeOwn } from './own-files.js';

export const jobsFile = (directory: string): string => join(directory, 'jobs.db');

const VERSION = 1;
const BUSY_MS = 5_000;
const CORRUPT = 11;
const NOT_A_DATABASE = 26;

/**
 * `due_at` and the two instants of people are business time (the clock port); `lease_until` is the machine's,
 * because a lease says whether a worker is alive, not what day it is.
 */
const TABLES = `
CREATE TABLE job (
  name TEXT NOT NULL, key TEXT NOT NULL, payload TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('waiting', 'active', 'parked', 'done')),
  due_at INTEGER NOT NULL, created_at INTEGER NOT NULL, ended_at INTEGER,
  attempts INTEGER NOT NULL DEFAULT 0, lost INTEGER NOT NULL DEFAULT 0,
  attempts_at_most INTEGER NOT NULL, first_delay_ms INTEGER NOT NULL, longest_delay_ms INTEGER NOT NULL,
  reason TEXT, progress TEXT, repeat_key TEXT, lease TEXT, lease_until INTEGER,
  PRIMARY KEY (name, key)
) STRICT, WITHOUT ROWID;
CREATE INDEX job_by_state ON job (state, due_at);
CREATE TABLE repetition (
  name TEXT NOT NULL, key TEXT NOT NULL, request TEXT NOT NULL, PRIMARY KEY (name, key)
) STRICT, WITHOUT ROWID;
PRAGMA user_version = ${VERSION};`;

/** `synchronous=NORMAL`: a power cut may take back the last changes, and timers are rebuilt at the start. */
function opened(file: string): DatabaseSync {
  makeOwn(file);
  const db = new DatabaseSync(file, { timeout: BUSY_MS });
  try {
    db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;');
    db.exec('BEGIN IMMEDIATE');
    const { user_version: version } = db.prepare('PRAGMA user_version').get() as { user_version: number };
    if (version === 0) db.exec(TABLES);
    db.exec('COMMIT');
    if (version > VERSION)
      throw new StoreUnavailable('UNAVAILABLE', problem(storeProblems.NEWER_VERSION, { file }));
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

/**
 * Opens or creates the file of jobs. A damaged one is set aside as `jobs.db.damaged` and begun anew: it holds
 * nothing that cannot be rebuilt.
 */
export function openJobsFile(directory: string): DatabaseSync {
  mkdirSync(directory, OWN_DIRECTORY);
  const file = jobsFile(directory);
  try {
    return opened(file);
  } catch (error) {
    if (![CORRUPT, NOT_A_DATABASE].includes(sqliteCode(error))) throw error;
    renameSync(file, `${file}.damaged`);
    return opened(file);
  }
}

/** Gives jobs back whose worker has been silent since `before` (the machine's milliseconds). */
export function takeBackLost(db: DatabaseSync, before: number): void {
  db.prepare(
    `UPDATE job SET state = iif(lost < ?1, 'waiting', 'parked'), reason = iif(lost < ?1, reason, ?2),
       lost = lost + 1, lease = NULL WHERE state = 'active' AND lease_until < ?3`,
  ).run(LOST_AT_MOST, WORKER_LOST, before);
}
