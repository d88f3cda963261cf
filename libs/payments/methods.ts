import { BusinessDay, type DaysOfYear, type Instant } from '#kernel';

/** Ways in which a customer pays in advance (PAY-04..08). */
export const PAYMENT_METHODS = ['card', 'net_bank', 'konbini', 'bank_transfer'] as const;
export type PaymentMethod = (typeof PAYMENT_METHODS)[number];

/** How long an order of a payment stands, and what is no business day. */
export interface PaymentTerms {
  /** Whole days after the day of the order, 1..60 (PAY-06..08: a week). */
  readonly daysToPay: number;
  readonly closedDays: ReadonlySet<BusinessDay>;
  readonly yearEnd: DaysOfYear;
  /** Name and version of the rule, for the record. */
  readonly policy: string;
}

/**
 * The last instant at which an order can be paid: the end of the last day. A bank transfer needs a day on
 * which the bank works, so it is due on the last business day until then (PL-11, PL-13).
 */
export function payableUntil(method: PaymentMethod, orderedAt: Instant, terms: PaymentTerms): Instant {
  const ordered = BusinessDay.of(orderedAt);
  const last = BusinessDay.plus(ordered, terms.daysToPay);
  if (method !== 'bank_transfer') return BusinessDay.end(last);
  const working = BusinessDay.onOrBefore(last, terms.closedDays, terms.yearEnd);
  return BusinessDay.end(Math.max(working, ordered) as BusinessDay);
}
