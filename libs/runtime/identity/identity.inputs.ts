import { z } from 'zod';
import { FORCED_CHANGES, LOGIN_LEVELS, type LoginLevel, type SessionStage } from '#identity';
import { described, words } from '../engine/inputs.js';
import { logins, staffLogins } from '../engine/roles.js';

// What the use cases of identity ask for and of whom, by one name each.

/** Long enough for every rule, short enough that hashing it costs what any other costs. */
export const password = z.string().min(1, { message: 'must not be empty' }).max(200, {
  message: 'must have at most 200 characters',
});
export const loginId = words(100).meta({ description: 'As its owner types it.', example: 'shop@example.jp' });
export const loginLevel = z.enum(LOGIN_LEVELS).meta({ description: 'Where the login belongs.' });
export const chosenLoginId = described(words(100).optional(), {
  ja: 'ログインID。省略時は10桁の番号を発行する。',
  en: 'Ten digits are issued without one.',
});
export const language = z.enum(['ja', 'en']);
export const forcedChange = z.enum(FORCED_CHANGES);
/** Where codes go, and the link with which a first password is chosen. */
const MAIL = {
  ja: 'コードと、パスワードを決めるリンクの送り先。',
  en: 'For codes, and for the link.',
  short: 'address',
};
/** Its form is the product's matter: what is no code is named, and counted, there. */
export const code = z.string().max(20).meta({ description: 'Six half-width digits.', example: '012345' });
/** What a browser's passkey says. */
export const said = z.record(z.string(), z.unknown());
/** Of a session, a contact or a login. */
export const internalId = words(100);
/** Of a circle or a unique. */
export const issuedId = words(20);
export const mail = words(254);
export const mailOfOwner = described(mail.optional(), MAIL);
export const mailOfStaff = described(mail.nullable().default(null), MAIL);

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
