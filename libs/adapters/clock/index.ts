import { Instant } from '#kernel';
import type { Clock } from '#ports';

/** The machine's clock: the only place of the product that asks for the time of day. */
export const systemClock: Clock = { now: () => Instant.fromEpochMs(Date.now()) };
