import { type AttemptsCommand, attemptsStream, type TryLimits } from '#identity';
import type { Rejection } from '#kernel';
import type { RandomSource } from '#ports';
import type { Caller } from '../product.js';
import { type IdentityStreams, runningAttempts } from './identity-streams.js';

/** What is limited: tries of a login id, from an address, of a second step; codes and reset mails sent. */
export type Limited = Parameters<typeof attemptsStream>[0];

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
  ): Promise<Rejection | undefined> {
    const { runner } = this.streams;
    const done = await runner.run(
      runningAttempts,
      attemptsStream(what, key),
      (): AttemptsCommand => ({ type: 'CountAttempt', now: runner.clock.now(), attempt, limits }),
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

  /** No try counts any more, and a lock is lifted. Returns whether there was anything to clear. */
  async clear(what: Limited, key: string, by: 'success' | 'unlock', caller?: Caller): Promise<boolean> {
    const { runner } = this.streams;
    const done = await runner.run(
      runningAttempts,
      attemptsStream(what, key),
      (): AttemptsCommand => ({ type: 'ClearAttempts', now: runner.clock.now(), by }),
      { clear: what, by },
      caller ?? visitor(this.random),
    );
    return done.kind === 'done';
  }

  /** Until when a login id is locked; null when it is not. */
  async lockedUntil(what: Limited, key: string) {
    const { lock } = await this.streams.look(runningAttempts, attemptsStream(what, key));
    return lock && lock.until > this.streams.now() ? lock.until : null;
  }
}
