import { rmSync } from 'node:fs';
import { openSqliteStore } from '#adapters/sqlite';
import type { AppendRequest, EventStore } from '#ports';
import { temporaryDirectory } from './temporary-directory.js';

/** An event store of its own, without read models; closed and opened again as a restart would. */
export interface StoreOfATest {
  readonly directory: string;
  open(): Promise<EventStore>;
  end(): Promise<void>;
}

export function storeOfATest(): StoreOfATest {
  const directory = temporaryDirectory();
  let opened: Awaited<ReturnType<typeof openSqliteStore>> | undefined;
  const close = async (): Promise<void> => {
    await opened?.close();
    opened = undefined;
  };
  return {
    directory,
    async open() {
      await close();
      opened = await openSqliteStore({ directory });
      return opened.events;
    },
    async end() {
      await close();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

/**
 * A store in front of which another process is always a little faster: `before` runs ahead of each append.
 */
export function overtaken(
  events: EventStore,
  before: (requests: readonly AppendRequest[]) => Promise<void>,
): EventStore {
  return new Proxy(events, {
    get(target, name) {
      if (name === 'append') {
        return async (requests: readonly AppendRequest[]) => {
          await before(requests);
          return target.append(requests);
        };
      }
      const value: unknown = Reflect.get(target, name);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}

export async function eventTypes(events: EventStore, stream: string): Promise<string[]> {
  const types: string[] = [];
  for await (const stored of events.readStream(stream)) types.push(stored.type.split('.')[1]!);
  return types;
}
