import type { z } from 'zod';
import { type SaidProblem, textProblem, toldProblem } from '#kernel';
import { faultsOf } from '#runtime';
import { badField, badFields } from './problem.js';

export {
  accountId,
  businessDay,
  businessMonth,
  DEFAULT_LIMIT,
  given,
  instant,
  line,
  money,
  paging,
  phoneNumber,
  position,
  words,
} from '#runtime';

/** What is never shown, and a record of a call file, which is kept as it came. */
const NO_WORDS = /^(raw|password|.*Password)$/;

/** The first text of a request that holds what no text of ours may, wherever it stands. */
function hiddenIn(value: unknown): { readonly field: string; readonly problem: SaidProblem } | undefined {
  const left: { readonly path: string; readonly value: unknown }[] = [{ path: '', value }];
  for (let next = left.pop(); next; next = left.pop()) {
    const { path, value: one } = next;
    const problem = typeof one === 'string' ? textProblem(one) : undefined;
    if (problem !== undefined) return { field: path, problem };
    if (typeof one !== 'object' || one === null) continue;
    for (const [name, inside] of Object.entries(one).reverse())
      if (!NO_WORDS.test(name)) left.push({ path: path === '' ? name : `${path}.${name}`, value: inside });
  }
  return undefined;
}

/**
 * A value from outside in the form of its schema.
 * @throws Problem 400 that names every bad field, the first one as `field`.
 */
export function read<Schema extends z.ZodType>(schema: Schema, value: unknown): z.output<Schema> {
  const hidden = hiddenIn(value);
  if (hidden) throw badField(hidden.field, hidden.problem);
  const result = schema.safeParse(value, { reportInput: true });
  if (result.success) return result.data;
  throw badFields(faultsOf(result.error).map(({ field, problem }) => ({ field, ...toldProblem(problem) })));
}
