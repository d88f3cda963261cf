import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { DatabaseSync, type SQLInputValue } from 'node:sqlite';

/** Of write-ahead log, beyond which SQLite copies pages into the database file: as the product has it. */
const WAL_BYTES = 64 * 1024 * 1024;
const PAGE_BYTES = 4096;

/**
 * What the machine can do at best: bare inserts of bytes that the product stored, in a table without any
 * index, as durable as the product's own (WAL, `synchronous=FULL`). The file of the write-ahead log has its full size
 * before anything is measured, as it has in a store that has run for a while: a file that grows costs a commit of the
 * file system with each of SQLite's.
 */
const BARE = `PRAGMA page_size = ${PAGE_BYTES}; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;
PRAGMA wal_autocheckpoint = ${WAL_BYTES / PAGE_BYTES};
CREATE TABLE bare(
  position INTEGER PRIMARY KEY, type TEXT NOT NULL, data TEXT NOT NULL, meta TEXT NOT NULL, hash BLOB NOT NULL
) STRICT;
CREATE TABLE ballast(bytes BLOB);
INSERT INTO ballast VALUES (zeroblob(${WAL_BYTES}));
DROP TABLE ballast;
PRAGMA wal_checkpoint(RESTART);`;
const COLUMNS = 5;
/** Rows to a statement: fewer are slower here, more gain nothing. */
const ROWS = 16;

type Row = readonly SQLInputValue[];

/** The events of a closed store, a batch at a time, as its file holds them. */
function* storedRows(directory: string, batch: number): Generator<Row[]> {
  const name = readdirSync(directory).find(file => file === 'daicho.db');
  if (name === undefined) throw new Error(`${directory} holds no store`);
  const db = new DatabaseSync(join(directory, name), { readOnly: true });
  const page = db.prepare(`SELECT e.position, t.name AS type, e.data, e.meta, e.hash FROM events e
    JOIN event_types t ON t.id = e.type_id WHERE e.position > ? ORDER BY e.position LIMIT ?`);
  try {
    for (let last = 0; ; ) {
      const rows = page.all(last, batch);
      if (rows.length === 0) return;
      last = rows.at(-1)!['position'] as number;
      yield rows.map(row => Object.values(row) as SQLInputValue[]);
    }
  } finally {
    db.close();
  }
}

function inserter(db: DatabaseSync): (rows: readonly Row[]) => void {
  const row = `(${Array(COLUMNS).fill('?').join(',')})`;
  const one = db.prepare(`INSERT INTO bare VALUES ${row}`);
  const many = db.prepare(`INSERT INTO bare VALUES ${Array(ROWS).fill(row).join(',')}`);
  return rows => {
    let at = 0;
    for (; at + ROWS <= rows.length; at += ROWS) many.run(...rows.slice(at, at + ROWS).flat());
    for (; at < rows.length; at++) one.run(...rows[at]!);
  };
}

export interface RawSpeed {
  readonly rowsPerSecond: number;
  readonly commitsPerSecond: number;
}

/**
 * Inserts the events of a store into a bare table, `batch` to a commit, and at most `commits` of them.
 * Reading them is not counted.
 */
export function rawInserts(
  storeDirectory: string,
  file: string,
  batch: number,
  commits = Number.POSITIVE_INFINITY,
): RawSpeed {
  const db = new DatabaseSync(file);
  db.exec(BARE);
  const insert = inserter(db);
  let spentMs = 0;
  let rowsDone = 0;
  let commitsDone = 0;
  for (const rows of storedRows(storeDirectory, batch)) {
    if (commitsDone >= commits) break;
    const begin = performance.now();
    db.exec('BEGIN IMMEDIATE');
    insert(rows);
    db.exec('COMMIT');
    spentMs += performance.now() - begin;
    rowsDone += rows.length;
    commitsDone++;
  }
  db.close();
  for (const end of ['', '-wal', '-shm']) rmSync(file + end, { force: true });
  return { rowsPerSecond: (rowsDone * 1000) / spentMs, commitsPerSecond: (commitsDone * 1000) / spentMs };
}
