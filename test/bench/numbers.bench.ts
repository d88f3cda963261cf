import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { DatabaseSync } from 'node:sqlite';
import { openPostgresReadStore } from '#adapters/postgres';
import { openSqliteStore } from '#adapters/sqlite';
import { parseAccountId } from '#kernel';
import { openClusterProduct, openProduct } from '#nest';
import type { Product } from '#runtime';
import { runProjections } from '#runtime';
import { findProgram } from '../support/needs.js';
import { startPostgres } from '../support/postgres.js';
import { atLeast, atMost, type Bench, type Figure } from './bench.types.js';
import { pool, quantile, seconds, settle } from './measure.js';
import { CLOCK, caller } from './provider.js';

const SIZES = {
  full: { blocks: 100, sold: 25_000, searches: 200 },
  quick: { blocks: 2, sold: 30, searches: 2 },
} as const;
const BLOCK = 10_000;
const PAGE = 50;
const CLIENTS = 64;
const LONGEST_MS = 600_000;
/** What was promised: the first page of a search over a million numbers. */
const PAGE_AT_MOST = atMost(50);
const CLAIMS_AT_LEAST = atLeast(1_000);

const blockName = (n: number): string => `03${String(1_000 + n).padStart(4, '0')}`;
const KINDS = ['STA', 'KDU', 'KDI', 'KVA', 'UCA'];

/** A million numbers of five kinds in ten cities: as many lines as blocks. */
function numbersCsv(blocks: number): string {
  const lines = Array.from({ length: blocks }, (_, n) => {
    const range = `${blockName(n)}0000,${blockName(n)}9999`;
    return `${range},${KINDS[n % KINDS.length]},number.03,東京都,市${n % 10},03\n`;
  });
  return `first,last,kind,product,region,city,area_code\n${lines.join('')}`;
}

type Search = Parameters<Product['numbers']['search']>[0];
/** What people search for. */
const SEARCHES: readonly (readonly [what: string, Search])[] = [
  ['by number', { sort: 'number', limit: PAGE }],
  ['at random', { sort: 'random', limit: PAGE }],
  ['kind and city, at random', { sort: 'random', limit: PAGE, kind: 'KDU', city: '市1' }],
  ['area code and last four digits', { sort: 'number', limit: PAGE, area: '03', last4: '7777' }],
  ['what there is not', { sort: 'random', limit: PAGE, kind: 'NONE' }],
];

/** Milliseconds of each search of a kind. */
async function timed(product: Product, search: Search, times: number): Promise<number[]> {
  const spent: number[] = [];
  for (let n = 0; n < times; n++) {
    const begin = performance.now();
    await product.numbers.search(search);
    spent.push(performance.now() - begin);
  }
  return spent;
}

async function searched(product: Product, times: number, on: string): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const [what, search] of SEARCHES) {
    settle();
    const spent = await timed(product, search, times);
    const value = quantile(spent, 0.99);
    figures.push({ what: `${on}: ${what}, p99`, value, unit: 'ms', target: PAGE_AT_MOST });
  }
  return figures;
}

/** One row for each number, with the index that suits the question: a page of it, in milliseconds. */
function ceiling(file: string, blocks: number, times: number): number {
  const db = new DatabaseSync(file);
  db.exec('CREATE TABLE bare (number TEXT PRIMARY KEY, kind TEXT, city TEXT) WITHOUT ROWID');
  db.exec('BEGIN');
  const insert = db.prepare('INSERT INTO bare VALUES (?, ?, ?)');
  for (let n = 0; n < blocks; n++)
    for (let i = 0; i < BLOCK; i++)
      insert.run(`${blockName(n)}${String(i).padStart(4, '0')}`, KINDS[n % KINDS.length]!, `市${n % 10}`);
  db.exec('COMMIT');
  const page = db.prepare('SELECT * FROM bare WHERE number > ? ORDER BY number LIMIT 50');
  const spent: number[] = [];
  for (let n = 0; n < times; n++) {
    const begin = performance.now();
    page.all(`${blockName(n % blocks)}5000`);
    spent.push(performance.now() - begin);
  }
  db.close();
  return quantile(spent, 0.99);
}

/** Orders take numbers, the first block whole: a search has to pass it by. */
async function sell(product: Product, blocks: number, sold: number): Promise<number> {
  const spent = await seconds(() =>
    pool(sold, CLIENTS, async i => {
      const block = i < BLOCK ? 0 : 1 + (i % (blocks - 1));
      const suffix = i < BLOCK ? i : (i * 3) % BLOCK;
      const number = `${blockName(block)}${String(suffix).padStart(4, '0')}`;
      const account = parseAccountId(`A${i % 100}`);
      const of = { account, cart: `A${i % 100}_account`, order: `order-${i}`, product: 'number.03' };
      await product.numbers.claim(number, of, caller());
    }),
  );
  return sold / spent;
}

/** The same log with its read models on PostgreSQL, where there is one. */
async function onPostgres(directory: string, times: number): Promise<Figure[]> {
  if (findProgram('postgres') === null) return [];
  const server = await startPostgres();
  const log = await openSqliteStore({ directory });
  const readModels = await openPostgresReadStore({ url: await server.database() });
  try {
    const { events } = log;
    const projections = runProjections({ events, readModels, clock: CLOCK });
    if (!(await projections.waitFor(await events.headPosition(), LONGEST_MS)))
      throw new Error('the read models were not built');
    await projections.stop();
    const given = { events, proof: events, readModels, clock: CLOCK, project: true };
    const { product } = await openClusterProduct({ ...given, close: async () => undefined });
    const figures = await searched(product, times, 'PostgreSQL');
    await product.close();
    return figures;
  } finally {
    await readModels.close();
    await log.close();
    await server.stop();
  }
}

export const numbersBench: Bench = {
  name: 'numbers',
  title: 'Stock of numbers',
  async run(size, directory) {
    const { blocks, sold, searches } = SIZES[size];
    const store = join(directory, 'store');
    const product = await openProduct({ directory: store, clock: CLOCK });
    const figures: Figure[] = [];
    try {
      const text = numbersCsv(blocks);
      const spent = await seconds(async () => {
        const { imported } = await product.numbers.importFile('numbers.csv', text, caller());
        if (imported.numbers !== blocks * BLOCK) throw new Error(JSON.stringify(imported));
      });
      figures.push({ what: 'import of a file of all of them', value: spent, unit: 's' });
      const claims = await sell(product, blocks, sold);
      figures.push({ what: 'numbers claimed', value: claims, unit: 'commands/s', target: CLAIMS_AT_LEAST });
      figures.push(...(await searched(product, searches, 'SQLite')));
    } finally {
      await product.close();
    }
    const bare = ceiling(join(directory, 'bare.db'), blocks, searches);
    figures.push({
      what: 'ceiling: a page of a bare table with a row for each, p99',
      value: bare,
      unit: 'ms',
    });
    figures.push(...(await onPostgres(store, searches)));
    return {
      method:
        `${blocks * BLOCK} numbers in ${blocks} lines of a file are taken into stock; ${sold} are claimed ` +
        `by orders, ${CLIENTS} at a time, the first ${BLOCK} of them a whole block. Then the first page of ` +
        `${PAGE} numbers is asked for ${searches} times for each search. The ceiling is a bare table of ` +
        'the same numbers, a page by its primary key.',
      figures,
    };
  },
};
