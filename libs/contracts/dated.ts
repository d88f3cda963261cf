import type { Instant } from '#kernel';

/** What was agreed, and the instant from which it holds. */
export interface Dated<Value> {
  readonly from: Instant;
  readonly value: Value;
}

/**
 * What held at an instant: the newest that was agreed by then. The first holds for all time before it as
 * well, since calls of the past may be brought in after an account was opened.
 * @param list in the order of agreement, never empty
 */
export function heldAt<Value>(list: readonly Dated<Value>[], at: Instant): Value {
  let found = list[0]!;
  for (const one of list) if (one.from <= at) found = one;
  return found.value;
}

/** The list with one more agreement; what was agreed at the same instant is replaced. */
export function agreedFrom<Value>(
  list: readonly Dated<Value>[],
  from: Instant,
  value: Value,
): readonly Dated<Value>[] {
  return [...list.filter(one => one.from !== from), { from, value }];
}
