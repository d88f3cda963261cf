import type { EventWords } from '../sentence.js';

const login = 'login-<login>';
const loginId = 'loginId-<hash of level and login id>';
const issuedId = 'issuedId-<ten digits>';
const circles = 'circles-<account>';
const session = 'session-<session>';
const attempts = 'attempts-<what>_<hash>';

/** What the events of logins, sessions and circles say, whatever is in them. */
export const IDENTITY_WORDS: Readonly<Record<string, EventWords>> = {
  'identity.LoginCreated.v1': {
    stream: login,
    ja: 'ログインを作成した。',
    en: 'A login was made; login id sealed, of the password only a slow hash.',
  },
  'identity.LoginIdChanged.v1': {
    stream: login,
    ja: 'ログインIDを変更した。',
    en: 'The login has another login id.',
  },
  'identity.PasswordChanged.v1': {
    stream: login,
    ja: 'パスワードを変更した。他のセッションは終了する。',
    en: 'The password was changed by its owner; other sessions end.',
  },
  'identity.PasswordRehashed.v1': {
    stream: login,
    ja: '同じパスワードをより強い方式で保存し直した。',
    en: 'The same password is kept with a stronger hash.',
  },
  'identity.ForcedChangeSet.v1': {
    stream: login,
    ja: 'ログインにパスワード変更の要求を設定した。',
    en: 'A change of password is demanded of the login, or no more.',
  },
  'identity.ContactRegistered.v1': {
    stream: login,
    ja: '連絡先を登録した（封印）。',
    en: 'A contact was registered, sealed.',
  },
  'identity.ContactRemoved.v1': { stream: login, ja: '連絡先を削除した。', en: 'A contact was removed.' },
  'identity.ContactWithdrawn.v1': {
    stream: login,
    ja: '担当者が連絡先を削除した。全セッションは終了する。',
    en: 'Staff removed a contact, e.g. of a lost telephone; all sessions end.',
  },
  'identity.SecondFactorsWithdrawn.v1': {
    stream: login,
    ja: '管理者が担当者の認証アプリとパスキーを解除した。全セッションは終了する。',
    en: 'An admin removed the authenticator app and all passkeys of a login; all sessions end.',
  },
  'identity.PasswordResetRequested.v1': {
    stream: login,
    ja: 'パスワード再設定のURLを発行した。',
    en: 'A link to reset the password was issued; only the SHA-256 of its token is kept.',
  },
  'identity.PasswordReset.v1': {
    stream: login,
    ja: 'URLからパスワードを再設定した。全セッションは終了する。',
    en: 'The password was reset by the link; all sessions end.',
  },
  'identity.TotpEnrolled.v1': {
    stream: login,
    ja: '認証アプリの登録を始めた（未確認）。',
    en: 'An authenticator app was given its secret; it counts when confirmed.',
  },
  'identity.TotpConfirmed.v1': {
    stream: login,
    ja: '認証アプリを確認した。',
    en: 'A first code showed that the app has the secret.',
  },
  'identity.TotpStepUsed.v1': {
    stream: login,
    ja: '認証アプリの番号を使った。',
    en: 'A code of the app was used; it and earlier ones count no more.',
  },
  'identity.TotpRemoved.v1': {
    stream: login,
    ja: '認証アプリを解除した。',
    en: 'The authenticator app was removed.',
  },
  'identity.PasskeyRegistered.v1': {
    stream: login,
    ja: 'パスキーを登録した。',
    en: 'A passkey was registered.',
  },
  'identity.PasskeyUsed.v1': {
    stream: login,
    ja: 'パスキーを使った。',
    en: 'A passkey was used; this is its new counter.',
  },
  'identity.PasskeyRemoved.v1': { stream: login, ja: 'パスキーを削除した。', en: 'A passkey was removed.' },
  'identity.SignInOriginSeen.v1': {
    stream: login,
    ja: '初めての接続元（ネットワークとブラウザー）からのログインを記録した。HMAC のみ。',
    en: 'The login was signed in from a network and browser new to it; only their HMAC is kept.',
  },
  'identity.StaffRoleSet.v1': {
    stream: login,
    ja: '担当者の役割を変更した。',
    en: 'A member of staff has another role; sessions begun before end.',
  },
  'identity.LoginDisabled.v1': {
    stream: login,
    ja: 'ログインを停止した。',
    en: 'The login opens nothing any more.',
  },
  'identity.LoginIdClaimed.v1': {
    stream: loginId,
    ja: 'ログインIDの持ち主が決まった。',
    en: 'The login id belongs to this login, and to no other of its level.',
  },
  'identity.LoginIdReleased.v1': {
    stream: loginId,
    ja: 'ログインIDが空いた。',
    en: 'The login id may be taken by others.',
  },
  'identity.IdIssued.v1': {
    stream: issuedId,
    ja: '10桁の番号を発行した。',
    en: 'A ten-digit id was issued, once.',
  },
  'identity.CircleAdded.v1': {
    stream: circles,
    ja: 'サークルを追加した。',
    en: 'A circle was added to the account; the first is its representative.',
  },
  'identity.CircleForcedChangeSet.v1': {
    stream: circles,
    ja: 'サークルにパスワードの強制変更を設定した。',
    en: "A change of password is demanded of the circle's login, or no more.",
  },
  'identity.UniqueAdded.v1': {
    stream: circles,
    ja: 'ユニーク（端末ID）を追加した。',
    en: 'A unique (terminal id) was added to the circle.',
  },
  'identity.UniqueNumbersSet.v1': {
    stream: circles,
    ja: 'ユニークの電話番号を設定した。',
    en: 'These are all numbers of the unique from now on.',
  },
  'identity.SessionStarted.v1': {
    stream: session,
    ja: 'セッションを開始した。',
    en: 'A session began; of its secret only the SHA-256 is kept, its origin is sealed.',
  },
  'identity.CodeSent.v1': {
    stream: session,
    ja: '認証番号を送信した。',
    en: 'A one-time code was sent; only its keyed hash is kept.',
  },
  'identity.CodeRefused.v1': {
    stream: session,
    ja: '二段階認証が通らなかった。',
    en: 'The second step was not passed.',
  },
  'identity.SecondStepPassed.v1': {
    stream: session,
    ja: '二段階認証を通過し、新しいセッションに移った。',
    en: 'The second step was passed; another session goes on with a new secret.',
  },
  'identity.PasswordRenewed.v1': {
    stream: session,
    ja: 'ログイン時のパスワード変更を終えた。',
    en: 'The password was renewed in this session, which goes on.',
  },
  'identity.SessionConfirmed.v1': {
    stream: session,
    ja: 'セッション中にパスワードを再確認した。',
    en: 'The password was given once more in the middle of the session.',
  },
  'identity.SessionSeen.v1': {
    stream: session,
    ja: 'セッションの利用を記録した。',
    en: 'The session was in use; told at most every ten minutes.',
  },
  'identity.LanguageChosen.v1': {
    stream: session,
    ja: '表示言語を選んだ。',
    en: 'The language of the pages was chosen.',
  },
  'identity.LevelEntered.v1': {
    stream: session,
    ja: '下位の管理ページに入った。',
    en: 'A lower level was entered.',
  },
  'identity.CustomerViewed.v1': {
    stream: session,
    ja: '担当者が顧客の画面を開いた（閲覧のみ）。',
    en: 'Staff looked at the pages of a customer, read-only, and said why.',
  },
  'identity.LevelLeft.v1': {
    stream: session,
    ja: '自分の管理ページに戻った。',
    en: 'The session is at its own level again.',
  },
  'identity.PasskeyChallenged.v1': {
    stream: session,
    ja: 'パスキーへの問いを出した。',
    en: 'A question to a passkey was asked; it can be answered once.',
  },
  'identity.PasskeyChallengeTaken.v1': {
    stream: session,
    ja: 'パスキーへの問いが使われた。',
    en: 'The question to the passkey is used up.',
  },
  'identity.SessionEnded.v1': {
    stream: session,
    ja: 'セッションを終了した。',
    en: 'The session opens nothing any more.',
  },
  'identity.AttemptCounted.v1': {
    stream: attempts,
    ja: 'ログインなどの試行を数えた。',
    en: 'A try was counted, before it was made.',
  },
  'identity.AttemptsLocked.v1': {
    stream: attempts,
    ja: '試行が多すぎるため一時停止した。',
    en: 'Too many tries: no more until then.',
  },
  'identity.AttemptGivenBack.v1': {
    stream: attempts,
    ja: '成功した試行を数から除いた。',
    en: 'A try succeeded: it counts no more.',
  },
  'identity.AttemptsCleared.v1': {
    stream: attempts,
    ja: '試行の数を消した。',
    en: 'No try counts any more, and nothing is locked.',
  },
};
