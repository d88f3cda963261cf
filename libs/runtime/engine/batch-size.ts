/**
 * Calls that are decided together and become durable in one write. Many share the pages they change, few keep
 * nobody waiting: a large batch holds the process for a quarter of a second, a small one for some
 * milliseconds.
 */
const LARGEST = 8_000;
/** To begin with, and while others wait. */
const SMALLEST = 500;
const IN_TIME_MS = 1_000;
/** What a store does in that time may still be too much when it is busy for a moment. */
const FLOOR = 50;

export const FIRST_BATCH = SMALLEST;

/**
 * How many calls the next batch has. What is written stays when the process is killed, so a batch on a slow
 * store must not take longer than a process lives between two deaths: it grows only while it takes less than
 * a second.
 *
 * @param tookMs how long the batch of `size` calls took
 * @param company somebody else's command came in meanwhile
 */
export function nextBatch(size: number, tookMs: number, company: boolean): number {
  const fitting = tookMs < IN_TIME_MS ? size * 2 : Math.floor(size / 2);
  return Math.max(FLOOR, Math.min(company ? SMALLEST : LARGEST, fitting));
}
