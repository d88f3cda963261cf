import type { Projection, SaidProblem, StoredEvent } from '#kernel';
import type { ChainProof, EventStore, ReadStore, RowChange } from '#ports';

/**
 * Applies the changes of one projection inside the append's transaction and moves its checkpoint to
 * `position`, the last appended event. At most one call per projection and transaction; a projection
 * without changes is called with none.
 * @throws Error when the projection's checkpoint is not just before the first appended event: it is not
 * caught up.
 */
export type ApplyInTransaction = (
  projection: Projection,
  changes: readonly RowChange[],
  position: number,
) => void;

/**
 * A synchronous projector: turns freshly appended events (positions ascending, without gaps, the given
 * `data` texts) into row changes. What it applies is committed with the events or not at all; when it
 * throws, the append fails.
 */
export type TransactionHook = (events: readonly StoredEvent[], apply: ApplyInTransaction) => void;

export interface SqliteStoreOptions {
  /** Created when missing; holds `daicho.db`, its WAL, `lock.db` and `writer.txt`. */
  readonly directory: string;
  /**
   * Opens without the writer's lock, also while a writer runs; every write is refused with
   * `STORE_READ_ONLY`.
   */
  readonly readOnly?: boolean;
  /** Opens for writing although the directory is marked as moved or incomplete: for the move itself. */
  readonly moving?: boolean;
  /** The projector to begin with; `projectInTransaction` sets it later. */
  readonly inTransaction?: TransactionHook;
  /**
   * The size in bytes beyond which `daicho.db` must not grow (`DISK_FULL`); without it the disk is the
   * limit.
   */
  readonly maxBytes?: number;
}

export interface SqliteEventStore extends EventStore {
  /**
   * Calls `onEvent` for every stored event with `from <= position <= to`, ascending, without yielding to
   * the event loop. For verify, replay and bulk rebuilds. `meta` and `hash` of the events are decoded when
   * they are asked for.
   */
  scan(from: number, to: number, onEvent: (event: StoredEvent) => void): void;
  /** As `scan`, with only what a fold of states needs. */
  facts(from: number, to: number, onFact: (stream: string, type: string, data: string) => void): void;
  /**
   * Recomputes the hash chain from the first event, of a long log in a thread of its own. `onProgress` is
   * called about every 10,000 events.
   */
  verifyChain(onProgress?: (position: number, head: number) => void): Promise<ChainProof>;
  /** What is damaged of the file, indexes and read models too, each named; empty when nothing is. */
  damages(): Promise<readonly SaidProblem[]>;
  /** Hash of the last event, 64 hex digits; 64 zeros for an empty store. */
  headHash(): string;
}

export interface SqliteReadStore extends ReadStore {
  /** Tables and views of the read side that queries may name now, sorted. */
  tableNames(): string[];
}

export interface BackupReport {
  readonly file: string;
  readonly bytes: number;
  readonly events: number;
  readonly headHash: string;
}

/** Record of truth and read models in one file, written by one process. */
export interface SqliteStore {
  readonly events: SqliteEventStore;
  readonly readModels: SqliteReadStore;
  /**
   * Sets (or removes) the projector that runs in every append's transaction from the next append on.
   * Between the end of a catch-up and this call there must be no `await`, or an append may slip between
   * (the projector's check refuses it then).
   */
  projectInTransaction(hook: TransactionHook | undefined): void;
  /**
   * Copies the whole store to one new file while it is in use, then proves the copy's chain.
   * @throws when the file exists.
   */
  backup(file: string): Promise<BackupReport>;
  close(): Promise<void>;
}
