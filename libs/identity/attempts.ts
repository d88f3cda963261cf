import {
  assertNever,
  type CodeOf,
  type Decider,
  defineEvents,
  defineRefusals,
  defineUnchanged,
  type EventOf,
  event,
  fact,
  happened,
  Instant,
  nothing,
  type Outcome,
  rejected,
} from '#kernel';
import type { TryLimits } from './identity-policy.js';

/**
 * The keyed hash of the network that a password was tried from; tries without one (older ones, and those of
 * limits that ask for no network) count together.
 */
const network = fact.optional(fact.secret(fact.text));

/**
 * Tries against one login id, from one address, of one login's second step. A try is counted before it is
 * made, so that any number of them at once is never more than allowed; one that succeeds is given back. The
 * streams are the memory: a restart forgets nothing.
 */
export const attemptsEvents = defineEvents(
  { context: 'identity', stream: 'attempts-<what>_<hash>' },
  {
    AttemptCounted: event(
      { attempt: fact.text, network },
      {
        act: false,
        word: { ja: 'ログインなどの試行を数えた。', en: 'A try was counted, before it was made.' },
        sentence: { ja: '試行 {attempt} を数えた。', en: 'Try {attempt} was counted.' },
      },
    ),
    AttemptsLocked: event(
      {
        /** The try that was one too many: when it succeeds after all, nothing is locked. */
        attempt: fact.text,
        until: fact.instant,
        network,
      },
      {
        act: false,
        word: { ja: '試行が多すぎるため一時停止した。', en: 'Too many tries: no more until then.' },
        sentence: {
          ja: '試行が多すぎるため {until|time} まで停止した。',
          en: 'Too many tries: locked until {until|time}.',
        },
      },
    ),
    AttemptGivenBack: event(
      { attempt: fact.text },
      {
        act: false,
        word: { ja: '成功した試行を数から除いた。', en: 'A try succeeded: it counts no more.' },
        sentence: {
          ja: '成功した試行 {attempt} を数から除いた。',
          en: 'Try {attempt} succeeded and counts no more.',
        },
      },
    ),
    AttemptsCleared: event(
      /** Of one network, where a try from it succeeded; without one all of them. */
      { by: fact.oneOf('success', 'unlock'), network },
      {
        word: { ja: '試行の数を消した。', en: 'No try counts any more, and nothing is locked.' },
        sentence: { ja: '試行の数を消した（{by}）。', en: 'The tries were cleared ({by}).' },
      },
    ),
  },
);
export type AttemptsEvent = EventOf<typeof attemptsEvents>;

interface FromNetwork {
  readonly network?: string;
}

export type AttemptsCommand =
  | ({
      readonly type: 'CountAttempt';
      readonly now: Instant;
      readonly attempt: string;
      /** Of the tries of this network. */
      readonly limits: TryLimits;
      /** Of the tries of all networks together, which it refuses and never locks. */
      readonly anywhere?: TryLimits;
    } & FromNetwork)
  | { readonly type: 'GiveAttemptBack'; readonly now: Instant; readonly attempt: string }
  | ({
      readonly type: 'ClearAttempts';
      readonly now: Instant;
      readonly by: 'success' | 'unlock';
    } & FromNetwork);

export const attemptsRefusals = defineRefusals({
  TOO_MANY_ATTEMPTS: {
    status: 429,
    ja: '試行回数が多すぎます。しばらく待ってからお試しください。',
    en: 'There were too many tries. Wait before the next one.',
  },
});

/** Why a command may have nothing to do. */
const attemptsUnchanged = defineUnchanged({
  NOTHING_TO_CLEAR: { ja: '解除する試行の記録はありません。', en: 'there is nothing to clear' },
  COUNTS_NO_MORE: { ja: 'この試行は、既に数に入っていません。', en: 'this try does not count any more' },
});
export type AttemptsRejection = CodeOf<typeof attemptsRefusals>;

interface Try {
  readonly at: Instant;
  readonly attempt: string;
  readonly network: string;
}
interface Lock {
  readonly until: Instant;
  readonly attempt: string;
}
/** What stands against one network. */
interface Locked {
  readonly lock: Lock | null;
  /** Locks since the last success: each is twice as long as the one before. */
  readonly locks: number;
}
export interface AttemptsState {
  /** Since the last success, oldest first; a plain limit keeps them for its window. */
  readonly tries: readonly Try[];
  readonly locked: ReadonlyMap<string, Locked>;
}

/** Tries kept in memory: more than any limit of the catalogue allows within its window. */
const KEPT_AT_MOST = 10_000;
/** Networks whose locks are kept in memory; each of them had to use up all its tries. */
const NETWORKS_AT_MOST = 1_000;
/** The network of tries that name none. */
const NO_NETWORK = '';
const UNLOCKED: Locked = { lock: null, locks: 0 };

/**
 * What is counted: tries of a login id, from an address, of a second step; codes and reset links that were
 * sent, and those that were asked for in vain.
 */
export type Limited = 'id' | 'from' | 'second' | 'codes' | 'resets' | 'unsent';

export const attemptsStream = (what: Limited, key: string): string => `attempts-${what}_${key}`;

type Decision = Outcome<AttemptsEvent, AttemptsRejection>;

const tooMany = (now: Instant, until: number): Decision =>
  rejected(attemptsRefusals.TOO_MANY_ATTEMPTS, {
    retryAfterS: String(Math.max(1, Math.ceil((until - now) / 1000))),
  });

/** Until when a plain window is full; undefined while there is room in it. */
function fullUntil(
  tries: readonly Try[],
  at: Instant,
  { tries: most, windowMs }: TryLimits,
): number | undefined {
  const oldest = tries.filter(one => one.at > at - windowMs).at(-most);
  return oldest && oldest.at + windowMs;
}

function count(
  { now: at, attempt, limits, anywhere, network }: Extract<AttemptsCommand, { type: 'CountAttempt' }>,
  state: AttemptsState,
): Decision {
  const key = network ?? NO_NETWORK;
  const { lock, locks } = state.locked.get(key) ?? UNLOCKED;
  if (lock && at < lock.until) return tooMany(at, lock.until);
  const own = state.tries.filter(one => one.network === key);
  const full = fullUntil(own, at, limits) ?? (anywhere && fullUntil(state.tries, at, anywhere));
  if (full !== undefined) return tooMany(at, full);
  const from = network === undefined ? {} : { network };
  const counted: AttemptsEvent = { type: 'AttemptCounted', at, attempt, ...from };
  const recent = own.filter(one => one.at > at - limits.windowMs).length;
  if (limits.lockMs === 0 || recent + 1 < limits.tries) return happened<AttemptsEvent>(counted);
  // After a quiet time as long as the longest lock, the old locks are no reason for a longer one.
  const quiet = lock !== null && at - lock.until > limits.lockMostMs;
  const lockMs = Math.min(limits.lockMs * 2 ** (quiet ? 0 : Math.min(locks, 30)), limits.lockMostMs);
  const until = Instant.plusMs(at, lockMs);
  return happened<AttemptsEvent>(counted, { type: 'AttemptsLocked', at, attempt, until, ...from });
}

function clear(
  { now: at, by, network }: Extract<AttemptsCommand, { type: 'ClearAttempts' }>,
  { tries, locked }: AttemptsState,
): Decision {
  const any =
    network === undefined
      ? tries.length > 0 || [...locked.values()].some(({ lock }) => lock !== null)
      : tries.some(one => one.network === network) || locked.has(network);
  if (!any) return nothing(attemptsUnchanged.NOTHING_TO_CLEAR);
  return happened<AttemptsEvent>({
    type: 'AttemptsCleared',
    at,
    by,
    ...(network === undefined ? {} : { network }),
  });
}

function decide(command: AttemptsCommand, state: AttemptsState): Decision {
  switch (command.type) {
    case 'CountAttempt':
      return count(command, state);
    case 'GiveAttemptBack': {
      const { attempt, now: at } = command;
      const known =
        state.tries.some(one => one.attempt === attempt) ||
        [...state.locked.values()].some(({ lock }) => lock?.attempt === attempt);
      if (!known) return nothing(attemptsUnchanged.COUNTS_NO_MORE);
      return happened<AttemptsEvent>({ type: 'AttemptGivenBack', at, attempt });
    }
    case 'ClearAttempts':
      return clear(command, state);
    default:
      return assertNever(command);
  }
}

/** With what stands against one network; those whose lock is longest ago are forgotten first. */
function withLocked(locked: AttemptsState['locked'], network: string, next: Locked): Map<string, Locked> {
  const all = new Map(locked);
  all.delete(network);
  all.set(network, next);
  if (all.size > NETWORKS_AT_MOST) all.delete(all.keys().next().value!);
  return all;
}

/** A try that was given back lifts the lock that it set. */
function givenBack({ tries, locked }: AttemptsState, attempt: string): AttemptsState {
  const left = tries.filter(one => one.attempt !== attempt);
  for (const [network, { lock, locks }] of locked)
    if (lock?.attempt === attempt)
      return {
        tries: left,
        locked: withLocked(locked, network, { lock: null, locks: Math.max(0, locks - 1) }),
      };
  return { tries: left, locked };
}

function evolve(state: AttemptsState, event: AttemptsEvent): AttemptsState {
  switch (event.type) {
    case 'AttemptCounted': {
      const { at, attempt, network = NO_NETWORK } = event;
      return { ...state, tries: [...state.tries, { at, attempt, network }].slice(-KEPT_AT_MOST) };
    }
    case 'AttemptsLocked': {
      const { until, attempt, network = NO_NETWORK } = event;
      const { locks } = state.locked.get(network) ?? UNLOCKED;
      const next = { lock: { until, attempt }, locks: locks + 1 };
      return { ...state, locked: withLocked(state.locked, network, next) };
    }
    case 'AttemptGivenBack':
      return givenBack(state, event.attempt);
    case 'AttemptsCleared': {
      const { network } = event;
      if (network === undefined) return { tries: [], locked: new Map() };
      const locked = new Map(state.locked);
      locked.delete(network);
      return { tries: state.tries.filter(one => one.network !== network), locked };
    }
    default:
      return assertNever(event);
  }
}

/** Until when tries are locked, from a network or from any; null when they are not. */
export function lockedUntil({ locked }: AttemptsState, now: Instant, network?: string): Instant | null {
  const asked = network === undefined ? [...locked.values()] : [locked.get(network) ?? UNLOCKED];
  const until = asked.flatMap(({ lock }) => (lock && lock.until > now ? [lock.until] : []));
  return until.length === 0 ? null : until.reduce(Instant.later);
}

export const attempts: Decider<AttemptsCommand, AttemptsEvent, AttemptsState, AttemptsRejection> = {
  name: 'attempts',
  fresh: () => ({ tries: [], locked: new Map() }),
  decide,
  evolve,
};
