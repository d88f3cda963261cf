import { assertNever, type Decider, happened, Instant, nothing, type Outcome, rejected } from '#kernel';
import { HOUR_MS } from './identity-policy.js';
import {
  type Place,
  type SessionCommand,
  type SessionEvent,
  type SessionRejection,
  sessionRefusals,
  sessionUnchanged,
} from './session.events.js';
import {
  awaitsSecondStep,
  type BegunSession,
  evolveSession,
  isLive,
  type SessionState,
} from './session.state.js';

type Decision = Outcome<SessionEvent, SessionRejection>;
type Command<Type extends SessionCommand['type']> = Extract<SessionCommand, { type: Type }>;

const notInThisStage = (): Decision => rejected(sessionRefusals.NOT_IN_THIS_STAGE);
const tooManyTries = (): Decision => rejected(sessionRefusals.TOO_MANY_TRIES);

function start(command: Command<'StartSession'>, state: SessionState): Decision {
  if (state.phase !== 'none') return rejected(sessionRefusals.SESSION_EXISTS);
  const { type: _type, now: at, ...facts } = command;
  return happened<SessionEvent>({ type: 'SessionStarted', at, ...facts });
}

/** Seconds until something is allowed again, at least one. */
const waitOf = (now: Instant, until: number): Record<string, string> => ({
  retryAfterS: String(Math.max(1, Math.ceil((until - now) / 1000))),
});

function sendCode(command: Command<'SendCode'>, state: BegunSession): Decision {
  const { now: at, codeMac, contact, method, offered, code } = command;
  if (!awaitsSecondStep(state)) return notInThisStage();
  if (offered === null) return rejected(sessionRefusals.NO_SUCH_CONTACT);
  if (!offered.includes(method)) return rejected(sessionRefusals.METHOD_NOT_OFFERED);
  const limiting = state.sent.filter(sentAt => sentAt > at - HOUR_MS).at(-code.perHour);
  if (limiting !== undefined) {
    const wait = waitOf(at, limiting + HOUR_MS);
    return rejected(sessionRefusals.TOO_MANY_CODES, wait);
  }
  const last = state.sent.at(-1);
  if (last !== undefined && at - last < code.resendMs) {
    const wait = waitOf(at, last + code.resendMs);
    return rejected(sessionRefusals.RESEND_TOO_SOON, wait);
  }
  const { session } = state;
  const expiresAt = Instant.plusMs(at, code.lifetimeMs);
  return happened<SessionEvent>({ type: 'CodeSent', at, session, codeMac, contact, method, expiresAt });
}

function enterCode(command: Command<'EnterCode'>, state: BegunSession): Decision {
  const { now: at, codeMac, next, code } = command;
  const { session } = state;
  if (!awaitsSecondStep(state)) return notInThisStage();
  if (state.code === null) return rejected(sessionRefusals.NO_CODE_SENT);
  if (state.code.refused >= code.tries) return tooManyTries();
  if (at >= state.code.expiresAt) return rejected(sessionRefusals.CODE_EXPIRED);
  return state.code.codeMac === codeMac
    ? happened<SessionEvent>({ type: 'SecondStepPassed', at, session, factor: 'code', next })
    : happened<SessionEvent>({ type: 'CodeRefused', at, session, factor: 'code' });
}

function showFactor(command: Command<'ShowFactor'>, state: BegunSession): Decision {
  const { now: at, factor, passed, next, code } = command;
  const { session } = state;
  if (!awaitsSecondStep(state)) return notInThisStage();
  if (state.factorsRefused >= code.tries) return tooManyTries();
  return passed
    ? happened<SessionEvent>({ type: 'SecondStepPassed', at, session, factor, next })
    : happened<SessionEvent>({ type: 'CodeRefused', at, session, factor });
}

/** Whether a place lies below another one, or is deeper in it: account > circle > unique (ACC-12). */
function isBelow(to: Place, from: Place): boolean {
  if (to.account !== from.account || from.unique !== null) return false;
  if (from.circle !== null) return to.circle === from.circle && to.unique !== null;
  return to.circle !== null;
}

function enter(command: Command<'EnterLevel' | 'ViewCustomer'>, state: BegunSession): Decision {
  const { now: at, to } = command;
  const { session } = state;
  if (state.stage !== 'signed_in') return notInThisStage();
  const { account, circle, unique } = to;
  if (command.type === 'ViewCustomer') {
    if (state.level !== 'staff') return rejected(sessionRefusals.STAFF_ONLY);
    const reason = command.reason.trim();
    if (reason === '') return rejected(sessionRefusals.REASON_REQUIRED);
    return happened<SessionEvent>({
      type: 'CustomerViewed',
      at,
      session,
      account,
      circle,
      unique,
      reason,
    });
  }
  if (!isBelow(to, command.from)) return rejected(sessionRefusals.NOT_DOWNWARD);
  return happened<SessionEvent>({ type: 'LevelEntered', at, session, account, circle, unique });
}

function passkeyChallenge(
  command: Command<'ChallengePasskey' | 'TakePasskeyChallenge'>,
  state: BegunSession,
): Decision {
  const { now: at, challenge } = command;
  const { session } = state;
  if (command.type === 'ChallengePasskey') {
    const { expiresAt } = command;
    return happened<SessionEvent>({ type: 'PasskeyChallenged', at, session, challenge, expiresAt });
  }
  const open = state.challenge;
  if (open === null || open.challenge !== challenge || at >= open.expiresAt)
    return rejected(sessionRefusals.CHALLENGE_OVER);
  return happened<SessionEvent>({ type: 'PasskeyChallengeTaken', at, session });
}

function decideLive(
  command: Exclude<SessionCommand, { type: 'StartSession' }>,
  state: BegunSession,
): Decision {
  const { now: at } = command;
  const { session } = state;
  switch (command.type) {
    case 'SendCode':
      return sendCode(command, state);
    case 'EnterCode':
      return enterCode(command, state);
    case 'ShowFactor':
      return showFactor(command, state);
    case 'RenewPassword':
      if (state.stage === 'second_step') return notInThisStage();
      return happened<SessionEvent>({ type: 'PasswordRenewed', at, session, epoch: command.epoch });
    case 'Confirm':
      if (state.stage !== 'signed_in') return notInThisStage();
      return happened<SessionEvent>({ type: 'SessionConfirmed', at, session });
    case 'See':
      if (at - state.seenAt < command.notWithinMs) return nothing(sessionUnchanged.SEEN_JUST_NOW);
      return happened<SessionEvent>({ type: 'SessionSeen', at, session });
    case 'ChooseLanguage': {
      const { language } = command;
      if (language === state.language) return nothing(sessionUnchanged.SAME_LANGUAGE);
      return happened<SessionEvent>({ type: 'LanguageChosen', at, session, language });
    }
    case 'EnterLevel':
    case 'ViewCustomer':
      return enter(command, state);
    case 'LeaveLevel':
      if (state.viewing === null) return nothing(sessionUnchanged.AT_OWN_LEVEL);
      return happened<SessionEvent>({ type: 'LevelLeft', at, session });
    case 'ChallengePasskey':
    case 'TakePasskeyChallenge':
      return passkeyChallenge(command, state);
    case 'EndSession':
      return happened<SessionEvent>({ type: 'SessionEnded', at, session, by: command.by });
    default:
      return assertNever(command);
  }
}

function decide(command: SessionCommand, state: SessionState): Decision {
  if (command.type === 'StartSession') return start(command, state);
  if (state.phase === 'none') return rejected(sessionRefusals.NO_SUCH_SESSION);
  if (command.type === 'EndSession' && state.phase !== 'live') return nothing(sessionUnchanged.SESSION_ENDED);
  const secondStep = command.type === 'EnterCode' || command.type === 'ShowFactor';
  if (secondStep && state.phase === 'passed') return rejected(sessionRefusals.CODE_USED);
  if (!isLive(state, command.now)) return rejected(sessionRefusals.SESSION_OVER);
  return decideLive(command, state);
}

/**
 * A sign-in from the password to its end. Limits of codes: lifetime, tries of each, wait before the next one
 * and how many in an hour are the policy's; a code opens the session once (ID-16).
 */
export const session: Decider<SessionCommand, SessionEvent, SessionState, SessionRejection> = {
  name: 'session',
  fresh: () => ({ phase: 'none' }),
  decide,
  evolve: evolveSession,
};
