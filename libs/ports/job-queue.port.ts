import type { Instant } from '#kernel';
import type { Schedule } from './schedule.js';

/** Parameters of a job as plain JSON; ids and dates only, never names, numbers of phones or money. */
export type JobPayload = Readonly<Record<string, string | number | boolean | null>>;

/** Which job: its handler's name, and a key that makes the same wish one job. */
export interface JobId {
  /** 1-40 of a-z 0-9 -, beginning with a letter. */
  readonly name: string;
  /** 1-120 of A-Z a-z 0-9 . _ @ + -, beginning with a letter or digit. */
  readonly key: string;
}

export interface RetryPolicy {
  /** How often it is tried before it is parked; 1..50. */
  readonly attempts: number;
  /** Wait after the first failure; doubles with each further one. 1..86,400,000 ms. */
  readonly firstDelayMs: number;
  /** The longest wait; at least `firstDelayMs`. */
  readonly longestDelayMs: number;
}

/** Half a minute, a minute, ... an hour: 10 attempts over about four hours. */
export const USUAL_RETRY: RetryPolicy = { attempts: 10, firstDelayMs: 30_000, longestDelayMs: 3_600_000 };

export interface JobRequest extends JobId {
  readonly payload: JobPayload;
  /** Not before this instant. */
  readonly dueAt: Instant;
  /** `USUAL_RETRY` without one. */
  readonly retry?: RetryPolicy;
}

export interface RepeatRequest extends JobId {
  readonly payload: JobPayload;
  readonly schedule: Schedule;
  readonly retry?: RetryPolicy;
}

/**
 * `waiting`: for its instant or for a worker. `active`: a worker is at it. `parked`: failed for good, staff
 * decide. `done`: kept for some days so that the same key is not done again.
 */
export const JOB_STATES = ['waiting', 'active', 'parked', 'done'] as const;
export type JobState = (typeof JOB_STATES)[number];

export interface JobProgress {
  readonly done: number;
  readonly total: number;
  /** What is counted, in one English word or two. */
  readonly what: string;
}

export interface JobView extends JobId {
  readonly state: JobState;
  readonly payload: JobPayload;
  /** When it may (next) run. */
  readonly dueAt: Instant;
  /** How often it was tried and ended. */
  readonly attempts: number;
  readonly attemptsAtMost: number;
  readonly progress: JobProgress | null;
  /** Why the last attempt failed, `CODE: message`; null when none did. */
  readonly reason: string | null;
  readonly createdAt: Instant;
}

export interface JobContext extends JobId {
  readonly dueAt: Instant;
  /** 1 for the first. */
  readonly attempt: number;
  /** Aborted when the worker is told to stop: long work may end between two steps by throwing. */
  readonly stopping: AbortSignal;
  progress(done: number, total: number, what: string): Promise<void>;
}

export interface JobHandler {
  readonly name: string;
  /**
   * Does the work. It may be called again for the same job (at least once): every effect carries a command id
   * derived from the job. Anything thrown is a failed attempt; `InvalidInput` and `JobRefused` park at once.
   */
  run(payload: unknown, context: JobContext): Promise<void>;
}

/** No further attempt would help: the job is parked at once, with this reason. */
export class JobRefused extends Error {
  override readonly name = 'JobRefused';
  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

export interface WorkOptions {
  /** Only jobs of these handlers are taken. */
  readonly handlers: readonly JobHandler[];
  /** Jobs of one handler at the same time; 1..100. */
  readonly concurrency: number;
  /** Told what went wrong outside a handler (the connection, a lost lease); nobody without it. */
  readonly onError?: (error: unknown) => void;
}

export interface JobWorker {
  /**
   * Takes no more jobs and waits for those at work, at most `graceMs` (10,000 without it). What is left then
   * is abandoned: another worker does it again when its lease has run out.
   */
  stop(graceMs?: number): Promise<void>;
}

export interface JobFilter {
  readonly state?: JobState;
  readonly name?: string;
}

/**
 * Work to be done later, outside a request. A job is a hint, never the truth: the decider is asked again, and
 * every timer can be rebuilt from the log. Every adapter passes `jobQueueContract` of `#testing`, all of it.
 * @throws StoreUnavailable from every method when the storage does not answer.
 */
export interface JobQueue {
  /**
   * `known` when a job of this name and key waits, runs, is parked, or was done in the last days: nothing is
   * changed then.
   * @throws InvalidInput naming `name`, `key`, `payload` or `retry`.
   */
  add(request: JobRequest): Promise<'added' | 'known'>;
  /**
   * Sets a repetition: there is always one job for its next instant, with the key `<key>@<instant>`. Missed
   * instants are not made up: one job runs late, then comes the next instant after now. Setting it again
   * changes its schedule, payload and retries.
   */
  repeat(request: RepeatRequest): Promise<void>;
  /** Ends a repetition and takes its waiting job away. */
  stopRepeating(id: JobId): Promise<void>;
  /** Begins to work; several workers in several processes share the jobs, each job at one of them. */
  work(options: WorkOptions): JobWorker;
  /** Newest due first, at most 1,000. */
  list(filter?: JobFilter): Promise<JobView[]>;
  get(id: JobId): Promise<JobView | undefined>;
  /** Lets a parked job begin anew, now, with all its attempts. */
  retry(id: JobId): Promise<'retried' | 'not_parked' | 'unknown'>;
  /** Takes a job away, unless it is active; of a repetition only this instant. */
  discard(id: JobId): Promise<'discarded' | 'active' | 'unknown'>;
  /** Looks at the clock: what is due is given to workers. Needed only where the clock is moved by hand. */
  wake(): Promise<void>;
  /** Ends the use of the queue; its workers must have been stopped before. */
  close(): Promise<void>;
}
