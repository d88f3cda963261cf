import { DAY_MS, Instant, InvalidInput } from '#kernel';
import {
  type JobId,
  type JobPayload,
  JobRefused,
  type JobRequest,
  nextOccurrence,
  type RepeatRequest,
  type RetryPolicy,
  USUAL_RETRY,
} from '#ports';

/** What the adapters of `JobQueue` must not differ in. */

const NAME = /^[a-z][a-z0-9-]{0,39}$/;
const KEY = /^[A-Za-z0-9][A-Za-z0-9._@+-]{0,119}$/;
/** Room for `@2026-11-01T000000.000+0900`. */
const REPEAT_KEY_MAX = 90;
const PAYLOAD_MAX = 10_000;
const REASON_MAX = 500;
/** A job whose worker died so often is the cause of the deaths, or its victim for good: staff look. */
export const LOST_AT_MOST = 3;
/** Jobs that are done are remembered so long, and at most so many of a name. */
export const DONE_KEPT = { ms: 7 * DAY_MS, count: 10_000 };
export const LISTED_AT_MOST = 1_000;

export function checkJobId({ name, key }: JobId): void {
  if (!NAME.test(name)) throw new InvalidInput('name', 'must be 1-40 of a-z 0-9 - and begin with a letter');
  if (!KEY.test(key))
    throw new InvalidInput('key', 'must be 1-120 of A-Z a-z 0-9 . _ @ + - and begin with a letter or digit');
}

const isWhole = (value: number, least: number, most: number): boolean =>
  Number.isSafeInteger(value) && value >= least && value <= most;

function checkRetry({ attempts, firstDelayMs, longestDelayMs }: RetryPolicy): void {
  if (!isWhole(attempts, 1, 50)) throw new InvalidInput('retry', 'must have 1 to 50 attempts');
  if (!isWhole(firstDelayMs, 1, DAY_MS) || !isWhole(longestDelayMs, firstDelayMs, DAY_MS))
    throw new InvalidInput('retry', 'must wait from 1 ms to a day, the longest not below the first');
}

function checkPayload(payload: JobPayload): void {
  const plain = Object.values(payload).every(
    value => value === null || ['string', 'boolean'].includes(typeof value) || Number.isFinite(value),
  );
  if (!plain || JSON.stringify(payload).length > PAYLOAD_MAX)
    throw new InvalidInput(
      'payload',
      `must be texts, numbers and truth values of at most ${PAYLOAD_MAX} bytes`,
    );
}

/** @throws InvalidInput naming what is malformed. */
export function checkedJob(request: JobRequest): JobRequest & { readonly retry: RetryPolicy } {
  const retry = request.retry ?? USUAL_RETRY;
  checkJobId(request);
  checkPayload(request.payload);
  checkRetry(retry);
  return { ...request, retry };
}

/** @throws InvalidInput naming what is malformed, also the schedule. */
export function checkedRepeat(request: RepeatRequest): RepeatRequest & { readonly retry: RetryPolicy } {
  const { retry, key } = checkedJob({
    ...request,
    dueAt: nextOccurrence(request.schedule, Instant.fromEpochMs(0)),
  });
  if (key.length > REPEAT_KEY_MAX)
    throw new InvalidInput('key', `of a repetition must have at most ${REPEAT_KEY_MAX} characters`);
  return { ...request, retry };
}

/** The job of a repetition's next instant after `after`. */
export function occurrence(request: RepeatRequest & { retry: RetryPolicy }, after: Instant) {
  const dueAt = nextOccurrence(request.schedule, after);
  const { name, payload, retry } = request;
  return { name, key: `${request.key}@${Instant.text(dueAt).replaceAll(':', '')}`, payload, retry, dueAt };
}

/** The wait after the n-th failed attempt. */
export const retryDelayMs = ({ firstDelayMs, longestDelayMs }: RetryPolicy, failed: number): number =>
  Math.min(longestDelayMs, firstDelayMs * 2 ** Math.min(failed - 1, 40));

/** What becomes of a job whose attempt failed: another one after a wait, or the parking place. */
export type Verdict =
  | { readonly kind: 'retry'; readonly delayMs: number; readonly reason: string }
  | { readonly kind: 'park'; readonly reason: string };

function reasonOf(error: unknown): string {
  const { code, message } = Object(error) as { code?: unknown; message?: unknown };
  const text = typeof message === 'string' ? message : String(error);
  return `${typeof code === 'string' ? code : 'FAILED'}: ${text}`.slice(0, REASON_MAX);
}

/** @param attempt the number of the attempt that failed, 1 for the first */
export function verdictOn(error: unknown, attempt: number, retry: RetryPolicy): Verdict {
  const reason = reasonOf(error);
  if (error instanceof JobRefused || error instanceof InvalidInput || attempt >= retry.attempts)
    return { kind: 'park', reason };
  return { kind: 'retry', delayMs: retryDelayMs(retry, attempt), reason };
}

/** The reason of a job whose workers died under it. */
export const WORKER_LOST = `WORKER_LOST: its worker was lost more than ${LOST_AT_MOST} times`;
