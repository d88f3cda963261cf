import { type EventStoreDbOptions, type EventStoreDbStore, openEventStoreDb } from '#adapters/eventstoredb';
import type { StoredEvent } from '#kernel';
import type { AppendRequest, EventStore, Subscription } from '#ports';
import { FakeCluster } from '../support/eventstoredb/fake-cluster.js';

/** Impatient in seconds, patient in tries: faults pass quickly, and a busy machine is no fault. */
const IMPATIENT = { deadlineMs: 1_500, backoffMs: 5, attempts: 8 };

export interface Scene {
  readonly cluster: FakeCluster;
  /** Another process's adapter on the same cluster. */
  adapter(options?: Partial<EventStoreDbOptions>): Promise<EventStoreDbStore>;
}

/** A cluster with adapters of as many "processes" as the test asks for, all closed afterwards. */
export const onCluster =
  (test: (scene: Scene) => Promise<void>, options: Parameters<typeof FakeCluster.start>[0] = {}) =>
  async (): Promise<void> => {
    const cluster = await FakeCluster.start(options);
    const open: EventStoreDbStore[] = [];
    try {
      await test({
        cluster,
        async adapter(own = {}) {
          const store = await openEventStoreDb({ url: cluster.url(), ...IMPATIENT, ...own });
          open.push(store);
          return store;
        },
      });
    } finally {
      await Promise.all(open.map(store => store.close()));
      cluster.stop();
    }
  };

/** One event of one command on a stream. */
export function request(
  stream: string,
  expectedRevision: number,
  commandId = `${stream}/${expectedRevision + 1}`,
  data = '{"a":1}',
): AppendRequest {
  const meta = {
    occurredAt: '2026-10-05T12:01:00.000+09:00',
    recordedAt: '2026-10-05T12:01:00.250+09:00',
    actor: 'cli:operator',
    commandId,
    correlationId: commandId,
    bodyHash: 'b0d1'.repeat(16),
  };
  return { stream, expectedRevision, events: [{ type: 'sample.Happened.v1', data, meta }] };
}

export async function everything(store: EventStore): Promise<StoredEvent[]> {
  const all: StoredEvent[] = [];
  for await (const event of store.readAll()) all.push(event);
  return all;
}

export const positions = (events: readonly StoredEvent[]): number[] => events.map(event => event.position);
export const upTo = (count: number): number[] => Array.from({ length: count }, (_, i) => i + 1);

/** Resolves when the condition holds. @throws Error after 20 seconds, naming what was waited for. */
export async function until(condition: () => boolean, what: string): Promise<void> {
  for (let turn = 0; turn < 4_000; turn++) {
    if (condition()) return;
    await new Promise(resolve => setTimeout(resolve, 5));
  }
  throw new Error(`waited in vain for ${what}`);
}

/** A follower that keeps the positions it was given, in order. */
export function follow(store: EventStore, after = 0): { seen: number[]; subscription: Subscription } {
  const seen: number[] = [];
  const subscription = store.subscribe({ after, batchSize: 10 }, async events => {
    seen.push(...positions(events));
  });
  return { seen, subscription };
}
