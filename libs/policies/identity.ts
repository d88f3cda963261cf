import { text, texts, type Unit, wholeNumber, yesOrNo } from './kinds.js';

const TIMES = /^[1-9]\d{0,3}$/;
/** At most 11 days. */
const SECONDS = /^[1-9]\d{0,5}$/;
/** The symbols of ASCII: ! to /, : to @, [ to `, { to ~. */
const SYMBOLS = /^[\x21-\x2F\x3A-\x40\x5B-\x60\x7B-\x7E]{1,32}$/;

const counted = (unit: Unit, standard: string, ja: string, en: string) =>
  wholeNumber({ unit, form: unit === 'seconds' ? SECONDS : TIMES, standard, about: { ja, en } });

/**
 * The rules of logins and sessions. What the documents do not print (lifetimes, limits of wrong entries:
 * ACC-25, AUT-05, AUT-06) has its standard here and nowhere else.
 */
export const identityPolicies = {
  'identity.login-id-least': counted(
    'characters',
    '4',
    'ログインIDの最小文字数（ACC-14）',
    'fewest characters of a login id (ACC-14)',
  ),
  'identity.login-id-most': counted(
    'characters',
    '50',
    'ログインIDの最大文字数（ACC-14）',
    'most characters of a login id (ACC-14)',
  ),
  'identity.password-least': counted(
    'characters',
    '8',
    'パスワードの最小文字数（ACC-16）',
    'fewest characters of a password (ACC-16)',
  ),
  'identity.password-most': counted(
    'characters',
    '256',
    'パスワードの最大文字数',
    'most characters of a password',
  ),
  'identity.password-symbols': text({
    unit: 'none',
    form: SYMBOLS,
    standard: '!@#$%^&*?_-',
    about: {
      ja: 'パスワードに使える記号。1文字以上必要（ACC-16）',
      en: 'symbols that a password may hold, at least one of them (ACC-16)',
    },
  }),
  'identity.password-digit': yesOrNo('required')({
    unit: 'none',
    form: /^(required|free)$/,
    standard: 'free',
    about: {
      ja: 'パスワードに数字が必要か（ACC-16）',
      en: 'whether a password needs a digit (ACC-16)',
    },
  }),
  'identity.password-stale-days': counted(
    'days',
    '365',
    'パスワードの変更を促すまでの日数（ACC-25）',
    'days after which a login is asked to change its password (ACC-25)',
  ),
  'identity.code-lifetime-s': counted(
    'seconds',
    '600',
    'ワンタイムコードの有効時間',
    'a one-time code is valid so long',
  ),
  'identity.code-tries': counted(
    'times',
    '5',
    '1つのコードを入力できる回数。正誤を問わない',
    'entries of one code, right or wrong',
  ),
  'identity.code-resend-s': counted(
    'seconds',
    '60',
    'コードを再送できるまでの時間',
    'wait before a code is sent again',
  ),
  'identity.codes-per-hour': counted(
    'times',
    '5',
    '1つのログインに1時間に送るコードの数',
    'codes that a login is sent in an hour',
  ),
  'identity.sms-prefixes': texts({
    unit: 'none',
    form: /^\d{2,5}(,\d{2,5})*$/,
    standard: '070,080,090',
    about: {
      ja: 'SMSを送れる番号の先頭（AUT-02）',
      en: 'how numbers begin that can be sent SMS (AUT-02)',
    },
  }),
  'identity.session-life-s': counted(
    'seconds',
    '43200',
    'お客様のセッションの最長時間',
    'longest session of a customer',
  ),
  'identity.session-idle-s': counted(
    'seconds',
    '3600',
    'この時間操作がないセッションは終わる',
    'a session unused so long is over',
  ),
  'identity.staff-session-life-s': counted(
    'seconds',
    '28800',
    '担当者のセッションの最長時間',
    'longest session of staff',
  ),
  'identity.staff-session-idle-s': counted(
    'seconds',
    '1800',
    'この時間操作がない担当者のセッションは終わる',
    'a session of staff unused so long is over',
  ),
  'identity.login-tries': counted(
    'times',
    '10',
    'この回数失敗したログインIDを、その接続元のネットワークに対してロックする',
    'failed tries of a login id that lock it for the network they come from',
  ),
  'identity.login-tries-anywhere': counted(
    'times',
    '100',
    'すべてのネットワークからのログインIDの失敗回数の上限。以前にログインしたネットワークは除く',
    'failed tries of a login id from all networks; those that it signed in from before stay free',
  ),
  'identity.address-tries': counted(
    'times',
    '50',
    'この回数失敗した接続元アドレスをロックする',
    'failed tries that lock an address',
  ),
  'identity.tries-window-s': counted(
    'seconds',
    '900',
    'この時間内の失敗をまとめて数える',
    'tries within so long count together',
  ),
  'identity.lock-s': counted(
    'seconds',
    '900',
    '最初のロックの時間。次からは倍になる',
    'the first lock; each next one is twice as long',
  ),
  'identity.lock-most-s': counted('seconds', '86400', 'ロックの最長時間', 'no lock is longer'),
  'identity.reset-lifetime-s': counted(
    'seconds',
    '3600',
    'パスワード再設定リンクの有効時間',
    'a reset link is valid so long',
  ),
  'identity.resets-per-hour': counted(
    'times',
    '5',
    '1つのログインIDに1時間に送る再設定メールの数',
    'reset mails of a login id in an hour',
  ),
  'identity.claim-kept-s': counted(
    'seconds',
    '600',
    '作成が途中で終わったログインIDが、ほかの人に使えるようになるまでの時間',
    'a login id whose login was never made is kept so long',
  ),
};
