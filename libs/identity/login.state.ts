import { assertNever, type Instant } from '#kernel';
import type { ContactKind } from './contacts.js';
import type { LoginEvent, LoginFacts, PasskeyFacts } from './login.events.js';
import type { Demand } from './password-policy.js';

export interface Contact {
  readonly contact: string;
  readonly kind: ContactKind;
  readonly sealed: string;
  readonly mac: string;
}
export interface RegisteredPasskey extends PasskeyFacts {
  readonly createdAt: Instant;
  readonly lastUsedAt: Instant | null;
}
export interface Totp {
  readonly sealed: string;
  /** Null until the first code shows that the app has the secret. */
  readonly confirmedAt: Instant | null;
  /** The newest time step that was used: it and all before it count no more. */
  readonly lastStep: number;
}
export interface ExistingLogin extends LoginFacts {
  readonly phase: 'live' | 'disabled';
  readonly createdAt: Instant;
  readonly passwordChangedAt: Instant;
  /**
   * Counts what must end the sessions begun before: a changed password, a reset, another role, what staff
   * withdrew, the end of the login. A session is good for the epoch in which it began.
   */
  readonly epoch: number;
  readonly demand: Demand | null;
  readonly contacts: readonly Contact[];
  readonly totp: Totp | null;
  readonly passkeys: readonly RegisteredPasskey[];
  /** HMACs of where it signed in from, oldest first. */
  readonly origins: readonly string[];
  readonly reset: { readonly tokenHash: string; readonly expiresAt: Instant } | null;
}
export type LoginState = { readonly phase: 'none' } | ExistingLogin;

/** Older ones are forgotten: who comes back after so many others is told of once more. */
const ORIGINS_KEPT = 50;

/** Whether something besides the password must be shown at sign-in. */
export const hasSecondStep = (login: ExistingLogin): boolean =>
  login.contacts.length > 0 || login.totp?.confirmedAt != null || login.passkeys.length > 0;

type Created = Extract<LoginEvent, { type: 'LoginCreated' }>;

const createdFrom = ({ type: _type, at, ...facts }: Created): ExistingLogin => ({
  ...facts,
  phase: 'live',
  createdAt: at,
  passwordChangedAt: at,
  epoch: 0,
  demand: null,
  contacts: [],
  totp: null,
  passkeys: [],
  origins: [],
  reset: null,
});

const newPassword = (login: ExistingLogin, passwordHash: string, at: Instant): ExistingLogin => ({
  ...login,
  passwordHash,
  passwordChangedAt: at,
  epoch: login.epoch + 1,
  demand: null,
  // A link that is still under way must not undo what was just chosen.
  reset: null,
});

const without = ({ contacts }: ExistingLogin, contact: string): readonly Contact[] =>
  contacts.filter(one => one.contact !== contact);

const withTotp = (login: ExistingLogin, change: Partial<Totp>): ExistingLogin =>
  login.totp ? { ...login, totp: { ...login.totp, ...change } } : login;

function withPasskeys(
  login: ExistingLogin,
  event: Extract<LoginEvent, { type: 'PasskeyRegistered' | 'PasskeyUsed' | 'PasskeyRemoved' }>,
): ExistingLogin {
  const { passkeys } = login;
  switch (event.type) {
    case 'PasskeyRegistered': {
      const { passkey, publicKey, counter, transports, label, at: createdAt } = event;
      const fresh = { passkey, publicKey, counter, transports, label, createdAt, lastUsedAt: null };
      return { ...login, passkeys: [...passkeys, fresh] };
    }
    case 'PasskeyUsed': {
      const { counter, at: lastUsedAt } = event;
      const used = passkeys.map(one =>
        one.passkey === event.passkey ? { ...one, counter, lastUsedAt } : one,
      );
      return { ...login, passkeys: used };
    }
    case 'PasskeyRemoved':
      return { ...login, passkeys: passkeys.filter(one => one.passkey !== event.passkey) };
    default:
      return assertNever(event);
  }
}

export function evolveLogin(state: LoginState, event: LoginEvent): LoginState {
  if (event.type === 'LoginCreated') return createdFrom(event);
  if (state.phase === 'none') return state;
  switch (event.type) {
    case 'LoginIdChanged':
      return { ...state, loginIdSealed: event.loginIdSealed, loginIdHash: event.loginIdHash };
    case 'PasswordChanged':
    case 'PasswordReset':
      return newPassword(state, event.passwordHash, event.at);
    case 'PasswordRehashed':
      return { ...state, passwordHash: event.passwordHash };
    case 'ForcedChangeSet':
      return { ...state, demand: { value: event.value, at: event.at } };
    case 'ContactRegistered': {
      const { contact, kind, sealed, mac } = event;
      return { ...state, contacts: [...state.contacts, { contact, kind, sealed, mac }] };
    }
    case 'ContactRemoved':
      return { ...state, contacts: without(state, event.contact) };
    case 'ContactWithdrawn':
      // Who holds the lost telephone may be signed in, or have asked for a link to it.
      return { ...state, contacts: without(state, event.contact), epoch: state.epoch + 1, reset: null };
    case 'PasswordResetRequested':
      return { ...state, reset: { tokenHash: event.tokenHash, expiresAt: event.expiresAt } };
    case 'TotpEnrolled':
      return { ...state, totp: { sealed: event.sealed, confirmedAt: null, lastStep: -1 } };
    case 'TotpConfirmed':
      return withTotp(state, { confirmedAt: event.at, lastStep: event.step });
    case 'TotpStepUsed':
      return withTotp(state, { lastStep: event.step });
    case 'TotpRemoved':
      return { ...state, totp: null };
    case 'PasskeyRegistered':
    case 'PasskeyUsed':
    case 'PasskeyRemoved':
      return withPasskeys(state, event);
    case 'SecondFactorsWithdrawn':
      return { ...state, totp: null, passkeys: [], epoch: state.epoch + 1, reset: null };
    case 'SignInOriginSeen':
      return { ...state, origins: [...state.origins, event.originMac].slice(-ORIGINS_KEPT) };
    case 'StaffRoleSet':
      return { ...state, role: event.role, epoch: state.epoch + 1 };
    case 'LoginDisabled':
      return { ...state, phase: 'disabled', epoch: state.epoch + 1 };
    default:
      return assertNever(event);
  }
}
