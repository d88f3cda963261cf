import { type Fillings, type KeptProblem, keptProblem, problem } from '#kernel';
import { formerProblems } from './problems.js';

/**
 * What old logs say of a line. Version 1 of `rating.CdrSuspended` kept the English sentence of a problem, and
 * what is stored never changes: so its sentences stand here as they were said then, each with the code that
 * it is kept by today. Only the older form of that event is read by them; nothing is added.
 */
const SAID_THEN: readonly (readonly [sentence: string, code: string, values?: Fillings])[] = [
  ['is empty', 'EMPTY'],
  ['must not be empty', 'EMPTY'],
  ['must have at most {most} characters', 'TOO_LONG'],
  ['is longer than {most} characters', 'TOO_LONG'],
  ['must be 1-{most} printable ASCII characters without spaces', 'NOT_AN_ID'],
  // Said of the ids of calls only.
  ['must be printable ASCII characters without spaces', 'NOT_AN_ID', { most: '160' }],
  ['holds a control character', 'CONTROL_CHARACTER'],
  ['holds half a character', 'HALF_CHARACTER'],
  ['holds a character that cannot be seen ({code})', 'HIDDEN_CHARACTER'],
  ['must be 1-32 characters of A-Z a-z 0-9 . - and begin with a letter or digit', 'NOT_AN_ACCOUNT'],
  ['must be a telephone number, like {example}', 'NOT_A_NUMBER'],
  ['must be ISO 8601 with an offset, like {example}', 'NOT_A_TIME'],
  ['is not a date and time that exists', 'NO_SUCH_TIME'],
  ['must lie between 1970 and 2199', 'OUTSIDE_OF_TIME'],
  ['holds bytes that are not UTF-8; save the file as UTF-8 (it may be Shift_JIS)', 'NOT_UTF8'],
  ['has a quotation mark inside a field that is not quoted', 'STRAY_QUOTE'],
  ['has a quoted field that is never closed', 'OPEN_QUOTE'],
  ['has text after the closing quotation mark', 'TEXT_AFTER_QUOTE'],
  ['holds a line break inside a record', 'LINE_BREAK'],
  ['has {fields} fields, the header has {columns}', 'FIELD_COUNT'],
  ['must be out or in', 'NOT_A_DIRECTION'],
  ['is not JSON', 'NOT_JSON'],
  ['is missing: nobody to charge', 'NOBODY_TO_CHARGE'],
  ['is missing, and so is destination_number', 'NO_DESTINATION'],
  ['must be microseconds since 1970', 'NOT_MICROSECONDS'],
  ['is 0', 'NOT_STARTED'],
  ['is 0: the call has not ended', 'NOT_ENDED'],
  ['is before start', 'BEFORE_START'],
  ['is before answer: the duration would be negative', 'BEFORE_ANSWER'],
  ['is more than 31 days after start', 'CALL_TOO_LONG'],
  ['lies in the future: the clock of the switch is wrong', 'IN_THE_FUTURE'],
  ['there is no account {account}', 'UNKNOWN_ACCOUNT'],
  ['is before {day}, the first day of the account', 'BEFORE_FIRST_DAY'],
  ['belongs to another account than {account}', 'NUMBER_OF_ANOTHER_ACCOUNT'],
  ['its tariff {tariff} is not published', 'UNKNOWN_TARIFF'],
  ['would cost more than the ledger can hold', 'SUM_OUT_OF_RANGE'],
  ['no tariff row prices this destination at this time', 'NO_RATE'],
  ['is not a telephone number that can be read', 'UNREADABLE_NUMBER'],
  ['is {bytes} bytes long; a record has at most {most}', 'LINE_TOO_LONG'],
  ['was imported before with another body; nothing was charged again', 'SAME_ID_OTHER_BODY'],
  ['would owe more than the ledger can hold', 'WOULD_OWE_TOO_MUCH'],
  ['was refused: {why}', 'REFUSED'],
];

const patternOf = (sentence: string): RegExp =>
  new RegExp(
    `^${sentence
      .split(/\{(\w+)\}/)
      .map((part, i) => (i % 2 === 1 ? `(?<${part}>.+?)` : part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')))
      .join('')}$`,
    's',
  );

/** Sentences without a name are looked up: a log may hold very many of them. */
const WHOLE: ReadonlyMap<string, KeptProblem> = new Map(
  SAID_THEN.map(([sentence, code, values = {}]) => [sentence, { code, values }]),
);
const PATTERNS = SAID_THEN.filter(([sentence]) => sentence.includes('{')).map(
  ([sentence, code]) => [patternOf(sentence), code] as const,
);

/** The problem of a line as it is kept today. A sentence that is not known here stays what it is. */
export function problemOfV1(sentence: string): KeptProblem {
  const whole = WHOLE.get(sentence);
  if (whole) return whole;
  for (const [pattern, code] of PATTERNS) {
    const found = pattern.exec(sentence);
    if (found) return { code, values: { ...found.groups } };
  }
  return keptProblem(problem(formerProblems.FORMER_SENTENCE, { sentence }));
}
