import type { z } from 'zod';
import { Problem } from './problem.js';

export {
  accountId,
  amount,
  businessDay,
  businessMonth,
  callId,
  DEFAULT_LIMIT,
  given,
  instant,
  line,
  money,
  ownId,
  paging,
  phoneNumber,
  position,
  words,
} from '#runtime';

function nameOf(issue: z.core.$ZodIssue): string {
  const path = issue.path.map(String);
  const key = issue.code === 'unrecognized_keys' ? issue.keys[0] : undefined;
  return [...path, ...(key === undefined ? [] : [key])].join('.') || 'body';
}

const A = /^[aeio]/;

function sentenceOf(issue: z.core.$ZodIssue): string {
  if (issue.code === 'unrecognized_keys') return 'is not a field of this request';
  if (issue.code === 'invalid_type' || issue.code === 'invalid_value') {
    if (issue.input === undefined) return 'is required';
    if (issue.code === 'invalid_value') return `must be one of ${issue.values.map(String).join(', ')}`;
    return `must be ${A.test(issue.expected) ? 'an' : 'a'} ${issue.expected}`;
  }
  return issue.message;
}

/**
 * A value from outside in the form of its schema.
 * @throws Problem 400 that names every bad field, the first one as `field`.
 */
export function read<Schema extends z.ZodType>(schema: Schema, value: unknown): z.output<Schema> {
  const result = schema.safeParse(value, { reportInput: true });
  if (result.success) return result.data;
  const errors = result.error.issues.map(issue => ({ field: nameOf(issue), problem: sentenceOf(issue) }));
  const [first] = errors;
  throw new Problem(400, 'INVALID_INPUT', `${first?.field}: ${first?.problem}`, {
    ...(first && { field: first.field }),
    errors,
  });
}
