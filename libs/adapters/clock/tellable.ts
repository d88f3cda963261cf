import { AsyncLocalStorage } from 'node:async_hooks';
import type { Instant } from '#kernel';
import type { Clock } from '#ports';

/** A clock of which some work may be told another time; what runs beside that work goes by the real one. */
export interface TellableClock extends Clock {
  /** Does the work as if it were this instant; the log says beside it when it was really written down. */
  asOf<Result>(instant: Instant, work: () => Promise<Result>): Promise<Result>;
}

export function tellable(clock: Clock): TellableClock {
  const told = new AsyncLocalStorage<Instant>();
  const { steadyMs } = clock;
  return {
    now: () => told.getStore() ?? clock.now(),
    recording: () => clock.now(),
    ...(steadyMs && { steadyMs: () => steadyMs() }),
    asOf: (instant, work) => told.run(instant, work),
  };
}
