import { Instant, type MessageStyle, type MessageText, mailText, oneLine, SHOWN_SERVICE } from '#kernel';

// What people are told about their login. Pure texts: nothing here sends, and nothing here is logged.

const SHOWN_AGENT = 120;

/**
 * A browser's own name of itself, which anybody can choose: no mail program must make a link of it, so that
 * nobody sends addresses of his own in our name.
 */
const agentLine = (agent: string): string =>
  oneLine(agent, SHOWN_AGENT)
    .replaceAll('://', ' ')
    .replace(/\bwww\./gi, 'www ')
    .replaceAll('@', ' ');

/** `2026-11-20 09:00` of Japan. */
const minuteOf = (at: Instant): string => Instant.text(at).slice(0, 16).replace('T', ' ');

const mail = (style: MessageStyle, ja: readonly string[], en: readonly string[]): MessageText =>
  mailText(style, { ja, en });

export interface OneTimeCode extends MessageStyle {
  readonly kind: 'sms' | 'voice' | 'mail';
  /** Half-width digits (AUT-04: six). */
  readonly code: string;
  /** How long it is valid, in minutes. */
  readonly minutes: number;
}

/**
 * The code of the second step (AUT-02, AUT-10). An SMS fits into one part: at most 70 characters where there
 * is Japanese, 160 otherwise. A call reads the digits one by one, twice.
 */
export function oneTimeCodeText(message: OneTimeCode): MessageText {
  const { kind, language, code, minutes } = message;
  const name = oneLine(message.service, SHOWN_SERVICE);
  if (kind === 'sms') {
    const brief = oneLine(message.service, 20);
    const ja = `${brief}の認証番号は${code}です。${minutes}分間有効。誰にも教えないでください。`;
    const en = `${code} is your ${brief} code, valid for ${minutes} minutes. Tell it to nobody.`;
    return { subject: null, text: language === 'ja' ? ja : en };
  }
  if (kind === 'voice') {
    const digits = [...code].join(language === 'ja' ? '、' : ', ');
    const ja = `${name}です。認証番号は、${digits}、です。繰り返します。${digits}、です。`;
    const en = `This is ${name}. Your code is ${digits}. Once more: ${digits}.`;
    return { subject: null, text: language === 'ja' ? ja : en };
  }
  return mail(
    message,
    [
      '認証番号のお知らせ',
      `認証番号: ${code}`,
      `有効期限: ${minutes}分間（1回限り有効）`,
      '',
      'この番号を画面に入力してください。誰にも教えないでください。',
      'お心当たりのない場合は、パスワードを変更してください。',
    ],
    [
      'Your code',
      `Code: ${code}`,
      `Valid for ${minutes} minutes, once`,
      '',
      'Enter this code on the page. Tell it to nobody.',
      'If you did not ask for it, change your password.',
    ],
  );
}

export interface PasswordReset extends MessageStyle {
  /** The address with the token; on a line of its own, so that no mail program cuts it. */
  readonly link: string;
  readonly minutes: number;
}

/** The mail of the password reminder with its reset address (ACC-13). */
export const passwordResetText = (message: PasswordReset): MessageText =>
  mail(
    message,
    [
      'パスワード再設定のご案内',
      '次のURLからパスワードを再設定してください。',
      '',
      message.link,
      '',
      `URLの有効期限: ${message.minutes}分間（1回限り有効）`,
      'お心当たりのない場合は、このメールを破棄してください。パスワードは変わりません。',
    ],
    [
      'Reset your password',
      'Set a new password here:',
      '',
      message.link,
      '',
      `The link is valid for ${message.minutes} minutes, once`,
      'If you did not ask for it, ignore this mail. Your password stays as it is.',
    ],
  );

export interface AtInstant extends MessageStyle {
  readonly at: Instant;
}

export const passwordChangedText = (message: AtInstant): MessageText =>
  mail(
    message,
    [
      'パスワード変更のお知らせ',
      'パスワードが変更されました。',
      `日時: ${minuteOf(message.at)}（日本時間）`,
      '',
      'お心当たりのない場合は、すぐにパスワードを再設定し、窓口へご連絡ください。',
    ],
    [
      'Your password was changed',
      'Your password was changed.',
      `When: ${minuteOf(message.at)} (Japan time)`,
      '',
      'If this was not you, reset your password at once and contact us.',
    ],
  );

export interface ContactWithdrawn extends AtInstant {
  /** What shows of it, e.g. `--5678`. */
  readonly masked: string;
}

/** To the contacts that stay, when staff took one away, e.g. that of a lost telephone. */
export const contactWithdrawnText = (message: ContactWithdrawn): MessageText =>
  mail(
    message,
    [
      '連絡先削除のお知らせ',
      '窓口で、ログインの連絡先を削除しました。ログイン中の端末はすべてログアウトされました。',
      `日時: ${minuteOf(message.at)}（日本時間）`,
      `連絡先: ${message.masked}`,
      '',
      'お心当たりのない場合は、すぐにパスワードを変更し、窓口へご連絡ください。',
    ],
    [
      'A contact of your login was removed',
      'Our support removed a contact of your login, and ended all its sessions.',
      `When: ${minuteOf(message.at)} (Japan time)`,
      `Contact: ${message.masked}`,
      '',
      'If you did not ask for it, change your password at once and contact us.',
    ],
  );

/** To a person of staff whose authenticator app and passkeys an admin took away. */
export const secondFactorsWithdrawnText = (message: AtInstant): MessageText =>
  mail(
    message,
    [
      '認証アプリ・パスキー解除のお知らせ',
      '管理者が、ログインの認証アプリとパスキーを解除しました。ログイン中の端末はすべてログアウトされました。',
      `日時: ${minuteOf(message.at)}（日本時間）`,
      '',
      'お心当たりのない場合は、すぐにパスワードを変更し、管理者へご連絡ください。',
    ],
    [
      'Authenticator app and passkeys removed',
      'An admin removed the authenticator app and passkeys of your login, and ended all its sessions.',
      `When: ${minuteOf(message.at)} (Japan time)`,
      '',
      'If you did not ask for it, change your password at once and contact an admin.',
    ],
  );

export interface NewSignIn extends AtInstant {
  /** Network address of the browser. */
  readonly address: string;
  /** The browser's name of itself; links and controls are taken out of it. */
  readonly agent: string;
}

export function newSignInText(message: NewSignIn): MessageText {
  const [when, from, agent] = [minuteOf(message.at), oneLine(message.address, 45), agentLine(message.agent)];
  return mail(
    message,
    [
      '新しい端末からのログインのお知らせ',
      '新しい端末からログインがありました。',
      `日時: ${when}（日本時間）`,
      `接続元: ${from}`,
      `ブラウザー: ${agent}`,
      '',
      'お心当たりのない場合は、すぐにパスワードを変更してください。',
    ],
    [
      'New sign-in',
      'Somebody signed in with your login from a new device.',
      `When: ${when} (Japan time)`,
      `From: ${from}`,
      `Browser: ${agent}`,
      '',
      'If this was not you, change your password at once.',
    ],
  );
}

export interface Locked extends MessageStyle {
  readonly until: Instant;
}

export const lockedText = (message: Locked): MessageText =>
  mail(
    message,
    [
      'ログイン一時停止のお知らせ',
      'ログインの失敗が続いたため、失敗した接続元からのログインを一時的に停止しました。',
      'いつもの接続元からは、これまでどおりログインできます。',
      `再開: ${minuteOf(message.until)}（日本時間）`,
      '',
      'お心当たりのない場合は、窓口へご連絡ください。',
    ],
    [
      'Your login is locked for a while',
      'Signing in failed too often: no more from the network where it failed.',
      'From where you usually are, you can sign in as before.',
      `Until: ${minuteOf(message.until)} (Japan time)`,
      '',
      'If this was not you, contact us.',
    ],
  );
