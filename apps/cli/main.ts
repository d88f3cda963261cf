import { existsSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import type { Product } from '#runtime';
import { Refused } from './failure.js';
import { forwardTo, takeCommands } from './forward.js';
import type { Host, OpenStore } from './host.js';
import { processIo } from './io.js';
import { runCommand } from './program.js';
import { STORE_FILE } from './store-files.js';
import { VERBS } from './verbs/index.js';

/** The environment names the servers of a cluster: then that is the store, whatever the directory. */
const onCluster = (): boolean => (process.env['DAICHO_EVENTSTORE_URL'] ?? '') !== '';

/** One command against a cluster: read models are what its workers have built. */
async function openCluster(): Promise<OpenStore> {
  const { readConfig } = await import('#config');
  const { openConfigured } = await import('#nest');
  const { pino } = await import('pino');
  const { storeOver } = await import('./buses.js');
  const logger = pino({ level: 'silent' });
  return storeOver((await openConfigured(readConfig(process.env), { logger, role: 'server' })).product);
}

/** Commands in a process of their own: the store is opened for one command and closed after it. */
export const processHost: Host = {
  serving: null,
  forward: async (directory, io) => (onCluster() ? undefined : forwardTo(directory, io)),
  async open(directory, use): Promise<OpenStore> {
    if (onCluster()) return openCluster();
    if (use !== 'create' && !existsSync(join(directory, STORE_FILE))) {
      throw new Refused(
        'NO_STORE',
        `there is no store in ${directory}; --data DIR or DAICHO_DATA names another place`,
      );
    }
    const { openProduct } = await import('#nest');
    const { storeOver } = await import('./buses.js');
    return storeOver(await openProduct({ directory, readOnly: use === 'read' }));
  },
  async restore(file, directory) {
    const { restoreBackup } = await import('#adapters/sqlite');
    return restoreBackup(file, directory);
  },
  async startServer(product, { logLevel, autoClose, ...at }) {
    const { startServer } = await import('#nest');
    const { pino } = await import('pino');
    const stderr = pino.destination({ dest: process.stderr.fd, sync: true });
    const logger = pino({ name: 'daicho', level: logLevel }, stderr);
    return startServer({ product, logger, jobs: { autoClose }, ...at });
  },
  takeCommands: (product, directory) => {
    const host = serverHost(product, directory);
    return takeCommands(directory, io => runCommand(VERBS, io, host));
  },
};

/** Commands of other processes, inside the server: they use the store it holds and leave it open. */
const serverHost = (product: Product, directory: string): Host => ({
  ...processHost,
  serving: directory,
  forward: async () => undefined,
  open: async () => ({ product, base: product, release: async () => {} }),
});

/** The command `daicho`: ends the process with the command's exit code. */
export async function main(): Promise<never> {
  process.exit(await runCommand(VERBS, processIo(), processHost));
}
