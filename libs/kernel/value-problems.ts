import { defineProblems } from './problems.js';

/** What can be wrong with a value, wherever it comes from. */
export const valueProblems = defineProblems({
  EMPTY: { ja: '入力してください。', en: 'is empty' },
  REQUIRED: { ja: '入力が必要です。', en: 'is required' },
  TOO_LONG: { ja: '{most}文字以内で入力してください。', en: 'must have at most {most} characters' },
  NOT_ONE_OF: { ja: '次のいずれかを入力してください：{allowed}', en: 'must be one of {allowed}' },
  NOT_A_WHOLE_NUMBER: {
    ja: '{least}～{most}の整数で入力してください。',
    en: 'must be a whole number from {least} to {most}',
  },
  TOO_SMALL: { ja: '{least}以上で入力してください。', en: 'must be at least {least}' },
  TOO_FEW: { ja: '{least}件以上指定してください。', en: 'must have at least {least} entries' },
  TOO_MANY_ENTRIES: { ja: '{most}件以内で指定してください。', en: 'must have at most {most} entries' },
  NOT_OF_FORM: { ja: '形式が正しくありません（書式：{pattern}）。', en: 'is not of the form {pattern}' },
  NOT_ALLOWED: { ja: 'この値は指定できません。', en: 'is not a value that is allowed here' },
  TOO_BIG: { ja: '{most}以下で入力してください。', en: 'must be at most {most}' },
  NOT_ABOVE_ZERO: { ja: '0より大きい値を入力してください。', en: 'must be above zero' },
  ZERO: { ja: '0以外の値を入力してください。', en: 'must not be zero' },

  UNKNOWN_FIELD: { ja: 'この要求にはない項目です。', en: 'is not a field of this request' },
  NOT_OF_TYPE: { ja: '{type}で入力してください。', en: 'must be {type}' },
  REQUIRED_WITH: { ja: '{other} を指定するときは必要です。', en: 'is required with {other}' },
  BEFORE_OTHER: { ja: '{other} より前です。', en: 'must not be before {other}' },
  AFTER_TODAY: { ja: '今日より後の日は指定できません。', en: 'must not be after today' },
  DAYS_AFTER: {
    ja: '{other} から{most}日以内で入力してください。',
    en: 'must be at most {most} days after {other}',
  },

  CONTROL_CHARACTER: { ja: '制御文字が含まれています。', en: 'holds a control character' },
  HALF_CHARACTER: { ja: '壊れた文字が含まれています。', en: 'holds half a character' },
  HIDDEN_CHARACTER: {
    ja: '目に見えない文字が含まれています（{code}）。',
    en: 'holds a character that cannot be seen ({code})',
  },
  CHARACTER_NOT_PRINTABLE: {
    named: true,
    ja: '請求書や利用明細に印刷できない文字が含まれています：{characters}',
    en: 'holds a character that invoices and statements cannot show: {characters}',
  },

  NOT_A_DATE: {
    ja: '実在する日付を YYYY-MM-DD の形で入力してください（1970～2199年）。',
    en: 'must be a date YYYY-MM-DD that exists, from 1970 to 2199',
  },
  NOT_A_MONTH: {
    ja: '年月を YYYY-MM の形で入力してください（1970～2199年）。',
    en: 'must be a month YYYY-MM from 1970 to 2199',
  },
  NOT_A_TIME: {
    ja: '日時として読み取れません。{example} のように入力してください。',
    en: 'must be ISO 8601 with an offset, like {example}',
  },
  NO_SUCH_TIME: { ja: '実在しない日時です。', en: 'is not a date and time that exists' },
  OUTSIDE_OF_TIME: { ja: '1970～2199年の日時ではありません。', en: 'must lie between 1970 and 2199' },
  NOT_AN_AMOUNT: {
    ja: '金額（円）は小数4桁までの数で入力してください。例：{example}',
    en: 'must be a decimal number in yen with at most 4 decimals, like {example}',
  },
  AMOUNT_TOO_LARGE: {
    ja: '金額が大きすぎます（上限 {most}円）。',
    en: 'is larger than the ledger can hold ({most} yen)',
  },
  NOT_AN_ACCOUNT: {
    ja: 'アカウントは半角英数字・ピリオド・ハイフンで32文字まで、先頭は英数字です。',
    en: 'must be 1-32 characters of A-Z a-z 0-9 . - and begin with a letter or digit',
  },
  NOT_A_NUMBER: {
    ja: '電話番号として読み取れません。例：{example}',
    en: 'must be a telephone number, like {example}',
  },
  NOT_AN_ID: {
    ja: '空白を含まない半角の英数字と記号で、{most}文字以内で入力してください。',
    en: 'must be 1-{most} printable ASCII characters without spaces',
  },
  RESERVED_ID: {
    ja: '{beginning} で始まるIDは使えません（システムが使用します）。',
    en: 'must not begin with {beginning}: such ids are given by Daicho',
  },
});
