import {
  assertNever,
  type Decider,
  defineEvents,
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
 * Tries against one login id, from one address, of one login's second step. A try is counted before it is
 * made, so that any number of them at once is never more than allowed; one that succeeds is given back. The
 * streams are the memory: a restart forgets nothing.
 */
export const attemptsEvents = defineEvents(
  { context: 'identity', stream: 'attempts-<what>_<hash>' },
  {
    AttemptCounted: event(
      { attempt: fact.text },
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
      { by: fact.oneOf('success', 'unlock') },
      {
        word: { ja: '試行の数を消した。', en: 'No try counts any more, and nothing is locked.' },
        sentence: { ja: '試行の数を消した（{by}）。', en: 'The tries were cleared ({by}).' },
      },
    ),
  },
);
export type AttemptsEvent = EventOf<typeof attemptsEvents>;

export type AttemptsCommand =
  | {
      readonly type: 'CountAttempt';
      readonly now: Instant;
      readonly attempt: string;
      readonly limits: TryLimits;
    }
  | { readonly type: 'GiveAttemptBack'; readonly now: Instant; readonly attempt: string }
  | { readonly type: 'ClearAttempts'; readonly now: Instant; readonly by: 'success' | 'unlock' };

export const ATTEMPTS_REJECTIONS = ['TOO_MANY_ATTEMPTS'] as const;
export type AttemptsRejection = (typeof ATTEMPTS_REJECTIONS)[number];

interface Try {
  readonly at: Instant;
  readonly attempt: string;
}
interface Lock {
  readonly until: Instant;
  readonly attempt: string;
}
export interface AttemptsState {
  /** Since the last lock or success, oldest first; a plain limit keeps them for its window. */
  readonly tries: readonly Try[];
  readonly lock: Lock | null;
  /** Locks since the last success: each is twice as long as the one before. */
  readonly locks: number;
}

/** Tries kept in memory: more than any limit of the catalogue allows within its window. */
const KEPT_AT_MOST = 10_000;

export const attemptsStream = (what: 'id' | 'from' | 'second' | 'codes' | 'resets', key: string): string =>
  `attempts-${what}_${key}`;

type Decision = Outcome<AttemptsEvent, AttemptsRejection>;

const tooMany = (now: Instant, until: number): Decision =>
  rejected('TOO_MANY_ATTEMPTS', 'too many tries; wait before the next one', {
    retryAfterS: String(Math.max(1, Math.ceil((until - now) / 1000))),
  });

function count(
  { now: at, attempt, limits }: Extract<AttemptsCommand, { type: 'CountAttempt' }>,
  state: AttemptsState,
): Decision {
  if (state.lock && at < state.lock.until) return tooMany(at, state.lock.until);
  const recent = state.tries.filter(one => one.at > at - limits.windowMs);
  const oldest = recent.at(-limits.tries);
  if (oldest) return tooMany(at, oldest.at + limits.windowMs);
  const counted: AttemptsEvent = { type: 'AttemptCounted', at, attempt };
  if (limits.lockMs === 0 || recent.length + 1 < limits.tries) return happened<AttemptsEvent>(counted);
  // After a quiet time as long as the longest lock, the old locks are no reason for a longer one.
  const quiet = state.lock !== null && at - state.lock.until > limits.lockMostMs;
  const lockMs = Math.min(limits.lockMs * 2 ** (quiet ? 0 : Math.min(state.locks, 30)), limits.lockMostMs);
  const until = Instant.plusMs(at, lockMs);
  return happened<AttemptsEvent>(counted, { type: 'AttemptsLocked', at, attempt, until });
}

function decide(command: AttemptsCommand, state: AttemptsState): Decision {
  const at = command.now;
  switch (command.type) {
    case 'CountAttempt':
      return count(command, state);
    case 'GiveAttemptBack': {
      const { attempt } = command;
      const known = state.tries.some(one => one.attempt === attempt) || state.lock?.attempt === attempt;
      if (!known) return nothing('this try does not count any more');
      return happened<AttemptsEvent>({ type: 'AttemptGivenBack', at, attempt });
    }
    case 'ClearAttempts':
      if (state.tries.length === 0 && state.lock === null) return nothing('there is nothing to clear');
      return happened<AttemptsEvent>({ type: 'AttemptsCleared', at, by: command.by });
    default:
      return assertNever(command);
  }
}

function evolve(state: AttemptsState, event: AttemptsEvent): AttemptsState {
  switch (event.type) {
    case 'AttemptCounted': {
      const { at, attempt } = event;
      return { ...state, tries: [...state.tries, { at, attempt }].slice(-KEPT_AT_MOST) };
    }
    case 'AttemptsLocked': {
      const { until, attempt } = event;
      return { tries: state.tries, lock: { until, attempt }, locks: state.locks + 1 };
    }
    case 'AttemptGivenBack': {
      const tries = state.tries.filter(one => one.attempt !== event.attempt);
      const lifted = state.lock?.attempt === event.attempt;
      return lifted ? { tries, lock: null, locks: Math.max(0, state.locks - 1) } : { ...state, tries };
    }
    case 'AttemptsCleared':
      return { tries: [], lock: null, locks: 0 };
    default:
      return assertNever(event);
  }
}

export const attempts: Decider<AttemptsCommand, AttemptsEvent, AttemptsState, AttemptsRejection> = {
  name: 'attempts',
  initial: { tries: [], lock: null, locks: 0 },
  fresh: () => ({ tries: [], lock: null, locks: 0 }),
  decide,
  evolve,
};
