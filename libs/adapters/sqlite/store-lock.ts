import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { problem } from '#kernel';
import { StoreUnavailable, storeProblems } from '#ports';
import { OWN_DIRECTORY, sqliteCode } from './database.js';
import { keepToOwner, makeOwn } from './own-files.js';

const BUSY = 5;

export interface StoreLock {
  release(): void;
}

function holder(directory: string): string {
  try {
    return readFileSync(join(directory, 'writer.txt'), 'utf8').trim();
  } catch {
    return 'unknown process';
  }
}

/** For people only, so a full disk does not stop the opening. */
function note(directory: string, text: string): void {
  try {
    writeFileSync(join(directory, 'writer.txt'), text, { mode: 0o600 });
  } catch {
    // The lock itself stands without it.
  }
}

/** Processes that hold a lock on the file, as far as the system tells. */
function lockers(file: string): readonly string[] {
  try {
    const { ino } = statSync(file);
    const lines = readFileSync('/proc/locks', 'utf8')
      .split('\n')
      .map(line => line.trim().split(/\s+/));
    const found = lines.filter(words => words[5]?.endsWith(`:${ino}`) && words[4] !== String(process.pid));
    return [...new Set(found.map(words => words[4]!))];
  } catch {
    return [];
  }
}

/**
 * Makes this process the one writer of the directory. The lock is SQLite's own lock of a writer on `lock.db`,
 * held by an open transaction: the operating system drops it when the process ends, also by `kill -9`. Only
 * one can hold it, and whoever merely reads the file is in nobody's way. `writer.txt` only says who it is.
 * @throws StoreUnavailable `STORE_IN_USE`, naming the process that holds it.
 */
export function lockStore(directory: string): StoreLock {
  mkdirSync(directory, OWN_DIRECTORY);
  keepToOwner(directory);
  const file = join(directory, 'lock.db');
  makeOwn(file);
  const db = new DatabaseSync(file, { timeout: 0 });
  try {
    db.exec('BEGIN IMMEDIATE');
  } catch (error) {
    db.close();
    if (sqliteCode(error) !== BUSY) throw error;
    const held = lockers(file);
    const by = held.length === 0 ? '' : ` (lock.db is held by process ${held.join(', ')})`;
    throw new StoreUnavailable(
      'STORE_IN_USE',
      problem(storeProblems.USED_BY_ANOTHER, { directory, holder: `${holder(directory)}${by}` }),
    );
  }
  note(directory, `process ${process.pid} on ${hostname()} since ${new Date().toISOString()}\n`);
  return {
    release() {
      if (!db.isOpen) return;
      note(directory, '');
      db.close();
    },
  };
}
