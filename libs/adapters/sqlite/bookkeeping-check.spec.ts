import { DatabaseSync } from 'node:sqlite';
import type { Projection } from '#kernel';
import { inTemporaryDirectory } from '../../../test/support/temporary-directory.js';
import { databaseFile } from './database.js';
import { openSqliteStore } from './index.js';
import { damagesOf } from './page-check.js';
import { manyRequests } from './sqlite.fixture.js';

const sums: Projection = {
  name: 'sums',
  version: 3,
  handles: [],
  tables: [
    {
      name: 'sums',
      columns: { name: 'text', value: 'integer', later: 'integer?' },
      key: ['name'],
      indexes: [['value', 'name']],
    },
  ],
  apply: () => [],
};

/** A file with events, one projection in use, and one that is built beside. */
async function filled(directory: string): Promise<string> {
  const store = await openSqliteStore({ directory });
  await store.events.append(manyRequests(20));
  await store.readModels.prepare(sums);
  await store.readModels.apply(sums, 0, await store.events.headPosition(), []);
  await store.readModels.activate(sums);
  await store.readModels.prepare({ ...sums, version: 4 });
  await store.close();
  return databaseFile(directory);
}

const FACTS = 'the file is damaged: table store_facts';
const CHECKPOINTS = 'the file is damaged: table projection_checkpoints';

describe('what a file notes of itself', () => {
  it.each([
    ['as it was', 'SELECT 1', undefined],
    ['without a fact', "DELETE FROM store_facts WHERE name = 'command_seed'", FACTS],
    ['with the facts of another table', 'UPDATE store_facts SET name = name || 1', FACTS],
    ['with a fact too many', "INSERT INTO store_facts VALUES ('more', 1)", FACTS],
    ['with a seed that no file has', "UPDATE store_facts SET value = -1 WHERE name = 'command_seed'", FACTS],
    [
      'with commands of events to come',
      "UPDATE store_facts SET value = 21 WHERE name = 'commands_indexed'",
      FACTS,
    ],
    ['with a checkpoint behind its rows', 'UPDATE projection_checkpoints SET position = 3', CHECKPOINTS],
    ['with a checkpoint to come', 'UPDATE projection_checkpoints SET position = 21', CHECKPOINTS],
    ['with two versions in use', 'UPDATE projection_checkpoints SET active = 1, position = 20', CHECKPOINTS],
    ['with another version', 'UPDATE projection_checkpoints SET version = version + 10', CHECKPOINTS],
    ['with tables that are no text of ours', "UPDATE projection_checkpoints SET tables = '['", CHECKPOINTS],
    [
      'with a column of another name',
      "UPDATE projection_checkpoints SET tables = replace(tables, 'later', 'latez')",
      CHECKPOINTS,
    ],
    [
      'with a column of another type',
      "UPDATE projection_checkpoints SET tables = replace(tables, 'integer?', 'integer')",
      CHECKPOINTS,
    ],
    [
      'with another index',
      `UPDATE projection_checkpoints SET tables = replace(tables, '"value","name"', '"value","later"')`,
      CHECKPOINTS,
    ],
  ])('%s', async (_what, sql, damage) =>
    inTemporaryDirectory(async directory => {
      const file = await filled(directory);
      const db = new DatabaseSync(file);
      db.exec(sql);
      db.close();
      const found = damagesOf(file);
      expect(found).toHaveLength(damage === undefined ? 0 : 1);
      if (damage !== undefined) expect(found[0]).toContain(damage);
    }),
  );
});
