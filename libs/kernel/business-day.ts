import holidayJp from '@holiday-jp/holiday_jp';
import { dateOf } from './calendar.js';
import { DAY_MS, dateOfEpochDay, daysInMonth, epochDayOf, Instant, JST_OFFSET_MS } from './instant.js';
import { InvalidInput } from './invalid-input.js';
import { valueProblems } from './value-problems.js';

declare const businessDay: unique symbol;

/** A calendar date in Japan, as the number of days since 1970-01-01. */
export type BusinessDay = number & { readonly [businessDay]: true };

/** Weekday, 0 = Sunday .. 6 = Saturday. */
const weekday = (day: BusinessDay): number => (day + 4) % 7;

function text(day: BusinessDay): string {
  const date = dateOfEpochDay(day);
  const two = (n: number): string => String(n).padStart(2, '0');
  return `${String(date.year).padStart(4, '0')}-${two(date.month)}-${two(date.day)}`;
}

/** @throws InvalidInput naming `field` unless the text is an existing date YYYY-MM-DD from 1970 to 2199. */
function parse(value: string, field = 'date'): BusinessDay {
  const m = /^(\d{4})-(\d{2})-(\d{2})$/.exec(value);
  const [year, month, day] = (m?.slice(1).map(Number) ?? [0, 0, 0]) as [number, number, number];
  const monthExists = year >= 1970 && year < 2200 && month >= 1 && month <= 12;
  if (!monthExists || day < 1 || day > daysInMonth(year, month))
    throw InvalidInput.of(field, valueProblems.NOT_A_DATE);
  return epochDayOf(year, month, day) as BusinessDay;
}

/**
 * The first and the last year that the holiday library's table covers; a spec compares this with the table
 * itself. Equinox days of coming years are astronomical forecasts until the government gazettes them the
 * February before.
 */
export const HOLIDAYS_KNOWN = { from: 1970, to: 2050 } as const;

/**
 * A Japanese national holiday, substitute and citizens' holidays included.
 * @throws RangeError for a year outside `HOLIDAYS_KNOWN`: an unknown holiday is not a working day.
 */
function isNationalHoliday(day: BusinessDay): boolean {
  const { year } = dateOfEpochDay(day);
  if (year < HOLIDAYS_KNOWN.from || year > HOLIDAYS_KNOWN.to) {
    throw new RangeError(
      `national holidays of ${year} are not known (${HOLIDAYS_KNOWN.from}-${HOLIDAYS_KNOWN.to})`,
    );
  }
  return Object.hasOwn(holidayJp.holidays, text(day));
}

/** Days of every year, as MM-DD. */
export type DaysOfYear = ReadonlySet<string>;

/** What holds at the turn of the year until the catalogue says otherwise (003 p.85). */
export const YEAR_END: DaysOfYear = new Set(['12-29', '12-30', '12-31', '01-01', '01-02', '01-03']);

/**
 * Not Saturday, Sunday, a national holiday, 12/29-1/3, nor a closed day of the provider
 * (DECISIONS: Month-end close; 003 p.85).
 * @param yearEnd what the policy says in place of 12/29-1/3
 * @throws RangeError for a year outside `HOLIDAYS_KNOWN`, also for a weekend: a count of days must not go on.
 */
function isBusinessDay(
  day: BusinessDay,
  closedDays: ReadonlySet<BusinessDay> = new Set(),
  yearEnd: DaysOfYear = YEAR_END,
): boolean {
  const date = dateOf(day);
  const weekend = date.day() === 0 || date.day() === 6;
  return !(isNationalHoliday(day) || weekend || closedDays.has(day) || yearEnd.has(date.format('MM-DD')));
}

export const BusinessDay = {
  parse,
  text,
  weekday,
  of: (at: Instant): BusinessDay => Math.floor((at + JST_OFFSET_MS) / DAY_MS) as BusinessDay,
  /** 00:00:00.000 JST. */
  start: (day: BusinessDay): Instant => Instant.fromEpochMs(day * DAY_MS - JST_OFFSET_MS),
  /** 23:59:59.999 JST. */
  end: (day: BusinessDay): Instant => Instant.fromEpochMs((day + 1) * DAY_MS - JST_OFFSET_MS - 1),
  plus: (day: BusinessDay, days: number): BusinessDay => (day + days) as BusinessDay,
  parts(day: BusinessDay): { year: number; month: number; day: number } {
    const date = dateOf(day);
    return { year: date.year(), month: date.month() + 1, day: date.date() };
  },
  isNationalHoliday,
  isBusinessDay,
  /**
   * The same day when it is a business day, else the last one before it (003 p.81: pay by the previous
   * business day).
   * @throws RangeError when none is found within 60 days, or for a year outside `HOLIDAYS_KNOWN`.
   */
  onOrBefore(day: BusinessDay, closedDays?: ReadonlySet<BusinessDay>, yearEnd?: DaysOfYear): BusinessDay {
    let candidate = day;
    for (let i = 0; i < 60; i++, candidate = (candidate - 1) as BusinessDay) {
      if (isBusinessDay(candidate, closedDays, yearEnd)) return candidate;
    }
    throw new RangeError('no business day within 60 days');
  },
  /**
   * The n-th business day after a day (1-based); the day itself does not count.
   * @throws RangeError when there are fewer within a year, or for a year outside `HOLIDAYS_KNOWN`.
   */
  nthBusinessDayAfter(
    day: BusinessDay,
    n: number,
    closedDays?: ReadonlySet<BusinessDay>,
    yearEnd?: DaysOfYear,
  ): BusinessDay {
    let seen = 0;
    for (let after = 1; after <= 366; after++) {
      const candidate = (day + after) as BusinessDay;
      if (isBusinessDay(candidate, closedDays, yearEnd) && ++seen === n) return candidate;
    }
    throw new RangeError('too few business days within a year');
  },
};
