import { BusinessDay, BusinessMonth, type DaysOfYear, type Instant } from '#kernel';

/** The rules of shipping that are in force, and where they come from. */
export interface ShippingTerms {
  /** Business days after the order. */
  readonly shipsFrom: number;
  readonly shipsTo: number;
  readonly returnDays: number;
  readonly warrantyMonths: number;
  /** What is no business day, beside Saturdays, Sundays and national holidays. */
  readonly closedDays: ReadonlySet<BusinessDay>;
  readonly yearEnd: DaysOfYear;
  /** Names and versions of these rules. */
  readonly policy: string;
}
type Calendar = Pick<ShippingTerms, 'closedDays' | 'yearEnd'>;

const nthAfter = (day: BusinessDay, n: number, { closedDays, yearEnd }: Calendar): BusinessDay =>
  BusinessDay.nthBusinessDayAfter(day, n, closedDays, yearEnd);

/** The next business day to about the third one after the order (DEV-07). */
export function expectedShipping(
  orderedOn: BusinessDay,
  terms: Pick<ShippingTerms, 'shipsFrom' | 'shipsTo'> & Calendar,
): { readonly from: BusinessDay; readonly to: BusinessDay } {
  const from = nthAfter(orderedOn, terms.shipsFrom, terms);
  return { from, to: nthAfter(orderedOn, Math.max(terms.shipsFrom, terms.shipsTo), terms) };
}

/** The day after shipping, or the next business day when that is none; any day where that was asked for. */
export function expectedArrival(shippedOn: BusinessDay, anyDay: boolean, calendar: Calendar): BusinessDay {
  const next = BusinessDay.plus(shippedOn, 1);
  return anyDay ? next : nthAfter(shippedOn, 1, calendar);
}

/** The last instant at which a return can be asked for: the day of arrival does not count (DEV-08). */
export const returnUntil = (arrivedOn: BusinessDay, days: number): Instant =>
  BusinessDay.end(BusinessDay.plus(arrivedOn, days));

/**
 * The last day of a guarantee of so many months (DEV-09), as the Civil Code counts (articles 140, 143): from
 * the day after the arrival, and it ends the day before the day of that number, or with the last day of a
 * month that has no such day. Arrival on 31 August: 28 February. On 28 February: 31 August.
 */
export function warrantyEnd(arrivedOn: BusinessDay, months: number): BusinessDay {
  const first = BusinessDay.plus(arrivedOn, 1);
  const { day } = BusinessDay.parts(first);
  const month = BusinessMonth.plus(BusinessMonth.ofDay(first), months);
  if (day > BusinessMonth.days(month)) return BusinessMonth.lastDay(month);
  return BusinessDay.plus(BusinessMonth.firstDay(month), day - 2);
}

export const warrantyUntil = (arrivedOn: BusinessDay, months: number): Instant =>
  BusinessDay.end(warrantyEnd(arrivedOn, months));
