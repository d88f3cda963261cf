import fc from 'fast-check';
import { Instant } from '#kernel';
import { specOf } from '#testing';
import { type AttemptsCommand, attempts, attemptsRefusals, attemptsStream, lockedUntil } from './attempts.js';
import { POLICY } from './identity-policy.fixture.js';
import type { TryLimits } from './identity-policy.js';

const start = Instant.parse('2026-10-01T09:30:00.000+09:00');
const limits: TryLimits = { tries: 3, windowMs: 900_000, lockMs: 900_000, lockMostMs: 7_200_000 };
const at = (ms: number): Instant => Instant.plusMs(start, ms);
const count = (ms: number, attempt: string, of = limits): AttemptsCommand => ({
  type: 'CountAttempt',
  now: at(ms),
  attempt,
  limits: of,
});
const back = (ms: number, attempt: string): AttemptsCommand => ({
  type: 'GiveAttemptBack',
  now: at(ms),
  attempt,
});
const clear = (ms: number): AttemptsCommand => ({ type: 'ClearAttempts', now: at(ms), by: 'unlock' });
const { given, givenCommands } = specOf(attempts);

describe('tries', () => {
  it('lock with the last one that is allowed, for as long as the policy says', () =>
    givenCommands(count(0, 'a'), count(1, 'b'))
      .when(count(2, 'c'))
      .then(
        { type: 'AttemptCounted', at: at(2), attempt: 'c' },
        { type: 'AttemptsLocked', at: at(2), attempt: 'c', until: at(900_002) },
      ));

  it('are refused while locked, and say for how long: TOO_MANY_ATTEMPTS', () => {
    const locked = givenCommands(count(0, 'a'), count(1, 'b'), count(2, 'c'));
    locked.when(count(2, 'd')).thenRejected('TOO_MANY_ATTEMPTS', { retryAfterS: '900' });
    locked.when(count(900_002, 'd')).then({ type: 'AttemptCounted', at: at(900_002), attempt: 'd' });
    expect(Object.keys(attemptsRefusals)).toEqual(['TOO_MANY_ATTEMPTS']);
    expect(attemptsStream('id', 'ab')).toBe('attempts-id_ab');
  });

  it('lock twice as long each time, up to the longest lock', () => {
    const history: AttemptsCommand[] = [];
    const locks: number[] = [];
    let now = 0;
    for (let round = 0; round < 5; round++) {
      for (const attempt of ['a', 'b', 'c']) history.push(count(now++, `${round}${attempt}`));
      const { lock } = givenCommands(...history).state.locked.get('')!;
      locks.push(lock!.until - at(now - 1));
      now = lock!.until - start;
    }
    expect(locks.map(ms => ms / 900_000)).toEqual([1, 2, 4, 8, 8]);
  });

  it('that succeed count no more, and lift the lock that they set', () => {
    const locked = givenCommands(count(0, 'a'), count(1, 'b'), count(2, 'c'));
    locked.when(back(3, 'c')).then({ type: 'AttemptGivenBack', at: at(3), attempt: 'c' });
    locked.when(back(3, 'x')).thenNothing('this try does not count any more');
    const lifted = givenCommands(count(0, 'a'), count(1, 'b'), count(2, 'c'), back(3, 'c'));
    expect(lockedUntil(lifted.state, at(4))).toBeNull();
    const others = givenCommands(count(0, 'a'), count(1, 'b'), count(2, 'c'), back(3, 'a'));
    expect(lockedUntil(others.state, at(4))).toBe(at(900_002));
  });

  it('are cleared by staff', () => {
    given().when(clear(0)).thenNothing('there is nothing to clear');
    givenCommands(count(0, 'a'), count(1, 'b'), count(2, 'c'), clear(3))
      .when(count(4, 'd'))
      .then({ type: 'AttemptCounted', at: at(4), attempt: 'd' });
  });

  it('of a plain limit are refused until the oldest is out of the window', () => {
    const hourly = { ...limits, windowMs: 3_600_000, lockMs: 0 };
    const full = givenCommands(...['a', 'b', 'c'].map((id, i) => count(i * 1000, id, hourly)));
    full.when(count(10_000, 'd', hourly)).thenRejected('TOO_MANY_ATTEMPTS', { retryAfterS: '3590' });
    full
      .when(count(3_600_000, 'd', hourly))
      .then({ type: 'AttemptCounted', at: at(3_600_000), attempt: 'd' });
  });

  describe('from several networks', () => {
    const anywhere: TryLimits = { tries: 5, windowMs: 900_000, lockMs: 0, lockMostMs: 0 };
    const from = (network: string, ms: number, more: object = { anywhere }): AttemptsCommand =>
      ({ ...count(ms, `${network}${ms}`), network, ...more }) as AttemptsCommand;
    const locked = givenCommands(from('n1', 0), from('n1', 1), from('n1', 2));

    it('lock the network that they come from, and no other', () => {
      locked.when(from('n1', 3)).thenRejected('TOO_MANY_ATTEMPTS', { retryAfterS: '900' });
      locked.when(from('n2', 3)).then({ type: 'AttemptCounted', at: at(3), attempt: 'n23', network: 'n2' });
      expect(lockedUntil(locked.state, at(3), 'n2')).toBeNull();
      expect(lockedUntil(locked.state, at(3), 'n1')).toBe(at(900_002));
      expect(lockedUntil(locked.state, at(3))).toBe(at(900_002));
    });

    it('are slowed all together, but for a network that the login knows', () => {
      const many = givenCommands(
        ...[from('n1', 0), from('n1', 1), from('n1', 2), from('n2', 3), from('n2', 4)],
      );
      many.when(from('n3', 5)).thenRejected('TOO_MANY_ATTEMPTS', { retryAfterS: '900' });
      many
        .when(from('home', 5, {}))
        .then({ type: 'AttemptCounted', at: at(5), attempt: 'home5', network: 'home' });
      many
        .when(from('n3', 900_001))
        .then({ type: 'AttemptCounted', at: at(900_001), attempt: 'n3900001', network: 'n3' });
    });

    it('that succeed clear those of their own network; staff clear all of them', () => {
      const success: AttemptsCommand = { ...clear(3), by: 'success', network: 'n2' } as AttemptsCommand;
      locked.when(success).thenNothing('there is nothing to clear');
      const two = givenCommands(from('n1', 0), from('n1', 1), from('n1', 2), from('n2', 3), success);
      two.when(from('n1', 4)).thenRejected('TOO_MANY_ATTEMPTS');
      expect(two.state.tries.map(({ network }) => network)).toEqual(['n1', 'n1', 'n1']);
      const cleared = givenCommands(from('n1', 0), from('n1', 1), from('n1', 2), from('n2', 3), clear(4));
      expect(cleared.state).toEqual(attempts.fresh());
    });

    it('are remembered for the thousand networks that were locked last', () => {
      let state = attempts.fresh();
      for (let n = 0; n < 1_200; n++)
        state = attempts.evolve(state, {
          ...{ type: 'AttemptsLocked', at: at(n), attempt: `${n}`, until: at(n + 1) },
          network: `n${n}`,
        });
      expect([state.locked.size, state.locked.has('n199'), state.locked.has('n200')]).toEqual([
        1_000,
        false,
        true,
      ]);
    });
  });

  it.each([
    ['of a login', POLICY.loginTries],
    ['from an address', POLICY.addressTries],
    ['of codes', POLICY.codes],
  ])('%s are never more than allowed within the window, however they come', (_what, of) => {
    const steps = fc.array(fc.tuple(fc.integer({ min: 0, max: 400_000 }), fc.constantFrom(0, 0, 0, 0, 1)), {
      maxLength: 250,
    });
    fc.assert(
      fc.property(steps, moves => {
        let state = attempts.fresh();
        let now = start;
        const counted: { at: Instant; id: string }[] = [];
        moves.forEach(([wait, success], i) => {
          now = Instant.plusMs(now, i % 3 === 0 ? wait : 1);
          const id = String(i);
          const outcome = attempts.decide({ type: 'CountAttempt', now, attempt: id, limits: of }, state);
          if (outcome.kind !== 'events') return;
          for (const event of outcome.events) state = attempts.evolve(state, event);
          if (success === 0) counted.push({ at: now, id });
          else {
            const given = attempts.decide({ type: 'GiveAttemptBack', now, attempt: id }, state);
            if (given.kind === 'events')
              for (const event of given.events) state = attempts.evolve(state, event);
          }
          const within = counted.filter(one => one.at > now - of.windowMs);
          expect(within.length).toBeLessThanOrEqual(of.tries);
        });
      }),
      { numRuns: 60 },
    );
  });
});
