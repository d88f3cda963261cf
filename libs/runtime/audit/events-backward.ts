import type { StoredEvent } from '#kernel';
import type { EventStore } from '#ports';

/** Events read in one go, the last of them first. */
const BLOCK = 500;

/** The whole log below a position, newest first. */
export async function* logBackward(events: EventStore, below: number): AsyncGenerator<StoredEvent> {
  for (let end = below; end > 1; end -= BLOCK) {
    const from = Math.max(1, end - BLOCK);
    const block: StoredEvent[] = [];
    for await (const stored of events.readAll({ from, limit: end - from })) block.push(stored);
    yield* block.reverse();
  }
}

/** One stream below a position of the log, newest first. */
export async function* streamBackward(
  events: EventStore,
  stream: string,
  below: number,
): AsyncGenerator<StoredEvent> {
  let end = await firstFrom(0, (await events.streamRevision(stream)) + 1, async revision => {
    for await (const { position } of events.readStream(stream, { from: revision, limit: 1 }))
      return position >= below;
    return true;
  });
  for (; end > 0; end -= BLOCK) {
    const from = Math.max(0, end - BLOCK);
    const block: StoredEvent[] = [];
    for await (const stored of events.readStream(stream, { from, limit: end - from })) block.push(stored);
    yield* block.reverse();
  }
}

/** Streams of which each ends before the next begins: the months of a wallet, the last one first. */
export async function* chainBackward(
  events: EventStore,
  streams: readonly string[],
  below: number,
): AsyncGenerator<StoredEvent> {
  for (const stream of streams) yield* streamBackward(events, stream, below);
}

/** Several sources, each newest first, as one. */
export async function* merged(sources: readonly AsyncGenerator<StoredEvent>[]): AsyncGenerator<StoredEvent> {
  const heads: { event: StoredEvent; source: AsyncGenerator<StoredEvent> }[] = [];
  for (const source of sources) {
    const { value } = await source.next();
    if (value) heads.push({ event: value, source });
  }
  while (heads.length > 0) {
    let newest = 0;
    for (let i = 1; i < heads.length; i++)
      if (heads[i]!.event.position > heads[newest]!.event.position) newest = i;
    const head = heads[newest]!;
    yield head.event;
    const { value } = await head.source.next();
    if (value) head.event = value;
    else heads.splice(newest, 1);
  }
}

/** The least number of [low, high] for which `holds` says yes; `high` when it never does. */
export async function firstFrom(
  low: number,
  high: number,
  holds: (n: number) => Promise<boolean>,
): Promise<number> {
  let [from, to] = [low, high];
  while (from < to) {
    const middle = Math.floor((from + to) / 2);
    if (await holds(middle)) to = middle;
    else from = middle + 1;
  }
  return from;
}
