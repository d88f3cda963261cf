import { z } from 'zod';
import { FORCED_CHANGES, LOGIN_LEVELS, STAFF_ROLES } from '#identity';
import { accountId, described, phoneNumber, words } from '../engine/inputs.js';

// What the use cases of identity ask for, by one name each.

/** Long enough for every rule, short enough that hashing it costs what any other costs. */
export const password = z.string().min(1).max(200);
export const loginId = words(100).meta({ description: 'As its owner types it.', example: 'shop@example.jp' });
export const loginLevel = z.enum(LOGIN_LEVELS).meta({ description: 'Where the login belongs.' });
const chosenLoginId = described(words(100).optional(), {
  ja: 'ログインID。省略時は10桁の番号を発行する。',
  en: 'Ten digits are issued without one.',
});
export const language = z.enum(['ja', 'en']);
export const forcedChange = z.enum(FORCED_CHANGES);
export const outgoing = described(z.union([z.enum(['any', 'none']), phoneNumber]), {
  ja: '発信番号。any（着信番号のどれでも）、none（外線発信禁止）、または電話番号。',
  en: 'What it calls with: `any` of those numbers, `none`, or this number.',
  short: 'number',
});
/** Where codes go, and the link with which a first password is chosen. */
const MAIL = {
  ja: 'コードと、パスワードを決めるリンクの送り先。',
  en: 'For codes, and for the link.',
  short: 'address',
};
const mail = words(254);
/** Its form is the product's matter: what is no code is named, and counted, there. */
export const code = z.string().max(20).meta({ description: 'Six half-width digits.', example: '012345' });
/** What a browser's passkey says. */
export const said = z.record(z.string(), z.unknown());
/** Of a session, a contact or a login. */
export const internalId = words(100);
/** Of a circle or a unique. */
export const issuedId = words(20);
export const role = described(z.enum(STAFF_ROLES), { ja: '役割。', en: 'What the person may do.' });
/** A part of an account. */
export const inAccount = { account: accountId };
export const inCircle = { ...inAccount, circle: issuedId };

/** Where a session goes down to. */
export const target = z.strictObject({
  account: accountId.optional().meta({ description: 'Staff: the account to look at.' }),
  circle: issuedId.optional(),
  unique: issuedId.optional(),
});
export type Target = z.output<typeof target>;

const named = { name: words(100), loginId: chosenLoginId, password, mail: mail.optional() };
export const newCircle = z.strictObject({ ...inAccount, ...named });
export type NewCircle = z.output<typeof newCircle>;
export const newUnique = z.strictObject({ ...inCircle, ...named });
export type NewUnique = z.output<typeof newUnique>;

export const newAccountLogin = z.strictObject({
  account: accountId,
  name: described(words(100), {
    ja: '顧客、サークルまたはユニークの名称。',
    en: 'Name of the customer, the circle or the unique.',
  }),
  loginId: chosenLoginId,
  password: password
    .nullable()
    .default(null)
    .meta({ description: 'Without one the first password is chosen by a link that is mailed.' }),
  mail: described(mail.optional(), MAIL),
  phone: described(words(30).optional(), {
    ja: 'コードを受け取る電話番号。',
    en: 'For codes.',
    short: 'number',
  }),
  language: described(language.optional(), {
    ja: '画面と通知の言語。省略時は ja。',
    en: 'Of pages and messages; ja without it.',
  }),
  forcedChange: described(forcedChange.optional(), {
    ja: '最初のログイン時にパスワードを変えさせるか。',
    en: 'Whether its owner has to choose another password.',
    short: 'when',
  }),
});
export type NewAccountLogin = z.output<typeof newAccountLogin>;

export const newStaff = z.strictObject({
  loginId: words(100),
  name: words(100),
  role,
  password: password
    .nullable()
    .default(null)
    .meta({ description: 'Without one the first password is chosen by the link of a reminder.' }),
  mail: described(mail.nullable().default(null), MAIL),
  language: language.optional(),
  forcedChange: forcedChange.optional(),
});
export type NewStaff = z.output<typeof newStaff>;
