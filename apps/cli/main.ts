import { existsSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import type { Config } from '#config';
import type { ClusterLogOptions } from '#nest';
import { Refused, WrongUsage } from './failure.js';
import { forwardTo, takeCommands } from './forward.js';
import type { Host, OpenedStore, OpenStore, StoreMove } from './host.js';
import { processIo } from './io.js';
import { commandRefusals, usageProblems } from './problems.js';
import { runCommand } from './program.js';
import { STORE_FILE } from './store-files.js';
import { VERBS } from './verbs/index.js';

/** The environment names the servers of a cluster: then that is the store, whatever the directory. */
const onCluster = (): boolean => (process.env['DAICHO_EVENTSTORE_URL'] ?? '') !== '';

/** To stderr: stdout is the command's answer. */
async function loggerOf(config: Config | undefined) {
  const { pino } = await import('pino');
  const stderr = pino.destination({ dest: process.stderr.fd, sync: true });
  return pino({ name: 'daicho', level: config?.environment.DAICHO_LOG_LEVEL ?? 'silent' }, stderr);
}

/** One command against a cluster: read models are what its workers have built. */
async function openCluster(logins: Config | undefined): Promise<OpenStore> {
  const { readConfig } = await import('#config');
  const { openConfigured } = await import('#nest');
  const { storeOver } = await import('./buses.js');
  const as = { logger: await loggerOf(logins), role: 'server', logins: logins !== undefined } as const;
  return storeOver((await openConfigured(logins ?? readConfig(process.env), as)).product);
}

/** The cluster of the command line, else that of the environment. @throws WrongUsage where there is none */
async function clusterOf({ url, namespace, index, schema }: StoreMove): Promise<ClusterLogOptions> {
  const inSchema = schema === undefined ? {} : { schema };
  const inNamespace = namespace === undefined ? {} : { namespace };
  if (url !== undefined) {
    const eventStore = { url, ...inNamespace };
    return index === undefined ? { eventStore } : { eventStore, index: { url: index, ...inSchema } };
  }
  const { readConfig } = await import('#config');
  const { cluster, environment } = readConfig(process.env);
  if (!cluster) throw WrongUsage.of(usageProblems.URL_REQUIRED);
  return {
    eventStore: {
      url: cluster.eventStoreUrl,
      namespace: environment.DAICHO_EVENTSTORE_NAMESPACE,
      deadlineMs: environment.DAICHO_EVENTSTORE_DEADLINE_MS,
      ...inNamespace,
    },
    index: { url: cluster.postgresUrl, schema: environment.DAICHO_POSTGRES_SCHEMA, ...inSchema },
  };
}

/** Commands in a process of their own: the store is opened for one command and closed after it. */
export const processHost: Host = {
  serving: null,
  forward: async (directory, io) => (onCluster() ? undefined : forwardTo(directory, io)),
  async open(directory, use, logins): Promise<OpenStore> {
    if (onCluster()) return openCluster(logins);
    if (use !== 'create' && !existsSync(join(directory, STORE_FILE))) {
      throw Refused.as(commandRefusals.NO_STORE, { directory });
    }
    const { openProduct, openWithLogins } = await import('#nest');
    const { storeOver } = await import('./buses.js');
    const options = { directory, readOnly: use === 'read' };
    if (!logins) return storeOver(await openProduct(options));
    return storeOver(await openWithLogins(options, { config: logins, logger: await loggerOf(logins) }));
  },
  async restore(file, directory) {
    const { restoreBackup } = await import('#adapters/sqlite');
    const report = await restoreBackup(file, directory);
    // Whoever only reads cannot build read models: they are there when this is done.
    const { openProduct } = await import('#nest');
    await (await openProduct({ directory })).close();
    return report;
  },
  async moveStore(move, progress) {
    const { migrateFromCluster, migrateToCluster } = await import('#nest');
    const given = { directory: move.directory, cluster: await clusterOf(move), progress };
    return move.direction === 'to' ? migrateToCluster(given) : migrateFromCluster(given);
  },
  async startServer(product, config) {
    const { jobRulesOf, serverOf, startServer } = await import('#nest');
    const logger = await loggerOf(config);
    return startServer({ ...serverOf(config), product, logger, jobs: jobRulesOf(config) });
  },
  takeCommands: (store, directory) => {
    const host = serverHost(store, directory);
    return takeCommands(directory, io => runCommand(VERBS, io, host));
  },
};

/** Commands of other processes, inside the server: they use the store it holds and leave it open. */
const serverHost = ({ product, buses }: OpenedStore, directory: string): Host => ({
  ...processHost,
  serving: directory,
  forward: async () => undefined,
  open: async () => ({ product, buses, release: async () => {} }),
});

/** The command `daicho`: ends the process with the command's exit code. */
export async function main(): Promise<never> {
  // What is written holds who called whom, and what was paid.
  process.umask(0o077);
  // The settings bring a library: without a file there is nothing to read.
  if (existsSync('.env')) (await import('#config')).joinDotEnv('.', process.env);
  process.exit(await runCommand(VERBS, processIo(), processHost));
}
