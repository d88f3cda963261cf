import { type EventMeta, problemInEnglish, type SaidProblem, type StoredEvent } from '#kernel';

/** Revision of a stream that has no event yet. */
export const NO_STREAM = -1;

export interface NewEvent {
  /** `context.Event.vN` */
  readonly type: string;
  /** Canonical JSON text: the bytes that are stored, hashed and replayed. */
  readonly data: string;
  readonly meta: EventMeta;
  /**
   * The domain's event behind `data`, handed on to projections of the same transaction so that nothing is
   * parsed twice.
   */
  readonly fact?: unknown;
}

/** One all-or-nothing append to one stream. */
export interface AppendRequest {
  readonly stream: string;
  /** The exact revision of the stream's last event, `NO_STREAM` for none. */
  readonly expectedRevision: number;
  /** 1..10,000 events; events of one command stand together. */
  readonly events: readonly NewEvent[];
}

export type AppendResult =
  | {
      readonly kind: 'appended';
      readonly firstPosition: number;
      readonly lastPosition: number;
      readonly revision: number;
    }
  /** Another writer was faster. Nothing of this request was stored. */
  | { readonly kind: 'conflict'; readonly actualRevision: number }
  /** A command id of this request is stored already. Nothing of this request was stored. */
  | { readonly kind: 'duplicate'; readonly commandId: string };

/** What the store remembers of a command, for ever: it is read from the events themselves. */
export interface RecordedCommand {
  readonly commandId: string;
  readonly bodyHash: string;
  readonly stream: string;
  readonly firstPosition: number;
  readonly count: number;
}

export interface ReadOptions {
  /** First revision (or position) to read, inclusive. */
  readonly from?: number;
  /** At most so many events. */
  readonly limit?: number;
}

export interface Subscription {
  stop(): Promise<void>;
  /** Resolves when the subscription ended by `stop`; rejects with the handler's error. */
  readonly ended: Promise<void>;
}

export interface SubscribeOptions {
  /** Events after this position; 0 for all. */
  readonly after: number;
  /** At most so many events in one call of the handler; 1..10,000. */
  readonly batchSize?: number;
}

/**
 * The store no longer takes writes (disk full, closed, chain broken). Reads go on. Retrying is safe: nothing
 * was stored.
 */
export class StoreUnavailable extends Error {
  override readonly name = 'StoreUnavailable';
  /** Why, in both languages, where whoever opens a store has to know it. */
  readonly said: SaidProblem | undefined;
  constructor(
    readonly code:
      | 'COPY_INCOMPLETE'
      | 'DISK_FULL'
      | 'STORE_CLOSED'
      | 'STORE_IN_USE'
      | 'STORE_MOVED'
      | 'STORE_READ_ONLY'
      | 'UNAVAILABLE',
    why: string | SaidProblem,
  ) {
    super(typeof why === 'string' ? why : problemInEnglish(why));
    this.said = typeof why === 'string' ? undefined : why;
  }
}

/** What one request may hold in a store that limits its size. */
export interface AppendLimit {
  /** Bytes of a request's events together; a larger request may be refused with `InvalidInput`. */
  readonly bytes: number;
  /** Bytes of an event, as the store counts them. */
  sizeOf(event: NewEvent): number;
}

/**
 * The record of truth. Every adapter passes `eventStoreContract` of `#testing`, all of it.
 * An acknowledged append survives `kill -9` and power loss.
 */
export interface EventStore {
  /**
   * Whoever has more for a stream than this sends several requests in one call; none: any size is taken. It
   * may become smaller while the store is open.
   */
  readonly appendLimit?: AppendLimit;
  /**
   * Each request succeeds or fails on its own; a result per request, in order. Requests of one call that go
   * to the same stream are applied in order. Calls that arrive together may share one durable write (group
   * commit).
   * @throws StoreUnavailable when nothing was stored because the store cannot write.
   */
  append(requests: readonly AppendRequest[]): Promise<AppendResult[]>;
  /** Events of one stream, revisions ascending. An unknown stream is empty. */
  readStream(stream: string, options?: ReadOptions): AsyncIterable<StoredEvent>;
  /** Revision of the stream's last event, `NO_STREAM` when there is none. */
  streamRevision(stream: string): Promise<number>;
  /** All events, positions ascending, `from` inclusive (default 1), without gaps. */
  readAll(options?: ReadOptions): AsyncIterable<StoredEvent>;
  /** Position of the last stored event, 0 for an empty store. */
  headPosition(): Promise<number>;
  /** Those of the given command ids (at most 10,000) that are stored, whatever their age. */
  findCommands(commandIds: readonly string[]): Promise<Map<string, RecordedCommand>>;
  /**
   * Calls the handler with every event after a position, in order, first the stored ones, then the live ones,
   * none left out, none twice.
   */
  subscribe(
    options: SubscribeOptions,
    handler: (events: readonly StoredEvent[]) => Promise<void>,
  ): Subscription;
  close(): Promise<void>;
}
