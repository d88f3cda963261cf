import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { StoreUnavailable } from '#ports';
import { OWN_DIRECTORY, sqliteCode } from './database.js';

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
    writeFileSync(join(directory, 'writer.txt'), text);
  } catch {
    // The lock itself stands without it.
  }
}

/**
 * Makes this process the one writer of the directory. The lock is SQLite's own exclusive file lock on
 * `lock.db`, held by an open transaction: the operating system drops it when the process ends, also by
 * `kill -9`. `writer.txt` only says who it is.
 * @throws StoreUnavailable `STORE_IN_USE`, naming the process that holds it.
 */
export function lockStore(directory: string): StoreLock {
  mkdirSync(directory, OWN_DIRECTORY);
  const db = new DatabaseSync(join(directory, 'lock.db'), { timeout: 0 });
  try {
    db.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    db.close();
    if (sqliteCode(error) !== BUSY) throw error;
    throw new StoreUnavailable(
      'STORE_IN_USE',
      `${directory} is in use by ${holder(directory)}; stop it first, or open the store for reading only`,
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
