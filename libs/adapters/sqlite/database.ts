import { mkdirSync, statfsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { DatabaseSync, type StatementSync } from 'node:sqlite';
import { pathToFileURL } from 'node:url';
import { InvalidInput, problem } from '#kernel';
import { StoreUnavailable, storeProblems } from '#ports';
import { makeOwn } from './own-files.js';

/**
 * 4 KiB pages: an import of a thousand accounts touches thousands of index pages per commit, and each is
 * written whole, twice (WAL and file). 8 KiB is a fifth faster for events alone, but writes a third more
 * bytes per imported call.
 */
export const PAGE_BYTES = 4096;
/**
 * A thread checkpoints from 48 MiB of WAL on; a commit does it itself only when that thread does not keep up.
 */
const WAL_PAGES = (256 * 1024 * 1024) / PAGE_BYTES;
const WRITER_CACHE_KIB = 48 * 1024;
const READER_CACHE_KIB = 16 * 1024;
const BUSY_MS = 5_000;

/** Below this the file system counts as full when SQLite reports a write error without saying why. */
const NEARLY_FULL_BYTES = 4 * 1024 * 1024;

const RESULT = {
  BUSY: 5,
  LOCKED: 6,
  READONLY: 8,
  IOERR: 10,
  CORRUPT: 11,
  FULL: 13,
  CANTOPEN: 14,
  NOTADB: 26,
} as const;

export const databaseFile = (directory: string): string => join(directory, 'daicho.db');

/** A store holds who called whom: a folder that is made for it is its owner's alone. */
export const OWN_DIRECTORY = { recursive: true, mode: 0o700 } as const;

/**
 * The primary result code of an error of `node:sqlite`, 0 for any other error
 * (https://sqlite.org/rescode.html).
 */
export function sqliteCode(error: unknown): number {
  const code = (error as { errcode?: unknown } | null)?.errcode;
  return typeof code === 'number' ? code & 0xff : 0;
}

export function openWriter(directory: string, maxBytes?: number): DatabaseSync {
  mkdirSync(directory, OWN_DIRECTORY);
  makeOwn(databaseFile(directory));
  const db = new DatabaseSync(databaseFile(directory), { timeout: BUSY_MS });
  db.exec(`PRAGMA page_size = ${PAGE_BYTES}; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;
    PRAGMA cache_size = -${WRITER_CACHE_KIB}; PRAGMA wal_autocheckpoint = ${WAL_PAGES};
    PRAGMA journal_size_limit = ${WAL_PAGES * PAGE_BYTES}; PRAGMA temp_store = MEMORY;`);
  if (maxBytes !== undefined)
    db.exec(`PRAGMA max_page_count = ${Math.max(1, Math.floor(maxBytes / PAGE_BYTES))}`);
  return db;
}

/** A second connection: it sees what is committed, and its reads never wait for the writer. */
export function openReader(file: string): DatabaseSync {
  const prepared = (db: DatabaseSync): DatabaseSync => {
    db.exec(`PRAGMA cache_size = -${READER_CACHE_KIB}; PRAGMA temp_store = MEMORY; PRAGMA query_only = 1;
      PRAGMA trusted_schema = OFF;`);
    db.prepare('SELECT count(*) FROM sqlite_schema').get();
    return db;
  };
  const db = new DatabaseSync(file, { readOnly: true, timeout: BUSY_MS });
  try {
    return prepared(db);
  } catch (error) {
    db.close();
    if (sqliteCode(error) !== RESULT.CANTOPEN && sqliteCode(error) !== RESULT.READONLY) throw error;
    // A store at rest in a directory that cannot be written: there is no WAL to read, and no place for its
    // index.
    const url = pathToFileURL(file);
    url.searchParams.set('immutable', '1');
    return prepared(new DatabaseSync(url, { readOnly: true }));
  }
}

/**
 * A cursor that gives rows as arrays: a third faster than objects, and the hot loops name their columns
 * once.
 */
export function arrays(statement: StatementSync): StatementSync {
  statement.setReturnArrays(true);
  return statement;
}

function diskIsFull(directory: string): boolean {
  try {
    const { bavail, bsize } = statfsSync(directory);
    return bavail * bsize < NEARLY_FULL_BYTES;
  } catch {
    return false;
  }
}

/**
 * What a failed statement means for the caller of a store. Errors that do not come from SQLite (a
 * projector's bug, InvalidInput) are returned as they are, and so are constraint errors.
 */
export function storeError(error: unknown, file: string): unknown {
  if (error instanceof StoreUnavailable || error instanceof InvalidInput) return error;
  const said = error instanceof Error ? error.message : String(error);
  const full = (): StoreUnavailable =>
    new StoreUnavailable('DISK_FULL', problem(storeProblems.NO_SPACE, { file, said }));
  switch (sqliteCode(error)) {
    case RESULT.FULL:
      return full();
    case RESULT.IOERR:
    case RESULT.CANTOPEN:
      if (diskIsFull(dirname(file))) return full();
      return new StoreUnavailable('UNAVAILABLE', problem(storeProblems.FILE_FAILED, { file, said }));
    case RESULT.BUSY:
    case RESULT.LOCKED:
      return new StoreUnavailable('UNAVAILABLE', problem(storeProblems.FILE_HELD, { file, said }));
    case RESULT.READONLY:
      return new StoreUnavailable('STORE_READ_ONLY', problem(storeProblems.WRITE_REFUSED, { file, said }));
    case RESULT.CORRUPT:
    case RESULT.NOTADB:
      return new StoreUnavailable('UNAVAILABLE', problem(storeProblems.FILE_DAMAGED, { file, said }));
    default:
      return error;
  }
}

/**
 * Runs `work` in one immediate transaction of the connection; any error rolls all of it back and is thrown
 * on.
 */
export function inTransaction<Result>(db: DatabaseSync, work: () => Result): Result {
  db.exec('BEGIN IMMEDIATE');
  try {
    const result = work();
    db.exec('COMMIT');
    return result;
  } catch (error) {
    // A full disk or an I/O error may have rolled back already.
    if (db.isTransaction) db.exec('ROLLBACK');
    throw error;
  }
}
