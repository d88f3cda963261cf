import { cpSync } from 'node:fs';
import { openSqliteStore } from '#adapters/sqlite';
import type { StoredEvent } from '#kernel';
import type { Clock, EventStore } from '#ports';
import { wholeSnapshotOf } from './product-snapshot.js';
import { smallBooks } from './small-books.js';
import { temporaryDirectory } from './temporary-directory.js';

export const ACCOUNTS = ['A1', 'B2'];
export const MONTHS = ['2025-01', '2025-02', '2025-03'];

/** A provider's embedded store that nobody uses now, and what customers and bookkeepers saw there. */
export interface KeptBooks {
  /** The caller removes it. */
  readonly directory: string;
  readonly events: readonly StoredEvent[];
  readonly snapshot: unknown;
  readonly clock: Clock;
}

export async function everything(events: EventStore): Promise<StoredEvent[]> {
  const all: StoredEvent[] = [];
  for await (const event of events.readAll()) all.push({ ...event });
  return all;
}

/** The events of the store in a directory. */
export async function eventsIn(directory: string): Promise<StoredEvent[]> {
  const store = await openSqliteStore({ directory, readOnly: true });
  return everything(store.events).finally(() => store.close());
}

/** `smallBooks`, closed and kept. */
export async function keptBooks(): Promise<KeptBooks> {
  const { home, product, clock } = await smallBooks();
  const snapshot = await wholeSnapshotOf(product, ACCOUNTS, MONTHS);
  await product.close();
  const directory = temporaryDirectory();
  cpSync(home.directory, directory, { recursive: true });
  await home.end();
  return { directory, events: await eventsIn(directory), snapshot, clock };
}
