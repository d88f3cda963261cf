import { BusinessMonth, common, Instant, type Rejection, rejection } from '#kernel';
import { closingRefusals } from './refusals.js';

/** What a close is asked at: the same for a preview and for the run. */
export interface CloseMoment {
  readonly now: Instant;
  readonly month: BusinessMonth;
  /** Longest possible call in seconds: `calls.max-duration-s` of the month's last day. */
  readonly longestCallS: number;
  /** Why the month is closed before its longest possible call can have ended; undefined: it is not forced. */
  readonly forced: string | undefined;
}

/** The last instant at which a call of the month can still be running. */
export const lastCallEndsAt = (month: BusinessMonth, longestCallS: number): Instant =>
  Instant.plusMs(BusinessMonth.end(month), longestCallS * 1000);

/** Whether a close at this moment is one that only a person with a reason may ask for. */
export const isEarly = ({ now, month, longestCallS }: Omit<CloseMoment, 'forced'>): boolean =>
  now <= lastCallEndsAt(month, longestCallS);

/**
 * Why no account's month may be closed at this moment; undefined when it may (DECISIONS: Month-end close). A
 * call that began at the last instant of the month may run on, unknown to the ledger when nothing was held
 * for it: the month would be closed without it.
 */
export function closeRefusal(moment: CloseMoment): Rejection | undefined {
  const { now, month, longestCallS, forced } = moment;
  if (now <= BusinessMonth.end(month)) {
    return rejection(closingRefusals.MONTH_NOT_OVER, {
      over: Instant.text(Instant.plusMs(BusinessMonth.end(month), 1)),
    });
  }
  if (forced !== undefined) {
    return forced.trim() === '' ? rejection(common.REASON_REQUIRED) : undefined;
  }
  if (!isEarly(moment)) return undefined;
  return rejection(closingRefusals.CLOSE_TOO_EARLY, {
    until: Instant.text(lastCallEndsAt(month, longestCallS)),
  });
}
