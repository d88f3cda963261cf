import { defineProblems, defineUnchanged } from '#kernel';

/** What can be wrong with the words and the files of a command. */
export const cliProblems = defineProblems({
  LANGUAGE: { ja: 'ja か en を指定してください。', en: 'must be ja or en' },
  AT_LEAST: { ja: '{least}以上の整数で入力してください。', en: 'must be a whole number of at least {least}' },
  NOT_A_JOB: {
    ja: 'close-month/2026-10 のように、名前とキーで入力してください。',
    en: 'must be a name and a key, like close-month/2026-10',
  },
  NOT_A_PORT: { ja: '0～65535で入力してください。', en: 'must be 0 to 65535' },
  LINE_TOO_LONG: { ja: '{most}文字を超えています。', en: 'is longer than {most} characters' },
  FILE_NOT_UTF8: {
    ja: 'UTF-8ではありません{guess}。UTF-8で保存し直してください。',
    en: 'is not UTF-8{guess}: save it as UTF-8',
  },
  INVALID_LINES: {
    named: true,
    ja: '{lines}行を読み取れませんでした。',
    en: '{lines} lines could not be read',
  },
  FILE_UNREADABLE: {
    named: true,
    ja: 'ファイルではありません。',
    en: 'is not a file',
  },
  FILE_EXISTS: {
    named: true,
    ja: '既にあります。バックアップは上書きしません。',
    en: 'exists already; a backup overwrites nothing',
  },
  FILE_NOT_JSON: { ja: 'JSONとして読み取れません。', en: 'is not JSON' },
  FILE_TOO_LARGE: { named: true, ja: '{most}バイトを超えています。', en: 'is larger than {most} bytes' },
});

/** Words that do not go together, beyond what commander checks. */
export const usageProblems = defineProblems({
  REQUIRED_HERE: { ja: 'ここでは --{option} が必要です', en: '--{option} is required here' },
  REASON_REQUIRED: { ja: '--reason で理由を入力してください', en: '--reason is required: say why' },
  EITHER: {
    ja: '--{one} か --{other} のどちらか一方を指定してください',
    en: 'either --{one} or --{other} is required here',
  },
  ONLY_WITH: { ja: '--{option} は --{other} と一緒に指定してください', en: '--{option} needs --{other}' },
  SCHEMA_WITH_INDEX: {
    ja: '--schema は --index と一緒に指定してください',
    en: '--schema goes with --index',
  },
  INDEX_WITH_URL: {
    ja: '--index は --{direction} のURLと一緒に指定してください。URLを省くと、どちらも環境変数から読みます',
    en: '--index goes with a URL behind --{direction}; without one the environment names both',
  },
  URL_REQUIRED: {
    ja: 'URL、または環境変数 DAICHO_EVENTSTORE_URL が必要です',
    en: 'a URL is required, or DAICHO_EVENTSTORE_URL in the environment',
  },
  JSON_WITH_FORMAT: {
    ja: '--json と --format {format} は一緒に指定できません',
    en: '--json does not go with --format {format}',
  },
  JSON_WITH_PDF: {
    ja: 'PDFで --json を使うときは --out ファイル名 が必要です',
    en: '--json with a PDF needs --out FILE',
  },
  PDF_ON_TERMINAL: {
    ja: 'PDFは端末に表示できません。--out ファイル名 を指定してください',
    en: 'a PDF is not for a terminal: give --out FILE',
  },
  ACCOUNT_LOGINS_ONLY: {
    ja: '--{option} はアカウントのログイン専用です',
    en: '--{option} is for logins of accounts',
  },
  INVITED_LOGINS_ONLY: {
    ja: '--invite はアカウントのログイン専用です。サークルにはパスワードを設定します',
    en: '--invite is for logins of accounts: circles are given a password',
  },
  NAME_PROVES_NOTHING: {
    ja:
      '--approved-by の名前は承認の証明になりません。--approval <承認コード> ' +
      'または --approver-key <承認者のAPIキー>（{key}）を指定してください',
    en:
      '--approved-by is a name and proves nothing: use --approval <code>, out of the session of the second ' +
      'person, or --approver-key <key> ({key})',
  },
  GIVEN_BY_APPROVAL: {
    ja: '--{option} は承認コードが決めます',
    en: '--{option} is given by the approval: leave it out',
  },
});

/** What commander finds wrong with the words of a command. */
export const commanderProblems = defineProblems({
  ARGUMENT_MISSING: { ja: '引数 <{name}> がありません', en: "missing required argument '{name}'" },
  ARGUMENTS_EXCESS: {
    ja: '引数が多すぎます。{verb} の引数は{expected}個までですが、{given}個あります',
    en: "too many arguments for '{verb}'. Expected {expected} but got {given}.",
  },
  OPTION_MISSING: { ja: 'オプション {flags} は必須です', en: "required option '{flags}' not specified" },
  OPTION_WITHOUT_VALUE: {
    ja: 'オプション {flags} に値がありません',
    en: "option '{flags}' argument missing",
  },
  OPTION_UNKNOWN: { ja: '{flag} というオプションはありません{meant}', en: "unknown option '{flag}'{meant}" },
  COMMAND_UNKNOWN: { ja: '{name} というコマンドはありません{meant}', en: "unknown command '{name}'{meant}" },
  MEANT: { ja: '（{names} ではありませんか）', en: '(Did you mean {names}?)' },
  MEANT_ONE_OF: { ja: '（{names} のどれかではありませんか）', en: '(Did you mean one of {names}?)' },
});

/** What only a command is refused with, at the machine: there is no status of HTTP. */
export const commandRefusals = defineProblems({
  NO_STORE: {
    ja: '{directory} に台帳のデータがありません。別の場所は --data DIR または DAICHO_DATA で指定してください。',
    en: 'there is no store in {directory}; --data DIR or DAICHO_DATA names another place',
  },
  STORE_EXISTS: {
    ja: '{directory} には既に台帳のデータがあります。データのないディレクトリに復元してください（--data DIR）。',
    en: '{directory} holds a store already; restore into a directory that holds none (--data DIR)',
  },
  STORE_IN_USE: {
    ja: '{directory} のサーバーが稼働中です。先に停止してください。',
    en: 'a server is running on {directory}; stop it first',
  },
  /** Told as STORE_IN_USE, which it is. */
  STORE_OF_ANOTHER_USER: { ja: '{path} は別のユーザーのものです。', en: '{path} belongs to another user' },
  STORE_NOT_EMPTY: {
    ja: 'サンプルデータは空のデータディレクトリにだけ作れます。--data で別の場所を指定してください。',
    en: 'the example provider goes into an empty store only; choose another --data',
  },
  SERVER_GONE: {
    ja: '処理の途中でサーバーが終了しました。もう一度実行してください。',
    en: 'the server ended before the command did; run the command again',
  },
  NO_PASSWORD: { ja: 'パスワードが入力されていません。', en: 'no password was given' },
  NOTHING_KNOWN: {
    ja: '{name} では何も見つかりません。',
    en: 'nothing is known by the name {name}',
  },
  ACCOUNT_EXISTS: {
    ja: 'アカウント {account} は既にあり、内容が異なります。',
    en: 'account {account} exists already, with other facts',
  },
});

/** Why a command had nothing to do, beyond what is said of one by whoever decides it. */
export const commandUnchanged = defineUnchanged({
  ACCOUNT_EXISTS_SO: {
    ja: 'アカウント {account} は、既にこの内容で開設されています。',
    en: 'account {account} exists already',
  },
});
