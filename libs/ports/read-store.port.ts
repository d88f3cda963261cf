import type { CompiledQuery, Kysely } from 'kysely';
import type { Cell, Projection, Row } from '#kernel';

/** Tables that are known at run time only: the product's own are typed by its projections. */
export type AnyTables = Record<string, Record<string, Cell>>;

/** One row operation of a projection, after the sink merged what it could. */
export type RowChange =
  | { readonly kind: 'insert'; readonly table: string; readonly rows: readonly Row[] }
  | {
      readonly kind: 'merge';
      readonly table: string;
      readonly key: Row;
      readonly set: Row;
      readonly add: Readonly<Record<string, number | bigint>>;
    }
  | { readonly kind: 'remove'; readonly table: string; readonly key: Row };

export interface ProjectionCheckpoint {
  readonly projection: string;
  readonly version: number;
  readonly position: number;
}

/** What one projection does with the events after `from` up to `to`. */
export interface ProjectionMove {
  readonly projection: Projection;
  readonly from: number;
  readonly to: number;
  readonly changes: readonly RowChange[];
}

/** The right to do the work on one projection, in all its versions, until it is released or lost. */
export interface ProjectionClaim {
  /** False once the connection that held it broke: another process may have it by now. */
  held(): boolean;
  release(): Promise<void>;
}

/**
 * Where read models live. Queries see only what is committed. Every adapter passes `readStoreContract` of
 * `#testing`.
 */
export interface ReadStore<Tables = AnyTables> {
  /** Creates the tables of a projection version that is not there yet, empty, at checkpoint 0. */
  prepare(projection: Projection): Promise<ProjectionCheckpoint>;
  /**
   * Applies changes and moves the checkpoint in one transaction. @throws when the checkpoint is not `from`:
   * another worker was faster.
   */
  apply(projection: Projection, from: number, to: number, changes: readonly RowChange[]): Promise<void>;
  /**
   * `apply` for several projections, each at most once: all in one transaction, or none. A store without it
   * is given them one by one.
   */
  applyTogether?(moves: readonly ProjectionMove[]): Promise<void>;
  /** Lets queries see this version and drops older ones. */
  activate(projection: Projection): Promise<void>;
  checkpoints(): Promise<ProjectionCheckpoint[]>;
  /**
   * Takes the work on a projection for this process; undefined while another process has it. It saves double
   * work, no more: that each event counts once is the promise of `apply`. A store that only one process can
   * write has no claims.
   */
  claim?(projection: string): Promise<ProjectionClaim | undefined>;
  /** For queries only; tables by their plain names show the active version. */
  readonly db: Kysely<Tables>;
  query<Result>(query: CompiledQuery<Result>): Promise<Result[]>;
  close(): Promise<void>;
}

/** The checkpoint of an `apply` is not where the caller believes it: another worker was faster. */
export class Overtaken extends Error {
  override readonly name = 'Overtaken';

  constructor({ name, version }: Projection, from: number) {
    super(`projection ${name} version ${version} does not stand at ${from}: another worker was faster`);
  }
}
