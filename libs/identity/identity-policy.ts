import type { PoliciesOfDay } from '#policies';

/** How many tries within how long, and what follows. All times in milliseconds. */
export interface TryLimits {
  readonly tries: number;
  readonly windowMs: number;
  /** The first lock, doubled with each next one up to `lockMostMs`; 0 for a limit that locks nothing. */
  readonly lockMs: number;
  readonly lockMostMs: number;
}
export interface SessionLimits {
  /** Longest life, whatever is done. */
  readonly lifeMs: number;
  /** Unused so long, a session is over. */
  readonly idleMs: number;
}

/**
 * Every number of the rules about logins, as it holds on a day. It is data of the catalogue
 * (`identity.…` policies) and arrives on commands; nothing in this lib knows a number by itself.
 */
export interface IdentityPolicy {
  readonly loginId: { readonly least: number; readonly most: number };
  readonly password: {
    readonly least: number;
    readonly most: number;
    readonly symbols: string;
    readonly needsDigit: boolean;
    readonly staleDays: number;
  };
  readonly code: {
    readonly lifetimeMs: number;
    readonly tries: number;
    readonly resendMs: number;
    readonly perHour: number;
  };
  readonly smsPrefixes: readonly string[];
  readonly session: SessionLimits;
  readonly staffSession: SessionLimits;
  /** Of one login id from one network. */
  readonly loginTries: TryLimits;
  /** Of one login id from all networks together, but for those that it signed in from before. */
  readonly loginTriesAnywhere: TryLimits;
  readonly addressTries: TryLimits;
  readonly resetLifetimeMs: number;
  /** So long a login id is kept whose login was never made. */
  readonly claimKeptMs: number;
  readonly resets: TryLimits;
  readonly codes: TryLimits;
}

export const HOUR_MS = 3_600_000;

/** The policy of a day, from the catalogue's values. */
export function identityPolicyOf(policy: PoliciesOfDay): IdentityPolicy {
  const ms = (seconds: number): number => seconds * 1000;
  const locking = (tries: number): TryLimits => ({
    tries,
    windowMs: ms(policy('identity.tries-window-s')),
    lockMs: ms(policy('identity.lock-s')),
    lockMostMs: ms(policy('identity.lock-most-s')),
  });
  const hourly = (tries: number): TryLimits => ({ tries, windowMs: HOUR_MS, lockMs: 0, lockMostMs: 0 });
  return {
    loginId: { least: policy('identity.login-id-least'), most: policy('identity.login-id-most') },
    password: {
      least: policy('identity.password-least'),
      most: policy('identity.password-most'),
      symbols: policy('identity.password-symbols'),
      needsDigit: policy('identity.password-digit'),
      staleDays: policy('identity.password-stale-days'),
    },
    code: {
      lifetimeMs: ms(policy('identity.code-lifetime-s')),
      tries: policy('identity.code-tries'),
      resendMs: ms(policy('identity.code-resend-s')),
      perHour: policy('identity.codes-per-hour'),
    },
    smsPrefixes: policy('identity.sms-prefixes'),
    session: {
      lifeMs: ms(policy('identity.session-life-s')),
      idleMs: ms(policy('identity.session-idle-s')),
    },
    staffSession: {
      lifeMs: ms(policy('identity.staff-session-life-s')),
      idleMs: ms(policy('identity.staff-session-idle-s')),
    },
    loginTries: locking(policy('identity.login-tries')),
    loginTriesAnywhere: {
      tries: policy('identity.login-tries-anywhere'),
      windowMs: ms(policy('identity.tries-window-s')),
      lockMs: 0,
      lockMostMs: 0,
    },
    addressTries: locking(policy('identity.address-tries')),
    resetLifetimeMs: ms(policy('identity.reset-lifetime-s')),
    claimKeptMs: ms(policy('identity.claim-kept-s')),
    resets: hourly(policy('identity.resets-per-hour')),
    codes: hourly(policy('identity.codes-per-hour')),
  };
}
