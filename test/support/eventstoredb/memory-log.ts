/** An event as the server keeps it. */
export interface LoggedEvent {
  /** Byte offset in the log: one write's events follow each other, other records lie between. */
  readonly commit: bigint;
  readonly prepare: bigint;
  readonly stream: string;
  readonly revision: number;
  readonly id: string;
  readonly type: string;
  readonly contentType: string;
  data: Uint8Array;
  readonly metadata: Uint8Array;
  readonly createdTicks: bigint;
}

export type Proposed = Pick<LoggedEvent, 'id' | 'type' | 'contentType' | 'data' | 'metadata'>;

/** What a writer expects: the exact revision, or one of the server's three words. */
export type Expected = number | 'no_stream' | 'any' | 'stream_exists';

export type WriteResult =
  | { readonly kind: 'success'; readonly revision: number; readonly commit: bigint; readonly prepare: bigint }
  | { readonly kind: 'wrong-expected-version'; readonly current: number }
  | { readonly kind: 'stream-deleted' }
  | { readonly kind: 'too-large'; readonly max: number }
  | { readonly kind: 'event-too-large'; readonly max: number };

/** The server's default of `MaxAppendSize`: of all events of a write together. */
const MAX_APPEND_BYTES = 1_048_576;
/** 2026-10-04 in ticks of 100 ns since 1970, as the client counts them. */
const FIRST_TICKS = 17_911_260_000_000_000n;

/**
 * The log of a cluster, in memory: streams with revisions from 0, one order of all events with growing byte
 * offsets that leave gaps, and the memory of event ids that makes the server answer a repeated write with
 * success as long as it remembers. All nodes of a test's cluster share one.
 */
export class MemoryLog {
  readonly events: LoggedEvent[] = [];
  private readonly streams = new Map<string, LoggedEvent[]>();
  private readonly waiting = new Set<() => void>();
  private offset = 1_337n;
  /** When false, a repeated write is a wrong expected version, as on a server that has forgotten the ids. */
  remembersIds = true;
  /** Called before each write; a test lets system events fall between ours. */
  beforeWrite: (() => void) | undefined;
  /** `MaxAppendSize` of the server. */
  maxAppendBytes = MAX_APPEND_BYTES;
  /** `MaxAppendEventSize`, which newer servers have besides: of one event. */
  maxEventBytes = Number.MAX_SAFE_INTEGER;
  private readonly tombstoned = new Set<string>();
  /** Streams that were deleted and may be begun anew, by their next revision: earlier events are hidden. */
  private readonly hiddenBefore = new Map<string, number>();

  write(stream: string, expected: Expected, proposed: readonly Proposed[]): WriteResult {
    this.beforeWrite?.();
    const tooLarge = this.sizeRefusal(proposed);
    if (tooLarge) return tooLarge;
    if (this.tombstoned.has(stream)) return { kind: 'stream-deleted' };
    const stored = this.streams.get(stream) ?? [];
    const current = stored.length - 1;
    // A stream that was softly deleted takes writers that expect none, and its numbers go on.
    const revived = expected === 'no_stream' && this.hiddenBefore.get(stream) === stored.length;
    if (!revived && !isExpected(expected, current)) {
      const again = this.remembersIds ? this.repeated(stored, expected, proposed) : undefined;
      return again ?? { kind: 'wrong-expected-version', current };
    }
    for (const event of proposed) this.add(stream, stored, event);
    this.streams.set(stream, stored);
    const last = stored.at(-1);
    this.wake();
    return {
      kind: 'success',
      revision: stored.length - 1,
      commit: last?.commit ?? 0n,
      prepare: last?.prepare ?? 0n,
    };
  }

  /** A record of the system, as real servers write them all the time. */
  writeSystemEvent(stream = '$stats-127.0.0.1:2113', type = '$statsCollected'): void {
    const stored = this.streams.get(stream) ?? [];
    const id = `00000000-0000-4000-8000-${String(this.events.length).padStart(12, '0')}`;
    const nothing = new TextEncoder().encode('{}');
    this.add(stream, stored, {
      id,
      type,
      contentType: 'application/json',
      data: nothing,
      metadata: new Uint8Array(),
    });
    this.streams.set(stream, stored);
    this.wake();
  }

  /** Why these are refused for their size, which the server finds before anything else. */
  sizeRefusal(proposed: readonly Proposed[]): (WriteResult & { kind: `${string}too-large` }) | undefined {
    const { maxAppendBytes, maxEventBytes } = this;
    if (proposed.some(event => bytesOf([event]) > maxEventBytes))
      return { kind: 'event-too-large', max: maxEventBytes };
    return bytesOf(proposed) > maxAppendBytes ? { kind: 'too-large', max: maxAppendBytes } : undefined;
  }

  /** Deleted for good: nobody reads or writes it any more. */
  tombstone(stream: string): void {
    this.tombstoned.add(stream);
  }

  /** Deleted as clients do by default: it seems to be gone; the log has its events until a scavenge. */
  softDelete(stream: string): void {
    this.hiddenBefore.set(stream, this.streams.get(stream)?.length ?? 0);
  }

  /** What a reader of the stream gets; undefined when there is none. */
  ofStream(stream: string): readonly LoggedEvent[] | 'deleted' | undefined {
    if (this.tombstoned.has(stream)) return 'deleted';
    const stored = this.streams.get(stream);
    const hidden = this.hiddenBefore.get(stream);
    return hidden !== undefined && hidden === stored?.length ? undefined : stored;
  }

  /** Index of the first event at or after a place; the number of events when there is none. */
  indexOf(commit: bigint, prepare: bigint): number {
    let [low, high] = [0, this.events.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      const event = this.events[middle]!;
      if (event.commit < commit || (event.commit === commit && event.prepare < prepare)) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** Calls `onChange` after every write until the returned function is called. */
  watch(onChange: () => void): () => void {
    this.waiting.add(onChange);
    return () => this.waiting.delete(onChange);
  }

  private wake(): void {
    for (const onChange of [...this.waiting]) onChange();
  }

  private add(stream: string, stored: LoggedEvent[], proposed: Proposed): void {
    const commit = this.offset;
    this.offset += BigInt(proposed.data.length + proposed.metadata.length + stream.length + 96);
    const createdTicks = FIRST_TICKS + BigInt(this.events.length);
    const event = { ...proposed, commit, prepare: commit, stream, revision: stored.length, createdTicks };
    stored.push(event);
    this.events.push(event);
  }

  /** The same ids where this write would have put them: success, and nothing is stored a second time. */
  private repeated(
    stored: readonly LoggedEvent[],
    expected: Expected,
    proposed: readonly Proposed[],
  ): WriteResult | undefined {
    if (typeof expected !== 'number' && expected !== 'no_stream') return undefined;
    const first = expected === 'no_stream' ? 0 : expected + 1;
    const before = stored.slice(first, first + proposed.length);
    if (before.length < proposed.length || before.some((event, i) => event.id !== proposed[i]!.id))
      return undefined;
    const last = before.at(-1)!;
    return { kind: 'success', revision: last.revision, commit: last.commit, prepare: last.prepare };
  }
}

/** As the server counts a write: data, meta data, and the types' names in UTF-16. */
export const bytesOf = (proposed: readonly Proposed[]): number =>
  proposed.reduce(
    (sum, { data, metadata, type }) => sum + data.length + metadata.length + 2 * type.length,
    0,
  );

function isExpected(expected: Expected, current: number): boolean {
  if (expected === 'any') return true;
  if (expected === 'stream_exists') return current >= 0;
  return (expected === 'no_stream' ? -1 : expected) === current;
}
