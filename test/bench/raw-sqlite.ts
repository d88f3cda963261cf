import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { DatabaseSync, type SQLInputValue } from 'node:sqlite';

/**
 * What the machine can do: inserts of bytes that the product stored, in a bare table without any index, as
 * durable as the product's own (WAL, `synchronous=FULL`).
 *
 * - `plain`: SQLite as it comes, a row to a statement: what a program that only keeps rows would do
 * - `tuned`: the best found here: 16 rows to a statement, 64 MiB of write-ahead log between checkpoints, and
 *   its file at full size before anything is measured, as in a store that has run for a while (a file that
 *   grows costs a commit of the file system with each of SQLite's)
 */
export type RawWay = 'plain' | 'tuned';

const WAL_BYTES = 64 * 1024 * 1024;
const PAGE_BYTES = 4096;
const BARE = `PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;
CREATE TABLE bare(
  position INTEGER PRIMARY KEY, type TEXT NOT NULL, data TEXT NOT NULL, meta TEXT NOT NULL, hash BLOB NOT NULL
) STRICT;`;
const TUNED = `PRAGMA wal_autocheckpoint = ${WAL_BYTES / PAGE_BYTES};
CREATE TABLE ballast(bytes BLOB);
INSERT INTO ballast VALUES (zeroblob(${WAL_BYTES}));
DROP TABLE ballast;
PRAGMA wal_checkpoint(RESTART);`;
const COLUMNS = 5;
const ROWS = { plain: 1, tuned: 16 } as const;

type Row = readonly SQLInputValue[];

/** The events of a closed store, a batch at a time, as its file holds them. */
function* storedRows(directory: string, batch: number): Generator<Row[]> {
  const db = new DatabaseSync(join(directory, 'daicho.db'), { readOnly: true });
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

function inserter(db: DatabaseSync, rowsAtOnce: number): (rows: readonly Row[]) => void {
  const row = `(${Array(COLUMNS).fill('?').join(',')})`;
  const one = db.prepare(`INSERT INTO bare VALUES ${row}`);
  const many = db.prepare(`INSERT INTO bare VALUES ${Array(rowsAtOnce).fill(row).join(',')}`);
  return rows => {
    let at = 0;
    for (; rowsAtOnce > 1 && at + rowsAtOnce <= rows.length; at += rowsAtOnce)
      many.run(...rows.slice(at, at + rowsAtOnce).flat());
    for (; at < rows.length; at++) one.run(...rows[at]!);
  };
}

export interface RawSpeed {
  readonly rowsPerSecond: number;
  readonly commitsPerSecond: number;
}

export interface RawInserts {
  /** A closed store, whose events are inserted. */
  readonly store: string;
  /** A new file, removed afterwards. */
  readonly file: string;
  readonly way: RawWay;
  /** Events to a commit. */
  readonly batch: number;
  /** At most so many commits; all events without it. */
  readonly commits?: number;
}

/** Inserts the events of a store into a bare table. Reading them is not counted. */
export function rawInserts({
  store,
  file,
  way,
  batch,
  commits = Number.POSITIVE_INFINITY,
}: RawInserts): RawSpeed {
  const db = new DatabaseSync(file);
  db.exec(BARE);
  if (way === 'tuned') db.exec(TUNED);
  const insert = inserter(db, ROWS[way]);
  let spentMs = 0;
  let rowsDone = 0;
  let commitsDone = 0;
  for (const rows of storedRows(store, batch)) {
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
