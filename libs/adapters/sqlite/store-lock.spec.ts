import { spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { inTemporaryDirectory } from '../../../test/support/temporary-directory.js';
import { isOpenToOthers, openSqliteStore } from './index.js';
import { manyRequests } from './sqlite.fixture.js';

const modeOf = (path: string): number => statSync(path).mode & 0o777;

/** A process that runs SQL on a file and stays: locks of one process do not stand against itself. */
async function holding(file: string, sql: string): Promise<() => void> {
  const program = `const { DatabaseSync } = require('node:sqlite');
    const db = new DatabaseSync(${JSON.stringify(file)}); db.exec(${JSON.stringify(sql)});
    db.prepare('SELECT count(*) FROM sqlite_schema').get(); console.log('held');
    setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ['-e', program], { stdio: ['ignore', 'pipe', 'inherit'] });
  await new Promise(resolve => child.stdout.once('data', resolve));
  return () => child.kill('SIGKILL');
}

describe('the lock of a store', () => {
  it('is not held up by whoever only reads lock.db', () =>
    inTemporaryDirectory(async directory => {
      await (await openSqliteStore({ directory })).close();
      const release = await holding(join(directory, 'lock.db'), 'BEGIN');
      try {
        const store = await openSqliteStore({ directory });
        await store.events.append(manyRequests(1));
        await store.close();
      } finally {
        release();
      }
    }));

  it('belongs to one writer, who is named to the next', () =>
    inTemporaryDirectory(async directory => {
      const store = await openSqliteStore({ directory });
      const second = holdingStore(directory);
      expect(await second).toMatch(new RegExp(`STORE_IN_USE.*process ${process.pid}`));
      await store.close();
      expect(await holdingStore(directory)).toBe('open');
    }));
});

/** What another process is told when it wants to write the directory: the lock stands between processes. */
function holdingStore(directory: string): Promise<string> {
  const file = JSON.stringify(join(directory, 'lock.db'));
  const program = `const { DatabaseSync } = require('node:sqlite');
    const db = new DatabaseSync(${file}, { timeout: 0 });
    try { db.exec('BEGIN IMMEDIATE'); console.log('open'); } catch { console.log('STORE_IN_USE',
      require('node:fs').readFileSync(${JSON.stringify(join(directory, 'writer.txt'))}, 'utf8')); }`;
  const child = spawn(process.execPath, ['-e', program], { stdio: ['ignore', 'pipe', 'inherit'] });
  return new Promise(resolve => child.stdout.once('data', chunk => resolve(String(chunk).trim())));
}

describe('the files of a store', () => {
  it("are their owner's alone, also in a directory that was there and is open", () =>
    inTemporaryDirectory(async root => {
      const directory = join(root, 'data');
      mkdirSync(directory);
      chmodSync(directory, 0o755);
      const before = process.umask(0o022);
      try {
        const store = await openSqliteStore({ directory });
        await store.events.append(manyRequests(10));
        const made = readdirSync(directory);
        expect(made).toEqual(
          expect.arrayContaining(['daicho.db', 'daicho.db-wal', 'daicho.db-shm', 'lock.db']),
        );
        expect(made.filter(name => (modeOf(join(directory, name)) & 0o077) !== 0)).toEqual([]);
        await store.close();
      } finally {
        process.umask(before);
      }
      expect(isOpenToOthers(directory)).toBe(true);
      chmodSync(directory, 0o700);
      expect(isOpenToOthers(directory)).toBe(false);
    }));

  it('that a program of former days left readable are mended; what is not ours is left alone', () =>
    inTemporaryDirectory(async directory => {
      await (await openSqliteStore({ directory })).close();
      const ours = ['daicho.db', 'lock.db', 'writer.txt', 'identity.key'];
      for (const name of [...ours, 'notes.txt']) {
        if (!existsSync(join(directory, name))) writeFileSync(join(directory, name), 'x');
        chmodSync(join(directory, name), 0o644);
      }
      await (await openSqliteStore({ directory })).close();
      expect(ours.map(name => modeOf(join(directory, name)))).toEqual(ours.map(() => 0o600));
      expect(modeOf(join(directory, 'notes.txt'))).toBe(0o644);
    }));
});
