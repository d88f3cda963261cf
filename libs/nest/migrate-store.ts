import { systemClock } from '#adapters/clock';
import { copySealedRows } from '#adapters/shared';
import { markStore, openSqlitePersonalRows, openSqliteStore, type SqliteStore } from '#adapters/sqlite';
import type { EventStore, LogProof, SealedRows } from '#ports';
import {
  type AuditFinding,
  type CopyOptions,
  type CopyReport,
  type CopyTarget,
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
 * When all is proven the directory is marked as moved: it can be read, and opens for writes no more.
 * @throws CopyRefused; StoreUnavailable, also `STORE_IN_USE` while a server runs on the directory
 */
export async function migrateToCluster(options: MigrateOptions): Promise<MigrateReport> {
  const { directory } = options;
  const store = await openSqliteStore({ directory, moving: true });
  try {
    const cluster = await openClusterLog(options.cluster);
    try {
      const appendInOrder = cluster.appendInOrder.bind(cluster);
      const target = { events: cluster, proof: cluster, appendInOrder };
      const report = await copyLog(store.events, target, options);
      const replay = await replayed(store, cluster, report, options);
      if (replay.ok) await withPersonal(options, copySealedRows);
      // From here on there is one truth, and it is there: a server on this directory would make a second one.
      if (replay.ok)
        markStore(directory, {
          kind: 'moved',
          where: placeOf(options.cluster.eventStore),
          events: report.events,
        });
      return { ...report, replay };
    } finally {
      await cluster.close();
    }
  } finally {
    await store.close();
  }
}

/**
 * Copies a cluster's log, as far as it goes now, into an embedded store: for an audit on one machine, or for
 * the way back. Called again later, it brings what came since. Until it is proven the directory is marked as
 * an incomplete copy, which no server opens; the same call goes on with it.
 * @throws CopyRefused, also when the directory holds other events; StoreUnavailable
 */
export async function migrateFromCluster(options: MigrateOptions): Promise<MigrateReport> {
  const cluster = await openClusterLog(options.cluster);
  try {
    const { directory } = options;
    const store = await openSqliteStore({ directory, moving: true });
    try {
      const { events } = store;
      // One call is one transaction here, and its requests are numbered in their order.
      const target = { events, proof: events, appendInOrder: events.append.bind(events) };
      const report = await copyLog(cluster, beginning(target, options), options);
      const replay = await replayed(store, cluster, report, options);
      if (replay.ok) {
        await withPersonal(options, (here, there) => copySealedRows(there, here));
        markStore(directory, null);
      }
      return { ...report, replay };
    } finally {
      await store.close();
    }
  } finally {
    await cluster.close();
  }
}

/** The cluster for people: hosts and namespace, never a user or a password. */
export function placeOf({ url, namespace }: ClusterLogOptions['eventStore']): string {
  const hosts = url.replace(/^[a-z+]+:\/\/(.*@)?/i, '').replace(/[/?].*$/, '');
  return `the cluster ${hosts}${namespace === undefined ? '' : ` (namespace ${namespace})`}`;
}

/**
 * From its first write on the directory is an incomplete copy, until it is proven. One that was refused
 * before it began, because the directory holds something else, leaves no mark there.
 */
function beginning(target: CopyTarget, options: MigrateOptions): CopyTarget {
  return {
    ...target,
    appendInOrder(requests) {
      markStore(options.directory, { kind: 'incomplete', where: placeOf(options.cluster.eventStore) });
      return target.appendInOrder(requests);
    },
  };
}

/** Sealed personal data go along, as they are: the same key of the product opens them there. */
async function withPersonal(
  { directory, cluster }: MigrateOptions,
  copy: (here: SealedRows, there: SealedRows) => Promise<unknown>,
): Promise<void> {
  if (!cluster.index) return;
  const { openPostgresPersonalRows } = await import('#adapters/postgres');
  const there = await openPostgresPersonalRows(cluster.index);
  const here = openSqlitePersonalRows(directory);
  try {
    await copy(here, there);
  } finally {
    await here.close();
    await there.close();
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
