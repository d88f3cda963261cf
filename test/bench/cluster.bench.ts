import { join } from 'node:path';
import { openPostgresReadStore } from '#adapters/postgres';
import { openClusterLog, openClusterProduct } from '#nest';
import type { EventStore } from '#ports';
import { runProjections } from '#runtime';
import { FakeCluster } from '../support/eventstoredb/fake-cluster.js';
import { type PostgresServer, startPostgres } from '../support/postgres.js';
import { atLeast, atMost, type Bench, type Figure } from './bench.types.js';
import { atOnce } from './hold.bench.js';
import { median, quantile, seconds, settle } from './measure.js';
import { ceiling, LAG_AT_MOST, lags, rebuildFigures } from './projections.bench.js';
import { CLOCK, fillProvider, openProvider } from './provider.js';
import { rawAppends } from './raw-eventstore.js';
import { answerParent, serveSelf } from './self.js';

const CLIENTS = 64;
/** What was promised of one server. */
const COMMANDS_AT_LEAST = atLeast(3_000);
const P99_AT_MOST = atMost(50);
const SIZES = {
  full: { wallets: 500, calls: 5_000, aloneCalls: 300, rounds: 3, charges: 500, raw: 5_000, inserts: 2_000 },
  quick: { wallets: 10, calls: 60, aloneCalls: 10, rounds: 1, charges: 5, raw: 60, inserts: 20 },
} as const;
type Sizes = (typeof SIZES)[keyof typeof SIZES];
const LONGEST_MS = 600_000;

interface LogServer {
  readonly url: string;
  readonly address: string;
}

/** The server of the log, in a process of its own until its parent goes. */
async function serveLog(): Promise<void> {
  const cluster = await FakeCluster.start();
  // As docker-compose.yml has it: a tariff of 10,000 prefixes is one event of 2.3 MB.
  cluster.log.maxAppendBytes = 16_000_000;
  process.once('disconnect', () => cluster.stop());
  await answerParent({
    url: cluster.url(),
    address: `127.0.0.1:${cluster.nodes[0]!.port}`,
  } satisfies LogServer);
}

const openAt = async (logUrl: string, url: string, project: boolean) => {
  const readModels = await openPostgresReadStore({ url });
  const events = await openClusterLog({ eventStore: { url: logUrl }, index: { url } });
  const given = { events, proof: events, readModels, clock: CLOCK, project };
  return { ...(await openClusterProduct(given)), events };
};

/** Builds the read models, in a process of its own until its parent goes, as a worker of a cluster does. */
async function work(logUrl: string, url: string): Promise<void> {
  const { product } = await openAt(logUrl, url, true);
  process.once('disconnect', () => product.close());
  await answerParent('working');
}

export const CLUSTER_ERRANDS: Readonly<Record<string, (...args: never[]) => Promise<void>>> = {
  'cluster-log': serveLog,
  'cluster-worker': work,
};

interface Speeds {
  readonly many: number;
  readonly alone: number;
  readonly p50: number;
  readonly p99: number;
}

/** Holds and settles: many clients at once, then one. */
async function speedsOf(shop: Parameters<typeof atOnce>[0], sizes: Sizes): Promise<Speeds> {
  const { calls, aloneCalls, rounds } = sizes;
  await atOnce(shop, 'warm-up', Math.max(shop.wallets, calls / 4), CLIENTS);
  const many: Awaited<ReturnType<typeof atOnce>>[] = [];
  const alone: typeof many = [];
  for (let round = 0; round < rounds; round++) {
    settle();
    many.push(await atOnce(shop, `many-${round}`, calls, CLIENTS));
    alone.push(await atOnce(shop, `alone-${round}`, aloneCalls, 1));
  }
  return {
    many: median(many.map(load => load.commandsPerSecond)),
    alone: median(alone.map(load => load.commandsPerSecond)),
    p50: median(many.map(load => quantile(load.latencies, 0.5))),
    p99: median(many.map(load => quantile(load.latencies, 0.99))),
  };
}

async function embedded(directory: string, sizes: Sizes): Promise<Speeds> {
  const { wallets } = sizes;
  const product = await openProvider(join(directory, 'store'), { accounts: wallets, yen: '1000000' });
  try {
    return await speedsOf({ product, wallets }, sizes);
  } finally {
    await product.close();
  }
}

/** Seconds from empty tables to the head of the log, all read models. */
async function rebuilt(events: EventStore, url: string, head: number): Promise<number> {
  const readModels = await openPostgresReadStore({ url });
  settle();
  const spent = await seconds(async () => {
    const projections = runProjections({ events, readModels, clock: CLOCK });
    if (!(await projections.waitFor(head, LONGEST_MS))) throw new Error('the read models were not built');
    await projections.stop();
  });
  await readModels.close();
  return spent;
}

/** The same while the clients go on. */
async function lagsUnderLoad(
  cluster: Awaited<ReturnType<typeof openAt>>,
  shop: Parameters<typeof atOnce>[0],
  { calls, charges }: Sizes,
): Promise<readonly number[]> {
  let over = false;
  const load = atOnce(shop, 'while-charging', calls, CLIENTS).finally(() => (over = true));
  const found = await lags(cluster, charges, () => over);
  await load;
  return found;
}

async function onCluster(log: LogServer, server: PostgresServer, sizes: Sizes) {
  const { wallets, charges, inserts } = sizes;
  const url = await server.database();
  const worker = await serveSelf<string>('--errand', 'cluster-worker', log.url, url);
  const cluster = await openAt(log.url, url, false);
  const { product, events } = cluster;
  try {
    await fillProvider(product, { accounts: wallets, yen: '1000000' });
    const speeds = await speedsOf({ product, wallets }, sizes);
    const waits = await lags(cluster, charges);
    const loadedWaits = await lagsUnderLoad(cluster, { product, wallets }, sizes);
    const { head } = await product.health();
    await worker.end();
    const spent = await rebuilt(events, await server.database(), head);
    return { ...speeds, waits, loadedWaits, rebuilt: head / spent, ...(await ceiling(url, inserts)) };
  } finally {
    await worker.end();
    await product.close();
  }
}

interface Ceilings {
  readonly many: number;
  readonly alone: number;
}

function figuresOf(
  found: Awaited<ReturnType<typeof onCluster>>,
  beside: Speeds,
  raw: Ceilings,
): readonly Figure[] {
  return [
    {
      what: `commands, ${CLIENTS} clients`,
      value: found.many,
      unit: 'commands/s',
      target: COMMANDS_AT_LEAST,
    },
    { what: 'the same embedded', value: beside.many, unit: 'commands/s' },
    { what: `ceiling: bare appends, ${CLIENTS} at once`, value: raw.many, unit: 'events/s' },
    { what: 'of the ceiling', value: (100 * found.many) / raw.many, unit: '%' },
    { what: `p50, ${CLIENTS} clients`, value: found.p50, unit: 'ms' },
    { what: `p99, ${CLIENTS} clients`, value: found.p99, unit: 'ms', target: P99_AT_MOST },
    { what: 'commands, one client', value: found.alone, unit: 'commands/s' },
    { what: 'the same embedded', value: beside.alone, unit: 'commands/s' },
    { what: 'ceiling: bare appends, one at a time', value: raw.alone, unit: 'events/s' },
    { what: 'of the ceiling', value: (100 * found.alone) / raw.alone, unit: '%' },
    { what: 'projection lag, median', value: quantile(found.waits, 0.5), unit: 'ms' },
    { what: 'projection lag, p99', value: quantile(found.waits, 0.99), unit: 'ms', target: LAG_AT_MOST },
    { what: 'projection lag under load, median', value: quantile(found.loadedWaits, 0.5), unit: 'ms' },
    { what: 'projection lag under load, p99', value: quantile(found.loadedWaits, 0.99), unit: 'ms' },
    ...rebuildFigures('rebuild of all read models from this log', found.rebuilt, found),
  ];
}

export const clusterBench: Bench = {
  name: 'cluster',
  title: 'Hold and settle on a cluster',
  needs: 'postgres',
  async run(size, directory) {
    const sizes: Sizes = SIZES[size];
    const { wallets, calls, aloneCalls, rounds, charges, raw } = sizes;
    const beside = await embedded(directory, sizes);
    const [log, server] = await Promise.all([
      serveSelf<LogServer>('--errand', 'cluster-log'),
      startPostgres({ durable: true }),
    ]);
    try {
      const { address } = log.answer;
      const ceilings = {
        many: await rawAppends(address, raw, CLIENTS),
        alone: await rawAppends(address, Math.ceil(raw / 5), 1),
      };
      const found = await onCluster(log.answer, server, sizes);
      return {
        method:
          `${calls} calls on ${wallets} wallets by ${CLIENTS} clients in the server's process, then ` +
          `${aloneCalls} by one: funds held, then the call rated and settled, each acknowledged when the ` +
          'log has it. The log is a server of the tests in a process of its own that speaks the protocol ' +
          'of EventStoreDB over gRPC and keeps its events in memory: its figures tell what the product and ' +
          'the protocol cost, not a cluster and its disks. Read models are built on PostgreSQL by a worker ' +
          `process. Median of ${rounds} rounds. The lag is the time from the answer of each of ${charges} ` +
          `charges until queries see it, alone and while the ${CLIENTS} clients go on. Ceilings: the same ` +
          'servers without anything of ours.',
        figures: figuresOf(found, beside, ceilings),
      };
    } finally {
      await log.end();
      await server.stop();
    }
  },
};
