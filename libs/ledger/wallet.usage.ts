import { type BusinessMonth, Money } from '#kernel';
import type { UsageCounter } from './wallet.events.js';
import { type Books, emptyMonth, type MonthBooks } from './wallet.state.js';

/** The month's books, begun when it is the first that happens in it. */
export function monthOf(books: Books, month: BusinessMonth): MonthBooks {
  let found = books.usage.get(month);
  if (found === undefined) {
    found = emptyMonth(month);
    books.usage.set(month, found);
  }
  return found;
}

export type CounterKey = Pick<UsageCounter, 'kind' | 'category' | 'taxCategory' | 'taxRate'>;

/**
 * Adds to (or, with negative numbers, takes from) the counter of this kind. A counter that is all zero by it
 * leaves.
 */
export function count(
  month: MonthBooks,
  key: CounterKey,
  usageMonth: BusinessMonth,
  add: { readonly calls: number; readonly durationMs: number; readonly net: Money; readonly tax: Money },
): void {
  const same = (c: UsageCounter): boolean =>
    c.category === key.category &&
    c.usageMonth === usageMonth &&
    c.kind === key.kind &&
    c.taxRate === key.taxRate &&
    c.taxCategory === key.taxCategory;
  const index = month.counters.findIndex(same);
  const counter = month.counters[index];
  if (counter === undefined) {
    const { kind, category, taxCategory, taxRate } = key;
    month.counters.push({ kind, category, taxCategory, taxRate, usageMonth, ...add });
    return;
  }
  counter.calls += add.calls;
  counter.durationMs += add.durationMs;
  counter.net = Money.add(counter.net, add.net);
  counter.tax = Money.add(counter.tax, add.tax);
  const gone = counter.calls === 0 && counter.durationMs === 0 && counter.net === 0 && counter.tax === 0;
  if (gone && (add.calls < 0 || add.net < 0)) month.counters.splice(index, 1);
}
