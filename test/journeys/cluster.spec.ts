import { rmSync } from 'node:fs';
import { openBullmqJobQueue } from '#adapters/bullmq';
import { openEventStoreDb } from '#adapters/eventstoredb';
import { openPostgresReadStore } from '#adapters/postgres';
import { openClusterProduct } from '#nest';
import type { Clock } from '#ports';
import type { JourneyHome } from '#testing';
import { FakeCluster } from '../support/eventstoredb/fake-cluster.js';
import { needsProgram } from '../support/needs.js';
import { type PostgresServer, startPostgres } from '../support/postgres.js';
import { type RedisOfATest, startRedis } from '../support/redis.js';
import { inProcess } from '../support/stages.js';
import { temporaryDirectory } from '../support/temporary-directory.js';
import { contractSuite } from './contract-suite.js';
import { journeySuite } from './journey-suite.js';

needsProgram(
  'postgres',
  'initdb',
  'redis-server',
)('with PostgreSQL and Redis', () => {
  let postgres: PostgresServer;
  let redis: RedisOfATest;
  let cluster: FakeCluster;
  let opened = 0;
  beforeAll(async () => {
    [postgres, redis, cluster] = await Promise.all([
      startPostgres(),
      startRedis(),
      FakeCluster.start({ nodes: 3 }),
    ]);
  });
  afterAll(async () => {
    cluster.stop();
    await Promise.all([postgres.stop(), redis.stop()]);
  });

  const open = async (clock: Clock): Promise<JourneyHome> => {
    const directory = temporaryDirectory();
    const name = `journey${++opened}`;
    const events = await openEventStoreDb({ url: cluster.url(), namespace: `${name}.` });
    const readModels = await openPostgresReadStore({ url: await postgres.database() });
    const { product } = await openClusterProduct({
      events,
      proof: events,
      readModels,
      clock,
      jobs: () => openBullmqJobQueue({ url: redis.url, clock, prefix: `{${name}}` }),
      project: { lookMs: 50 },
    });
    return {
      product,
      directory,
      async end() {
        await product.close();
        rmSync(directory, { recursive: true, force: true });
      },
    };
  };
  journeySuite('events in EventStoreDB, read models on PostgreSQL, jobs on Redis', inProcess(open));
  contractSuite('events in EventStoreDB, read models on PostgreSQL, jobs on Redis', inProcess(open));
});
