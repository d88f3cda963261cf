import { randomInt } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';

/**
 * How often a command is decided that others overtake. Two processes that do the same work on one stream (two
 * closes of a month) each lose every other race: with a few tries one of them would give up by mere chance.
 */
export const DECIDED_AT_MOST = 20;

/** The first repetitions are at once: mostly the other one has done a single thing. */
const AT_ONCE = 2;
const FIRST_WAIT_MS = 2;
const LONGEST_WAIT_MS = 200;

/**
 * Waits before a command is decided again, longer each time and by chance half as long or more, so that two
 * who met do not meet again in step. All waits of a command together are below 2.5 seconds.
 *
 * @param conflicts how often it was overtaken, 1 for the first time
 */
export async function beforeNextDecision(conflicts: number): Promise<void> {
  if (conflicts <= AT_ONCE) return;
  const most = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** (conflicts - AT_ONCE));
  await pause(randomInt(most / 2, most + 1));
}
