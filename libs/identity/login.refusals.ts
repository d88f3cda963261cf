import { type CodeOf, defineRefusals, defineUnchanged } from '#kernel';

export const loginRefusals = defineRefusals({
  LOGIN_EXISTS: {
    status: 409,
    ja: '同じIDのログインが既にあります。',
    en: 'There is a login of this id already.',
  },
  NO_SUCH_LOGIN: {
    status: 404,
    ja: 'そのログインはありません。',
    en: 'There is no such login.',
  },
  LOGIN_DISABLED: {
    status: 409,
    ja: 'このログインは停止されています。',
    en: 'The login is disabled.',
  },
  STAFF_ONLY: {
    status: 403,
    ja: 'この操作は社内のログインだけが行えます。',
    en: 'This is for logins of staff only.',
  },
  PASSWORD_UNCHANGED: {
    status: 422,
    field: 'password',
    ja: '現在と違うパスワードにしてください。',
    en: 'The new password is the present one.',
  },
  RESET_REFUSED: {
    status: 422,
    ja: 'このリンクは使えません。期限が切れたか、すでに使われています。もう一度お申し込みください。',
    en: 'The link is not the newest one, was used, or is too old. Please ask for another one.',
  },
  CONTACT_KNOWN: {
    status: 409,
    field: 'value',
    ja: 'この送り先は登録済みです。',
    en: 'The login has this contact already.',
  },
  TOO_MANY_CONTACTS: {
    status: 409,
    ja: '送り先は{most}件まで登録できます。',
    en: 'A login has at most {most} contacts.',
  },
  NO_SUCH_CONTACT: {
    status: 404,
    ja: 'この送り先は登録されていません。',
    en: 'The login has no such contact.',
  },
  TOTP_ENROLLED: {
    status: 409,
    ja: '認証アプリは既に登録されています。先に解除してください。',
    en: 'The login has an authenticator app. Remove it first.',
  },
  NO_TOTP: {
    status: 409,
    ja: '認証アプリは登録されていません。',
    en: 'The login has no authenticator app.',
  },
  CODE_WRONG: {
    status: 422,
    field: 'code',
    ja: '確認コードが違います。',
    en: 'The code is not right.',
  },
  CODE_USED: {
    status: 409,
    field: 'code',
    ja: 'この確認コードは使用済みです。',
    en: 'The code was used already.',
  },
  PASSKEY_KNOWN: {
    status: 409,
    ja: 'このパスキーは登録済みです。',
    en: 'The login has this passkey already.',
  },
  TOO_MANY_PASSKEYS: {
    status: 409,
    ja: 'パスキーは{most}件まで登録できます。',
    en: 'A login has at most {most} passkeys.',
  },
  NO_SUCH_PASSKEY: {
    status: 404,
    ja: 'このパスキーは登録されていません。',
    en: 'The login has no such passkey.',
  },
});

/** Why a command may have nothing to do. */
export const loginUnchanged = defineUnchanged({
  NO_SECOND_FACTOR: {
    ja: 'このログインには、認証アプリもパスキーも登録されていません。',
    en: 'the login has neither an authenticator app nor passkeys',
  },
  TOTP_CONFIRMED: {
    ja: '認証アプリは、既に確認済みです。',
    en: 'the authenticator app is confirmed already',
  },
  SAME_ROLE: { ja: 'このログインの役割は、既にこのとおりです。', en: 'the login has this role already' },
  LOGIN_DISABLED_BEFORE: {
    ja: 'このログインは、既に停止されています。',
    en: 'the login is disabled already',
  },
  SAME_LOGIN_ID: { ja: 'ログインIDは、既にこのとおりです。', en: 'the login has this id already' },
  PASSWORD_CHANGED_MEANWHILE: {
    ja: 'その間にパスワードが変更されました。',
    en: 'the password was changed meanwhile',
  },
  ORIGIN_KNOWN: {
    ja: 'この接続元からは、以前にもログインしています。',
    en: 'the login was signed in from there before',
  },
  LOGIN_NOT_LOCKED: { ja: 'このログインはロックされていません。', en: 'the login is not locked' },
});
export type LoginRejection = CodeOf<typeof loginRefusals>;
