import {
  closeSync,
  copyFileSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { backup, DatabaseSync } from 'node:sqlite';
import { checkChain } from './chain-check.js';
import { databaseFile, OWN_DIRECTORY, openReader } from './database.js';
import { EventReader } from './event-reader.js';
import { checkEventTables } from './event-schema.js';
import type { BackupReport, ChainCheck } from './sqlite-store.types.js';

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
export async function verifyBackup(file: string): Promise<ChainCheck> {
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
    return pages === 'ok'
      ? check
      : { kind: 'broken', position: check.events + 1, problem: `the file is damaged: ${pages}` };
  } catch (error) {
    return {
      kind: 'broken',
      position: 1,
      problem: `cannot be read: ${error instanceof Error ? error.message : error}`,
    };
  } finally {
    reader?.close();
  }
}

async function proven(partial: string, file: string): Promise<BackupReport> {
  const check = await verifyBackup(partial);
  if (check.kind === 'broken')
    throw new Error(`${file}: broken at event ${check.position}: ${check.problem}`);
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
  if (existsSync(file)) throw new Error(`${file} exists already; a backup never overwrites`);
  const partial = `${file}.partial`;
  rmSync(partial, { force: true });
  mkdirSync(dirname(file), OWN_DIRECTORY);
  try {
    // It will hold all that the store holds: for its owner only, from its first byte on.
    closeSync(openSync(partial, 'wx', 0o600));
    await copyPages(source, partial);
    const copy = new DatabaseSync(partial);
    copy.exec('PRAGMA journal_mode = DELETE');
    copy.close();
    const report = await proven(partial, file);
    publish(partial, file);
    return report;
  } catch (error) {
    rmSync(partial, { force: true });
    throw error;
  }
}

/**
 * Restores a backup into an empty or missing directory.
 * @throws Error when the directory holds anything, or the chain is broken.
 */
export async function restoreBackup(file: string, directory: string): Promise<BackupReport> {
  if (existsSync(directory) && readdirSync(directory).length > 0) {
    throw new Error(`${directory} is not empty; a restore never overwrites a store`);
  }
  mkdirSync(directory, OWN_DIRECTORY);
  const target = databaseFile(directory);
  const partial = `${target}.partial`;
  try {
    copyFileSync(file, partial);
    const report = await proven(partial, target);
    publish(partial, target);
    return report;
  } catch (error) {
    rmSync(partial, { force: true });
    throw error;
  }
}
