import { z } from 'zod';
import { accountId, DEFAULT_LIMIT, given, paging } from '../engine/inputs.js';
import { admin, support } from '../engine/roles.js';
import { pageOf } from '../engine/shapes.js';
import { command, query } from '../engine/use-case.js';
import { NEW_LOGIN } from './identity.access.js';
import { internalId, loginId, loginLevel, newAccountLogin } from './identity.inputs.js';
import { AccountLogin, ChangedLogin, NewAccountLogin } from './identity.shapes.js';

// Logins of customers, and what staff do for somebody who cannot get in.

export const listAccountLogins = query({
  route: 'GET /accounts/:account/logins',
  about: {
    ja: 'アカウント、サークル、ユニークの順のログイン一覧（秘密の値は含まない）',
    en: 'Logins of an account, then of its circles, then of uniques; nothing that opens them',
  },
  effect: 'read',
  roles: [...support, 'auditor'],
  input: z.strictObject({ account: accountId, ...paging }),
  cli: {
    usage: 'login list',
    about: {
      ja: 'アカウント、サークル、ユニークのログインの一覧',
      en: 'List the logins of an account, of its circles and uniques',
    },
    without: ['limit', 'cursor'],
  },
  answer: pageOf(AccountLogin),
  sought: 'ACCOUNT',
  refusals: ['NO_SUCH_ACCOUNT'],
  run: ({ identity }, { account, ...page }) =>
    identity.care.accountLogins(account, { limit: DEFAULT_LIMIT, ...given(page) }),
});

export const createAccountLogin = command({
  route: 'POST /accounts/:account/logins',
  about: {
    ja: 'アカウントのログインを作る（サークルとユニークのログインはそれらと一緒に作られる）',
    en: 'Make a login of an account; those of circles and uniques are made with them',
  },
  description:
    'Without a password the first one is chosen by a link that is mailed. Whoever gives one says with ' +
    '`forcedChange` whether its owner has to choose another at the first sign-in.',
  effect: 'write',
  roles: support,
  input: newAccountLogin,
  cli: {
    usage: 'login create',
    about: {
      ja: 'アカウントのログイン、またはサークルやユニークとそのログインの作成（パスワードは端末で尋ねる）',
      en: 'Make a login of an account, or a circle or unique with its login; the password is asked for',
    },
    without: ['password'],
  },
  answer: NewAccountLogin,
  status: 201,
  unchanged: true,
  refusals: ['NO_SUCH_ACCOUNT', ...NEW_LOGIN],
  run: ({ identity }, input, caller) => identity.logins.createCustomerLogin(input, caller),
});

export const unlockLogin = command({
  route: 'POST /logins/:login/unlock',
  about: {
    ja: '試行回数の超過でロックされたログインをすぐに使えるようにする',
    en: 'Let a login try again at once that was locked after too many attempts',
  },
  effect: 'write',
  roles: support,
  input: z.strictObject({ login: internalId }),
  answer: ChangedLogin,
  unchanged: true,
  refusals: ['NO_SUCH_LOGIN'],
  run: ({ identity }, { login }, caller) => identity.logins.unlockLogin(login, caller),
});

export const withdrawContact = command({
  route: 'POST /logins/:login/contacts/:contact/remove',
  about: {
    ja: '紛失した電話など、ログインの連絡先を外す（セッションは終了する）',
    en: 'Remove a contact of a login, e.g. a lost telephone; its sessions end',
  },
  description:
    'The mail addresses that the login keeps are told. A contact of staff is removed by admins only, the ' +
    'own one by nobody here: see `DELETE /security/contacts/{contact}`.',
  effect: 'write',
  roles: support,
  input: z.strictObject({ login: internalId, contact: internalId }),
  answer: ChangedLogin,
  refusals: ['NO_SUCH_LOGIN', 'NO_SUCH_CONTACT', 'LOGIN_DISABLED', 'OWN_LOGIN', 'ADMIN_ONLY'],
  run: ({ identity }, input, caller) => identity.care.withdrawContact(input, caller),
});

export const withdrawSecondFactors = command({
  route: 'POST /logins/:login/second-factors/remove',
  about: {
    ja: '社員のログインから認証アプリとすべてのパスキーを外す（セッションは終了する）',
    en: 'Remove the authenticator app and all passkeys of a login of staff; its sessions end',
  },
  description: 'Not for the own login: see `DELETE /security/totp` and `DELETE /security/passkeys`.',
  effect: 'write',
  roles: admin,
  input: z.strictObject({ login: internalId }),
  answer: ChangedLogin,
  unchanged: true,
  refusals: ['NO_SUCH_LOGIN', 'LOGIN_DISABLED', 'OWN_LOGIN', 'STAFF_ONLY'],
  run: ({ identity }, { login }, caller) => identity.care.withdrawSecondFactors(login, caller),
});

export const findLogin = query({
  about: { ja: 'ログインIDからログインを探す', en: 'The login that a login id opens' },
  effect: 'read',
  roles: [],
  input: z.strictObject({ level: loginLevel, loginId }),
  run: ({ identity }, of) => identity.logins.findLogin(of),
});
