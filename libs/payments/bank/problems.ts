import { defineProblems } from '#kernel';

/** What can be wrong with a bank's deposit file; `{name}` is the field as the standard calls it. */
export const bankFileProblems = defineProblems({
  FILE_EMPTY: { ja: 'ファイルが空です。', en: 'the file is empty' },
  TOO_MANY_RECORDS: {
    ja: 'レコードが{most}件を超えています。ファイルを分けてください。',
    en: 'holds more than {most} records; split the file',
  },
  RECORD_LENGTH: {
    ja: '{bytes}バイトあります。1レコードは200バイトです。',
    en: 'is {bytes} bytes long; a record has 200',
  },
  RECORD_ORDER: {
    ja: 'データ区分が「{found}」です。ここに置けるのは {expected} です。',
    en: 'is a record of kind "{found}"; expected here: {expected}',
  },
  NO_END_RECORD: {
    ja: 'エンドレコード（9）がありません。ファイルが途中で切れています。',
    en: 'has no end record (9): the file is cut off',
  },
  OTHER_FILE_KIND: {
    ja: '種別コード「{found}」は取り込めません。01（振込入金通知）か 03（入出金取引明細）のファイルが必要です。',
    en: 'is of kind "{found}"; 01 (notice of transfers) and 03 (account statement) can be read',
  },
  MIXED_FILE_KINDS: {
    ja: '種別コードが先頭のヘッダー（{first}）と異なります。',
    en: 'is of another kind than the first header ({first})',
  },
  OTHER_CODE: {
    ja: 'コード区分「{found}」は読み取れません。JIS（0）で受け取り直してください。',
    en: 'has characters of code "{found}"; only JIS (0) can be read',
  },
  NOT_DIGITS: { ja: '{name}は数字だけです。', en: '{name} must be digits' },
  NOT_BANK_CHARACTER: {
    ja: '{name}に半角カナ・英数字・記号以外の文字（{byte}）があります。',
    en: '{name} holds a byte that is no half-width character ({byte})',
  },
  NOT_BANK_DATE: {
    ja: '{name}「{found}」は、和暦でも西暦でも実在する日付ではありません。',
    en: '{name} "{found}" is no date, neither of a Japanese era nor of the Western calendar',
  },
  NOT_ALLOWED_CODE: {
    ja: '{name}「{found}」は使えない値です。使える値：{allowed}',
    en: '{name} is "{found}"; allowed are {allowed}',
  },
  ZERO_AMOUNT: { ja: '{name}が0円です。', en: '{name} is zero' },
  DAY_OUTSIDE: {
    ja: '勘定日がヘッダーの期間（{from}～{to}）の外です。',
    en: 'the day of the deposit lies outside of the period of the header ({from} to {to})',
  },
  TOTAL_DIFFERS: {
    ja: '{name}は{said}ですが、明細を数えると{counted}です。',
    en: '{name} is said to be {said}; the records add up to {counted}',
  },
  BALANCE_DIFFERS: {
    ja: '取引後残高は{said}円ですが、取引前残高に入出金を加減すると{counted}円です。',
    en: 'the closing balance is said to be {said} yen; opening balance and records give {counted}',
  },
  NUMBER_TWICE: {
    ja: '照会番号 {number} が、レコード {record} と違う内容で2回あります。',
    en: 'has the number {number} of record {record}, with other contents',
  },
  NOT_OWN_ACCOUNT: {
    ja: 'この口座（{account}）は、振込先として登録した口座（設定 payment.bank-account）ではありません。',
    en: 'is of account {account}, which is not the account of the setting payment.bank-account',
  },
  NOT_A_PAYER: {
    ja: '振込依頼人名は、カナ・英数字・記号で{most}文字以内です。',
    en: 'the name of the payer has up to {most} kana, letters, digits and signs',
  },
  DAY_TO_COME: {
    ja: '入金日が今日（{today}）より後です。',
    en: 'the day of the deposit is after today ({today})',
  },
  NOT_WHOLE_YEN: {
    ja: '金額は1円以上の整数（円）です。',
    en: 'the amount is whole yen, above zero',
  },
});
