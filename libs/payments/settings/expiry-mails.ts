import { type AccountId, BusinessDay, happened, type Instant, Money, nothing, type Outcome } from '#kernel';
import type { PrepaidSettingsEvent } from './settings.events.js';
import { type PrepaidSettingsRejection, prepaidSettingsUnchanged } from './settings.refusals.js';
import type { PrepaidSettingsState } from './settings.state.js';

// What is told of value that will expire: some days before its last, once each.

/** What expires after one day, whatever lots it lies in. */
export interface Expiring {
  /** The last day on which it can be used. */
  readonly expiresOn: BusinessDay;
  /** What no call holds. */
  readonly amount: Money;
}

export interface TellExpiry {
  readonly type: 'TellExpiry';
  readonly now: Instant;
  readonly account: AccountId;
  readonly expiring: readonly Expiring[];
  /** Days before the last one on which it is told: 30, 7 and 1. */
  readonly daysBefore: readonly number[];
  /** Less than this is not worth a mail. */
  readonly atLeast: Money;
}

/** The mail that is due with so many days left; of those missed only the last. Undefined: none is yet. */
const dueAt = (left: number, daysBefore: readonly number[]): number | undefined => {
  const due = daysBefore.filter(days => left <= days);
  return left < 0 || due.length === 0 ? undefined : Math.min(...due);
};

export function tellExpiry(
  { now: at, account, expiring, daysBefore, atLeast }: TellExpiry,
  { expiryTold }: PrepaidSettingsState,
): Outcome<PrepaidSettingsEvent, PrepaidSettingsRejection> {
  const today = BusinessDay.of(at);
  const sums = new Map<BusinessDay, Money>();
  for (const { expiresOn, amount } of expiring)
    sums.set(expiresOn, Money.add(sums.get(expiresOn) ?? Money.zero, amount));
  const lots = [...sums].flatMap(([expiresOn, amount]) => {
    const due = dueAt(expiresOn - today, daysBefore);
    const isTold = due === undefined || (expiryTold.get(expiresOn) ?? Number.POSITIVE_INFINITY) <= due;
    return isTold || amount < atLeast ? [] : [{ expiresOn, amount, daysBefore: due }];
  });
  if (lots.length === 0) return nothing(prepaidSettingsUnchanged.NOTHING_EXPIRES);
  const told = lots.sort((one, other) => one.expiresOn - other.expiresOn);
  return happened<PrepaidSettingsEvent>({ type: 'ExpiryTold', at, account, expiring: told });
}
