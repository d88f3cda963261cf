import { defineProblems } from '#kernel';

/** What can be wrong with a file of calls, or with one of its lines. */
export const importProblems = defineProblems({
  SHIFT_JIS: {
    ja: 'Shift_JISのファイルです。文字コードで Shift_JIS を選ぶか、UTF-8で保存し直してください。何も取り込んでいません。',
    en:
      'is not UTF-8 but Shift_JIS: import it with --encoding shift_jis (over HTTP encoding=shift_jis). ' +
      'Nothing of this file was imported',
  },
  NO_UTF_8: {
    ja: 'UTF-8ではありません。UTF-8で保存し直してください。何も取り込んでいません。',
    en: 'is not UTF-8; save the file as UTF-8. Nothing of this file was imported',
  },
  NO_HEADER_LINE: {
    ja: 'ファイルが空です。見出し行が必要です。',
    en: 'the file is empty; a header line is required',
  },
  NO_RECORD: {
    ja: 'ファイルが空です。',
    en: 'the file is empty; it holds no record',
  },
  BAD_HEADER: {
    ja: '{problem}何も取り込んでいません。',
    en: '{problem}. Nothing of this file was imported',
  },
  LINE_TOO_LONG: {
    ja: '{bytes}バイトあります。1行は{most}バイトまでです。',
    en: 'is {bytes} bytes long; a record has at most {most}',
  },
  HEADER_TOO_LONG: {
    ja: '見出し行が{bytes}バイトあります。1行は{most}バイトまでです。',
    en: 'the header line is {bytes} bytes long; a record has at most {most}',
  },
  SAME_ID_OTHER_BODY: {
    ja: '同じ通話IDが別の内容で取り込まれています。二重には課金していません。',
    en: 'was imported before with another body; nothing was charged again',
  },
  CALL_ID_TAKEN: {
    ja: '同じ通話IDが別の内容で取り込まれています。この行を破棄するか、通話IDを直してください。',
    en: 'was imported before with another body; discard this line or correct the call',
  },
  WOULD_OWE_TOO_MUCH: {
    ja: '未払額が台帳で扱える金額を超えます。',
    en: 'would owe more than the ledger can hold',
  },
  REFUSED: {
    ja: '受け付けられませんでした（{why}）。',
    en: 'was refused: {why}',
  },
  NOT_ONE_LINE: {
    ja: '制御文字を含まない1行で入力してください。',
    en: 'must be one line without control characters',
  },
});
