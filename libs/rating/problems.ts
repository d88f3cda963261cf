import { defineProblems } from '#kernel';

/** What can be wrong with a file of lines, or with one of its lines. */
export const csvProblems = defineProblems({
  NOT_UTF8: {
    ja: 'UTF-8ではない文字があります。UTF-8で保存し直してください（Shift_JISの可能性があります）。',
    en: 'holds bytes that are not UTF-8; save the file as UTF-8 (it may be Shift_JIS)',
  },
  OTHER_SEPARATOR: {
    ja: '列の区切りが {sign} になっています。コンマ区切りで保存し直してください。',
    en: "separates its columns by {sign}, expected ','; save the file with commas",
  },
  STRAY_QUOTE: {
    ja: '引用符で囲まれていない項目に引用符があります。',
    en: 'has a quotation mark inside a field that is not quoted',
  },
  OPEN_QUOTE: {
    ja: '引用符が閉じられていません。',
    en: 'has a quoted field that is never closed',
  },
  TEXT_AFTER_QUOTE: {
    ja: '閉じる引用符の後に文字があります。',
    en: 'has text after the closing quotation mark',
  },
  LINE_BREAK: {
    ja: '1件の中に改行が含まれています。',
    en: 'holds a line break inside a record',
  },
  MISSING_COLUMN: {
    ja: 'この列が見出し行にありません。',
    en: 'this column is missing from the header',
  },
  COLUMN_TWICE: {
    ja: 'この列が見出し行に2回あります。',
    en: 'this column is named twice in the header',
  },
  FIELD_COUNT: {
    ja: '項目が{fields}個ありますが、見出し行は{columns}個です。',
    en: 'has {fields} fields, the header has {columns}',
  },
  NO_HEADER: {
    ja: 'ファイルが空です。1行目に列名が必要です。',
    en: 'the file is empty; the first line must name the columns',
  },
});

/** What can be wrong with a call record. */
export const callProblems = defineProblems({
  NOT_A_DIRECTION: {
    ja: 'out（発信）か in（着信）を入力してください。',
    en: 'must be out or in',
  },
  NOT_JSON: {
    ja: 'JSONとして読み取れません。',
    en: 'is not JSON',
  },
  NOBODY_TO_CHARGE: {
    ja: '請求先のアカウントがありません。',
    en: 'is missing: nobody to charge',
  },
  NO_DESTINATION: {
    ja: '発信先がありません（destination_number もありません）。',
    en: 'is missing, and so is destination_number',
  },
  NOT_MICROSECONDS: {
    ja: '1970年からのマイクロ秒で入力してください。',
    en: 'must be microseconds since 1970',
  },
  NOT_STARTED: {
    ja: '0になっています。',
    en: 'is 0',
  },
  NOT_ENDED: {
    ja: '0になっています。通話が終わっていません。',
    en: 'is 0: the call has not ended',
  },
  BEFORE_START: {
    ja: '開始日時より前です。',
    en: 'is before start',
  },
  BEFORE_ANSWER: {
    ja: '応答日時より前です。通話時間が負になります。',
    en: 'is before answer: the duration would be negative',
  },
  CALL_TOO_LONG: {
    ja: '開始日時から31日を超えています。',
    en: 'is more than 31 days after start',
  },
});

/** What was wrong with a line of an old log whose sentence no version says any more. */
export const formerProblems = defineProblems({
  FORMER_SENTENCE: {
    ja: '当時の記録：{sentence}',
    en: '{sentence}',
  },
});

/** What can be wrong with a row of a tariff. */
export const tariffProblems = defineProblems({
  UNKNOWN_COLUMN: {
    ja: '料金表の列ではありません。',
    en: 'is not a column of a tariff',
  },
  TOO_MANY_ROWS: {
    ja: '1つのファイルに入れられるのは {most}行までです。',
    en: 'is one row too many: a file holds at most {most}',
  },
  NOT_TEXT: {
    ja: '文字列で入力してください（YAMLでは引用符で囲みます）。',
    en: 'must be text; in YAML put it in quotation marks',
  },
  NOT_A_LABEL: {
    ja: '1～64文字で入力してください。',
    en: 'must be 1-64 characters of UTF-8 text',
  },
  NOT_A_PREFIX: {
    ja: 'プレフィックスは数字1～20桁です。例：03、0101',
    en: 'must be 1-20 digits, like 03 or 0101',
  },
  NOT_A_PRICE: {
    ja: '単価（円）は0～9999999、小数8桁までです。例：8、0.10',
    en: 'must be a price in yen from 0 to 9999999 with at most 8 decimals, like 8 or 0.10',
  },
  NOT_SECONDS: {
    ja: '秒数は0より大きく86400まで、小数3桁までです。',
    en: 'must be seconds, more than 0, at most 86400, with at most 3 decimals',
  },
  NOT_A_TIME_OF_DAY: {
    ja: '時刻は HH:MM の形で、00:00～24:00 です。',
    en: 'must be a time HH:MM from 00:00 to 24:00',
  },
  NOT_DAYS: {
    ja: '曜日は mon-fri、sat,sun、holiday のように入力してください。',
    en: 'must be like mon-fri or sat,sun or holiday',
  },
  NOT_DECIMALS: {
    ja: '0～6の整数で入力してください。',
    en: 'must be a whole number from 0 to 6',
  },
  BEFORE_VALID_FROM: {
    ja: '適用開始日より前です。',
    en: 'is before valid_from',
  },
  EMPTY_BAND: {
    ja: '開始時刻と同じです。時間帯がなくなります。',
    en: 'equals from_time: the band would be empty',
  },
  TOO_MANY_DECIMALS: {
    ja: '小数桁が{decimals}桁です。台帳で扱えるのは円の小数4桁までです。',
    en: 'is {decimals}, but the ledger holds at most 4 decimals of a yen',
  },
  ROWS_OVERLAP: {
    ja: '料金表 {tariff} のプレフィックス {prefix} が別の行と重なっています（{line}）。',
    en: 'overlaps {line}: both rows for prefix {prefix} of {tariff} can apply at the same time',
  },
  TOO_MANY_OF_PREFIX: {
    ja: '1つの料金表で同じ番号の行は {most}行までです。',
    en: 'is too many: one prefix has at most {most} rows in a tariff',
  },
});
