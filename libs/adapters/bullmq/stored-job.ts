import type { Job, JobType } from 'bullmq';
import { WORKER_LOST } from '#adapters/shared';
import type { Instant } from '#kernel';
import {
  type JobPayload,
  type JobProgress,
  type JobRequest,
  type JobState,
  type JobView,
  type RetryPolicy,
} from '#ports';

/** What is kept with a job in Redis. Instants are those of the clock port, not of the machine. */
export interface StoredData {
  readonly key: string;
  readonly payload: JobPayload;
  readonly dueAt: Instant;
  readonly createdAt: Instant;
  readonly retry: RetryPolicy;
  /** Tells whose `add` made the job when several came at once. */
  readonly nonce: string;
  /** The repetition that it belongs to. */
  readonly repeatKey: string | null;
}

export type StoredJob = Job<StoredData>;

/** The states of BullMQ that mean one of ours. */
export const TYPES: Readonly<Record<JobState, readonly JobType[]>> = {
  waiting: ['delayed', 'wait', 'prioritized'],
  active: ['active'],
  parked: ['failed'],
  done: ['completed'],
};

/** BullMQ refuses ids that look like its own whole numbers. */
export const idOf = (key: string): string => `job-${key}`;

export const dataOf = (
  { key, payload, dueAt, retry }: JobRequest & { readonly retry: RetryPolicy },
  more: Pick<StoredData, 'createdAt' | 'nonce' | 'repeatKey'>,
): StoredData => ({ key, payload, dueAt, retry, ...more });

/** BullMQ's own sentence for a job whose workers died under it. */
const STALLED = /stalled more than/;

function reasonOf(job: StoredJob, state: JobState): string | null {
  if (state === 'done' || !job.failedReason) return null;
  return STALLED.test(job.failedReason) ? WORKER_LOST : job.failedReason;
}

export function viewOf(job: StoredJob, state: JobState): JobView {
  const { key, payload, dueAt, createdAt, retry } = job.data;
  return {
    name: job.name,
    key,
    state,
    payload,
    dueAt,
    attempts: job.attemptsMade,
    attemptsAtMost: retry.attempts,
    progress: typeof job.progress === 'object' ? (job.progress as JobProgress) : null,
    reason: reasonOf(job, state),
    createdAt,
  };
}
