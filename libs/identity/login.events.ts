import {
  type AccountId,
  defineEvents,
  type EventOf,
  event,
  fact,
  type Instant,
  type ValuesOf,
} from '#kernel';
import type { ContactKind } from './contacts.js';
import type { ForcedChange, LoginLevel, StaffRole } from './levels.js';

/** What the event that makes a login says of it. */
const loginFacts = {
  login: fact.text,
  level: fact.id<LoginLevel>(),
  /** All null for staff. */
  account: fact.orNull(fact.id<AccountId>()),
  circle: fact.orNull(fact.text),
  unique: fact.orNull(fact.text),
  /** Null for customers. */
  role: fact.orNull(fact.id<StaffRole>()),
  name: fact.text,
  /** Sealed, as it may be a mail address; the hash is that of its claim. */
  loginIdSealed: fact.secret(fact.text),
  loginIdHash: fact.secret(fact.text),
  language: fact.oneOf('ja', 'en'),
  passwordHash: fact.secret(fact.text),
};
export type LoginFacts = ValuesOf<typeof loginFacts>;

const passkeyFacts = {
  passkey: fact.text,
  publicKey: fact.text,
  counter: fact.whole,
  transports: fact.listOf(fact.text),
  label: fact.text,
};
export type PasskeyFacts = ValuesOf<typeof passkeyFacts>;

/**
 * What happens to a login. Passwords, codes and tokens never stand in the log, only slow hashes and SHA-256;
 * contacts, login ids and TOTP secrets are sealed with a key outside the log.
 */
export const loginEvents = defineEvents(
  { context: 'identity', stream: 'login-<login>' },
  {
    LoginCreated: event(
      { ...loginFacts },
      {
        word: {
          ja: 'ログインを作成した。',
          en: 'A login was made; login id sealed, of the password only a slow hash.',
        },
        sentence: {
          ja: 'ログイン {login}（{name}、{level}[、{role}][、アカウント {account}]）を作成した。',
          en: 'Login {login} ({name}, {level}[, {role}][, account {account}]) was made.',
        },
      },
    ),
    LoginIdChanged: event(
      { login: fact.text, loginIdSealed: fact.secret(fact.text), loginIdHash: fact.secret(fact.text) },
      {
        word: { ja: 'ログインIDを変更した。', en: 'The login has another login id.' },
        sentence: {
          ja: 'ログイン {login} のログインIDを変更した。',
          en: 'The login id of login {login} was changed.',
        },
      },
    ),
    PasswordChanged: event(
      { login: fact.text, passwordHash: fact.secret(fact.text) },
      {
        word: {
          ja: 'パスワードを変更した。他のセッションは終了する。',
          en: 'The password was changed by its owner; other sessions end.',
        },
        sentence: {
          ja: 'ログイン {login} のパスワードを変更した。',
          en: 'The password of login {login} was changed.',
        },
      },
    ),
    /** The same password with today's stronger parameters. */
    PasswordRehashed: event(
      { login: fact.text, passwordHash: fact.secret(fact.text) },
      {
        act: false,
        word: {
          ja: '同じパスワードをより強い方式で保存し直した。',
          en: 'The same password is kept with a stronger hash.',
        },
        sentence: {
          ja: 'ログイン {login} のパスワードの保存方式を強めた。',
          en: 'The hash of the password of login {login} was made stronger.',
        },
      },
    ),
    ForcedChangeSet: event(
      { login: fact.text, value: fact.id<ForcedChange>() },
      {
        word: {
          ja: 'ログインにパスワード変更の要求を設定した。',
          en: 'A change of password is demanded of the login, or no more.',
        },
        sentence: {
          ja: 'ログイン {login} のパスワード強制変更を {value} にした。',
          en: 'The demanded change of password of login {login} is: {value}.',
        },
      },
    ),
    ContactRegistered: event(
      {
        login: fact.text,
        contact: fact.text,
        kind: fact.id<ContactKind>(),
        sealed: fact.secret(fact.text),
        /** HMAC of the value: the same contact is not registered twice. */
        mac: fact.secret(fact.text),
      },
      {
        word: { ja: '連絡先を登録した（封印）。', en: 'A contact was registered, sealed.' },
        sentence: {
          ja: 'ログイン {login} に連絡先 {contact}（{kind}）を登録した。',
          en: 'Contact {contact} ({kind}) of login {login} was registered.',
        },
      },
    ),
    ContactRemoved: event(
      { login: fact.text, contact: fact.text },
      {
        word: { ja: '連絡先を削除した。', en: 'A contact was removed.' },
        sentence: {
          ja: 'ログイン {login} の連絡先 {contact} を削除した。',
          en: 'Contact {contact} of login {login} was removed.',
        },
      },
    ),
    /** By staff, e.g. after a telephone was lost: sessions begun before end, and no reset link counts. */
    ContactWithdrawn: event(
      { login: fact.text, contact: fact.text },
      {
        word: {
          ja: '担当者が連絡先を削除した。全セッションは終了する。',
          en: 'Staff removed a contact, e.g. of a lost telephone; all sessions end.',
        },
        sentence: {
          ja: '担当者がログイン {login} の連絡先 {contact} を削除した。',
          en: 'Staff removed contact {contact} of login {login}.',
        },
      },
    ),
    PasswordResetRequested: event(
      { login: fact.text, tokenHash: fact.secret(fact.text), expiresAt: fact.instant },
      {
        word: {
          ja: 'パスワード再設定のURLを発行した。',
          en: 'A link to reset the password was issued; only the SHA-256 of its token is kept.',
        },
        sentence: {
          ja: 'ログイン {login} の再設定URLを発行した（{expiresAt|time} まで有効）。',
          en: 'A reset link of login {login} was issued, valid until {expiresAt|time}.',
        },
      },
    ),
    PasswordReset: event(
      { login: fact.text, passwordHash: fact.secret(fact.text) },
      {
        word: {
          ja: 'URLからパスワードを再設定した。全セッションは終了する。',
          en: 'The password was reset by the link; all sessions end.',
        },
        sentence: {
          ja: 'ログイン {login} のパスワードを再設定した。',
          en: 'The password of login {login} was reset.',
        },
      },
    ),
    TotpEnrolled: event(
      { login: fact.text, sealed: fact.secret(fact.text) },
      {
        word: {
          ja: '認証アプリの登録を始めた（未確認）。',
          en: 'An authenticator app was given its secret; it counts when confirmed.',
        },
        sentence: {
          ja: 'ログイン {login} の認証アプリの登録を始めた。',
          en: 'An authenticator app of login {login} was enrolled.',
        },
      },
    ),
    TotpConfirmed: event(
      { login: fact.text, step: fact.whole },
      {
        word: { ja: '認証アプリを確認した。', en: 'A first code showed that the app has the secret.' },
        sentence: {
          ja: 'ログイン {login} の認証アプリを確認した。',
          en: 'The authenticator app of login {login} was confirmed.',
        },
      },
    ),
    TotpStepUsed: event(
      { login: fact.text, step: fact.whole },
      {
        act: false,
        word: {
          ja: '認証アプリの番号を使った。',
          en: 'A code of the app was used; it and earlier ones count no more.',
        },
        sentence: {
          ja: 'ログイン {login} が認証アプリの番号（刻み {step}）を使った。',
          en: 'Login {login} used the code of time step {step}.',
        },
      },
    ),
    TotpRemoved: event(
      { login: fact.text },
      {
        word: { ja: '認証アプリを解除した。', en: 'The authenticator app was removed.' },
        sentence: {
          ja: 'ログイン {login} の認証アプリを解除した。',
          en: 'The authenticator app of login {login} was removed.',
        },
      },
    ),
    PasskeyRegistered: event(
      { login: fact.text, ...passkeyFacts },
      {
        word: { ja: 'パスキーを登録した。', en: 'A passkey was registered.' },
        sentence: {
          ja: 'ログイン {login} にパスキー「{label}」を登録した。',
          en: 'Passkey "{label}" of login {login} was registered.',
        },
      },
    ),
    PasskeyUsed: event(
      { login: fact.text, passkey: fact.text, counter: fact.whole },
      {
        act: false,
        word: { ja: 'パスキーを使った。', en: 'A passkey was used; this is its new counter.' },
        sentence: {
          ja: 'ログイン {login} がパスキー {passkey} を使った。',
          en: 'Login {login} used passkey {passkey}.',
        },
      },
    ),
    PasskeyRemoved: event(
      { login: fact.text, passkey: fact.text },
      {
        word: { ja: 'パスキーを削除した。', en: 'A passkey was removed.' },
        sentence: {
          ja: 'ログイン {login} のパスキー {passkey} を削除した。',
          en: 'Passkey {passkey} of login {login} was removed.',
        },
      },
    ),
    /** By an admin: the authenticator app and all passkeys are gone; sessions begun before end. */
    SecondFactorsWithdrawn: event(
      { login: fact.text },
      {
        word: {
          ja: '管理者が担当者の認証アプリとパスキーを解除した。全セッションは終了する。',
          en: 'An admin removed the authenticator app and all passkeys of a login; all sessions end.',
        },
        sentence: {
          ja: '管理者がログイン {login} の認証アプリとパスキーを解除した。',
          en: 'An admin removed authenticator app and passkeys of login {login}.',
        },
      },
    ),
    /** A pair of network and kind of browser that this login had not signed in from; only its HMAC. */
    SignInOriginSeen: event(
      { login: fact.text, originMac: fact.secret(fact.text) },
      {
        act: false,
        word: {
          ja: '初めての接続元（ネットワークとブラウザー）からのログインを記録した。HMAC のみ。',
          en: 'The login was signed in from a network and browser new to it; only their HMAC is kept.',
        },
        sentence: {
          ja: 'ログイン {login} が初めての接続元からログインした。',
          en: 'Login {login} was signed in from where it never was before.',
        },
      },
    ),
    StaffRoleSet: event(
      { login: fact.text, role: fact.id<StaffRole>() },
      {
        word: {
          ja: '担当者の役割を変更した。',
          en: 'A member of staff has another role; sessions begun before end.',
        },
        sentence: {
          ja: 'ログイン {login} の役割を {role} にした。',
          en: 'The role of login {login} is {role} now.',
        },
      },
    ),
    LoginDisabled: event(
      { login: fact.text },
      {
        word: { ja: 'ログインを停止した。', en: 'The login opens nothing any more.' },
        sentence: { ja: 'ログイン {login} を停止した。', en: 'Login {login} was disabled.' },
      },
    ),
  },
);
export type LoginEvent = EventOf<typeof loginEvents>;

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

export const loginStream = (login: string): string => `login-${login}`;
