import type { Instant } from '#kernel';

/** The only source of the time of day. */
export interface Clock {
  now(): Instant;
  /** When something is written down, where `now` may be told another time than that; `now` without it. */
  recording?(): Instant;
  /**
   * Milliseconds since some moment of this process, which pass evenly whatever is done to the time of day:
   * only differences mean something. A clock without it is believed, however it jumps.
   */
  steadyMs?(): number;
}
