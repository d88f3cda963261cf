import { z } from 'zod';
import { words } from '../engine/inputs.js';
import { command, query } from '../engine/use-case.js';
import { own, ownOfStaff, PASSWORD_RULES } from './identity.access.js';
import { code, internalId, password, said } from './identity.inputs.js';
import {
  ChangedLogin,
  ChangedLoginId,
  Contact,
  Enrolled,
  Passkey,
  PasskeyQuestion,
  RemovedContact,
  RemovedPasskey,
  Security,
  TotpSecret,
} from './identity.shapes.js';

// A login's own password, login id, contacts and second factors.

export const showSecurity = query({
  route: 'GET /security',
  about: {
    ja: '自分のログインを守る設定（秘密の値は含まない）',
    en: 'What protects the own login; no secret is in it',
  },
  effect: 'read',
  ...own,
  input: z.strictObject({}),
  answer: Security,
  run: ({ identity }, _input, { live }) => identity.security.security(live),
});

export const changePassword = command({
  route: 'POST /security/password',
  about: {
    ja: '自分のパスワードの変更（ログインの他のセッションはすべて終了する）',
    en: 'Change the own password; all other sessions of the login end',
  },
  effect: 'write',
  ...own,
  input: z.strictObject({ current: password, next: password }),
  answer: ChangedLogin,
  refusals: ['CURRENT_PASSWORD_WRONG', ...PASSWORD_RULES, 'TOO_MANY_ATTEMPTS'],
  blames: { password: 'next' },
  run: ({ identity }, input, { live }) => identity.security.changePassword(live, input),
});

export const changeLoginId = command({
  route: 'POST /security/login-id',
  about: { ja: '自分のログインIDの変更', en: 'Change the own login id' },
  effect: 'write',
  ...own,
  input: z.strictObject({ next: words(100) }),
  answer: ChangedLoginId,
  unchanged: true,
  refusals: ['REAUTHENTICATE', 'LOGIN_ID_LENGTH', 'LOGIN_ID_CHARACTERS', 'LOGIN_ID_TAKEN'],
  blames: { loginId: 'next' },
  run: ({ identity }, { next }, { live }) => identity.security.changeLoginId(live, next),
});

export const addContact = command({
  route: 'POST /security/contacts',
  about: {
    ja: 'コードを受け取る電話番号またはメールアドレスの登録',
    en: 'Register a number or a mail address for codes',
  },
  effect: 'write',
  ...own,
  input: z.strictObject({
    kind: z.enum(['phone', 'mail']),
    value: words(254).meta({ description: 'A telephone number or a mail address.' }),
  }),
  answer: Contact,
  status: 201,
  unchanged: true,
  refusals: ['REAUTHENTICATE', 'CONTACT_KNOWN', 'TOO_MANY_CONTACTS'],
  run: ({ identity }, input, { live }) => identity.security.addContact(live, input),
});

export const removeContact = command({
  route: 'DELETE /security/contacts/:contact',
  about: { ja: '連絡先の削除', en: 'Remove a contact' },
  effect: 'write',
  ...own,
  input: z.strictObject({ contact: internalId }),
  answer: RemovedContact,
  unchanged: true,
  refusals: ['REAUTHENTICATE', 'NO_SUCH_CONTACT'],
  run: ({ identity }, { contact }, { live }) => identity.security.removeContact(live, contact),
});

export const enrolTotp = command({
  route: 'POST /security/totp',
  about: {
    ja: '認証アプリの登録を始める（秘密鍵はこの応答にだけ含まれる）',
    en: 'Begin with an authenticator app: its secret is in this answer and nowhere else',
  },
  effect: 'write',
  ...ownOfStaff,
  input: z.strictObject({}),
  answer: TotpSecret,
  refusals: ['REAUTHENTICATE', 'STAFF_ONLY'],
  run: ({ identity }, _input, { live }) => identity.security.enrolTotp(live),
});

export const confirmTotp = command({
  route: 'POST /security/totp/confirm',
  about: { ja: '認証アプリのコードで登録を確認する', en: 'Confirm the authenticator app with a code of it' },
  effect: 'write',
  ...ownOfStaff,
  input: z.strictObject({ code }),
  answer: Enrolled,
  unchanged: true,
  refusals: ['CODE_WRONG', 'STAFF_ONLY'],
  run: ({ identity }, input, { live }) => identity.security.confirmTotp(live, input.code),
});

export const removeTotp = command({
  route: 'DELETE /security/totp',
  about: { ja: '認証アプリの利用をやめる', en: 'Use no authenticator app any more' },
  effect: 'write',
  ...ownOfStaff,
  input: z.strictObject({}),
  answer: ChangedLogin,
  unchanged: true,
  refusals: ['REAUTHENTICATE', 'NO_TOTP'],
  run: ({ identity }, _input, { live }) => identity.security.removeTotp(live),
});

export const beginPasskey = command({
  route: 'POST /security/passkeys/options',
  about: { ja: 'ブラウザがパスキーを作るための情報', en: 'What the browser needs to make a passkey' },
  effect: 'write',
  ...ownOfStaff,
  input: z.strictObject({}),
  answer: PasskeyQuestion,
  refusals: ['REAUTHENTICATE', 'STAFF_ONLY'],
  run: ({ identity }, _input, { live }) => identity.security.newPasskeyOptions(live),
});

export const addPasskey = command({
  route: 'POST /security/passkeys',
  about: { ja: 'ブラウザが作ったパスキーの登録', en: 'Register the passkey that the browser made' },
  effect: 'write',
  ...ownOfStaff,
  input: z.strictObject({ label: words(100), response: said }),
  answer: Passkey,
  status: 201,
  refusals: ['REAUTHENTICATE', 'PASSKEY_REFUSED', 'STAFF_ONLY'],
  run: ({ identity }, input, { live }) => identity.security.addPasskey(live, input),
});

export const removePasskey = command({
  route: 'DELETE /security/passkeys/:passkey',
  about: { ja: 'パスキーの削除', en: 'Remove a passkey' },
  effect: 'write',
  ...ownOfStaff,
  input: z.strictObject({ passkey: words(2000) }),
  answer: RemovedPasskey,
  unchanged: true,
  refusals: ['REAUTHENTICATE', 'NO_SUCH_PASSKEY'],
  run: ({ identity }, { passkey }, { live }) => identity.security.removePasskey(live, passkey),
});
