import type { AccountId, Codec, Instant } from '#kernel';
import type { Method } from './contacts.js';
import type { IdentityPolicy } from './identity-policy.js';
import type { LoginLevel, SessionStage } from './levels.js';
import { storedCodec } from './stored.js';

/** How the second step was passed or failed. */
export type Factor = 'code' | 'totp' | 'passkey';

export interface SessionFacts {
  readonly session: string;
  readonly login: string;
  readonly level: LoginLevel;
  readonly stage: SessionStage;
  /** The login's epoch in which the session began: a later one ends it. */
  readonly epoch: number;
  /** SHA-256 of the secret in the cookie. */
  readonly secretHash: string;
  /** Its end, whatever is done. */
  readonly expiresAt: Instant;
  /** Milliseconds of rest after which it is over. */
  readonly idleMs: number;
  readonly language: 'ja' | 'en';
  /** Address and agent, sealed: personal data. */
  readonly originSealed: string;
  /** The session that passed the second step and became this one. */
  readonly previous: string | null;
}

interface At {
  readonly at: Instant;
  readonly session: string;
}
export interface Place {
  readonly account: AccountId;
  readonly circle: string | null;
  readonly unique: string | null;
}

/** Events of `session-<id>`. */
export type SessionEvent =
  | ({ readonly type: 'SessionStarted'; readonly at: Instant } & SessionFacts)
  | (At & {
      readonly type: 'CodeSent';
      /** HMAC of session and code: the code itself is nowhere but in the message. */
      readonly codeMac: string;
      readonly contact: string;
      readonly method: Method;
      readonly expiresAt: Instant;
    })
  | (At & { readonly type: 'CodeRefused'; readonly factor: Factor })
  /** This session is over: `next` carries on with an id and a secret of its own. */
  | (At & { readonly type: 'SecondStepPassed'; readonly factor: Factor; readonly next: string })
  /** The password was renewed: the session goes on in the login's new epoch. */
  | (At & { readonly type: 'PasswordRenewed'; readonly epoch: number })
  /** The password was given once more: what needs a fresh proof may be done for a while. */
  | (At & { readonly type: 'SessionConfirmed' })
  | (At & { readonly type: 'SessionSeen' })
  | (At & { readonly type: 'LanguageChosen'; readonly language: 'ja' | 'en' })
  | (At & Place & { readonly type: 'LevelEntered' })
  /** Staff look at pages as the customer sees them, and say why; nothing can be changed there. */
  | (At & Place & { readonly type: 'CustomerViewed'; readonly reason: string })
  | (At & { readonly type: 'LevelLeft' })
  | (At & { readonly type: 'PasskeyChallenged'; readonly challenge: string; readonly expiresAt: Instant })
  | (At & { readonly type: 'PasskeyChallengeTaken' })
  | (At & { readonly type: 'SessionEnded'; readonly by: 'sign_out' | 'revoked' });

export type SessionCommand = { readonly now: Instant } & (
  | ({ readonly type: 'StartSession' } & SessionFacts)
  | {
      readonly type: 'SendCode';
      readonly codeMac: string;
      readonly contact: string;
      readonly method: Method;
      /** Methods that the contact can be reached by; null when the login has no such contact. */
      readonly offered: readonly Method[] | null;
      readonly code: IdentityPolicy['code'];
    }
  | {
      readonly type: 'EnterCode';
      readonly codeMac: string;
      readonly next: string;
      readonly code: IdentityPolicy['code'];
    }
  /** `passed` is what the authenticator app or the passkey says. */
  | {
      readonly type: 'ShowFactor';
      readonly factor: 'totp' | 'passkey';
      readonly passed: boolean;
      readonly next: string;
      readonly code: IdentityPolicy['code'];
    }
  | { readonly type: 'RenewPassword'; readonly epoch: number }
  | { readonly type: 'Confirm' }
  | { readonly type: 'See'; readonly notWithinMs: number }
  | { readonly type: 'ChooseLanguage'; readonly language: 'ja' | 'en' }
  /** `from` is where the login itself belongs. */
  | { readonly type: 'EnterLevel'; readonly to: Place; readonly from: Place }
  | { readonly type: 'ViewCustomer'; readonly to: Place; readonly reason: string }
  | { readonly type: 'LeaveLevel' }
  | { readonly type: 'ChallengePasskey'; readonly challenge: string; readonly expiresAt: Instant }
  | { readonly type: 'TakePasskeyChallenge'; readonly challenge: string }
  | { readonly type: 'EndSession'; readonly by: 'sign_out' | 'revoked' }
);

/** In the order in which they are asked. */
export const SESSION_REJECTIONS = [
  'SESSION_EXISTS',
  'NO_SUCH_SESSION',
  'CODE_USED',
  'SESSION_OVER',
  'NOT_IN_THIS_STAGE',
  'NO_SUCH_CONTACT',
  'METHOD_NOT_OFFERED',
  'TOO_MANY_CODES',
  'RESEND_TOO_SOON',
  'NO_CODE_SENT',
  'TOO_MANY_TRIES',
  'CODE_EXPIRED',
  'STAFF_ONLY',
  'REASON_REQUIRED',
  'NOT_DOWNWARD',
  'CHALLENGE_OVER',
] as const;
export type SessionRejection = (typeof SESSION_REJECTIONS)[number];

export const sessionStream = (session: string): string => `session-${session}`;

export const sessionCodec: Codec<SessionEvent> = storedCodec<SessionEvent>(
  {
    SessionStarted: 'identity.SessionStarted.v1',
    CodeSent: 'identity.CodeSent.v1',
    CodeRefused: 'identity.CodeRefused.v1',
    SecondStepPassed: 'identity.SecondStepPassed.v1',
    PasswordRenewed: 'identity.PasswordRenewed.v1',
    SessionConfirmed: 'identity.SessionConfirmed.v1',
    SessionSeen: 'identity.SessionSeen.v1',
    LanguageChosen: 'identity.LanguageChosen.v1',
    LevelEntered: 'identity.LevelEntered.v1',
    CustomerViewed: 'identity.CustomerViewed.v1',
    LevelLeft: 'identity.LevelLeft.v1',
    PasskeyChallenged: 'identity.PasskeyChallenged.v1',
    PasskeyChallengeTaken: 'identity.PasskeyChallengeTaken.v1',
    SessionEnded: 'identity.SessionEnded.v1',
  },
  {
    SessionStarted: ['secretHash', 'originSealed'],
    CodeSent: ['codeMac'],
    CodeRefused: [],
    SecondStepPassed: [],
    PasswordRenewed: [],
    SessionConfirmed: [],
    SessionSeen: [],
    LanguageChosen: [],
    LevelEntered: [],
    CustomerViewed: [],
    LevelLeft: [],
    PasskeyChallenged: ['challenge'],
    PasskeyChallengeTaken: [],
    SessionEnded: [],
  },
);
