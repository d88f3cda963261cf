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
    readonly digit: 'required' | 'free';
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
  readonly resets: TryLimits;
  readonly codes: TryLimits;
}

export const HOUR_MS = 3_600_000;

/** The value of a policy by the part of its name after `identity.`. */
export type PolicyValue = (name: string) => string;

/** Builds the policy of a day from the catalogue's values. */
export function identityPolicyOf(value: PolicyValue): IdentityPolicy {
  const whole = (name: string): number => Number.parseInt(value(name), 10);
  const ms = (name: string): number => whole(name) * 1000;
  const locking = (tries: number): TryLimits => ({
    tries,
    windowMs: ms('tries-window-s'),
    lockMs: ms('lock-s'),
    lockMostMs: ms('lock-most-s'),
  });
  const hourly = (tries: number): TryLimits => ({ tries, windowMs: HOUR_MS, lockMs: 0, lockMostMs: 0 });
  return {
    loginId: { least: whole('login-id-least'), most: whole('login-id-most') },
    password: {
      least: whole('password-least'),
      most: whole('password-most'),
      symbols: value('password-symbols'),
      digit: value('password-digit') === 'required' ? 'required' : 'free',
      staleDays: whole('password-stale-days'),
    },
    code: {
      lifetimeMs: ms('code-lifetime-s'),
      tries: whole('code-tries'),
      resendMs: ms('code-resend-s'),
      perHour: whole('codes-per-hour'),
    },
    smsPrefixes: value('sms-prefixes').split(','),
    session: { lifeMs: ms('session-life-s'), idleMs: ms('session-idle-s') },
    staffSession: { lifeMs: ms('staff-session-life-s'), idleMs: ms('staff-session-idle-s') },
    loginTries: locking(whole('login-tries')),
    loginTriesAnywhere: {
      tries: whole('login-tries-anywhere'),
      windowMs: ms('tries-window-s'),
      lockMs: 0,
      lockMostMs: 0,
    },
    addressTries: locking(whole('address-tries')),
    resetLifetimeMs: ms('reset-lifetime-s'),
    resets: hourly(whole('resets-per-hour')),
    codes: hourly(whole('codes-per-hour')),
  };
}
