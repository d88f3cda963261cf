import { defineProblems } from '#kernel';

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
  FILE_TOO_LARGE: { named: true, ja: '{most}バイトを超えています。', en: 'is larger than {most} bytes' },
});
