import type { Sentence } from '../sentence.js';

/**
 * What one event of logins, sessions and circles says: templates over its stored form. Nothing in it is
 * sealed or secret.
 */
export const IDENTITY_SENTENCES: Readonly<Record<string, Sentence>> = {
  'identity.LoginCreated.v1': {
    ja: 'ログイン {login}（{name}、{level}[、{role}][、アカウント {account}]）を作成した。',
    en: 'Login {login} ({name}, {level}[, {role}][, account {account}]) was made.',
  },
  'identity.LoginIdChanged.v1': {
    ja: 'ログイン {login} のログインIDを変更した。',
    en: 'The login id of login {login} was changed.',
  },
  'identity.PasswordChanged.v1': {
    ja: 'ログイン {login} のパスワードを変更した。',
    en: 'The password of login {login} was changed.',
  },
  'identity.PasswordRehashed.v1': {
    ja: 'ログイン {login} のパスワードの保存方式を強めた。',
    en: 'The hash of the password of login {login} was made stronger.',
  },
  'identity.ForcedChangeSet.v1': {
    ja: 'ログイン {login} のパスワード強制変更を {value} にした。',
    en: 'The demanded change of password of login {login} is: {value}.',
  },
  'identity.ContactRegistered.v1': {
    ja: 'ログイン {login} に連絡先 {contact}（{kind}）を登録した。',
    en: 'Contact {contact} ({kind}) of login {login} was registered.',
  },
  'identity.ContactRemoved.v1': {
    ja: 'ログイン {login} の連絡先 {contact} を削除した。',
    en: 'Contact {contact} of login {login} was removed.',
  },
  'identity.ContactWithdrawn.v1': {
    ja: '担当者がログイン {login} の連絡先 {contact} を削除した。',
    en: 'Staff removed contact {contact} of login {login}.',
  },
  'identity.SecondFactorsWithdrawn.v1': {
    ja: '管理者がログイン {login} の認証アプリとパスキーを解除した。',
    en: 'An admin removed authenticator app and passkeys of login {login}.',
  },
  'identity.PasswordResetRequested.v1': {
    ja: 'ログイン {login} の再設定URLを発行した（{expiresAt|time} まで有効）。',
    en: 'A reset link of login {login} was issued, valid until {expiresAt|time}.',
  },
  'identity.PasswordReset.v1': {
    ja: 'ログイン {login} のパスワードを再設定した。',
    en: 'The password of login {login} was reset.',
  },
  'identity.TotpEnrolled.v1': {
    ja: 'ログイン {login} の認証アプリの登録を始めた。',
    en: 'An authenticator app of login {login} was enrolled.',
  },
  'identity.TotpConfirmed.v1': {
    ja: 'ログイン {login} の認証アプリを確認した。',
    en: 'The authenticator app of login {login} was confirmed.',
  },
  'identity.TotpStepUsed.v1': {
    ja: 'ログイン {login} が認証アプリの番号（刻み {step}）を使った。',
    en: 'Login {login} used the code of time step {step}.',
  },
  'identity.TotpRemoved.v1': {
    ja: 'ログイン {login} の認証アプリを解除した。',
    en: 'The authenticator app of login {login} was removed.',
  },
  'identity.PasskeyRegistered.v1': {
    ja: 'ログイン {login} にパスキー「{label}」を登録した。',
    en: 'Passkey "{label}" of login {login} was registered.',
  },
  'identity.PasskeyUsed.v1': {
    ja: 'ログイン {login} がパスキー {passkey} を使った。',
    en: 'Login {login} used passkey {passkey}.',
  },
  'identity.PasskeyRemoved.v1': {
    ja: 'ログイン {login} のパスキー {passkey} を削除した。',
    en: 'Passkey {passkey} of login {login} was removed.',
  },
  'identity.SignInOriginSeen.v1': {
    ja: 'ログイン {login} が初めての接続元からログインした。',
    en: 'Login {login} was signed in from where it never was before.',
  },
  'identity.StaffRoleSet.v1': {
    ja: 'ログイン {login} の役割を {role} にした。',
    en: 'The role of login {login} is {role} now.',
  },
  'identity.LoginDisabled.v1': { ja: 'ログイン {login} を停止した。', en: 'Login {login} was disabled.' },
  'identity.LoginIdClaimed.v1': {
    ja: 'ログインIDはログイン {login} のものになった。',
    en: 'The login id belongs to login {login}.',
  },
  'identity.LoginIdReleased.v1': {
    ja: 'ログイン {login} がログインIDを手放した。',
    en: 'Login {login} gave the login id up.',
  },
  'identity.IdIssued.v1': { ja: '番号 {id}（{kind}）を発行した。', en: 'Id {id} ({kind}) was issued.' },
  'identity.CircleAdded.v1': {
    ja: 'アカウント {account} にサークル {circle}（{name}）を追加した。',
    en: 'Circle {circle} ({name}) was added to account {account}.',
  },
  'identity.CircleForcedChangeSet.v1': {
    ja: 'サークル {circle} のパスワード強制変更を {value} にした。',
    en: 'The demanded change of password of circle {circle} is: {value}.',
  },
  'identity.UniqueAdded.v1': {
    ja: 'サークル {circle} にユニーク {unique}（{name}）を追加した。',
    en: 'Unique {unique} ({name}) was added to circle {circle}.',
  },
  'identity.UniqueNumbersSet.v1': {
    ja: 'ユニーク {unique} の電話番号を {numbers} 件にした。',
    en: 'Unique {unique} has {numbers} number(s) now.',
  },
  'identity.SessionStarted.v1': {
    ja: 'ログイン {login} のセッション {session}（{stage}）を開始した。',
    en: 'Session {session} of login {login} began ({stage}).',
  },
  'identity.CodeSent.v1': {
    ja: '連絡先 {contact} に認証番号を送信した（{method}）。',
    en: 'A code was sent to contact {contact} ({method}).',
  },
  'identity.CodeRefused.v1': {
    ja: 'セッション {session} の認証（{factor}）が通らなかった。',
    en: 'The second step ({factor}) of session {session} was refused.',
  },
  'identity.SecondStepPassed.v1': {
    ja: '認証（{factor}）を通過し、セッション {next} に移った。',
    en: 'The second step ({factor}) was passed; session {next} goes on.',
  },
  'identity.PasswordRenewed.v1': {
    ja: 'セッション {session} でパスワードを変更した。',
    en: 'The password was renewed in session {session}.',
  },
  'identity.SessionConfirmed.v1': {
    ja: 'セッション {session} でパスワードを再確認した。',
    en: 'The password was given once more in session {session}.',
  },
  'identity.SessionSeen.v1': {
    ja: 'セッション {session} の利用を記録した。',
    en: 'Session {session} was in use.',
  },
  'identity.LanguageChosen.v1': {
    ja: '表示言語を {language} にした。',
    en: 'The pages are shown in {language}.',
  },
  'identity.LevelEntered.v1': {
    ja: 'アカウント {account}[ のサークル {circle}][ のユニーク {unique}] の管理ページに入った。',
    en: 'The pages of account {account}[, circle {circle}][, unique {unique}] were entered.',
  },
  'identity.CustomerViewed.v1': {
    ja: 'アカウント {account}[ のサークル {circle}][ のユニーク {unique}] の画面を開いた。理由: {reason}',
    en:
      'The pages of account {account}[, circle {circle}][, unique {unique}] were looked at. ' +
      'Reason: {reason}',
  },
  'identity.LevelLeft.v1': {
    ja: 'セッション {session} は自分の管理ページに戻った。',
    en: 'Session {session} went back to its own level.',
  },
  'identity.PasskeyChallenged.v1': {
    ja: 'セッション {session} でパスキーに問いを出した。',
    en: 'A passkey was asked in session {session}.',
  },
  'identity.PasskeyChallengeTaken.v1': {
    ja: 'セッション {session} のパスキーへの問いが使われた。',
    en: 'The question to a passkey in session {session} is used up.',
  },
  'identity.SessionEnded.v1': {
    ja: 'セッション {session} を終了した（{by}）。',
    en: 'Session {session} ended ({by}).',
  },
  'identity.AttemptCounted.v1': { ja: '試行 {attempt} を数えた。', en: 'Try {attempt} was counted.' },
  'identity.AttemptsLocked.v1': {
    ja: '試行が多すぎるため {until|time} まで停止した。',
    en: 'Too many tries: locked until {until|time}.',
  },
  'identity.AttemptGivenBack.v1': {
    ja: '成功した試行 {attempt} を数から除いた。',
    en: 'Try {attempt} succeeded and counts no more.',
  },
  'identity.AttemptsCleared.v1': { ja: '試行の数を消した（{by}）。', en: 'The tries were cleared ({by}).' },
};
