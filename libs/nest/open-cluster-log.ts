import type { EventStoreDbOptions, EventStoreDbStore } from '#adapters/eventstoredb';
import type { PostgresOptions } from '#adapters/postgres';
import { eventStoreOver } from './event-store-over.js';

export interface ClusterLogOptions {
  readonly eventStore: Omit<EventStoreDbOptions, 'index'>;
  /**
   * Where the index of the log is kept. Without one a process reads the whole log when it starts, and nothing
   * but the log itself tells what its events were.
   */
  readonly index?: PostgresOptions;
}

/**
 * The log of a cluster with its index on PostgreSQL: a process that starts goes on where the index ends, and
 * a proof of the chain compares with the hashes that were kept when the events were first seen. Closing the
 * store saves the rest of the index and closes that too.
 * @throws InvalidInput for options of another form; StoreUnavailable when a server cannot be reached
 */
export async function openClusterLog(options: ClusterLogOptions): Promise<EventStoreDbStore> {
  // Loaded only here: an embedded process needs none of them.
  const { openEventStoreDb } = await import('#adapters/eventstoredb');
  if (!options.index) return openEventStoreDb(options.eventStore);
  const { openPostgresLogIndex } = await import('#adapters/postgres');
  const index = await openPostgresLogIndex(options.index);
  let events: EventStoreDbStore;
  try {
    events = await openEventStoreDb({ ...options.eventStore, index });
  } catch (error) {
    await index.close();
    throw error;
  }
  return closingAlso(events, () => index.close());
}

/** The same store; what it used is closed after it. */
const closingAlso = (events: EventStoreDbStore, closeIndex: () => Promise<void>): EventStoreDbStore => ({
  ...eventStoreOver(events),
  appendInOrder: requests => events.appendInOrder(requests),
  verifyChain: onProgress => events.verifyChain(onProgress),
  damages: async () => (await events.damages?.()) ?? [],
  headHash: () => events.headHash(),
  async close() {
    await events.close();
    await closeIndex();
  },
});
