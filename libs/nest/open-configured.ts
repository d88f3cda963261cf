import { resolve } from 'node:path';
import type { Logger } from 'pino';
import { systemClock } from '#adapters/clock';
import type { ClusterConfig, Config } from '#config';
import type { Product, RunJobsOptions, RunningProjections } from '#runtime';
import { openClusterLog } from './open-cluster-log.js';
import { type ClusterProduct, openClusterProduct } from './open-cluster-product.js';
import { openProduct } from './open-product.js';

export interface ConfiguredProduct {
  readonly product: Product;
  /** Where this process builds read models. */
  readonly projections: RunningProjections | undefined;
}

export interface ConfiguredAs {
  readonly logger: Logger;
  /** In a cluster a worker builds read models, a server waits for them. Embedded both are one. */
  readonly role: 'server' | 'worker';
}

/** How the configuration wants jobs to be done. */
export const jobRulesOf = ({ environment }: Config): Omit<RunJobsOptions, 'onError'> => ({
  autoClose: environment.DAICHO_AUTO_CLOSE === 'on',
  concurrency: environment.DAICHO_JOBS_CONCURRENCY,
});

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** The adapters are loaded only here: an embedded process needs none of them. */
async function openCluster(
  { environment }: Config,
  cluster: ClusterConfig,
  { logger, role }: ConfiguredAs,
): Promise<ClusterProduct> {
  const { openPostgresReadStore } = await import('#adapters/postgres');
  const { openBullmqJobQueue } = await import('#adapters/bullmq');
  const readModels = await openPostgresReadStore({
    url: cluster.postgresUrl,
    schema: environment.DAICHO_POSTGRES_SCHEMA,
    applicationName: `daicho ${role}`,
    readers: environment.DAICHO_POSTGRES_READERS,
    writers: environment.DAICHO_POSTGRES_WRITERS,
    statementTimeoutMs: environment.DAICHO_POSTGRES_STATEMENT_TIMEOUT_MS,
  });
  const events = await openClusterLog({
    eventStore: {
      url: cluster.eventStoreUrl,
      namespace: environment.DAICHO_EVENTSTORE_NAMESPACE,
      deadlineMs: environment.DAICHO_EVENTSTORE_DEADLINE_MS,
    },
    index: {
      url: cluster.postgresUrl,
      schema: environment.DAICHO_POSTGRES_SCHEMA,
      applicationName: `daicho ${role} index`,
    },
  }).catch(async (error: unknown) => {
    await readModels.close();
    throw error;
  });
  return openClusterProduct({
    events,
    readModels,
    proof: events,
    project: role === 'worker' && { observe: note => logger.debug(note, 'projections') },
    jobs: () =>
      openBullmqJobQueue({
        url: cluster.redisUrl,
        prefix: environment.DAICHO_REDIS_PREFIX,
        clock: systemClock,
        onError: error => logger.warn({ error: messageOf(error) }, 'job queue'),
      }),
  });
}

/**
 * The product as the configuration says: embedded in one directory, or on the servers of a cluster.
 * @throws StoreUnavailable when the directory is in use or a server does not answer
 */
export async function openConfigured(config: Config, as: ConfiguredAs): Promise<ConfiguredProduct> {
  if (config.cluster) return openCluster(config, config.cluster, as);
  const product = await openProduct({ directory: resolve(config.environment.DAICHO_DATA) });
  return { product, projections: undefined };
}
