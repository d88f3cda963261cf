import { type BusinessMonth, Money, TAX_CATEGORIES, type TaxCategory, taxOf } from '#kernel';
import type { MonthDiscount, MonthTalk, TalkRate, TaxedSum, UsageCounter } from './wallet.facts.js';

const MS_PER_MINUTE = 60_000;

/**
 * What the incoming talk of a month takes off the paid outgoing calls: rate x time, rounded once to whole yen
 * (half-up), never more than was paid (US-04, US-07; X-50). Not negative.
 */
export function incomingTimeDiscount(
  perMinute: Money,
  incomingDurationMs: number,
  paidOutgoing: Money,
): Money {
  const granted = Money.share(perMinute, incomingDurationMs, MS_PER_MINUTE, 'half_up', 0);
  return Money.max(Money.zero, Money.min(granted, paidOutgoing));
}

type TaxKey = Pick<TaxedSum, 'taxCategory' | 'taxRate'>;
const sameTax = (a: TaxKey, b: TaxKey): boolean => a.taxCategory === b.taxCategory && a.taxRate === b.taxRate;

/**
 * Order of print and of taking discounts off: standard first, then reduced, exempt, out of scope; the higher
 * rate first.
 */
export function compareTax(a: TaxKey, b: TaxKey): number {
  return (
    TAX_CATEGORIES.indexOf(a.taxCategory) - TAX_CATEGORIES.indexOf(b.taxCategory) || b.taxRate - a.taxRate
  );
}

const isTaxable = (category: TaxCategory): boolean => category === 'standard' || category === 'reduced';

/** Adds to the sum of its tax category and rate; a sum that is all zero by it is left out. */
export function addTaxed(sums: readonly TaxedSum[], add: TaxedSum, sign: 1 | -1 = 1): readonly TaxedSum[] {
  if (add.net === 0 && add.tax === 0) return sums;
  const before = sums.find(sum => sameTax(sum, add));
  const { taxCategory, taxRate } = add;
  const net = Money.fromUnits((before?.net ?? 0) + sign * add.net);
  const tax = Money.fromUnits((before?.tax ?? 0) + sign * add.tax);
  const sum = { taxCategory, taxRate, net, tax };
  if (net === 0 && tax === 0) return sums.filter(other => other !== before);
  if (before !== undefined) return sums.map(other => (other === before ? sum : other));
  return [...sums, sum].sort(compareTax);
}

/**
 * The discount of a month of use, from all that is known of it until now: spread over its paid outgoing
 * calls, standard-rated ones first, then the rest. Its tax is at most the tax that those calls were debited:
 * calls of a fraction of a yen may each have been taxed less than their sum would be.
 */
export function discountOf(talk: MonthTalk, perMinute: Money): TaxedSum[] {
  const paid = Money.sum(talk.paid.map(sum => sum.net));
  let left = incomingTimeDiscount(perMinute, talk.incomingDurationMs, paid);
  const parts: TaxedSum[] = [];
  for (const { taxCategory, taxRate, net: base, tax: debited } of talk.paid) {
    const net = Money.min(left, Money.max(base, Money.zero));
    if (net === 0) continue;
    left = Money.subtract(left, net);
    const tax = net === base ? debited : Money.min(taxOf(net, taxRate), debited);
    parts.push({ taxCategory, taxRate, net, tax: isTaxable(taxCategory) ? tax : Money.zero });
  }
  return parts;
}

/** `one` less `other`, per tax category and rate; what is equal is left out. */
export function difference(one: readonly TaxedSum[], other: readonly TaxedSum[]): readonly TaxedSum[] {
  let left = one;
  for (const sum of other) left = addTaxed(left, sum, -1);
  return left;
}

export const grossOf = (sums: readonly TaxedSum[]): Money =>
  Money.sum(sums.map(sum => Money.add(sum.net, sum.tax)));

/** What a month of use is still to be given, or gives back, at a close; with what it follows from. */
export interface DiscountDue {
  readonly talk: MonthTalk;
  readonly perMinute: Money;
  readonly parts: readonly TaxedSum[];
}

/**
 * For every remembered month of use up to `month`: its discount to date less what was granted before. So any
 * order and any split of calls over closes ends with the same sum.
 */
export function discountsDue(
  talks: Iterable<MonthTalk>,
  month: BusinessMonth,
  perMinuteOf: (month: BusinessMonth) => Money,
): DiscountDue[] {
  const due: DiscountDue[] = [];
  for (const talk of talks) {
    if (talk.month > month) continue;
    const perMinute = perMinuteOf(talk.month);
    due.push({ talk, perMinute, parts: difference(discountOf(talk, perMinute), talk.granted) });
  }
  return due.sort((a, b) => a.talk.month - b.talk.month);
}

/** What the wallet is asked to book for what is due; a month without an agreed discount is not named. */
export const bookedDiscounts = (
  due: readonly DiscountDue[],
): { readonly discounts: MonthDiscount[]; readonly rates: TalkRate[] } => ({
  discounts: due.flatMap(({ talk, parts }) => parts.map(part => ({ usageMonth: talk.month, ...part }))),
  rates: due
    .filter(({ talk, perMinute }) => perMinute !== 0 || talk.granted.length > 0)
    .map(({ talk, perMinute }) => ({ month: talk.month, perMinute })),
});

export const emptyTalk = (month: BusinessMonth): MonthTalk => ({
  month,
  incomingCalls: 0,
  incomingDurationMs: 0,
  paid: [],
  granted: [],
  perMinute: null,
});

/**
 * What a balance of before says of it: wallets did not keep it by month of use. Of months that were closed
 * by then nothing is known, so nothing is given for what comes to them beyond what those calls earn alone.
 */
export function talkOfUsage(
  usage: readonly {
    readonly month: BusinessMonth;
    readonly counters: readonly UsageCounter[];
    readonly incomingCalls: number;
    readonly incomingDurationMs: number;
  }[],
): MonthTalk[] {
  const talks = new Map<BusinessMonth, MonthTalk>();
  const change = (month: BusinessMonth, to: (talk: MonthTalk) => MonthTalk): void => {
    talks.set(month, to(talks.get(month) ?? emptyTalk(month)));
  };
  for (const { month, counters, incomingCalls, incomingDurationMs } of usage) {
    if (incomingCalls !== 0 || incomingDurationMs !== 0)
      change(month, talk => ({ ...talk, incomingCalls, incomingDurationMs }));
    for (const { kind, usageMonth, taxCategory, taxRate, net, tax } of counters) {
      if (kind !== 'usage' || (net === 0 && tax === 0)) continue;
      const sum = { taxCategory, taxRate, net, tax };
      change(usageMonth, talk => ({ ...talk, paid: addTaxed(talk.paid, sum) }));
    }
  }
  return [...talks.values()].sort((a, b) => a.month - b.month);
}
