import type { StoredEvent } from '#kernel';
import type { AppendRequest, AppendResult, EventStore, NewEvent } from '#ports';

/** What a contract suite is given for each test: an empty store and the ways to end its life. */
export interface EventStoreUnderTest {
  readonly store: EventStore;
  /** Closes the store and opens the same data again. */
  reopen(): Promise<EventStore>;
  /** Closes what is open and removes the data. */
  dispose(): Promise<void>;
}

export type OpenEventStore = () => Promise<EventStoreUnderTest>;

/** Runs `test` on a fresh store and removes it afterwards, whatever happened. */
export const onFreshStore =
  (open: OpenEventStore, test: (store: EventStore, under: EventStoreUnderTest) => Promise<void>) =>
  async (): Promise<void> => {
    const under = await open();
    try {
      await test(under.store, under);
    } finally {
      await under.dispose();
    }
  };

export const BODY_HASH = 'b0d1'.repeat(16);

/** A small event of the given command. */
export function sampleEvent(commandId: string, data = `{"of":"${commandId}"}`): NewEvent {
  return {
    type: 'sample.Happened.v1',
    data,
    meta: {
      occurredAt: '2026-10-05T12:01:00.000+09:00',
      recordedAt: '2026-10-05T12:01:00.250+09:00',
      actor: 'cli:operator',
      commandId,
      correlationId: commandId,
      bodyHash: BODY_HASH,
    },
  };
}

/** A request of one event, whose command is named after stream and revision unless given. */
export function request(
  stream: string,
  expectedRevision: number,
  commandId = `${stream}/${expectedRevision + 1}`,
): AppendRequest {
  return { stream, expectedRevision, events: [sampleEvent(commandId)] };
}

/** Requests that fill one stream with `count` events from its revision `from` on. */
export const requests = (stream: string, count: number, from = 0): AppendRequest[] =>
  Array.from({ length: count }, (_, i) => request(stream, from + i - 1));

export async function collect(events: AsyncIterable<StoredEvent>): Promise<StoredEvent[]> {
  const all: StoredEvent[] = [];
  for await (const event of events) all.push(event);
  return all;
}

/** Appends one request and returns its result. */
export async function appendOne(store: EventStore, one: AppendRequest): Promise<AppendResult> {
  const [result] = await store.append([one]);
  if (!result) throw new Error('append gave no result');
  return result;
}

/** Resolves when `condition` holds; rejects after 10 seconds, naming what was waited for. */
export async function until(condition: () => boolean, what: string): Promise<void> {
  for (let turn = 0; turn < 2_000; turn++) {
    if (condition()) return;
    await new Promise(resolve => setTimeout(resolve, 5));
  }
  throw new Error(`waited in vain for ${what}`);
}

/** Positions 1..n without gaps, and in each stream revisions 0..m without gaps. */
export function expectGapless(events: readonly StoredEvent[]): void {
  expect(events.map(event => event.position)).toEqual(events.map((_, i) => i + 1));
  const revisions = new Map<string, number>();
  for (const { stream, revision } of events) {
    expect(`${stream}@${revision}`).toBe(`${stream}@${revisions.get(stream) ?? 0}`);
    revisions.set(stream, revision + 1);
  }
}
