import { z } from 'zod';
import {
  type AccountId,
  AMOUNT_PATTERN,
  BusinessDay,
  BusinessMonth,
  charactersIn,
  type FillingsFor,
  Instant,
  InvalidInput,
  Money,
  PhoneNumber,
  type ProblemKind,
  parseAccountId,
  parseCommandId,
  problem,
  problemInEnglish,
  type SaidProblem,
  type Sentence,
  valueProblems,
} from '#kernel';
import { checkCallId } from '#rating';

/** What a field is, for people; `short` stands for its value in the usage of a command: `--at <time>`. */
export interface FieldWords extends Sentence {
  readonly short?: string;
}
const WORDS = z.registry<Partial<FieldWords>>();

/** A schema with what it is in both languages: of the API's description and of the command line's help. */
export function described<Schema extends z.ZodType>(schema: Schema, words: FieldWords): Schema {
  const told: Schema = schema.meta({ description: words.en });
  WORDS.add(told, words);
  return told;
}

/** The words of a field, or of what it holds when it is there. */
export const wordsOf = (schema: z.ZodType): Partial<FieldWords> => ({
  ...(isWrapped(schema) && wordsOf(schema.unwrap() as z.ZodType)),
  ...WORDS.get(schema),
});

/** May be left out, may be null, or has a standard. */
export const isWrapped = (schema: z.ZodType): schema is z.ZodOptional | z.ZodNullable | z.ZodDefault =>
  schema instanceof z.ZodOptional || schema instanceof z.ZodNullable || schema instanceof z.ZodDefault;

/** What a refinement says of a value that it refuses: `.refine(isGood, saying(valueProblems.EMPTY))`. */
export function saying<Code extends string, En extends string>(
  kind: ProblemKind<Code, En>,
  ...values: FillingsFor<En>
) {
  const told = problem(kind, ...values);
  return { message: problemInEnglish(told), params: { said: told } };
}

interface Form {
  readonly words: FieldWords;
  readonly example: string;
  readonly pattern?: string;
}

/**
 * A text that the kernel parses: the schema is what OpenAPI shows, the kernel's own rule is what counts, so
 * that HTTP and command line accept the same.
 */
function parsed<Value>(parse: (text: string) => Value, { words, ...form }: Form) {
  const schema = z
    .string()
    .meta({ description: words.en, ...form })
    .transform((text, context): Value => {
      try {
        return parse(text);
      } catch (error) {
        if (!(error instanceof InvalidInput)) throw error;
        context.addIssue({ code: 'custom', message: error.problem, params: { said: error.said } });
        return z.NEVER;
      }
    });
  WORDS.add(schema, words);
  return schema;
}

export const money = parsed(Money.typed, {
  words: {
    ja: '円。小数点以下は4桁まで。「¥1,000」「１０００円」のようにも書ける。',
    en: 'Yen as a decimal text with at most 4 decimals, never a number; `¥1,000` is taken, too.',
    short: 'yen',
  },
  example: '1234.5',
  pattern: AMOUNT_PATTERN,
});
/** An amount above zero. */
export const amount = money.refine(value => value > 0, saying(valueProblems.NOT_ABOVE_ZERO));
export const accountId = parsed<AccountId>(parseAccountId, {
  words: { ja: 'アカウントのID。', en: "The caller's id of an account.", short: 'account' },
  example: 'A1',
  pattern: '^[A-Za-z0-9][A-Za-z0-9.-]{0,31}$',
});
export const phoneNumber = parsed<PhoneNumber>(PhoneNumber.parse, {
  words: {
    ja: '電話番号。書き方は問わない。05012345678 の形で記録される。',
    en: 'A telephone number, in any way of writing it; it is kept and answered as 05012345678.',
    short: 'number',
  },
  example: '050-1234-5678',
});
export const instant = parsed(Instant.parse, {
  words: { ja: '日時。時差付きの ISO 8601。', en: 'ISO 8601 with an offset.', short: 'time' },
  example: '2026-10-31T22:00:00.000+09:00',
});
export const businessDay = parsed(BusinessDay.parse, {
  words: { ja: '日本の日付（YYYY-MM-DD）。', en: 'A date in Japan, YYYY-MM-DD.', short: 'date' },
  example: '2026-10-31',
});
export const businessMonth = parsed(BusinessMonth.parse, {
  words: { ja: '日本の年月（YYYY-MM）。', en: 'A month in Japan, YYYY-MM.', short: 'month' },
  example: '2026-10',
});
/** An id that the caller may choose: of a lot, a hold, an adjustment, a reversal. */
export const ownId = parsed(parseCommandId, {
  words: {
    ja: '半角英数記号1〜200文字。空白は使えない。',
    en: '1-200 printable ASCII characters without spaces.',
    short: 'id',
  },
  example: 'H-0001',
  pattern: '^[\\x21-\\x7e]{1,200}$',
});
/** As a call file has it, so that a settled call and its record are one. */
export const callId = parsed(checkCallId, {
  words: {
    ja: '交換機の通話ID。半角英数記号1〜160文字。空白は使えない。',
    en: "The switch's id of the call: 1-160 printable ASCII characters without spaces.",
    short: 'id',
  },
  example: '6e6a064d-5557-4f87-8c1a-e1122d5fc033',
  pattern: '^[\\x21-\\x7e]{1,160}$',
});
/** Text for people, in the form in which the same text is always the same characters. */
export function words(max: number) {
  const schema = z
    .string()
    .normalize('NFC')
    .trim()
    .min(1)
    .refine(text => charactersIn(text) <= max, saying(valueProblems.TOO_LONG, { most: max }))
    .meta({ maxLength: max });
  WORDS.add(schema, { short: 'text' });
  return schema;
}
export const reason = described(words(500), { ja: '理由。', en: 'Why.' });

const WHOLE = /^[1-9]\d{0,14}$/;
/** A whole number of a query string, 1..max. */
export const wholeNumber = (max: number) =>
  z
    .string()
    .refine(text => WHOLE.test(text) && Number(text) <= max, {
      abort: true,
      ...saying(valueProblems.NOT_A_WHOLE_NUMBER, { least: 1, most: max }),
    })
    .meta({ pattern: WHOLE.source })
    .transform(text => Number.parseInt(text, 10));

export const position = wholeNumber(Number.MAX_SAFE_INTEGER);
export const line = z.int().min(1);
/** Query parameters of every list. */
export const paging = {
  limit: wholeNumber(500)
    .optional()
    .meta({ description: 'Rows of a page, 1-500; 50 without it.', example: '50' }),
  cursor: z.string().min(1).max(500).optional().meta({ description: '`next` of the page before.' }),
};
export const DEFAULT_LIMIT = 50;

/** What is wrong with one field. */
export interface FieldFault {
  readonly field: string;
  readonly problem: SaidProblem;
}

function nameOf(issue: z.core.$ZodIssue): string {
  const path = issue.path.map(String);
  const key = issue.code === 'unrecognized_keys' ? issue.keys[0] : undefined;
  return [...path, ...(key === undefined ? [] : [key])].join('.') || 'body';
}

/** What zod calls the types of JSON. */
const TYPES: Readonly<Record<string, Sentence>> = {
  string: { ja: '文字列', en: 'a string' },
  number: { ja: '数', en: 'a number' },
  int: { ja: '整数', en: 'an int' },
  boolean: { ja: 'true か false', en: 'a boolean' },
  array: { ja: 'リスト', en: 'an array' },
  object: { ja: '項目の組', en: 'an object' },
};

const notOneOf = (allowed: readonly string[]): SaidProblem =>
  problem(valueProblems.NOT_ONE_OF, { allowed: allowed.join(', ') });

function tooSmall(origin: string, least: number): SaidProblem {
  if (origin === 'string') return problem(valueProblems.EMPTY);
  return problem(origin === 'array' ? valueProblems.TOO_FEW : valueProblems.TOO_SMALL, { least });
}

function tooBig(origin: string, most: number): SaidProblem {
  if (origin === 'string') return problem(valueProblems.TOO_LONG, { most });
  return problem(origin === 'array' ? valueProblems.TOO_MANY_ENTRIES : valueProblems.TOO_BIG, { most });
}

function saidOf(issue: z.core.$ZodIssue): SaidProblem {
  if (issue.code === 'custom' && issue.params?.['said']) return issue.params['said'] as SaidProblem;
  const missing = 'input' in issue && issue.input === undefined;
  switch (issue.code) {
    case 'unrecognized_keys':
      return problem(valueProblems.UNKNOWN_FIELD);
    case 'invalid_value':
      if (missing) return problem(valueProblems.REQUIRED);
      return notOneOf(issue.values.map(String).filter(Boolean));
    case 'invalid_type':
      if (missing) return problem(valueProblems.REQUIRED);
      return problem(valueProblems.NOT_OF_TYPE, { type: TYPES[issue.expected] ?? issue.expected });
    case 'too_small':
      return tooSmall(issue.origin, Number(issue.minimum));
    case 'too_big':
      return tooBig(issue.origin, Number(issue.maximum));
    case 'invalid_format':
      return problem(valueProblems.NOT_OF_FORM, { pattern: issue.pattern ?? issue.format });
    default:
      return problem(valueProblems.NOT_ALLOWED);
  }
}

/** What is wrong with an input that was read with `reportInput`, field by field. */
export const faultsOf = (error: z.ZodError): FieldFault[] =>
  error.issues.map(issue => ({ field: nameOf(issue), problem: saidOf(issue) }));

/** Leaves out what was not asked for: the product tells an absent filter from an empty one. */
export const given = <Filter extends object>(filter: Filter) =>
  Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined)) as Given<Filter>;
export type Given<Filter extends object> = { [K in keyof Filter]: Exclude<Filter[K], undefined> };
