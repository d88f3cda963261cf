import { type BusinessDay, BusinessMonth, type Instant, Money } from '#kernel';

/**
 * The first month of a product: its monthly fee x (days from the contract day, inclusive, to the end of the
 * month) / (days in the month), half-up to 4 decimals, per unit (DECISIONS: Contracts). A product that is not
 * pro-ratable pays the whole month.
 */
export function firstMonthFee(monthly: Money, proRated: boolean, day: BusinessDay): Money {
  if (!proRated) return monthly;
  const month = BusinessMonth.ofDay(day);
  const used = BusinessMonth.lastDay(month) - day + 1;
  return Money.share(monthly, used, BusinessMonth.days(month), 'half_up');
}

/** When the contracts of a kind end, by the month to which the application belongs. */
export type EndRule = 'end_of_next_month' | 'end_of_current_month';

/**
 * The last day of what is cancelled. An application after the cut-off of a month's last day belongs to the
 * next month (DECISIONS: Contracts).
 * @param receivedAt when the server received it
 * @param cutOffMs milliseconds after 00:00 of the last day, inclusive
 */
export function endDay(receivedAt: Instant, cutOffMs: number, rule: EndRule): BusinessDay {
  const month = BusinessMonth.ofApplication(receivedAt, cutOffMs);
  return BusinessMonth.lastDay(rule === 'end_of_next_month' ? BusinessMonth.plus(month, 1) : month);
}

/** The last instant of an undo: the cut-off of the month in which the contract ends. */
export const undoUntil = (endsOn: BusinessDay, cutOffMs: number): Instant =>
  BusinessMonth.cutOff(BusinessMonth.ofDay(endsOn), cutOffMs);
