/**
 * What can be wrong with a line of a file or with a field, by a stable code, for readers of other languages
 * than English: the sentence as the log and the API have it, `{name}` standing for what differs. Whoever
 * changes a sentence of the sources changes it here; one that stands in old logs stays beside it.
 */
export const PROBLEM_SENTENCES = {
  EMPTY: ['is empty', 'is required', 'must not be empty'],
  TOO_LONG: ['is longer than {most} characters', 'must have at most {most} characters'],
  MISSING_COLUMN: ['this column is missing from the header'],
  COLUMN_TWICE: ['this column is named twice in the header', 'this column is named twice'],
  UNKNOWN_COLUMN: ['is not a column of a tariff'],
  NO_HEADER: [
    'the file is empty; the first line must name the columns',
    'the file is empty; a header line is required',
    'the file is empty; it holds no record',
  ],
  FIELD_COUNT: ['has {fields} fields, the header has {columns}'],
  NOT_UTF8: [
    'holds bytes that are not UTF-8; save the file as UTF-8 (it may be Shift_JIS)',
    'is not UTF-8 (saved as Shift_JIS?); save the file as UTF-8',
    'is not UTF-8; save the file as UTF-8',
  ],
  SHIFT_JIS: [
    'is not UTF-8 but Shift_JIS: import it with --encoding shift_jis (over HTTP encoding=shift_jis)',
  ],
  OTHER_SEPARATOR: ["separates its columns by {sign}, expected ','; save the file with commas"],
  NOT_JSON: ['is not JSON'],
  CONTROL_CHARACTER: ['holds a control character'],
  HALF_CHARACTER: ['holds half a character'],
  HIDDEN_CHARACTER: ['holds a character that cannot be seen ({code})'],
  CHARACTER_NOT_PRINTABLE: ['holds a character that cannot be printed ({characters})'],
  LINE_BREAK: ['holds a line break inside a record'],
  STRAY_QUOTE: ['has a quotation mark inside a field that is not quoted'],
  OPEN_QUOTE: ['has a quoted field that is never closed'],
  TEXT_AFTER_QUOTE: ['has text after the closing quotation mark'],
  LINE_TOO_LONG: [
    'is {bytes} bytes long; a record has at most {most}',
    'the header line is {bytes} bytes long; a record has at most {most}',
  ],

  NOT_A_DATE: ['must be a date YYYY-MM-DD that exists, from 1970 to 2199'],
  NOT_A_MONTH: ['must be a month YYYY-MM from 1970 to 2199'],
  NOT_A_TIME: [
    'must be ISO 8601 with an offset, like {example}',
    'is not a date and time that exists',
    'must be microseconds since 1970',
  ],
  OUTSIDE_OF_TIME: ['must lie between 1970 and 2199'],
  NOT_AN_AMOUNT: ['must be a decimal number in yen with at most 4 decimals, like {example}'],
  AMOUNT_TOO_LARGE: ['is larger than the ledger can hold ({most} yen)'],
  NOT_AN_ACCOUNT: ['must be 1-32 characters of A-Z a-z 0-9 . - and begin with a letter or digit'],
  NOT_A_NUMBER: [
    'must be a telephone number, like {example}',
    'must be 2-20 digits without hyphens, like {example}',
  ],
  NOT_AN_ID: [
    'must be printable ASCII characters without spaces',
    'must be 1-200 printable ASCII characters without spaces',
  ],
  RESERVED_ID: ['must not begin with {beginning}: such ids are given by Daicho'],
  NOT_A_DIRECTION: ['must be out or in'],

  BEFORE_START: ['is before start'],
  BEFORE_ANSWER: ['is before answer: the duration would be negative'],
  CALL_TOO_LONG: ['is more than 31 days after start'],
  IN_THE_FUTURE: ['lies in the future: the clock of the switch is wrong'],
  NOT_STARTED: ['is 0'],
  NOT_ENDED: ['is 0: the call has not ended'],
  NOBODY_TO_CHARGE: ['is missing: nobody to charge'],
  NO_DESTINATION: ['is missing, and so is destination_number'],
  UNKNOWN_ACCOUNT: ['there is no account {account}'],
  UNKNOWN_TARIFF: ['its tariff {tariff} is not published'],
  NO_RATE: ['no tariff row prices this destination at this time'],
  UNREADABLE_NUMBER: ['is not a telephone number that can be read'],
  BEFORE_FIRST_DAY: ['is before {day}, the first day of the account'],
  NUMBER_OF_ANOTHER_ACCOUNT: ['belongs to another account than {account}'],
  SAME_ID_OTHER_BODY: [
    'was imported before with another body; discard this line or correct the call',
    'was imported before with another body; nothing was charged again',
  ],
  BEYOND_THE_LEDGER: ['would cost more than the ledger can hold', 'would owe more than the ledger can hold'],
  REFUSED: ['was refused: {why}'],

  TOO_MANY_ROWS: ['is one row too many: a file holds at most {most}'],
  TOO_MANY_TARIFFS: ['is one tariff too many: a file holds at most {most}'],
  TOO_MANY_OF_PREFIX: ['is too many: one prefix has at most {most} rows in a tariff'],
  TOO_MANY_KEYS: ['holds more than {most} keys; large tariffs are imported as tariff.csv'],
  TOO_MANY_ENTRIES: ['holds more than {most} list entries; large tariffs are imported as tariff.csv'],
  TOO_MANY_CHARACTERS: ['holds more than {most} characters; large tariffs are imported as tariff.csv'],
  VALUE_TOO_LONG: ['holds a value of more than {most} characters'],
  TOO_MANY_ALIASES: ['holds more than {most} aliases'],
  TOO_MANY_ANCHORS: ['holds more than {most} anchors'],
  TOO_DEEP: ['is nested more than {most} deep'],

  NOT_TEXT: ['must be text; in YAML put it in quotation marks'],
  NOT_A_LABEL: ['must be 1-64 characters of UTF-8 text'],
  NOT_A_TARIFF_NAME: ['must be 1-64 characters of A-Z a-z 0-9 . _ -'],
  NOT_A_PREFIX: ['must be 1-20 digits, like 03 or 0101'],
  NOT_A_PRICE: ['must be a price in yen from 0 to 9999999 with at most 8 decimals, like 8 or 0.10'],
  NOT_SECONDS: ['must be seconds, more than 0, at most 86400, with at most 3 decimals'],
  NOT_A_TIME_OF_DAY: ['must be a time HH:MM from 00:00 to 24:00'],
  NOT_DAYS: ['must be like mon-fri or sat,sun or holiday'],
  NOT_DECIMALS: ['must be a whole number from 0 to 6'],
  NOT_ONE_OF: ['must be one of {allowed}'],
  BEFORE_VALID_FROM: ['is before valid_from'],
  EMPTY_BAND: ['equals from_time: the band would be empty'],
  TOO_MANY_DECIMALS: ['is {decimals}, but the ledger holds at most 4 decimals of a yen'],
  ROWS_OVERLAP: ['overlaps {line}: both rows for prefix {prefix} of {tariff} can apply at the same time'],

  UNKNOWN_ENTRY: ['is not known here; known are {known}'],
  NOT_A_SINGLE_VALUE: ['must be a single value'],
  NOT_A_LIST: ['must be a list'],
  NOT_A_MAPPING: [
    'must be a mapping of fields',
    'each entry must be a mapping of fields',
    'must be a mapping with {known}',
  ],
  NOT_A_REGISTRATION_NUMBER: ['must be T and 13 digits'],
  NO_REGISTRATION_NUMBER: ['is not given: the invoices are no qualified invoices (適格請求書)'],
  DOUBTFUL_REGISTRATION_NUMBER: ['has another check digit than a corporate number would have: is it right?'],
} as const satisfies Readonly<Record<string, readonly string[]>>;
export type ProblemCode = keyof typeof PROBLEM_SENTENCES;

/** What a sentence says, without its language. */
export interface SaidProblem {
  readonly code: ProblemCode;
  /** What stands for the names of the sentence, e.g. `{ fields: '9', columns: '10' }`. */
  readonly values: Readonly<Record<string, string>>;
}

/** Sentences of imports end so when the whole file was refused. */
const ENDING = /\. Nothing (of this file )?was imported$/;

const patternOf = (sentence: string): RegExp =>
  new RegExp(
    `^${sentence
      .split(/\{(\w+)\}/)
      .map((part, i) => (i % 2 === 1 ? `(?<${part}>.+?)` : part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')))
      .join('')}$`,
    's',
  );

const PATTERNS = Object.entries(PROBLEM_SENTENCES).flatMap(([code, sentences]) =>
  sentences.map(sentence => ({ code: code as ProblemCode, pattern: patternOf(sentence) })),
);

/** The code of a sentence; undefined for one that is not in the table. */
export function saidProblem(sentence: string): SaidProblem | undefined {
  const text = sentence.replace(ENDING, '');
  for (const { code, pattern } of PATTERNS) {
    const found = pattern.exec(text);
    if (found) return { code, values: { ...found.groups } };
  }
  return undefined;
}
