import type { Instant } from '#kernel';

/** The only source of the time of day. */
export interface Clock {
  now(): Instant;
}
