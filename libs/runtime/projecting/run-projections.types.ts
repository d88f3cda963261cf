import type { Projection } from '#kernel';
import type { Clock, EventStore, ReadStore } from '#ports';

/** What a projector did or ran into, for metrics and logs. */
export type ProjectorNote =
  /** `ms` from the recording of the oldest event of the batch to its commit in the read model. */
  | {
      readonly kind: 'counted';
      readonly projection: string;
      readonly to: number;
      readonly events: number;
      readonly ms: number;
    }
  | { readonly kind: 'switched'; readonly projection: string; readonly version: number }
  /** Will be tried again. `projection` is null when all are concerned. */
  | {
      readonly kind: 'trouble';
      readonly projection: string | null;
      readonly reason: string;
      readonly retryMs: number;
    }
  /** Given up until `resume` or a restart. */
  | { readonly kind: 'parked'; readonly projection: string; readonly reason: string };

export interface ProjectorParts {
  readonly events: EventStore;
  readonly readModels: ReadStore;
  readonly clock: Clock;
  /** Default: every read model of the product. */
  readonly projections?: readonly Projection[];
  /** Events in one transaction at most, 1..10,000. Default 4,000. */
  readonly batchSize?: number;
  /** How often it looks for work that another process left, and for new versions. Default 1,000 ms. */
  readonly lookMs?: number;
  /** The first pause after trouble; it doubles up to `longestRetryMs`. Defaults 100 and 10,000 ms. */
  readonly firstRetryMs?: number;
  readonly longestRetryMs?: number;
  readonly observe?: (note: ProjectorNote) => void;
}

export interface ProjectionState {
  readonly projection: string;
  /**
   * `elsewhere`: another process does this work. `superseded`: a newer program has brought a later version,
   * which this one cannot build.
   */
  readonly phase: 'running' | 'elsewhere' | 'retrying' | 'parked' | 'superseded';
  readonly reason: string | null;
}

/** How far what queries see is behind the log. */
export interface ProjectionLag {
  readonly events: number;
  /** Age of the oldest event that is not counted yet, 0 when there is none. */
  readonly ms: number;
}

export interface RunningProjections {
  /** True as soon as queries see the event at this position, false after `timeoutMs`. */
  waitFor(position: number, timeoutMs: number): Promise<boolean>;
  lag(): Promise<ProjectionLag>;
  states(): readonly ProjectionState[];
  /** Looks for work and new versions now. */
  lookNow(): void;
  /** Tries a parked projection again. */
  resume(projection: string): void;
  /** Ends after the transactions under way; gives the work free for other processes. */
  stop(): Promise<void>;
}
