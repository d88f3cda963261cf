import { BusinessDay, type Instant, Money, type Rejection, rejection } from '#kernel';
import type { ChargeMethod } from '#ledger';
import type { PolicyName } from '#policies';
import type { Facts } from '../engine/facts.js';
import { prepaidRefusals } from './refusals.js';

const LIMITS = {
  card: 'charge.limits-card',
  net_bank: 'charge.limits-net-bank',
  konbini: 'charge.limits-konbini',
  bank_transfer: 'charge.limits-bank-transfer',
} as const satisfies Record<Exclude<ChargeMethod, 'bonus'>, PolicyName>;

/** What one charge by a method may be, on a day (PAY-01). */
export const limitsOf = (facts: Facts, method: Exclude<ChargeMethod, 'bonus'>, day: BusinessDay) =>
  facts.policy(LIMITS[method], day);

/**
 * Why an amount cannot have been paid in this way; undefined when it can. The limits are those of the day of
 * the payment. Bonus value is not paid and has none.
 */
export async function outsideLimits(
  facts: Facts,
  { method, amount, at }: { method: ChargeMethod; amount: Money; at: Instant },
): Promise<Rejection | undefined> {
  if (method === 'bonus') return undefined;
  if (amount !== Money.toWholeYen(amount, 'down'))
    return rejection(prepaidRefusals.NOT_WHOLE_YEN, { amount: Money.text(amount) });
  const { least, most } = await limitsOf(facts, method, BusinessDay.of(at));
  if (amount >= least && amount <= most) return undefined;
  const limits = { method, least: Money.text(least), most: Money.text(most) };
  return rejection(prepaidRefusals.OUTSIDE_METHOD_LIMITS, limits);
}
