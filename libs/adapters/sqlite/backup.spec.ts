import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { inTemporaryDirectory } from '../../../test/support/temporary-directory.js';
import { openSqliteStore, restoreBackup, verifyBackup } from './index.js';
import { manyRequests } from './sqlite.fixture.js';

describe('a backup', () => {
  it('taken while appends go on is one proven file; restored, it is the store of that moment', async () => {
    await inTemporaryDirectory(async directory => {
      const [live, file] = [join(directory, 'live'), join(directory, 'backups', 'one.db')];
      const store = await openSqliteStore({ directory: live });
      await store.events.append(manyRequests(5_000));
      let next = 5_001;
      let running = true;
      const writing = (async () => {
        for (; running; next += 10) await store.events.append(manyRequests(10, next));
      })();
      const report = await store.backup(file);
      running = false;
      await writing;
      expect(report.events).toBeGreaterThanOrEqual(5_000);
      expect(readdirSync(join(directory, 'backups'))).toEqual(['one.db']);
      const proof = { kind: 'ok', events: report.events, headHash: report.headHash };
      expect(await verifyBackup(file)).toEqual(proof);
      const at = report.events;
      expect(await store.events.headPosition()).toBeGreaterThanOrEqual(at);
      await store.close();

      const restored = join(directory, 'restored');
      expect(await restoreBackup(file, restored)).toMatchObject({ events: at, headHash: report.headHash });
      const second = await openSqliteStore({ directory: restored });
      expect(await second.events.headPosition()).toBe(at);
      expect((await second.events.findCommands([`command/${at}`, `command/${at + 1}`])).size).toBe(1);
      const [result] = await second.events.append(manyRequests(1, at + 1));
      expect(result).toMatchObject({ kind: 'appended', firstPosition: at + 1 });
      await second.close();
    });
  });

  it("is its owner's alone, as the folder of the store is: both hold who called whom", async () => {
    await inTemporaryDirectory(async directory => {
      const [live, file] = [join(directory, 'live'), join(directory, 'backups', 'one.db')];
      const store = await openSqliteStore({ directory: live });
      await store.events.append(manyRequests(10));
      await store.backup(file);
      await store.close();
      await restoreBackup(file, join(directory, 'restored'));
      const modes = [live, file, join(directory, 'backups'), join(directory, 'restored')].map(
        path => statSync(path).mode & 0o077,
      );
      expect(modes).toEqual([0, 0, 0, 0]);
    });
  });

  it('never overwrites: neither a file nor a directory that holds anything', async () => {
    await inTemporaryDirectory(async directory => {
      const [live, file] = [join(directory, 'live'), join(directory, 'one.db')];
      const store = await openSqliteStore({ directory: live });
      await store.backup(file);
      await expect(store.backup(file)).rejects.toThrow(/exists already/);
      await store.close();
      const before = readFileSync(join(live, 'daicho.db'));
      await expect(restoreBackup(file, live)).rejects.toThrow(/not empty/);
      expect(readFileSync(join(live, 'daicho.db'))).toEqual(before);
    });
  });

  it('that was changed is not restored, and the directory stays empty', async () => {
    await inTemporaryDirectory(async directory => {
      const file = join(directory, 'one.db');
      const store = await openSqliteStore({ directory: join(directory, 'live') });
      await store.events.append(manyRequests(100));
      await store.backup(file);
      await store.close();
      const db = new DatabaseSync(file);
      db.exec('UPDATE events SET data = replace(data, \'"60"\', \'"61"\') WHERE position = 60');
      db.close();
      expect(await verifyBackup(file)).toMatchObject({ kind: 'broken', position: 60 });
      const target = join(directory, 'restored');
      await expect(restoreBackup(file, target)).rejects.toThrow(/broken at event 60/);
      expect(existsSync(target) ? readdirSync(target) : []).toEqual([]);
      writeFileSync(join(directory, 'text.db'), 'no database');
      await expect(restoreBackup(join(directory, 'text.db'), target)).rejects.toThrow(/cannot be read/);
    });
  });

  it.each([
    ['a trigger', 'CREATE TRIGGER t AFTER INSERT ON events BEGIN UPDATE events SET data = 1; END'],
    ['a trigger on another table', 'CREATE TRIGGER t AFTER INSERT ON streams BEGIN DELETE FROM events; END'],
    ['a table', 'CREATE TABLE extra(secret TEXT)'],
    ['a view', 'CREATE VIEW wallets_view AS SELECT * FROM events'],
    ['an index with an expression', 'CREATE INDEX slow ON events(length(data))'],
    ['a column', "ALTER TABLE events ADD COLUMN extra TEXT DEFAULT 'x' CHECK (extra <> 'y')"],
  ])('with %s of somebody else gives a store without it: only the log comes in', async (_what, sql) => {
    await inTemporaryDirectory(async directory => {
      const file = join(directory, 'one.db');
      const store = await openSqliteStore({ directory: join(directory, 'live') });
      await store.events.append(manyRequests(100));
      await store.backup(file);
      await store.close();
      const schemaOf = (path: string): unknown[] => {
        const db = new DatabaseSync(path, { readOnly: true });
        const rows = db.prepare('SELECT type, name, sql FROM sqlite_schema ORDER BY name').all();
        db.close();
        return rows;
      };
      const ours = schemaOf(join(directory, 'live', 'daicho.db'));
      const db = new DatabaseSync(file);
      db.exec(sql);
      db.close();
      const target = join(directory, 'restored');
      await restoreBackup(file, target);
      expect(readdirSync(target)).toEqual(['daicho.db']);
      const second = await openSqliteStore({ directory: target });
      await second.events.append(manyRequests(1, 101));
      const checked = await second.events.verifyChain();
      await second.close();
      expect(checked).toMatchObject({ kind: 'ok', events: 101 });
      expect(schemaOf(join(target, 'daicho.db'))).toEqual(ours);
    });
  });

  it('that is broken is named itself, and where it should go nothing is begun', async () => {
    await inTemporaryDirectory(async directory => {
      const [file, target] = [join(directory, 'one.db'), join(directory, 'restored')];
      writeFileSync(file, 'no database');
      await expect(restoreBackup(file, target)).rejects.toThrow(`${file}: broken`);
      await expect(restoreBackup(file, target)).rejects.not.toThrow(target);
      expect(existsSync(target)).toBe(false);
    });
  });
});
