import { statfsSync } from 'node:fs';
import { type EventStore, StoreUnavailable } from '#ports';
import { eventStoreOver } from './event-store-over.js';

/** With so much space free a store that was full is believed to take writes again; the next one shows it. */
const ROOM_BYTES = 16 * 1024 * 1024;

function hasRoom(directory: string): boolean {
  try {
    const { bavail, bsize } = statfsSync(directory);
    return bavail * bsize >= ROOM_BYTES;
  } catch {
    return false;
  }
}

export interface WriteWatch {
  readonly events: EventStore;
  /** Why the store takes no writes, in words; null when it does as far as is known. */
  problem(): string | null;
}

/**
 * An event store that remembers why its last append failed, for health checks: until an append succeeds, or,
 * after a full disk, until there is room. Without the second a load balancer that keeps writes away from an
 * unhealthy process would keep it unhealthy.
 *
 * @param limited the store has a size of its own (`maxBytes`): free space on the disk means nothing
 */
export function watchWrites(store: EventStore, directory: string, limited: boolean): WriteWatch {
  let failure: StoreUnavailable | null = null;
  const events: EventStore = {
    ...eventStoreOver(store),
    async append(requests) {
      try {
        const results = await store.append(requests);
        if (results.some(result => result.kind === 'appended')) failure = null;
        return results;
      } catch (error) {
        if (error instanceof StoreUnavailable) failure = error;
        throw error;
      }
    },
  };
  return {
    events,
    problem() {
      if (failure?.code === 'DISK_FULL' && !limited && hasRoom(directory)) failure = null;
      return failure && `${failure.code}: ${failure.message}`;
    },
  };
}
