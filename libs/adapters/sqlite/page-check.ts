import type { DatabaseSync } from 'node:sqlite';
import { Worker } from 'node:worker_threads';
import { problem, type SaidProblem } from '#kernel';
import { wordsOf } from '#ports';
import { bookkeepingProblem } from './bookkeeping-check.js';
import { missingCommand } from './command-index.js';
import { openReader } from './database.js';
import { fileFindings } from './findings.js';

/** Damages told one by one: where one page is gone, a hundred things are missing. */
const TOLD = 20;

/** Names of tables and indexes by the page where they begin. */
function rootsOf(db: DatabaseSync): ReadonlyMap<number, string> {
  const rows = db.prepare('SELECT rootpage, type, name FROM sqlite_schema WHERE rootpage > 0').all();
  return new Map(rows.map(row => [Number(row['rootpage']), `${row['type']} ${row['name']}`]));
}

/** `Tree 12 page 40: …` says nothing to people; the table it belongs to does. */
const named = (said: string, roots: ReadonlyMap<number, string>): string =>
  said.replace(/Tree (\d+)/g, (all, root: string) => roots.get(Number(root)) ?? all);

/**
 * Every page of the file, and every index against its table (`PRAGMA integrity_check`): what the hash chain
 * does not cover. Damages are named with their table or index.
 */
export function damagesOf(file: string): readonly SaidProblem[] {
  let db: DatabaseSync | undefined;
  try {
    db = openReader(file);
    const roots = rootsOf(db);
    const rows = db.prepare(`PRAGMA integrity_check(${TOLD})`).all();
    const said = rows.flatMap(row => String(row['integrity_check']).split('\n'));
    const found = said
      .filter(line => line !== 'ok' && !line.startsWith('***'))
      .map(line => problem(fileFindings.FILE_DAMAGED, { said: named(line, roots) }));
    const missing = found.length === 0 ? (bookkeepingProblem(db) ?? missingCommand(db)) : undefined;
    return missing === undefined ? found : [missing];
  } catch (error) {
    return [problem(fileFindings.PAGES_UNREADABLE, { said: wordsOf(error) })];
  } finally {
    db?.close();
  }
}

/** The same in a thread; undefined when none can begin here. */
export function damagesInThread(file: string): Promise<readonly SaidProblem[] | undefined> {
  const worker = new Worker(new URL('./page-check.worker.js', import.meta.url), { workerData: file });
  return new Promise(resolve => {
    worker.on('message', (found: readonly SaidProblem[]) => resolve(found));
    worker.on('error', () => resolve(undefined));
    worker.on('exit', () => resolve(undefined));
  });
}
