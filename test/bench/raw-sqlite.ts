import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { DatabaseSync, type SQLInputValue } from 'node:sqlite';

/** As the product keeps its store: whatever is acknowledged survives a power cut. */
const DURABLE = 'PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;';
const BARE = `${DURABLE} CREATE TABLE bare(
  position INTEGER PRIMARY KEY, type TEXT NOT NULL, data TEXT NOT NULL, meta TEXT NOT NULL, hash BLOB NOT NULL
) STRICT;`;
const ROWS_PER_STATEMENT = 16;

type Row = readonly SQLInputValue[];

/** The events of a store, a batch at a time, as its file holds them. */
function* storedRows(directory: string, batch: number): Generator<Row[]> {
  const db = new DatabaseSync(storeFile(directory), { readOnly: true });
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

function storeFile(directory: string): string {
  const file = readdirSync(directory).find(name => /\.(db|sqlite)$/.test(name));
  if (file === undefined) throw new Error(`${directory} holds no store`);
  return join(directory, file);
}

function bareTable(file: string): DatabaseSync {
  for (const end of ['', '-wal', '-shm']) if (existsSync(file + end)) rmSync(file + end);
  const db = new DatabaseSync(file);
  db.exec(BARE);
  return db;
}

const INSERT = 'INSERT INTO bare VALUES (?,?,?,?,?)';
const INSERT_MANY = `INSERT INTO bare VALUES ${Array(ROWS_PER_STATEMENT).fill('(?,?,?,?,?)').join(',')}`;

function inserter(db: DatabaseSync): (rows: readonly Row[]) => void {
  const one = db.prepare(INSERT);
  const many = db.prepare(INSERT_MANY);
  return rows => {
    let at = 0;
    for (; at + ROWS_PER_STATEMENT <= rows.length; at += ROWS_PER_STATEMENT)
      many.run(...rows.slice(at, at + ROWS_PER_STATEMENT).flat());
    for (; at < rows.length; at++) one.run(...rows[at]!);
  };
}

/**
 * What the machine can do at best: events per second when the same bytes go into one bare table, durable,
 * `batch` to a commit, 16 rows to a statement. Reading them is not counted.
 */
export function rawInsertsPerSecond(storeDirectory: string, file: string, batch: number): number {
  const db = bareTable(file);
  const insert = inserter(db);
  let spent = 0;
  let count = 0;
  for (const rows of storedRows(storeDirectory, batch)) {
    const begin = performance.now();
    db.exec('BEGIN IMMEDIATE');
    insert(rows);
    db.exec('COMMIT');
    spent += performance.now() - begin;
    count += rows.length;
  }
  db.close();
  return (count * 1000) / spent;
}
