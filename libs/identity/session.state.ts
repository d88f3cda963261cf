import { assertNever, Instant } from '#kernel';
import type { Method } from './contacts.js';
import type { Place, SessionEvent, SessionFacts } from './session.events.js';

export interface SentCode {
  readonly codeMac: string;
  readonly contact: string;
  readonly method: Method;
  readonly sentAt: Instant;
  readonly expiresAt: Instant;
  /** Wrong entries so far. */
  readonly refused: number;
}
export interface BegunSession extends SessionFacts {
  /** `passed`: it became another session with the second step. */
  readonly phase: 'live' | 'passed' | 'ended';
  readonly startedAt: Instant;
  readonly seenAt: Instant;
  /** When the password or a second step was shown last. */
  readonly confirmedAt: Instant;
  /** The newest code: an older one counts no more. */
  readonly code: SentCode | null;
  /** When codes were sent, oldest first. */
  readonly sent: readonly Instant[];
  /** Wrong codes of the authenticator app and passkeys that did not fit. */
  readonly factorsRefused: number;
  readonly viewing: (Place & { readonly readOnly: boolean }) | null;
  readonly challenge: { readonly challenge: string; readonly expiresAt: Instant } | null;
}
export type SessionState = { readonly phase: 'none' } | BegunSession;

/** Whether a session still opens something: not ended, not too old, not left alone for too long. */
export const isLive = (state: SessionState, now: Instant): state is BegunSession =>
  state.phase === 'live' && now < state.expiresAt && now - state.seenAt <= state.idleMs;

/** So long what was shown counts as shown just now. */
const CONFIRMED_MS = 600_000;

/** Whether a session may change what protects its login, without showing the password once more. */
export const isConfirmed = ({ confirmedAt }: BegunSession, now: Instant): boolean =>
  now - confirmedAt <= CONFIRMED_MS;

/**
 * Whether a second step belongs to the session: it was passed, and made the session (AUT-07). One without it
 * can pass it still, as soon as its login has a contact or another second factor.
 */
export const isVerified = ({ previous }: Pick<BegunSession, 'previous'>): boolean => previous !== null;

/** Whether a code or another factor can be shown now: at sign-in, or after it where none was asked for. */
export const awaitsSecondStep = (state: BegunSession): boolean =>
  state.stage === 'second_step' || (state.stage === 'signed_in' && !isVerified(state));

function started(event: Extract<SessionEvent, { type: 'SessionStarted' }>): BegunSession {
  const { type: _type, at, ...facts } = event;
  return {
    ...facts,
    phase: 'live',
    startedAt: at,
    seenAt: at,
    confirmedAt: at,
    code: null,
    sent: [],
    factorsRefused: 0,
    viewing: null,
    challenge: null,
  };
}

function after(state: BegunSession, event: Exclude<SessionEvent, { type: 'SessionStarted' }>): BegunSession {
  switch (event.type) {
    case 'CodeSent': {
      const { at: sentAt, codeMac, contact, method, expiresAt } = event;
      const code = { codeMac, contact, method, sentAt, expiresAt, refused: 0 };
      return { ...state, code, sent: [...state.sent, sentAt] };
    }
    case 'CodeRefused':
      if (event.factor !== 'code') return { ...state, factorsRefused: state.factorsRefused + 1 };
      return { ...state, code: state.code && { ...state.code, refused: state.code.refused + 1 } };
    case 'SecondStepPassed':
      return { ...state, phase: 'passed' };
    case 'PasswordRenewed':
      return { ...state, stage: 'signed_in', epoch: event.epoch, confirmedAt: event.at };
    case 'SessionConfirmed':
      return { ...state, confirmedAt: event.at };
    case 'SessionSeen':
      return state;
    case 'LanguageChosen':
      return { ...state, language: event.language };
    case 'LevelEntered':
    case 'CustomerViewed': {
      const { account, circle, unique } = event;
      const readOnly = event.type === 'CustomerViewed';
      return { ...state, viewing: { account, circle, unique, readOnly } };
    }
    case 'LevelLeft':
      return { ...state, viewing: null };
    case 'PasskeyChallenged':
      return { ...state, challenge: { challenge: event.challenge, expiresAt: event.expiresAt } };
    case 'PasskeyChallengeTaken':
      return { ...state, challenge: null };
    case 'SessionEnded':
      return { ...state, phase: 'ended' };
    default:
      return assertNever(event);
  }
}

export function evolveSession(state: SessionState, event: SessionEvent): SessionState {
  if (event.type === 'SessionStarted') return started(event);
  if (state.phase === 'none') return state;
  const next = after(state, event);
  return { ...next, seenAt: Instant.later(next.seenAt, event.at) };
}
