import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { openPostgresReadStore, type PostgresReadStore } from '#adapters/postgres';
import { openSqliteStore, type SqliteStore } from '#adapters/sqlite';
import { Instant, Money, parseAccountId } from '#kernel';
import { type ClusterProduct, openClusterProduct } from '#nest';
import { runProjections } from '#runtime';
import { type PostgresServer, startPostgres } from '../support/postgres.js';
import { atLeast, atMost, type Bench, type Figure } from './bench.types.js';
import { quantile, seconds, settle } from './measure.js';
import { caller, openProvider, writeCalls } from './provider.js';

const SIZES = {
  full: { calls: 200_000, accounts: 1_000, charges: 1_000, inserts: 2_000 },
  quick: { calls: 300, accounts: 10, charges: 5, inserts: 20 },
} as const;

/** What is asked of a worker: events a second into all read models, and how soon queries see a command. */
const REBUILD_AT_LEAST = atLeast(20_000);
export const LAG_AT_MOST = atMost(100);

const clock = { now: () => Instant.parse('2026-11-01T00:00:00.000+09:00') };
const LONGEST_MS = 600_000;

async function fill(directory: string, calls: number, accounts: number): Promise<void> {
  const product = await openProvider(directory, { accounts, yen: '5000000' });
  try {
    const file = join(directory, 'cdr.csv');
    await writeCalls(file, calls, { seed: 5, accounts });
    await product.cdr.importFile(file, 'csv', caller());
  } finally {
    await product.close();
  }
}

/** Seconds from empty tables to the head of the log, all read models. */
async function rebuilt({ events }: SqliteStore, readModels: PostgresReadStore, head: number) {
  settle();
  return seconds(async () => {
    const projections = runProjections({ events, readModels, clock });
    if (!(await projections.waitFor(head, LONGEST_MS))) throw new Error('the read models were not built');
    await projections.stop();
  });
}

/** Milliseconds from the answer of a command until queries see it, one value per command until `enough`. */
export async function lags(
  { product, waitFor }: ClusterProduct,
  charges: number,
  enough = () => false,
): Promise<number[]> {
  const found: number[] = [];
  for (let n = 0; n < charges && (n === 0 || !enough()); n++) {
    const account = parseAccountId(`A${(n % 10) + 1}`);
    const input = { account, amount: Money.of('1000'), method: 'card' as const };
    const answer = await product.prepaid.charge(input, caller());
    if (answer.kind !== 'done') throw new Error(`not charged: ${JSON.stringify(answer)}`);
    const begin = performance.now();
    if (!(await waitFor(answer.position, LONGEST_MS))) throw new Error('never seen');
    found.push(performance.now() - begin);
  }
  return found;
}

/**
 * The server's own ceiling: the rows of `calls` by COPY into a bare table, and rows one by one, each durable.
 */
export async function ceiling(url: string, inserts: number) {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<{ line: string }>(
      `SELECT concat_ws(E'\\t', account, started_at, position, call_id, to_number, net, tax) AS line
        FROM calls`,
    );
    const columns = 'account text, started_at bigint, position bigint, call_id text, number text, net bigint';
    await client.query(`CREATE TABLE bare (${columns}, tax bigint)`);
    const text = rows.map(row => `${row.line}\n`).join('');
    const copied = await seconds(async () => {
      const stream = client.query(copyFrom('COPY bare FROM STDIN'));
      stream.end(text);
      await new Promise((resolve, reject) => stream.on('finish', resolve).on('error', reject));
    });
    const single = await seconds(async () => {
      for (let n = 0; n < inserts; n++)
        await client.query('INSERT INTO bare VALUES ($1, $2, $2, $1, $1, $2, $2)', [`A${n}`, n]);
    });
    return { copyRows: rows.length / copied, singleRows: inserts / single };
  } finally {
    await client.end();
  }
}

/** A rebuild beside what the same server takes without anything of ours. */
export const rebuildFigures = (
  what: string,
  rate: number,
  { copyRows, singleRows }: Awaited<ReturnType<typeof ceiling>>,
): Figure[] => [
  { what, value: rate, unit: 'events/s', target: REBUILD_AT_LEAST },
  { what: 'ceiling: COPY into a bare table', value: copyRows, unit: 'rows/s' },
  { what: 'of COPY', value: (100 * rate) / copyRows, unit: '%' },
  { what: 'ceiling: single durable inserts', value: singleRows, unit: 'rows/s' },
  { what: 'of single inserts', value: (100 * rate) / singleRows, unit: '%' },
];

async function measure(size: keyof typeof SIZES, directory: string, server: PostgresServer) {
  const { charges, inserts } = SIZES[size];
  const log = await openSqliteStore({ directory });
  const url = await server.database();
  const readModels = await openPostgresReadStore({ url });
  try {
    const head = await log.events.headPosition();
    const spent = await rebuilt(log, readModels, head);
    const limits = await ceiling(url, inserts);
    const { events } = log;
    const keptOpen = async () => undefined;
    const given = { events, proof: events, readModels, clock, project: true, close: keptOpen };
    const cluster = await openClusterProduct(given);
    const waits = await lags(cluster, charges);
    await cluster.product.close();
    return { rate: head / spent, ...limits, waits };
  } finally {
    await readModels.close();
    await log.close();
  }
}

export const projectionsBench: Bench = {
  name: 'projections',
  title: 'Read models on PostgreSQL',
  needs: 'postgres',
  async run(size, directory) {
    const { calls, accounts } = SIZES[size];
    await fill(directory, calls, accounts);
    const server = await startPostgres({ durable: true });
    try {
      const { rate, copyRows, singleRows, waits } = await measure(size, directory, server);
      return {
        method:
          `The log of ${calls} calls of ${accounts} accounts is read from the embedded store, and every ` +
          'read model is built from it on an empty PostgreSQL of this machine by one worker. The ceilings ' +
          'are the same server: seven columns of the rows of `calls` by COPY into a table without a key, ' +
          'and single durable inserts. The lag is the time from the answer of a charge until queries see it.',
        figures: [
          ...rebuildFigures('rebuild of all read models', rate, { copyRows, singleRows }),
          { what: 'lag, median', value: quantile(waits, 0.5), unit: 'ms' },
          { what: 'lag, p99', value: quantile(waits, 0.99), unit: 'ms', target: LAG_AT_MOST },
        ],
      };
    } finally {
      await server.stop();
    }
  },
};
