import { type AttemptsCommand, attemptsStream, type Limited, lockedUntil, type TryLimits } from '#identity';
import type { Instant, Rejection } from '#kernel';
import type { RandomSource } from '#ports';
import type { Caller } from '../product.views.js';
import { type IdentityStreams, runningAttempts } from './identity-streams.js';

/** Somebody who is not signed in (yet). */
export const visitor = (random: RandomSource): Caller => ({
  actor: { id: 'visitor' },
  commandId: `visit-${random.token()}`,
});

/**
 * Limits of tries. A try is counted, durably and at its exact place in the stream, before it is made:
 * neither many requests at once nor a restart brings more of them.
 */
export class Tries {
  constructor(
    private readonly streams: IdentityStreams,
    private readonly random: RandomSource,
  ) {}

  /** Why this try may not be made: TOO_MANY_ATTEMPTS with `retryAfterS`; undefined when it is counted. */
  async count(
    what: Limited,
    key: string,
    limits: TryLimits,
    attempt: string,
    from: { readonly network?: string; readonly anywhere?: TryLimits } = {},
  ): Promise<Rejection | undefined> {
    const { runner } = this.streams;
    const done = await runner.run(
      runningAttempts,
      attemptsStream(what, key),
      (): AttemptsCommand => ({ type: 'CountAttempt', now: runner.clock.now(), attempt, limits, ...from }),
      { attempt },
      visitor(this.random),
    );
    return done.kind === 'rejected' ? done.rejection : undefined;
  }

  /** A try succeeded: it counts no more, those of others still do. */
  async giveBack(what: Limited, key: string, attempt: string): Promise<void> {
    const { runner } = this.streams;
    await runner.run(
      runningAttempts,
      attemptsStream(what, key),
      (): AttemptsCommand => ({ type: 'GiveAttemptBack', now: runner.clock.now(), attempt }),
      { attempt },
      visitor(this.random),
    );
  }

  /** A try from this network succeeded, or staff help: none of it, or none at all, counts any more. */
  async clear(
    what: Limited,
    key: string,
    by: 'success' | { readonly unlock: Caller },
    network?: string,
  ): Promise<boolean> {
    const { runner } = this.streams;
    const how = by === 'success' ? by : 'unlock';
    const done = await runner.run(
      runningAttempts,
      attemptsStream(what, key),
      (): AttemptsCommand => ({
        type: 'ClearAttempts',
        now: runner.clock.now(),
        by: how,
        ...(network !== undefined && { network }),
      }),
      { clear: what, by: how },
      by === 'success' ? visitor(this.random) : by.unlock,
    );
    return done.kind === 'done';
  }

  /** Until when a login id is locked, for a network or for the one locked longest; null when it is not. */
  async lockedUntil(what: Limited, key: string, network?: string): Promise<Instant | null> {
    const state = await this.streams.look(runningAttempts, attemptsStream(what, key));
    return lockedUntil(state, this.streams.now(), network);
  }
}
