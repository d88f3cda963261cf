import { defineProblems } from '#kernel';

/** What can be wrong with a file of numbers. */
export const numberFileProblems = defineProblems({
  NOT_FOR_STOCK: {
    ja: '0から始まる電話番号ではありません。',
    en: 'is no telephone number that begins with 0',
  },
  NOT_SOLD: {
    ja: '電話番号計画（ポリシー numbers.plan）により、{number} は販売できません。',
    en: 'is not sold: so says the plan of numbers (policy numbers.plan) of {number}',
  },
  NOT_A_RANGE: {
    ja: '先頭の番号と同じ桁数で、それ以上の番号を入力してください。',
    en: 'must have as many digits as the first number and not come before it',
  },
  RANGE_TOO_LARGE: {
    ja: '1行の範囲は {most}番号までです。',
    en: 'makes a range of more than {most} numbers',
  },
  NOT_A_KIND: {
    ja: '種別は英大文字で始まる2〜16文字の英大文字と数字です。',
    en: 'must be 2-16 characters of A-Z and 0-9 that begin with a letter',
  },
  NOT_A_PRODUCT: {
    ja: '商品コードは半角英小文字・数字と . _ - で60文字までです。',
    en: 'must be 1-60 characters of a-z 0-9 . _ -',
  },
  NOT_AN_AREA: {
    ja: '範囲の番号の先頭にある市外局番（または国番号）を数字で入力してください。',
    en: 'must be the digits with which the numbers of the range begin',
  },
  NOT_A_GROUP: {
    ja: 'グループのIDは半角英数字と . - で64文字までです。',
    en: 'must be 1-64 characters of A-Z a-z 0-9 . -',
  },
  NOT_ABROAD: {
    ja: '010 から始まる国番号・市外局番を数字で入力してください。',
    en: 'must be 010, the country code and the area code',
  },
  YES_OR_NO: { ja: 'yes か no を入力してください。', en: 'must be yes or no' },
  SAME_GROUP: {
    ja: '{line}行目に同じグループがあります。',
    en: 'stands in line {line} already',
  },
  OVERLAPS: {
    ja: '{line}行目の範囲と重なっています。',
    en: 'overlaps the range of line {line}',
  },
  UNKNOWN_COLUMN: { ja: 'この列は使えません。', en: 'is not a column of this file' },
  TOO_MANY_LINES: {
    ja: '1つのファイルに入れられるのは {most}行までです。',
    en: 'is one line too many: a file holds at most {most}',
  },
});

/** What can be wrong with a search. */
export const numberProblems = defineProblems({
  NOT_DIGITS: {
    ja: '数字で入力してください（市外局番、または下4桁）。',
    en: 'must be digits: an area code, or the last four',
  },
});
