import { uptime } from 'node:os';
import { Instant } from '#kernel';
import { tellable } from './tellable.js';

export { type TellableClock, tellable } from './tellable.js';

const startedUp = uptime();
const started = performance.now();

/** The machine's clock: the only place of the product that asks for the time of day. */
export const systemClock = tellable({
  now: () => Instant.fromEpochMs(Date.now()),
  // A machine that slept has not jumped: its uptime counts the sleep, the process's own watch does not.
  steadyMs: () => Math.max(performance.now() - started, (uptime() - startedUp) * 1000),
});
