import { readFileSync, writeFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { type Projection, problemSaid } from '#kernel';
import { inTemporaryDirectory } from '../../../test/support/temporary-directory.js';
import { databaseFile } from './database.js';
import { fileFindings } from './findings.js';
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

const DAMAGED = { en: 'the file is damaged: ', ja: 'ファイルが損傷しています：' };
const CHECKPOINTS = {
  en: `${DAMAGED.en}table projection_checkpoints`,
  ja: `${DAMAGED.ja}表 projection_checkpoints`,
};

type Case = readonly [what: string, sql: string, code: string, en: string, ja: string];
/** What is changed in a file of 20 events, and what is said of it. */
const NOTED: readonly Case[] = [
  [
    'without a fact',
    "DELETE FROM store_facts WHERE name = 'command_seed'",
    'FACTS_INCOMPLETE',
    `${DAMAGED.en}table store_facts does not hold its facts`,
    `${DAMAGED.ja}表 store_facts の項目が足りないか、余分です`,
  ],
  [
    'with a seed that no file has',
    "UPDATE store_facts SET value = -1 WHERE name = 'command_seed'",
    'SEED_OUT_OF_RANGE',
    `${DAMAGED.en}table store_facts: command_seed is out of range`,
    `${DAMAGED.ja}表 store_facts の command_seed が範囲外です`,
  ],
  [
    'with commands of events to come',
    "UPDATE store_facts SET value = 21 WHERE name = 'commands_indexed'",
    'COMMANDS_OUT_OF_RANGE',
    `${DAMAGED.en}table store_facts: commands_indexed is 21 of 20`,
    `${DAMAGED.ja}表 store_facts の commands_indexed が、記録20件に対して21です`,
  ],
  [
    'with tables that are no text of ours',
    "UPDATE projection_checkpoints SET tables = '['",
    'TABLES_UNREADABLE',
    `${CHECKPOINTS.en}: the tables of sums cannot be read`,
    `${CHECKPOINTS.ja} にある sums の表の定義を読み取れません`,
  ],
  [
    'with a column of another name',
    "UPDATE projection_checkpoints SET tables = replace(tables, 'later', 'latez')",
    'TABLES_DIFFER',
    `${CHECKPOINTS.en}: sums describes other tables than sums_v3`,
    `${CHECKPOINTS.ja} にある sums の定義が、表 sums_v3 と違います`,
  ],
  [
    'with a mark that says nothing',
    'UPDATE projection_checkpoints SET active = 2 WHERE version = 3',
    'USE_UNKNOWN',
    `${CHECKPOINTS.en}: sums 3 is neither in use nor not`,
    `${CHECKPOINTS.ja} にある sums 3 が、使用中かどうか分かりません`,
  ],
  [
    'with a checkpoint behind its rows',
    'UPDATE projection_checkpoints SET position = 3',
    'CHECKPOINT_MISPLACED',
    `${CHECKPOINTS.en}: sums 3 stands at event 3 of 20`,
    `${CHECKPOINTS.ja} にある sums 3 が、記録20件に対して3件目までです`,
  ],
  [
    'with two versions in use',
    'UPDATE projection_checkpoints SET active = 1, position = 20',
    'TWO_IN_USE',
    `${CHECKPOINTS.en}: two versions of one projection are in use`,
    `${CHECKPOINTS.ja} で、1つの参照モデルの2つの版が使用中です`,
  ],
  [
    'without its commands',
    'DELETE FROM commands',
    'COMMAND_MISSING',
    `${DAMAGED.en}table commands does not know the command of event 1`,
    `${DAMAGED.ja}表 commands に、記録1のコマンドがありません`,
  ],
];

async function damagesAfter(sql: string) {
  let found: ReturnType<typeof damagesOf> = [];
  await inTemporaryDirectory(async directory => {
    const file = await filled(directory);
    const db = new DatabaseSync(file);
    db.exec(sql);
    db.close();
    found = damagesOf(file);
  });
  return found;
}

describe('what a file notes of itself', () => {
  it('as it was is without a finding', async () => expect(await damagesAfter('SELECT 1')).toEqual([]));

  it.each(NOTED)('%s is found, and said in both languages', async (_what, sql, code, en, ja) => {
    const found = await damagesAfter(sql);
    expect(found.map(one => [one.kind.code, problemSaid(one)])).toEqual([[code, { en, ja }]]);
  });

  it.each([
    ['with the facts of another table', 'UPDATE store_facts SET name = name || 1', 'FACTS_INCOMPLETE'],
    ['with a fact too many', "INSERT INTO store_facts VALUES ('more', 1)", 'FACTS_INCOMPLETE'],
    ['with a checkpoint to come', 'UPDATE projection_checkpoints SET position = 21', 'CHECKPOINT_MISPLACED'],
    ['with another version', 'UPDATE projection_checkpoints SET version = version + 10', 'TABLES_DIFFER'],
    [
      'with a column of another type',
      "UPDATE projection_checkpoints SET tables = replace(tables, 'integer?', 'integer')",
      'TABLES_DIFFER',
    ],
    [
      'with another index',
      `UPDATE projection_checkpoints SET tables = replace(tables, '"value","name"', '"value","later"')`,
      'TABLES_DIFFER',
    ],
  ])('%s is found', async (_what, sql, code) => {
    const found = await damagesAfter(sql);
    expect(found.map(one => one.kind.code)).toEqual([code]);
  });
});

describe('the pages of a file', () => {
  const PAGE = 4096;
  const damaged = async (damage: (bytes: Buffer, file: string) => void) => {
    let found: ReturnType<typeof damagesOf> = [];
    await inTemporaryDirectory(async directory => {
      const file = await filled(directory);
      const bytes = readFileSync(file);
      damage(bytes, file);
      writeFileSync(file, bytes);
      found = damagesOf(file);
    });
    return found.map(one => [one.kind.code, problemSaid(one)] as const);
  };
  const said = (words: string) => ({ en: `${DAMAGED.en}${words}`, ja: `${DAMAGED.ja}${words}` });

  it('are named by the table or index that they belong to, in the words of SQLite', async () => {
    const found = await damaged((bytes, file) => {
      const db = new DatabaseSync(file);
      const sql = "SELECT rootpage FROM sqlite_schema WHERE name LIKE 'sums_v3_%'";
      const root = Number(db.prepare(sql).get()!['rootpage']);
      db.close();
      // The number of bytes that the page leaves unused.
      bytes[PAGE * (root - 1) + 7]! ^= 1;
    });
    const [first] = found;
    expect(first![0]).toBe('FILE_DAMAGED');
    const words = first![1].en.slice(DAMAGED.en.length);
    expect(words).toMatch(/^index sums_v3_\w+ page \d+: /);
    expect(first![1]).toEqual(said(words));
  });

  it('that are none are named with the file', async () => {
    const [found, ...more] = await damaged(bytes => void bytes.fill(7));
    expect([found![0], more]).toEqual(['PAGES_UNREADABLE', []]);
    expect(found![1].en).toMatch(/^the file is damaged: cannot be read: .*file is not a database$/);
    expect(found![1].ja).toMatch(/^ファイルが損傷しています：読み取れません：.*file is not a database$/);
  });
});

it('every damage of a file is in these tables', () => {
  const told = [...NOTED.map(([, , code]) => code), 'FILE_DAMAGED', 'PAGES_UNREADABLE'];
  expect(Object.keys(fileFindings).filter(code => !told.includes(code))).toEqual([]);
});
