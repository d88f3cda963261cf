import { DatabaseSync } from 'node:sqlite';
import { openSqliteStore } from '#adapters/sqlite';
import type { TableSpec } from '#kernel';
import { wordsOf } from '#ports';
import { inTemporaryDirectory } from '../../../test/support/temporary-directory.js';
import { rowsInOrder } from './table-rows.queries.js';

const names: TableSpec = { name: 'names', columns: { name: 'text' }, key: ['name'] };

it('a table whose rows are out of order is read no further, and that is said in both languages', async () =>
  inTemporaryDirectory(async directory => {
    const store = await openSqliteStore({ directory });
    const db = new DatabaseSync(`${directory}/daicho.db`);
    // An order that takes `a` and `B` as people do: `B` comes behind `a00001`, a page later.
    db.exec(`CREATE TABLE names (name TEXT COLLATE NOCASE);
      WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5000)
      INSERT INTO names SELECT printf('a%05d', i) FROM n;
      INSERT INTO names VALUES ('B')`);
    db.close();
    const read = async (): Promise<void> => {
      for await (const { name } of rowsInOrder(store.readModels, names)) expect(name).not.toBe('B');
    };
    const error: unknown = await read().catch((thrown: unknown) => thrown);
    await store.close();
    expect(wordsOf(error)).toEqual({ en: 'its rows are out of order', ja: '行の順序が壊れています' });
  }));
