import { type BusinessMonth, Money } from '#kernel';
import { addTaxed } from './incoming-discount.js';
import type { TaxedSum, UsageCounter } from './wallet.facts.js';
import {
  type Books,
  emptyMonth,
  type MonthBooks,
  monthTalk,
  type TalkBooks,
  type TalkSum,
} from './wallet.state.js';

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
  const index = indexOf(month.counters, key, usageMonth);
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

/** A loop, not a closure: every call of a replay comes by. */
function indexOf(counters: readonly UsageCounter[], key: CounterKey, usageMonth: BusinessMonth): number {
  for (let i = 0; i < counters.length; i++) {
    const c = counters[i]!;
    const isSame = c.category === key.category && c.usageMonth === usageMonth && c.kind === key.kind;
    if (isSame && c.taxRate === key.taxRate && c.taxCategory === key.taxCategory) return i;
  }
  return -1;
}

/** Outgoing calls of a month of use that were charged (1) or taken back (-1). */
export function talkPaid(books: Books, month: BusinessMonth, sum: TaxedSum, sign: 1 | -1): void {
  const known = books.talk.get(month);
  if (known !== undefined && addInPlace(known.paid, sum, sign)) return;
  const talk = monthTalk(books, month);
  keep(books, { ...talk, paid: [...addTaxed(talk.paid, sum, sign)] });
}

/** As `addTaxed`, where the sum stays. False when there is none, or none after it: nothing is changed. */
function addInPlace(sums: readonly TalkSum[], { taxCategory, taxRate, net, tax }: TaxedSum, sign: 1 | -1) {
  for (const sum of sums) {
    if (sum.taxRate !== taxRate || sum.taxCategory !== taxCategory) continue;
    const [netAfter, taxAfter] = [sum.net + sign * net, sum.tax + sign * tax];
    if (netAfter === 0 && taxAfter === 0) return false;
    sum.net = Money.fromUnits(netAfter);
    sum.tax = Money.fromUnits(taxAfter);
    return true;
  }
  return false;
}

/** A free answered incoming call of a month of use, or one taken back. */
export function talkIncoming(books: Books, month: BusinessMonth, durationMs: number, sign: 1 | -1): void {
  const talk = monthTalk(books, month);
  const incomingCalls = talk.incomingCalls + sign;
  const incomingDurationMs = talk.incomingDurationMs + sign * durationMs;
  keep(books, { ...talk, incomingCalls, incomingDurationMs });
}

/** What was given (1) of the discount of a month of use, or taken back again (-1). */
export function talkGranted(
  books: Books,
  month: BusinessMonth,
  sums: readonly TaxedSum[],
  sign: 1 | -1,
): void {
  const talk = monthTalk(books, month);
  let { granted } = talk;
  for (const sum of sums) granted = addTaxed(granted, sum, sign);
  keep(books, { ...talk, granted });
}

function keep(books: Books, talk: TalkBooks): void {
  const empty = talk.incomingCalls === 0 && talk.incomingDurationMs === 0;
  if (empty && talk.paid.length === 0 && talk.granted.length === 0) books.talk.delete(talk.month);
  else books.talk.set(talk.month, talk);
}
