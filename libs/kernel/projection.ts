import type { EventMeta } from './envelope.js';

/** A whole number beyond 2^53 is a bigint: only sums become so large. */
export type Cell = string | number | bigint | null;
export type Row = Readonly<Record<string, Cell>>;

/** `integer` holds 64 bits; money columns are integers of 1/10,000 yen, instants integers of milliseconds. */
export type ColumnType = 'text' | 'integer';

export interface TableSpec {
  readonly name: string;
  readonly columns: Readonly<Record<string, ColumnType | `${ColumnType}?`>>;
  /** The primary key; also the order in which a rebuild is compared with the live table. */
  readonly key: readonly string[];
  readonly indexes?: readonly (readonly string[])[];
  /** Columns that no finding tells the value of: seals and hashes. */
  readonly secret?: readonly string[];
}

/** What a projection writes: rows as data, so that both dialects can batch them. Nothing is read back. */
export interface RowSink {
  /** A row that is not there yet. A second one with the same key is an error, never an overwrite. */
  insert(table: string, row: Row): void;
  /**
   * Changes the row with this key: sets columns and adds to numbers; creates it (numbers from 0) when it is
   * not there.
   */
  merge(
    table: string,
    key: Row,
    change: { readonly set?: Row; readonly add?: Readonly<Record<string, number | bigint>> },
  ): void;
  remove(table: string, key: Row): void;
}

/** An event as a projection sees it: decoded by the codec of its context. */
export interface ProjectedEvent {
  readonly position: number;
  readonly stream: string;
  readonly revision: number;
  /** The stored type, `context.Event.vN`. */
  readonly type: string;
  /** The domain's own event, whatever version was stored. */
  readonly event: unknown;
  readonly meta: EventMeta;
}

/**
 * A read model: the answer to one question. Written in the transaction of its checkpoint, so an event counts
 * once. A higher `version` is built beside the running one and then switched.
 */
export interface Projection {
  readonly name: string;
  readonly version: number;
  readonly tables: readonly TableSpec[];
  readonly handles: readonly string[];
  /** Of the handled types only events for which this holds, or all. Asked before they are decoded. */
  concerns?(meta: EventMeta): boolean;
  apply(event: ProjectedEvent, rows: RowSink): void;
}
