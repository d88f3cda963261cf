import { z } from 'zod';
import {
  type AccountId,
  BusinessDay,
  BusinessMonth,
  charactersIn,
  Instant,
  InvalidInput,
  Money,
  PhoneNumber,
  parseAccountId,
  parseCommandId,
} from '#kernel';
import { checkCallId } from '#rating';

interface Form {
  readonly description: string;
  readonly example: string;
  readonly pattern?: string;
}

/**
 * A text that the kernel parses: the schema is what OpenAPI shows, the kernel's own rule is what counts, so
 * that HTTP and command line accept the same.
 */
function parsed<Value>(parse: (text: string) => Value, form: Form) {
  return z
    .string()
    .meta({ ...form })
    .transform((text, context): Value => {
      try {
        return parse(text);
      } catch (error) {
        if (!(error instanceof InvalidInput)) throw error;
        context.addIssue({ code: 'custom', message: error.problem });
        return z.NEVER;
      }
    });
}

export const money = parsed(Money.parse, {
  description: 'Yen as a decimal text with at most 4 decimals; never a number.',
  example: '1234.5',
  pattern: '^-?\\d{1,15}(\\.\\d{1,4})?$',
});
/** An amount above zero. */
export const amount = money.refine(value => value > 0, { message: 'must be above zero' });
export const accountId = parsed<AccountId>(parseAccountId, {
  description: "The caller's id of an account.",
  example: 'A1',
  pattern: '^[A-Za-z0-9][A-Za-z0-9.-]{0,31}$',
});
export const phoneNumber = parsed<PhoneNumber>(PhoneNumber.parse, {
  description: 'A telephone number, in any way of writing it; it is kept and answered as 05012345678.',
  example: '050-1234-5678',
});
export const instant = parsed(Instant.parse, {
  description: 'ISO 8601 with an offset.',
  example: '2026-10-31T22:00:00.000+09:00',
});
export const businessDay = parsed(BusinessDay.parse, {
  description: 'A date in Japan.',
  example: '2026-10-31',
});
export const businessMonth = parsed(BusinessMonth.parse, {
  description: 'A month in Japan.',
  example: '2026-10',
});
/** An id that the caller may choose: of a lot, a hold, an adjustment, a reversal. */
export const ownId = parsed(parseCommandId, {
  description: '1-200 printable ASCII characters without spaces.',
  example: 'H-0001',
  pattern: '^[\\x21-\\x7e]{1,200}$',
});
/** As a call file has it, so that a settled call and its record are one. */
export const callId = parsed(checkCallId, {
  description: "The switch's id of the call: 1-160 printable ASCII characters without spaces.",
  example: '6e6a064d-5557-4f87-8c1a-e1122d5fc033',
  pattern: '^[\\x21-\\x7e]{1,160}$',
});
/** Text for people, in the form in which the same text is always the same characters. */
export const words = (max: number) =>
  z
    .string()
    .normalize('NFC')
    .trim()
    .min(1, { message: 'must not be empty' })
    .refine(text => charactersIn(text) <= max, { message: `must have at most ${max} characters` })
    .meta({ maxLength: max });

/** A whole number of a query string, 1..max. */
const wholeNumber = (max: number) =>
  z
    .string()
    .regex(/^[1-9]\d{0,14}$/, { message: `must be a whole number from 1 to ${max}` })
    .transform(text => Number.parseInt(text, 10))
    .refine(value => value <= max, { message: `must be a whole number from 1 to ${max}` });

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

/** Leaves out what was not asked for: the product tells an absent filter from an empty one. */
export const given = <Filter extends object>(filter: Filter) =>
  Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined)) as {
    [K in keyof Filter]: Exclude<Filter[K], undefined>;
  };
