import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { openBullmqJobQueue } from '#adapters/bullmq';
import { openPostgresReadStore } from '#adapters/postgres';
import { readConfig } from '#config';
import type { Instant } from '#kernel';
import { openClusterLog, openClusterProduct, openProduct } from '#nest';
import type { Clock } from '#ports';
import type { Product } from '#runtime';
import { FakeCluster } from './eventstoredb/fake-cluster.js';
import { overTheBus } from './over-the-bus.js';
import { type PostgresServer, startPostgres } from './postgres.js';
import type { ProgramEnv } from './program.js';
import { type RedisOfATest, startRedis } from './redis.js';
import { callerOf } from './small-provider.js';
import { temporaryDirectory } from './temporary-directory.js';

/** Where the product of a test lives: its environment, and a look at it from this process. */
export interface Home {
  readonly env: ProgramEnv;
  /** The product in this process, whose time stands still. Embedded nobody else may have it open. */
  open(now: Instant): Promise<Product>;
  /** The same by a clock that moves; it builds read models, too. */
  openBy(clock: Clock): Promise<Product>;
}

/** An embedded store in this directory. */
export const embeddedIn = (directory: string): Home => ({
  env: { DAICHO_DATA: directory },
  open: now => openProduct({ directory, clock: { now: () => now } }),
  openBy: clock => openProduct({ directory, clock }),
});

/** The three servers of a cluster for the tests of one file, and homes on them. */
export interface ClusterOfATest {
  readonly events: FakeCluster;
  readonly redis: RedisOfATest;
  /** An empty home: a namespace, a database and a directory for uploads of its own. */
  home(): Promise<Home>;
  stop(): Promise<void>;
}

/** Guard the tests with `needsProgram('postgres', 'initdb', 'redis-server')`. */
export async function startClusterOfATest(): Promise<ClusterOfATest> {
  const [events, postgres, redis] = await Promise.all([
    FakeCluster.start({ nodes: 3 }),
    startPostgres(),
    startRedis(),
  ]);
  const directory = temporaryDirectory();
  let homes = 0;
  return {
    events,
    redis,
    home: async () => clusterHome({ events, postgres, redis }, directory, `home${++homes}`),
    async stop() {
      events.stop();
      await Promise.all([postgres.stop(), redis.stop()]);
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

interface Servers {
  readonly events: FakeCluster;
  readonly postgres: PostgresServer;
  readonly redis: RedisOfATest;
}

async function clusterHome({ events, postgres, redis }: Servers, root: string, name: string): Promise<Home> {
  const directory = join(root, name);
  mkdirSync(directory);
  const env = {
    DAICHO_DATA: directory,
    DAICHO_EVENTSTORE_URL: events.url(),
    DAICHO_EVENTSTORE_NAMESPACE: `${name}.`,
    DAICHO_POSTGRES_URL: await postgres.database(),
    DAICHO_POSTGRES_READERS: '4',
    DAICHO_POSTGRES_WRITERS: '2',
    DAICHO_SECRET_KEY: Buffer.alloc(32, 7).toString('base64'),
    DAICHO_REDIS_URL: redis.url,
    DAICHO_REDIS_PREFIX: `{${name}}`,
  };
  return {
    env,
    open: now => openBy({ now: () => now }),
    openBy,
  };

  async function openBy(clock: Clock): Promise<Product> {
    const { cluster } = readConfig(env);
    const readModels = await openPostgresReadStore({ url: cluster!.postgresUrl });
    const log = await openClusterLog({
      eventStore: { url: cluster!.eventStoreUrl, namespace: env.DAICHO_EVENTSTORE_NAMESPACE },
      index: { url: cluster!.postgresUrl },
    });
    const { redisUrl: url } = cluster!;
    const jobs = () => openBullmqJobQueue({ url, prefix: env.DAICHO_REDIS_PREFIX, clock });
    const given = { events: log, proof: log, readModels, clock, jobs, project: { lookMs: 50 } };
    return overTheBus((await openClusterProduct(given)).product);
  }
}

/** Makes the first key of staff and gives its token. */
export async function keyOf(product: Product): Promise<string> {
  const input = { role: 'staff' as const, account: null, label: 'first' };
  const made = await product.keys.create(input, callerOf('first-key'));
  if (made.kind !== 'done') throw new Error('no first key');
  return made.value.token;
}

/** `keyOf` the product of a home that nobody has open. */
export async function firstKey(home: Home, now: Instant): Promise<string> {
  const product = await home.open(now);
  try {
    return await keyOf(product);
  } finally {
    await product.close();
  }
}
