import { resolve } from 'node:path';
import type { Logger } from 'pino';
import { systemClock } from '#adapters/clock';
import { sealedPersonalData } from '#adapters/shared';
import { isOpenToOthers } from '#adapters/sqlite';
import type { ClusterConfig, Config } from '#config';
import type { Product, RunJobsOptions, RunningProjections } from '#runtime';
import { type IdentityTools, openIdentityTools } from './identity-tools.js';
import { openClusterLog } from './open-cluster-log.js';
import { type ClusterProduct, openClusterProduct } from './open-cluster-product.js';
import { type OpenOptions, openProduct } from './open-product.js';
import { openPaymentGateways } from './payment-gateways.js';
import type { ServerOptions } from './serve.types.js';

export interface ConfiguredProduct {
  readonly product: Product;
  /** Where this process builds read models. */
  readonly projections: RunningProjections | undefined;
}

export interface ConfiguredAs {
  readonly logger: Logger;
  /** In a cluster a worker builds read models, a server waits for them. Embedded both are one. */
  readonly role: 'server' | 'worker';
  /** Whether people sign in here, so that what logins need is opened; without it in every server. */
  readonly logins?: boolean;
}

/** The product with the tools that were opened for it: they end after it. */
const endingWith = (product: Product, tools: IdentityTools | undefined): Product =>
  tools
    ? {
        ...product,
        async close() {
          await product.close();
          await tools.close();
        },
      }
    : product;

/** Opens a product with what logins need; when it does not open, nothing stays open. */
async function withLogins<Opened>(
  tools: IdentityTools | undefined,
  open: (tools: IdentityTools | undefined) => Promise<Opened>,
): Promise<Opened> {
  try {
    return await open(tools);
  } catch (error) {
    await tools?.close();
    throw error;
  }
}

/** How the configuration wants jobs to be done. */
export const jobRulesOf = ({ environment }: Config): Omit<RunJobsOptions, 'onError'> => ({
  autoClose: environment.DAICHO_AUTO_CLOSE === 'on',
  concurrency: environment.DAICHO_JOBS_CONCURRENCY,
});

/** How the configuration wants the HTTP server, whoever starts it. */
export const serverOf = ({ environment }: Config): Omit<ServerOptions, 'product' | 'jobs' | 'logger'> => ({
  directory: resolve(environment.DAICHO_DATA),
  port: environment.DAICHO_PORT,
  host: environment.DAICHO_HOST,
  stopGraceMs: environment.DAICHO_STOP_GRACE_MS,
  ...(environment.DAICHO_PUBLIC_URL !== undefined && { publicUrl: environment.DAICHO_PUBLIC_URL }),
  cookieSecure: environment.DAICHO_COOKIE_SECURE === 'on',
  trustProxy: environment.DAICHO_TRUST_PROXY?.split(',') ?? [],
  arrival: {
    requestMs: environment.DAICHO_REQUEST_TIMEOUT_MS,
    uploadMs: environment.DAICHO_UPLOAD_TIMEOUT_MS,
    connectionsPerAddress: environment.DAICHO_CONNECTIONS_PER_ADDRESS,
  },
});

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** The adapters are loaded only here: an embedded process needs none of them. */
async function openCluster(
  config: Config,
  cluster: ClusterConfig,
  { logger, role }: ConfiguredAs,
  identity: IdentityTools | undefined,
): Promise<ClusterProduct> {
  const { environment } = config;
  const { openPostgresPersonalRows, openPostgresReadStore } = await import('#adapters/postgres');
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
  const personal =
    identity &&
    (await openPostgresPersonalRows({
      url: cluster.postgresUrl,
      schema: environment.DAICHO_POSTGRES_SCHEMA,
      applicationName: `daicho ${role} personal`,
    }).catch(async (error: unknown) => {
      await events.close();
      await readModels.close();
      throw error;
    }));
  return openClusterProduct({
    events,
    readModels,
    proof: events,
    identity,
    payments: await openPaymentGateways(config),
    personal: personal && sealedPersonalData(personal, identity.secrets),
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

/** The embedded product of one directory, and what logins need there. */
export async function openWithLogins(
  options: OpenOptions,
  { config, logger }: { readonly config: Config; readonly logger: Logger },
): Promise<Product> {
  const { directory, clock = systemClock } = options;
  const payments = options.payments ?? (await openPaymentGateways(config, clock));
  if (!options.readOnly && isOpenToOthers(directory))
    logger.warn(`others may look into the data directory: chmod 700 ${directory}`);
  const tools = await openIdentityTools({ directory, config, clock, logger });
  return withLogins(tools, async identity =>
    endingWith(await openProduct({ ...options, identity, payments }), tools),
  );
}

/**
 * The product as the configuration says: embedded in one directory, or on the servers of a cluster.
 * @throws StoreUnavailable when the directory is in use or a server does not answer
 * @throws WrongConfiguration when people sign in to a cluster without `DAICHO_SECRET_KEY`
 */
export async function openConfigured(config: Config, as: ConfiguredAs): Promise<ConfiguredProduct> {
  const { cluster } = config;
  const { logger, logins = as.role === 'server' } = as;
  const directory = resolve(config.environment.DAICHO_DATA);
  if (!cluster) {
    const product = await (logins
      ? openWithLogins({ directory }, { config, logger })
      : openProduct({ directory, payments: await openPaymentGateways(config) }));
    return { product, projections: undefined };
  }
  const tools = logins
    ? await openIdentityTools({ directory, config, clock: systemClock, logger })
    : undefined;
  return withLogins(tools, async identity => {
    const opened = await openCluster(config, cluster, as, identity);
    return { product: endingWith(opened.product, tools), projections: opened.projections };
  });
}
