import type { AccountId, Codec, Instant } from '#kernel';
import type { ContactKind } from './contacts.js';
import type { ForcedChange, LoginLevel, StaffRole } from './levels.js';
import { storedCodec } from './stored.js';

/** What the event that makes a login says of it. */
export interface LoginFacts {
  readonly login: string;
  readonly level: LoginLevel;
  /** All null for staff. */
  readonly account: AccountId | null;
  readonly circle: string | null;
  readonly unique: string | null;
  /** Null for customers. */
  readonly role: StaffRole | null;
  readonly name: string;
  /** Sealed, as it may be a mail address; the hash is that of its claim. */
  readonly loginIdSealed: string;
  readonly loginIdHash: string;
  readonly language: 'ja' | 'en';
  readonly passwordHash: string;
}

interface At {
  readonly at: Instant;
  readonly login: string;
}
export interface PasskeyFacts {
  readonly passkey: string;
  readonly publicKey: string;
  readonly counter: number;
  readonly transports: readonly string[];
  readonly label: string;
}

/**
 * Events of `login-<id>`. Passwords, codes and tokens never stand in them, only slow hashes and SHA-256;
 * contacts, login ids and TOTP secrets are sealed with a key outside the log.
 */
export type LoginEvent =
  | ({ readonly type: 'LoginCreated'; readonly at: Instant } & LoginFacts)
  | (At & {
      readonly type: 'LoginIdChanged';
      readonly loginIdSealed: string;
      readonly loginIdHash: string;
    })
  | (At & { readonly type: 'PasswordChanged'; readonly passwordHash: string })
  /** The same password with today's stronger parameters. */
  | (At & { readonly type: 'PasswordRehashed'; readonly passwordHash: string })
  | (At & { readonly type: 'ForcedChangeSet'; readonly value: ForcedChange })
  | (At & {
      readonly type: 'ContactRegistered';
      readonly contact: string;
      readonly kind: ContactKind;
      readonly sealed: string;
      /** HMAC of the value: the same contact is not registered twice. */
      readonly mac: string;
    })
  | (At & { readonly type: 'ContactRemoved'; readonly contact: string })
  /** By staff, e.g. after a telephone was lost: sessions begun before end, and no reset link counts. */
  | (At & { readonly type: 'ContactWithdrawn'; readonly contact: string })
  | (At & {
      readonly type: 'PasswordResetRequested';
      readonly tokenHash: string;
      readonly expiresAt: Instant;
    })
  | (At & { readonly type: 'PasswordReset'; readonly passwordHash: string })
  | (At & { readonly type: 'TotpEnrolled'; readonly sealed: string })
  | (At & { readonly type: 'TotpConfirmed'; readonly step: number })
  | (At & { readonly type: 'TotpStepUsed'; readonly step: number })
  | (At & { readonly type: 'TotpRemoved' })
  | (At & PasskeyFacts & { readonly type: 'PasskeyRegistered' })
  | (At & { readonly type: 'PasskeyUsed'; readonly passkey: string; readonly counter: number })
  | (At & { readonly type: 'PasskeyRemoved'; readonly passkey: string })
  /** By an admin: the authenticator app and all passkeys are gone; sessions begun before end. */
  | (At & { readonly type: 'SecondFactorsWithdrawn' })
  /** A pair of network and kind of browser that this login had not signed in from; only its HMAC. */
  | (At & { readonly type: 'SignInOriginSeen'; readonly originMac: string })
  | (At & { readonly type: 'StaffRoleSet'; readonly role: StaffRole })
  | (At & { readonly type: 'LoginDisabled' });

export type LoginCommand = { readonly now: Instant } & (
  | ({ readonly type: 'CreateLogin' } & LoginFacts)
  | { readonly type: 'ChangeLoginId'; readonly loginIdSealed: string; readonly loginIdHash: string }
  /** `unchanged`: the new password is the present one. */
  | { readonly type: 'ChangePassword'; readonly passwordHash: string; readonly unchanged: boolean }
  /** By the level above, which knows the password now: its owner has to choose another one. */
  | { readonly type: 'ReplacePassword'; readonly passwordHash: string }
  | { readonly type: 'RehashPassword'; readonly from: string; readonly passwordHash: string }
  | { readonly type: 'SetForcedChange'; readonly value: ForcedChange }
  | {
      readonly type: 'RegisterContact';
      readonly contact: string;
      readonly kind: ContactKind;
      readonly sealed: string;
      readonly mac: string;
    }
  | { readonly type: 'RemoveContact'; readonly contact: string }
  | { readonly type: 'WithdrawContact'; readonly contact: string }
  | { readonly type: 'RequestPasswordReset'; readonly tokenHash: string; readonly expiresAt: Instant }
  | { readonly type: 'ResetPassword'; readonly tokenHash: string; readonly passwordHash: string }
  | { readonly type: 'EnrolTotp'; readonly sealed: string }
  /** `step` is the time step that the code belongs to, null for a wrong code. */
  | { readonly type: 'ConfirmTotp' | 'UseTotp'; readonly step: number | null }
  | { readonly type: 'RemoveTotp' }
  | ({ readonly type: 'RegisterPasskey' } & PasskeyFacts)
  | { readonly type: 'UsePasskey'; readonly passkey: string; readonly counter: number }
  | { readonly type: 'RemovePasskey'; readonly passkey: string }
  | { readonly type: 'WithdrawSecondFactors' }
  | { readonly type: 'SeeOrigin'; readonly originMac: string }
  | { readonly type: 'SetStaffRole'; readonly role: StaffRole }
  | { readonly type: 'DisableLogin' }
);

/** In the order in which they are asked. */
export const LOGIN_REJECTIONS = [
  'LOGIN_EXISTS',
  'NO_SUCH_LOGIN',
  'LOGIN_DISABLED',
  'STAFF_ONLY',
  'PASSWORD_UNCHANGED',
  'RESET_REFUSED',
  'CONTACT_KNOWN',
  'TOO_MANY_CONTACTS',
  'NO_SUCH_CONTACT',
  'TOTP_ENROLLED',
  'NO_TOTP',
  'CODE_WRONG',
  'CODE_USED',
  'PASSKEY_KNOWN',
  'TOO_MANY_PASSKEYS',
  'NO_SUCH_PASSKEY',
] as const;
export type LoginRejection = (typeof LOGIN_REJECTIONS)[number];

export const loginStream = (login: string): string => `login-${login}`;

export const loginCodec: Codec<LoginEvent> = storedCodec<LoginEvent>(
  {
    LoginCreated: 'identity.LoginCreated.v1',
    LoginIdChanged: 'identity.LoginIdChanged.v1',
    PasswordChanged: 'identity.PasswordChanged.v1',
    PasswordRehashed: 'identity.PasswordRehashed.v1',
    ForcedChangeSet: 'identity.ForcedChangeSet.v1',
    ContactRegistered: 'identity.ContactRegistered.v1',
    ContactRemoved: 'identity.ContactRemoved.v1',
    ContactWithdrawn: 'identity.ContactWithdrawn.v1',
    PasswordResetRequested: 'identity.PasswordResetRequested.v1',
    PasswordReset: 'identity.PasswordReset.v1',
    TotpEnrolled: 'identity.TotpEnrolled.v1',
    TotpConfirmed: 'identity.TotpConfirmed.v1',
    TotpStepUsed: 'identity.TotpStepUsed.v1',
    TotpRemoved: 'identity.TotpRemoved.v1',
    PasskeyRegistered: 'identity.PasskeyRegistered.v1',
    PasskeyUsed: 'identity.PasskeyUsed.v1',
    PasskeyRemoved: 'identity.PasskeyRemoved.v1',
    SecondFactorsWithdrawn: 'identity.SecondFactorsWithdrawn.v1',
    SignInOriginSeen: 'identity.SignInOriginSeen.v1',
    StaffRoleSet: 'identity.StaffRoleSet.v1',
    LoginDisabled: 'identity.LoginDisabled.v1',
  },
  {
    LoginCreated: ['loginIdSealed', 'loginIdHash', 'passwordHash'],
    LoginIdChanged: ['loginIdSealed', 'loginIdHash'],
    PasswordChanged: ['passwordHash'],
    PasswordRehashed: ['passwordHash'],
    ForcedChangeSet: [],
    ContactRegistered: ['sealed', 'mac'],
    ContactRemoved: [],
    ContactWithdrawn: [],
    PasswordResetRequested: ['tokenHash'],
    PasswordReset: ['passwordHash'],
    TotpEnrolled: ['sealed'],
    TotpConfirmed: [],
    TotpStepUsed: [],
    TotpRemoved: [],
    PasskeyRegistered: [],
    PasskeyUsed: [],
    PasskeyRemoved: [],
    SecondFactorsWithdrawn: [],
    SignInOriginSeen: ['originMac'],
    StaffRoleSet: [],
    LoginDisabled: [],
  },
);
