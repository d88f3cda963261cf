import type { StoredEvent } from '#kernel';
import type { EventStore } from '#ports';

/**
 * The events at these positions, by position; a position beyond the end has none. Made for many events of few
 * streams, as the calls of an invoice are: the first one is read by itself and leads to its stream, which is
 * read once from there on and gives all others that stand in it.
 */
export async function eventsAt(
  events: EventStore,
  positions: readonly number[],
): Promise<ReadonlyMap<number, StoredEvent>> {
  const found = new Map<number, StoredEvent>();
  const wanted = [...new Set(positions)].sort((a, b) => a - b);
  const last = wanted.at(-1);
  if (last === undefined) return found;
  const left = new Set(wanted);
  for (const position of wanted) {
    if (!left.delete(position)) continue;
    const first = await eventAt(events, position);
    if (!first) break;
    found.set(position, first);
    if (left.size === 0) break;
    for await (const stored of events.readStream(first.stream, { from: first.revision + 1 })) {
      if (stored.position > last) break;
      if (left.delete(stored.position)) found.set(stored.position, stored);
    }
  }
  return found;
}

/** The event at a position; undefined beyond the end of the log. */
export async function eventAt(events: EventStore, position: number): Promise<StoredEvent | undefined> {
  for await (const stored of events.readAll({ from: position, limit: 1 })) return stored;
  return undefined;
}
