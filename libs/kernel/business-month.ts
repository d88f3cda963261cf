import { BusinessDay, type DaysOfYear } from './business-day.js';
import { spanOf } from './calendar.js';
import { DAY_MS, dateOfEpochDay, Instant, JST_OFFSET_MS } from './instant.js';
import { InvalidInput } from './invalid-input.js';
import { valueProblems } from './value-problems.js';

declare const businessMonth: unique symbol;

/** A calendar month in Japan: year x 12 + (month - 1). */
export type BusinessMonth = number & { readonly [businessMonth]: true };

const yearOf = (month: BusinessMonth): number => Math.floor(month / 12);
const monthOfYear = (month: BusinessMonth): number => (month % 12) + 1;
function ofDay(day: BusinessDay): BusinessMonth {
  const { year, month } = dateOfEpochDay(day);
  return (year * 12 + month - 1) as BusinessMonth;
}

const texts = new Map<number, string>();
function text(month: BusinessMonth): string {
  let known = texts.get(month);
  if (known === undefined) {
    known = `${String(yearOf(month)).padStart(4, '0')}-${String(monthOfYear(month)).padStart(2, '0')}`;
    texts.set(month, known);
  }
  return known;
}

const spans = new Map<BusinessMonth, ReturnType<typeof spanOf>>();
function span(month: BusinessMonth): ReturnType<typeof spanOf> {
  let known = spans.get(month);
  if (known === undefined) {
    known = spanOf(text(month));
    spans.set(month, known);
  }
  return known;
}
const days = (month: BusinessMonth): number => span(month).days;
const firstDay = (month: BusinessMonth): BusinessDay => span(month).first as BusinessDay;
const lastDay = (month: BusinessMonth): BusinessDay => (span(month).first + days(month) - 1) as BusinessDay;

let lastText = '';
let lastMonth = 0 as BusinessMonth;
/** @throws InvalidInput naming `field` unless the text is a month YYYY-MM from 1970 to 2199. */
function parse(value: string, field = 'month'): BusinessMonth {
  // The events of a log name one month many times.
  if (value === lastText) return lastMonth;
  const m = /^(\d{4})-(0[1-9]|1[0-2])$/.exec(value);
  const year = Number(m?.[1] ?? 0);
  if (year < 1970 || year >= 2200) throw InvalidInput.of(field, valueProblems.NOT_A_MONTH);
  lastMonth = (year * 12 + Number(m![2]) - 1) as BusinessMonth;
  lastText = value;
  return lastMonth;
}

let cachedDay = Number.NaN;
let cachedMonth = 0 as BusinessMonth;
function of(at: Instant): BusinessMonth {
  const day = Math.floor((at + JST_OFFSET_MS) / DAY_MS);
  if (day !== cachedDay) {
    cachedMonth = ofDay(day as BusinessDay);
    cachedDay = day;
  }
  return cachedMonth;
}

export const BusinessMonth = {
  parse,
  text,
  of,
  ofDay,
  days,
  firstDay,
  lastDay,
  /** 00:00:00.000 JST of the first day. */
  start: (month: BusinessMonth): Instant => BusinessDay.start(firstDay(month)),
  /** 23:59:59.999 JST of the last day. */
  end: (month: BusinessMonth): Instant => BusinessDay.end(lastDay(month)),
  plus: (month: BusinessMonth, months: number): BusinessMonth => (month + months) as BusinessMonth,
  /**
   * The last instant still in time: `cutOffMs` after midnight of the last day, inclusive. 22:00 is
   * 79,200,000.
   */
  cutOff: (month: BusinessMonth, cutOffMs: number): Instant =>
    Instant.plusMs(BusinessDay.start(lastDay(month)), cutOffMs),
  /**
   * The month an application belongs to: its own until the cut-off, the next after it (DECISIONS: Contracts).
   * Nothing takes applications yet, so nothing asks for it, nor for the policy of the cut-off.
   */
  ofApplication(receivedAt: Instant, cutOffMs: number): BusinessMonth {
    const month = of(receivedAt);
    return receivedAt <= BusinessMonth.cutOff(month, cutOffMs) ? month : ((month + 1) as BusinessMonth);
  },
  /** The n-th business day (1-based) of the month. @throws RangeError when the month has fewer. */
  nthBusinessDay(
    month: BusinessMonth,
    n: number,
    closedDays?: ReadonlySet<BusinessDay>,
    yearEnd?: DaysOfYear,
  ): BusinessDay {
    let seen = 0;
    for (let day = firstDay(month); day <= lastDay(month); day = BusinessDay.plus(day, 1)) {
      if (BusinessDay.isBusinessDay(day, closedDays, yearEnd) && ++seen === n) return day;
    }
    throw new RangeError(`${text(month)} has only ${seen} business days`);
  },
};
