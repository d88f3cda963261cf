import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { backup, DatabaseSync, type SQLInputValue } from 'node:sqlite';
import { problem, problemSaid } from '#kernel';
import { type ChainProof, StoreRefused, storeProblems, wordsOf } from '#ports';
import { checkChain } from './chain-check.js';
import { indexWholeLog } from './command-index.js';
import { arrays, databaseFile, inTransaction, OWN_DIRECTORY, openReader, openWriter } from './database.js';
import { EventReader } from './event-reader.js';
import { checkEventTables, prepareEventTables } from './event-schema.js';
import { chainFindings, fileFindings } from './findings.js';
import { InsertRows } from './insert-rows.js';
import { backUpPersonal, personalFile, restorePersonal } from './personal-file.js';
import type { BackupReport } from './sqlite-store.types.js';

/** Pages copied between two looks at other work: 8 MiB. */
const PAGES_PER_STEP = 1_000;

function syncToDisk(path: string): void {
  const handle = openSync(path, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

/** Puts a finished file in its place, so that it is there whole or not at all, also after a power loss. */
function publish(partial: string, file: string): void {
  syncToDisk(partial);
  renameSync(partial, file);
  syncToDisk(dirname(file));
}

/** Proves the pages and the chain of a backup file without changing it. */
export async function verifyBackup(file: string): Promise<ChainProof> {
  let reader: DatabaseSync | undefined;
  try {
    reader = openReader(file);
    checkEventTables(reader, file);
    const opened = reader;
    const highest = (): number =>
      (opened.prepare('SELECT max(position) AS position FROM projection_checkpoints').get()?.['position'] as
        | number
        | null) ?? 0;
    const check = await checkChain(new EventReader(reader), highest);
    if (check.kind === 'broken') return check;
    const pages = reader.prepare('PRAGMA integrity_check(1)').get()?.['integrity_check'];
    if (pages === 'ok') return check;
    const said = problem(fileFindings.FILE_DAMAGED, { said: String(pages) });
    return { kind: 'broken', position: check.events + 1, problem: said };
  } catch (error) {
    const said = problem(chainFindings.LOG_UNREADABLE, { said: wordsOf(error) });
    return { kind: 'broken', position: 1, problem: said };
  } finally {
    reader?.close();
  }
}

/** The rows of the log, in the order of their tables; everything else follows from them. */
const LOG_TABLES = {
  streams: ['id', 'name'],
  event_types: ['id', 'name'],
  events: ['position', 'stream_id', 'revision', 'type_id', 'data', 'meta', 'hash'],
} as const;

/**
 * A store made anew of a backup's log: its rows come in, and nothing else of the file. A trigger, a view, a
 * condition on a table or rows of a read model would otherwise be obeyed and believed from then on.
 */
function refill(source: string, directory: string): void {
  const from = openReader(source);
  const into = openWriter(directory);
  try {
    prepareEventTables(into, databaseFile(directory));
    inTransaction(into, () => {
      for (const [table, columns] of Object.entries(LOG_TABLES)) {
        const rows = new InsertRows(
          into,
          `INSERT INTO ${table} (${columns.join(', ')}) VALUES`,
          columns.length,
        );
        const select = arrays(from.prepare(`SELECT ${columns.join(', ')} FROM ${table} ORDER BY 1`));
        for (const row of select.iterate() as Iterable<unknown>) rows.add(row as SQLInputValue[]);
        rows.flush();
      }
    });
    inTransaction(into, () => indexWholeLog(into));
    into.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  } finally {
    from.close();
    into.close();
  }
}

async function proven(partial: string, file: string): Promise<BackupReport> {
  const check = await verifyBackup(partial);
  if (check.kind === 'broken')
    throw new StoreRefused(
      problem(storeProblems.BACKUP_BROKEN, {
        file,
        position: check.position,
        said: problemSaid(check.problem),
      }),
    );
  return { file, bytes: statSync(partial).size, events: check.events, headHash: check.headHash };
}

/**
 * Copies all pages as they are at this moment, by a connection of its own that keeps looking at this moment.
 * The store's own is written through meanwhile, and a step in the middle of a transaction finds it locked
 * (which Node 24 tells as `not an error` when it is the first step). Until it is done the WAL only grows.
 */
async function copyPages(source: string, partial: string): Promise<void> {
  const reader = openReader(source);
  try {
    reader.exec('BEGIN');
    reader.prepare('SELECT count(*) FROM sqlite_schema').get();
    await backup(reader, partial, { rate: PAGES_PER_STEP });
    reader.exec('COMMIT');
  } finally {
    reader.close();
  }
}

/**
 * Copies a store that is in use, page by page; what is appended meanwhile is not in the copy.
 * The copy is one file without a WAL, proven before it gets its name.
 */
export async function backUp(source: string, file: string): Promise<BackupReport> {
  if (existsSync(file)) throw new StoreRefused(problem(storeProblems.BACKUP_EXISTS, { file }));
  const partial = `${file}.partial`;
  rmSync(partial, { force: true });
  mkdirSync(dirname(file), OWN_DIRECTORY);
  try {
    // It will hold all that the store holds: for its owner only, from its first byte on.
    closeSync(openSync(partial, 'wx', 0o600));
    await copyPages(source, partial);
    const copy = new DatabaseSync(partial);
    try {
      copy.exec('PRAGMA journal_mode = DELETE');
      // After the log: every record that an event of the copy refers to is there by now.
      await backUpPersonal(dirname(source), copy);
    } finally {
      copy.close();
    }
    const report = await proven(partial, file);
    publish(partial, file);
    return report;
  } catch (error) {
    rmSync(partial, { force: true });
    throw error;
  }
}

/**
 * Makes a store of a backup's log in an empty or missing directory; read models are built when it is opened.
 * @throws StoreRefused when the directory holds anything, or naming the backup when its chain is broken.
 */
export async function restoreBackup(file: string, directory: string): Promise<BackupReport> {
  if (existsSync(directory) && readdirSync(directory).length > 0) {
    throw new StoreRefused(problem(storeProblems.RESTORE_NOT_EMPTY, { directory }));
  }
  // What is wrong is the backup, and nothing was begun.
  const { events, headHash } = await proven(file, file);
  const isNew = !existsSync(directory);
  mkdirSync(directory, OWN_DIRECTORY);
  const target = databaseFile(directory);
  const building = join(directory, 'restoring');
  try {
    mkdirSync(building, OWN_DIRECTORY);
    refill(file, building);
    const check = await checkLog(databaseFile(building));
    if (check.kind === 'broken' || check.events !== events || check.headHash !== headHash)
      throw new StoreRefused(problem(storeProblems.BACKUP_CHANGED, { file }));
    await restorePersonal(file, building);
    if (existsSync(personalFile(building))) publish(personalFile(building), personalFile(directory));
    publish(databaseFile(building), target);
    return { file: target, bytes: statSync(target).size, events, headHash };
  } catch (error) {
    if (isNew) rmSync(directory, { recursive: true, force: true });
    throw error;
  } finally {
    rmSync(building, { recursive: true, force: true });
  }
}

async function checkLog(file: string): Promise<ChainProof> {
  const reader = openReader(file);
  try {
    return await checkChain(new EventReader(reader), () => 0);
  } finally {
    reader.close();
  }
}
