import { BusinessDay, DAY_MS, type Instant, JST_OFFSET_MS } from '#kernel';

/**
 * The days of a tariff row as bits: 0 = Sunday .. 6 = Saturday, 7 = national holiday. A row without `days`
 * has all eight. On a national holiday a row that names `holiday` goes before the rows of that weekday; where
 * none is in force, the weekday's rows apply, so a tariff that says nothing of holidays still prices them.
 */
export type DaySet = number;
export const EVERY_DAY: DaySet = 0xff;
const HOLIDAY_BIT = 0x80;
const WEEKDAY_BITS = 0x7f;
const NAMES = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const;

/**
 * `mon-fri`, `sat,sun`, `holiday`, `fri-mon` (over the week's end); empty = every day. Undefined when it is
 * none of these.
 */
export function parseDays(text: string): DaySet | undefined {
  if (text === '') return EVERY_DAY;
  let bits = 0;
  for (const part of text.toLowerCase().split(/[,; ]+/)) {
    if (part === 'holiday') {
      bits |= HOLIDAY_BIT;
      continue;
    }
    const [from, to, more] = part.split('-').map(name => NAMES.indexOf(name as (typeof NAMES)[number]));
    const last = to ?? from;
    if (more !== undefined || from === undefined || last === undefined || from < 0 || last < 0)
      return undefined;
    for (let day = from; ; day = (day + 1) % 7) {
      bits |= 1 << day;
      if (day === last) break;
    }
  }
  return bits;
}

/** The shortest list of names; empty for every day. `parseDays(daysText(d))` is `d`. */
export function daysText(days: DaySet): string {
  if (days === EVERY_DAY) return '';
  const names: string[] = NAMES.filter((_, day) => days & (1 << day));
  if (days & HOLIDAY_BIT) names.push('holiday');
  return names.join(',');
}

/** `08:30` and `24:00` as minutes of the day, 0..1440; undefined when it is not a time. */
export function parseMinute(text: string): number | undefined {
  const m = /^([01]\d|2[0-3]):([0-5]\d)$/.exec(text);
  if (text === '24:00') return 1440;
  return m ? Number(m[1]) * 60 + Number(m[2]) : undefined;
}

export const minuteText = (minute: number): string =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;

/** The part of a tariff row that says when it applies. */
export interface Season {
  readonly validFrom: BusinessDay;
  /** Inclusive; null = no end. */
  readonly validTo: BusinessDay | null;
  readonly days: DaySet;
  /**
   * Minutes of the JST day, half-open. `to` before `from` means over midnight: each instant is judged by its
   * own day.
   */
  readonly fromMinute: number;
  readonly toMinute: number;
}

const isWholeDay = (s: Season): boolean => s.fromMinute === 0 && s.toMinute === 1440;
export const isAlways = (s: Season): boolean => s.days === EVERY_DAY && isWholeDay(s);

const holds = (s: Season, minute: number): boolean =>
  s.fromMinute < s.toMinute
    ? minute >= s.fromMinute && minute < s.toMinute
    : minute >= s.fromMinute || minute < s.toMinute;

/**
 * Of rows in any order, the one in force at an instant: its dates, its days, its times; holiday rows first on
 * holidays.
 */
export function inForce<Row extends Season>(rows: readonly Row[], at: Instant): Row | undefined {
  const day = BusinessDay.of(at);
  const minute = Math.floor((at + JST_OFFSET_MS - day * DAY_MS) / 60_000);
  const weekdayBit = 1 << BusinessDay.weekday(day);
  let ofWeekday: Row | undefined;
  for (const row of rows) {
    if (day < row.validFrom || (row.validTo !== null && day > row.validTo)) continue;
    if (!holds(row, minute)) continue;
    if (row.days === EVERY_DAY) return row;
    if (row.days & HOLIDAY_BIT && BusinessDay.isNationalHoliday(day)) return row;
    if (row.days & weekdayBit) ofWeekday ??= row;
  }
  return ofWeekday;
}

/**
 * The first instant after `at` at which another row may come into force: a midnight, or a band's edge of that
 * day.
 */
export function nextChange(rows: readonly Season[], at: Instant): Instant {
  const day = BusinessDay.of(at);
  const midnight = BusinessDay.start(day);
  let next = midnight + DAY_MS;
  for (const row of rows) {
    const from = midnight + row.fromMinute * 60_000;
    const to = midnight + row.toMinute * 60_000;
    if (from > at && from < next) next = from;
    if (to > at && to < next) next = to;
  }
  return next as Instant;
}

function timesMeet(a: Season, b: Season): boolean {
  const edges = [a.fromMinute, b.fromMinute];
  return edges.some(minute => holds(a, minute) && holds(b, minute));
}

function holidayCommon(a: Season, b: Season, day: BusinessDay): number {
  if ((a.days & HOLIDAY_BIT) !== (b.days & HOLIDAY_BIT)) return 0;
  return a.days & b.days & (HOLIDAY_BIT | (1 << BusinessDay.weekday(day)));
}

/** In so many days every weekday occurs as an ordinary day. */
const SCANNED_DAYS = 28;

/** Whether some instant exists at which both rows would be in force, holidays going before weekdays. */
export function canMeet(a: Season, b: Season): boolean {
  const from = Math.max(a.validFrom, b.validFrom);
  const to = Math.min(a.validTo ?? Number.MAX_SAFE_INTEGER, b.validTo ?? Number.MAX_SAFE_INTEGER);
  if (from > to || !timesMeet(a, b)) return false;
  const weekdays = a.days & b.days & WEEKDAY_BITS;
  const holiday = a.days & b.days & HOLIDAY_BIT;
  if (weekdays === 0 && holiday === 0) return false;
  const days = to - from + 1;
  if (weekdays !== 0 && days >= SCANNED_DAYS) return true;
  if (holiday !== 0 && days >= 366) return true;
  for (let day = from as BusinessDay; day <= to && day < from + 366; day = BusinessDay.plus(day, 1)) {
    const common = BusinessDay.isNationalHoliday(day)
      ? holidayCommon(a, b, day)
      : weekdays & (1 << BusinessDay.weekday(day));
    if (common !== 0) return true;
  }
  return false;
}
