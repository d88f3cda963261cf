import { InvalidInput, Money, MoneyTotal, type Outcome, rejected } from '#kernel';

/**
 * Every way in which a wallet refuses, in the order in which it is asked: of two that hold, the earlier is
 * named.
 */
export const WALLET_REJECTIONS = [
  'WALLET_EXISTS',
  'NO_SUCH_WALLET',
  'WALLET_CLOSED',
  'MONTH_OVER',
  'REASON_REQUIRED',
  'APPROVAL_REQUIRED',
  'LOT_EXISTS',
  'ADJUSTMENT_EXISTS',
  'POSTED_RECENTLY',
  'HOLD_EXISTS',
  'NO_SUCH_HOLD',
  'ALREADY_REVERSED',
  'NOT_REVERSED',
  'REVERSAL_EXISTS',
  'MONTH_CLOSED',
  'EARLIER_MONTH_OPEN',
  'USAGE_CHANGED',
  'TOTAL_BELOW_ZERO',
  'INSUFFICIENT_FUNDS',
  'SUM_OUT_OF_RANGE',
] as const;
export type WalletRejection = (typeof WALLET_REJECTIONS)[number];

/** What a command comes to. */
export type Decision<Event> = Outcome<Event, WalletRejection>;

export const decided = <Event>(events: readonly Event[]): Decision<Event> => ({ kind: 'events', events });

export const insufficient = (available: MoneyTotal, required: Money): Decision<never> =>
  rejected('INSUFFICIENT_FUNDS', 'The available funds do not cover the amount.', {
    available: MoneyTotal.text(available),
    required: Money.text(required),
  });

/** @throws InvalidInput naming `field`. */
export function requirePositive(amount: Money, field = 'amount'): void {
  if (amount <= 0) throw new InvalidInput(field, 'must be above 0');
}

/** @throws InvalidInput naming `field`. */
export function requireNotNegative(amount: Money, field: string): void {
  if (amount < 0) throw new InvalidInput(field, 'must not be below 0');
}
