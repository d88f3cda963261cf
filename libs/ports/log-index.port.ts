import { problem } from '#kernel';
import { Damaged, logFindings } from './log-findings.js';

/**
 * Where an event lies in the log of a cluster: two byte offsets of 64 bits, ordered by commit, then prepare.
 */
export interface LogPlace {
  readonly commit: bigint;
  readonly prepare: bigint;
}

/** What an index of the log remembers of an event. The events themselves are the truth: it can be rebuilt. */
export interface IndexedEvent {
  /** 1..n without gaps, as everywhere outside the adapter. */
  readonly position: number;
  readonly place: LogPlace;
  readonly stream: string;
  readonly revision: number;
  /** Of the chain over the whole log, 64 hex digits. */
  readonly hash: string;
  readonly commandId: string;
  /** True for the first event of its command. A command has one such event, for ever. */
  readonly opensCommand: boolean;
}

/**
 * The index has another hash at a position than the one to be saved: the log is no longer what it was when
 * somebody saw it first, or two logs share one index. No retry will change that.
 */
export class LogIndexDiffers extends Damaged {
  override readonly name = 'LogIndexDiffers';
  /** @param position the first that differs */
  constructor(readonly position: number) {
    super(problem(logFindings.INDEX_DIFFERS, { position }));
  }
}

/**
 * Keeps the index of a cluster's log over restarts, so that a process need not read the log from its start
 * again. Several processes may share one: all of them derive the same entries from the same log.
 */
export interface LogIndexStore {
  /** The entry with the highest position, undefined for an empty index. */
  head(): Promise<IndexedEvent | undefined>;
  /**
   * Adds entries (positions ascending, without gaps) in one transaction. Entries at or below the stored head
   * were saved by another process and are left out.
   * @throws LogIndexDiffers when the store has other hashes at their positions; nothing is saved then.
   * @throws Error when the first one would leave a gap after the stored head.
   */
  save(entries: readonly IndexedEvent[]): Promise<void>;
  /** The entry at a position, undefined when there is none. */
  at(position: number): Promise<IndexedEvent | undefined>;
  /** Entries of a stream with `from <= revision <= to`, revisions ascending. */
  ofStream(stream: string, from: number, to: number): Promise<IndexedEvent[]>;
  /** The first event's entry of those commands (at most 10,000) that are in the index. */
  ofCommands(commandIds: readonly string[]): Promise<Map<string, IndexedEvent>>;
}
