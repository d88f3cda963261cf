import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { openEventStoreDb } from '#adapters/eventstoredb';
import { openPostgresReadStore } from '#adapters/postgres';
import { openSqliteStore } from '#adapters/sqlite';
import { Money, parseAccountId, type StoredEvent } from '#kernel';
import {
  type ClusterLogOptions,
  migrateFromCluster,
  migrateToCluster,
  openClusterLog,
  openClusterProduct,
  openProduct,
} from '#nest';
import type { EventStore } from '#ports';
import { copyLog, type Product } from '#runtime';
import { FakeCluster } from '../support/eventstoredb/fake-cluster.js';
import { ACCOUNTS, eventsIn, everything, type KeptBooks, keptBooks, MONTHS } from '../support/kept-books.js';
import { needsProgram } from '../support/needs.js';
import { type PostgresServer, startPostgres } from '../support/postgres.js';
import { wholeSnapshotOf } from '../support/product-snapshot.js';
import { callerOf } from '../support/small-provider.js';
import { temporaryDirectory } from '../support/temporary-directory.js';

const directories: string[] = [];
const directory = (): string => {
  const made = temporaryDirectory();
  directories.push(made);
  return made;
};

let source: KeptBooks;
let cluster: FakeCluster;

beforeAll(async () => {
  source = await keptBooks();
  directories.push(source.directory);
});
beforeEach(async () => {
  cluster = await FakeCluster.start();
});
afterEach(() => cluster.stop());
afterAll(() => {
  for (const one of directories) rmSync(one, { recursive: true, force: true });
});

/** A store of its own that a test may change. */
function copyOfSource(): string {
  const copy = directory();
  cpSync(source.directory, copy, { recursive: true });
  return copy;
}

const to = (from = copyOfSource(), url = cluster.url()) =>
  migrateToCluster({ directory: from, cluster: { eventStore: { url } }, batchEvents: 7 });

async function clusterEvents(): Promise<StoredEvent[]> {
  const store = await openEventStoreDb({ url: cluster.url() });
  try {
    return await everything(store);
  } finally {
    await store.close();
  }
}

describe('moving an embedded store up into a cluster', () => {
  it('copies every event as it is, proves the chain, and finds the same read models', async () => {
    const told: string[] = [];
    const from = copyOfSource();
    const report = await migrateToCluster({
      directory: from,
      cluster: { eventStore: { url: cluster.url() } },
      progress: (_done, _total, what) => void told.push(what),
    });
    const { length } = source.events;
    expect(report).toMatchObject({
      events: length,
      copied: length,
      headHash: source.events.at(-1)!.hash,
      replay: { ok: true, problems: [], events: length },
    });
    expect(await clusterEvents()).toEqual(source.events);
    expect([...new Set(told)]).toEqual(expect.arrayContaining(['copy', 'hash chain', 'replay']));
    expect(await to(from)).toMatchObject({ events: length, copied: 0, replay: { ok: true } });
  });

  it('goes on wherever it was interrupted, after every command of the source', async () => {
    const store = await openSqliteStore({ directory: source.directory });
    const cut = new Error('cut');
    let times = 0;
    for (let copied = false; !copied; times++) {
      const log = await openEventStoreDb({ url: cluster.url() });
      try {
        let batches = 0;
        const appendInOrder: typeof log.appendInOrder = async requests => {
          if (batches++ > 0) throw cut;
          return log.appendInOrder(requests);
        };
        const target = { events: log, proof: log, appendInOrder };
        await copyLog(store.events, target, { batchEvents: 1 });
        copied = true;
      } catch (error) {
        if (error !== cut) throw error;
      } finally {
        await log.close();
      }
    }
    await store.close();
    expect(times).toBeGreaterThan(20);
    expect(await clusterEvents()).toEqual(source.events);
  });

  it('survives lost answers, refusals and a silent server in the middle', async () => {
    for (const fault of ['unavailable-after', 'timeout-after', 'unavailable-before', 'silent-after'] as const)
      cluster.faults.planAppend(fault, /wallet-/);
    const eventStore = { url: cluster.url(), deadlineMs: 300, backoffMs: 5 };
    const report = await migrateToCluster({
      directory: copyOfSource(),
      cluster: { eventStore },
      batchEvents: 10,
    });
    expect([report.replay.ok, cluster.faults.happened]).toEqual([true, 4]);
    expect(await clusterEvents()).toEqual(source.events);
  });
});

describe('after the move', () => {
  it('the old directory is read and proven, but written no more, and says where it went', async () => {
    const from = copyOfSource();
    await to(from);
    const refusal = await openProduct({ directory: from }).catch((error: unknown) => error as Error);
    expect(refusal).toMatchObject({ name: 'StoreUnavailable', code: 'STORE_MOVED' });
    expect(String(refusal)).toMatch(/has moved to the cluster [\w.,:-]+ with its \d+ events; it can be read/);
    const reader = await openProduct({ directory: from, readOnly: true });
    expect(await reader.audit.verify()).toMatchObject({ ok: true, head: source.events.at(-1)!.hash });
    await reader.close();
    // The way back into the same directory opens it again.
    await migrateFromCluster({ directory: from, cluster: { eventStore: { url: cluster.url() } } });
    await (await openProduct({ directory: from })).close();
  });

  it('a copy that broke off on the way back is no store to serve until it is whole', async () => {
    await to();
    const back = directory();
    const cut = new Error('cut');
    const log = { eventStore: { url: cluster.url() } };
    const progress = (done: number, total: number, what: string): void => {
      if (what === 'copy' && done > 0 && done < total) throw cut;
    };
    const down = { directory: back, cluster: log, batchEvents: 5 };
    await expect(migrateFromCluster({ ...down, progress })).rejects.toBe(cut);
    expect((await eventsIn(back)).length).toBeLessThan(source.events.length);
    await expect(openProduct({ directory: back })).rejects.toMatchObject({
      code: 'COPY_INCOMPLETE',
      message: expect.stringMatching(/the beginning of a copy from .*migrate-store --from goes on/),
    });
    expect(await migrateFromCluster(down)).toMatchObject({ replay: { ok: true } });
    await (await openProduct({ directory: back })).close();
    expect(await eventsIn(back)).toEqual(source.events);
  });
});

describe('refuses to copy', () => {
  const refused = async (work: Promise<unknown>, code: string, message: RegExp): Promise<void> => {
    await expect(work).rejects.toMatchObject({ code, message: expect.stringMatching(message) });
  };

  it('into a cluster that holds something else, and names the first event that differs', async () => {
    const log = await openEventStoreDb({ url: cluster.url() });
    const { stream, type, data, meta } = source.events[0]!;
    await log.append([{ stream, expectedRevision: -1, events: [{ type, data, meta }] }]);
    const foreign = { type: 'other.Thing.v1', data: '{}', meta: { ...meta, commandId: 'foreign' } };
    await log.append([{ stream: 'foreign', expectedRevision: -1, events: [foreign] }]);
    await log.close();
    await refused(to(), 'TARGET_HOLDS_OTHER_EVENTS', /its event 2 is not that of the source/);
    expect(await clusterEvents()).toHaveLength(2);
  });

  it('into a cluster that has gone on since', async () => {
    await to();
    const log = await openEventStoreDb({ url: cluster.url() });
    const { meta } = source.events[0]!;
    const later = { type: 'other.Thing.v1', data: '{}', meta: { ...meta, commandId: 'later' } };
    await log.append([{ stream: 'later', expectedRevision: -1, events: [later] }]);
    await log.close();
    await refused(to(), 'TARGET_IS_AHEAD', /has gone on/);
  });

  it('while a server runs on the directory', async () => {
    const product = await openProduct({ directory: source.directory });
    await refused(to(source.directory), 'STORE_IN_USE', /is in use by process/);
    await product.close();
    expect(await clusterEvents()).toEqual([]);
  });

  it('an event that was changed, before it or anything behind it is in the cluster', async () => {
    const changed = copyOfSource();
    const file = new DatabaseSync(join(changed, 'daicho.db'));
    file.exec(`UPDATE events SET data = '{"forged":1}' WHERE position = 30`);
    file.close();
    await refused(to(changed), 'SOURCE_BROKEN', /event 30 of the source/);
    const copied = await clusterEvents();
    expect(copied).toEqual(source.events.slice(0, copied.length));
    expect(copied.length).toBeLessThan(30);
  });

  it('an empty store, which is more likely the wrong one', async () => {
    await refused(to(directory()), 'SOURCE_EMPTY', /nothing to copy/);
  });

  it('on, when somebody else writes into the cluster meanwhile', async () => {
    const store = await openSqliteStore({ directory: source.directory });
    const [log, other] = await Promise.all([1, 2].map(() => openEventStoreDb({ url: cluster.url() })));
    const copies = [log!, other!].map(events => {
      const target = { events, proof: events, appendInOrder: events.appendInOrder.bind(events) };
      return copyLog(store.events, target, { batchEvents: 5 });
    });
    const ended = await Promise.allSettled(copies);
    for (const outcome of ended)
      if (outcome.status === 'rejected')
        expect(outcome.reason).toMatchObject({ name: 'CopyRefused', code: 'COPY_DIFFERS' });
    await Promise.all([log!.close(), other!.close(), store.close()]);
    const { replay } = await to();
    expect(replay.ok).toBe(true);
    expect(await clusterEvents()).toEqual(source.events);
  });
});

needsProgram('postgres', 'initdb')('a provider on the cluster it moved to', () => {
  let postgres: PostgresServer;
  beforeAll(async () => {
    postgres = await startPostgres();
  });
  afterAll(() => postgres.stop());

  /** The product on the cluster, its index and its read models in one database, closed afterwards. */
  async function onTheCluster<Result>(
    log: ClusterLogOptions & { readonly index: { readonly url: string } },
    work: (product: Product, events: EventStore) => Promise<Result>,
  ): Promise<Result> {
    const events = await openClusterLog(log);
    const readModels = await openPostgresReadStore({ url: log.index.url });
    const { clock } = source;
    const given = { events, proof: events, readModels, clock, project: { lookMs: 20 } };
    const { product } = await openClusterProduct(given);
    try {
      return await work(product, events);
    } finally {
      await product.close();
    }
  }

  it('sees the same books, goes on, and comes back with them for an audit', async () => {
    const index = { url: await postgres.database(), schema: 'log' };
    const log = { eventStore: { url: cluster.url() }, index };
    await migrateToCluster({ directory: copyOfSource(), cluster: log });
    const back = directory();
    const down = () => migrateFromCluster({ directory: back, cluster: log, batchEvents: 50 });
    const { length } = source.events;
    const [seen, all] = await onTheCluster(log, async (product, events) => {
      expect(await wholeSnapshotOf(product, ACCOUNTS, MONTHS)).toEqual(source.snapshot);
      expect(await product.audit.verify()).toMatchObject({ ok: true, head: source.events.at(-1)!.hash });
      const charge = (commandId: string, amount: string) =>
        product.prepaid.charge(
          { account: parseAccountId('B2'), amount: Money.of(amount), method: 'bank_transfer' },
          callerOf(commandId),
        );
      // The wallet goes on in March: closed, opened, credited, and what was owed is paid.
      expect(await charge('first-here', '500')).toMatchObject({ kind: 'done' });
      expect(await down()).toMatchObject({ copied: length + 4, replay: { ok: true } });
      expect(await charge('second-here', '700')).toMatchObject({ kind: 'done' });
      expect(await down()).toMatchObject({ events: length + 5, copied: 1, replay: { ok: true } });
      return [await wholeSnapshotOf(product, ACCOUNTS, MONTHS), await everything(events)];
    });
    const embedded = await openProduct({ directory: back, clock: source.clock });
    try {
      expect(await wholeSnapshotOf(embedded, ACCOUNTS, MONTHS)).toEqual(seen);
      expect(await embedded.audit.verify()).toMatchObject({ ok: true, head: all.at(-1)!.hash });
    } finally {
      await embedded.close();
    }
    expect(await eventsIn(back)).toEqual(all);
  }, 30_000);
});
