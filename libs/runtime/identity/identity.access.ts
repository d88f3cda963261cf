import type { LoginLevel, SessionStage } from '#identity';
import { logins, staffLogins } from '../engine/roles.js';

// Of whom the use cases of identity are asked, and what most of them are refused with.

export const allLevels: readonly LoginLevel[] = ['account', 'circle', 'unique'];
export const aboveUniques: readonly LoginLevel[] = ['account', 'circle'];
export const anyStage: readonly SessionStage[] = ['second_step', 'password_change', 'signed_in'];

/** Nobody is signed in yet. */
export const open = { roles: [], door: 'open' } as const;
/** A login's own session and credentials, at every level. */
export const own = { roles: logins, door: 'session', levels: allLevels } as const;
/** TOTP and passkeys are for staff only. */
export const ownOfStaff = { roles: staffLogins, door: 'session' } as const;

export const NEW_LOGIN = [
  'LOGIN_ID_LENGTH',
  'LOGIN_ID_TAKEN',
  'PASSWORD_TOO_SHORT',
  'PASSWORD_NEEDS_SYMBOL',
] as const;
export const PASSWORD_RULES = [
  'PASSWORD_TOO_SHORT',
  'PASSWORD_NEEDS_UPPER_CASE',
  'PASSWORD_NEEDS_SYMBOL',
] as const;
