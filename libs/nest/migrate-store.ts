import { systemClock } from '#adapters/clock';
import { openSqliteStore, type SqliteStore } from '#adapters/sqlite';
import type { EventStore, LogProof } from '#ports';
import {
  type AuditFinding,
  type CopyOptions,
  type CopyReport,
  composeProduct,
  copyLog,
  type Progress,
} from '#runtime';
import { type ClusterLogOptions, openClusterLog } from './open-cluster-log.js';
import { bringUp, scratch } from './open-product.js';

export interface MigrateOptions extends CopyOptions {
  /** The embedded store: the source on the way up, made or continued on the way back. */
  readonly directory: string;
  readonly cluster: ClusterLogOptions;
}

export interface MigrateReport extends CopyReport {
  /** The embedded store's read models beside those that the cluster's events give, row by row. */
  readonly replay: AuditFinding;
}

/**
 * Copies the log of an embedded store into a cluster. The directory's lock is held, so no server can run on
 * it; nothing is written there but read models of this program's version. Interrupted, it goes on where it
 * was.
 * @throws CopyRefused; StoreUnavailable, also `STORE_IN_USE` while a server runs on the directory
 */
export async function migrateToCluster(options: MigrateOptions): Promise<MigrateReport> {
  const store = await openSqliteStore({ directory: options.directory });
  try {
    const cluster = await openClusterLog(options.cluster);
    try {
      const appendInOrder = cluster.appendInOrder.bind(cluster);
      const target = { events: cluster, proof: cluster, appendInOrder };
      const report = await copyLog(store.events, target, options);
      return { ...report, replay: await replayed(store, cluster, report, options) };
    } finally {
      await cluster.close();
    }
  } finally {
    await store.close();
  }
}

/**
 * Copies a cluster's log, as far as it goes now, into an embedded store: for an audit on one machine, or for
 * the way back. Called again later, it brings what came since.
 * @throws CopyRefused, also when the directory holds other events; StoreUnavailable
 */
export async function migrateFromCluster(options: MigrateOptions): Promise<MigrateReport> {
  const cluster = await openClusterLog(options.cluster);
  try {
    const store = await openSqliteStore({ directory: options.directory });
    try {
      const { events } = store;
      // One call is one transaction here, and its requests are numbered in their order.
      const target = { events, proof: events, appendInOrder: events.append.bind(events) };
      const report = await copyLog(cluster, target, options);
      return { ...report, replay: await replayed(store, cluster, report, options) };
    } finally {
      await store.close();
    }
  } finally {
    await cluster.close();
  }
}

const never = async (): Promise<never> => {
  throw new Error('a copy is compared, nothing else');
};

/** Builds read models anew from the cluster's events and compares them with those of the embedded store. */
async function replayed(
  store: SqliteStore,
  cluster: EventStore & LogProof,
  { events }: CopyReport,
  { directory, progress }: MigrateOptions,
): Promise<AuditFinding> {
  const building: Progress = (done, total) => progress?.(done, total, 'read models');
  await bringUp(store, building);
  const { readModels } = store;
  const comparison = composeProduct({
    events: cluster,
    readModels,
    clock: systemClock,
    audit: {
      proof: cluster,
      scratch: () => scratch(directory),
      still: async () => ({ readModels, head: events, release: async () => undefined }),
      rebuild: never,
      backup: never,
    },
    writeProblem: () => null,
    close: async () => undefined,
  });
  try {
    return await comparison.audit.replay({}, progress);
  } finally {
    await comparison.close();
  }
}
