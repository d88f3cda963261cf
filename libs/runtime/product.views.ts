import { type Actor, type Nothing, type Rejection, type ToldProblem } from '#kernel';
import type { JobState } from '#ports';

export interface Page<Row> {
  readonly rows: readonly Row[];
  /** Opaque; null on the last page. */
  readonly next: string | null;
}
export interface PageRequest {
  readonly limit?: number;
  readonly cursor?: string;
}
export type Progress = (done: number, total: number, what: string) => void;

/** Who asks, and the id that makes the same request one effect for ever. */
export interface Caller {
  readonly actor: Actor;
  readonly commandId: string;
  readonly correlationId?: string;
}

/** What became of a command. `position` is that of its last event: a client may wait for it. */
export type Answer<Value> =
  | { readonly kind: 'done'; readonly value: Value; readonly position: number; readonly replayed: boolean }
  | Nothing
  | {
      readonly kind: 'rejected';
      readonly rejection: Rejection;
      /** The request was carried out, and this is what it came to: an order that was placed and refused. */
      readonly carriedOut?: true;
    };

/** A problem of an imported file, named so that its author finds it. */
export interface FileProblem extends ToldProblem {
  readonly file: string;
  readonly line: number;
  readonly field: string | null;
}
/** What is wrong with a file; `more` is how many problems there are beyond those that are told. */
export interface Faults {
  readonly problems: readonly FileProblem[];
  readonly more?: number;
}

/** What stands in the queue, for metrics. */
export interface JobFigures {
  readonly names: readonly {
    readonly name: string;
    readonly states: Readonly<Record<JobState, number>>;
    /** Attempts of the jobs that stand (those done included) that ended badly. */
    readonly failures: number;
  }[];
  /** Seconds since the oldest waiting job was due; 0 when none is late. */
  readonly oldestDueS: number;
}
