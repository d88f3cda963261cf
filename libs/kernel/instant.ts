import { InvalidInput } from './invalid-input.js';
import { valueProblems } from './value-problems.js';

declare const instant: unique symbol;

/**
 * A moment: milliseconds since 1970-01-01T00:00:00Z, a safe integer. The years 1970 to 2199 are those of
 * Japan, so that every instant has a `BusinessDay` and every `BusinessDay` a start: the first nine hours of
 * 1970 are negative.
 */
export type Instant = number & { readonly [instant]: true };

/**
 * JST is UTC+9 without daylight saving (DECISIONS: all times are JST): the offset is a number, not a time
 * zone.
 */
export const JST_OFFSET_MS = 9 * 3_600_000;
export const DAY_MS = 86_400_000;
/** 1970-01-01T00:00:00.000+09:00, and 2200-01-01T00:00:00.000+09:00, which is the first that is too late. */
const FIRST_INSTANT = -JST_OFFSET_MS;
const PAST_LAST_INSTANT = 7_258_118_400_000 - JST_OFFSET_MS;
const ISO =
  /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2}):(\d{2})(?:\.(\d{1,9}))?(Z|[+-](?:[01]\d|2[0-3]):[0-5]\d)$/;

/** Days from 1970-01-01 to a date of the proleptic Gregorian calendar (H. Hinnant's days_from_civil). */
export function epochDayOf(year: number, month: number, day: number): number {
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
}

/** The date of an epoch day (civil_from_days). */
export function dateOfEpochDay(epochDay: number): { year: number; month: number; day: number } {
  const z = epochDay + 719_468;
  const era = Math.floor(z / 146_097);
  const doe = z - era * 146_097;
  const yoe = Math.floor(
    (doe - Math.floor(doe / 1460) + Math.floor(doe / 36_524) - Math.floor(doe / 146_096)) / 365,
  );
  const doy = doe - (365 * yoe + Math.floor(yoe / 4) - Math.floor(yoe / 100));
  const mp = Math.floor((5 * doy + 2) / 153);
  const month = mp < 10 ? mp + 3 : mp - 9;
  return {
    year: yoe + era * 400 + (month <= 2 ? 1 : 0),
    month,
    day: doy - Math.floor((153 * mp + 2) / 5) + 1,
  };
}

export function daysInMonth(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

const DIGIT = 48;
const pair = (text: string, at: number): number =>
  (text.charCodeAt(at) - DIGIT) * 10 + (text.charCodeAt(at + 1) - DIGIT);

/**
 * `2026-10-05T12:01:00.000+09:00`, the form of our own files and events, without a regular expression; NaN
 * when it is not that.
 */
function parseFixed(text: string): number {
  if (text.length !== 29 || !text.endsWith('+09:00')) return Number.NaN;
  for (let i = 0; i < 23; i++) {
    const c = text.charCodeAt(i);
    const separator =
      i === 4 || i === 7 ? 45 : i === 10 ? 84 : i === 13 || i === 16 ? 58 : i === 19 ? 46 : -1;
    if (separator >= 0 ? c !== separator : c < DIGIT || c > 57) return Number.NaN;
  }
  const year = pair(text, 0) * 100 + pair(text, 2);
  const [month, day] = [pair(text, 5), pair(text, 8)];
  const [hour, minute, second] = [pair(text, 11), pair(text, 14), pair(text, 17)];
  if (month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) return Number.NaN;
  if (hour > 23 || minute > 59 || second > 59) return Number.NaN;
  const milliseconds = (text.charCodeAt(20) - DIGIT) * 100 + pair(text, 21);
  const clock = ((hour * 60 + minute) * 60 + second) * 1000 + milliseconds;
  return epochDayOf(year, month, day) * DAY_MS + clock - JST_OFFSET_MS;
}

/**
 * ISO 8601 with an offset; milliseconds are kept, finer digits are cut.
 * @throws InvalidInput naming `field`: no offset, no such date, not between 1970 and 2199 in Japan.
 */
function parse(text: string, field = 'time'): Instant {
  const fixed = parseFixed(text);
  if (fixed >= FIRST_INSTANT && fixed < PAST_LAST_INSTANT) return fixed as Instant;
  const m = ISO.exec(text);
  if (!m)
    throw InvalidInput.of(field, valueProblems.NOT_A_TIME, { example: '2026-10-31T22:00:00.000+09:00' });
  const [year, month, day] = [Number(m[1]), Number(m[2]), Number(m[3])];
  const [hour, minute, second] = [Number(m[4]), Number(m[5]), Number(m[6])];
  const dateExists = month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month);
  if (!dateExists || hour > 23 || minute > 59 || second > 59) {
    throw InvalidInput.of(field, valueProblems.NO_SUCH_TIME);
  }
  const milliseconds = Number((m[7] ?? '').slice(0, 3).padEnd(3, '0'));
  const zone = m[8]!;
  const offset =
    zone === 'Z' ? 0 : (zone[0] === '-' ? -1 : 1) * (pair(zone, 1) * 60 + pair(zone, 4)) * 60_000;
  const clock = ((hour * 60 + minute) * 60 + second) * 1000 + milliseconds;
  const at = epochDayOf(year, month, day) * DAY_MS + clock - offset;
  if (at < FIRST_INSTANT || at >= PAST_LAST_INSTANT)
    throw InvalidInput.of(field, valueProblems.OUTSIDE_OF_TIME);
  return at as Instant;
}

const two = (n: number): string => (n < 10 ? `0${n}` : String(n));
let cachedDay = Number.NaN;
let cachedDate = '';

/** `2026-10-05T12:01:00.000+09:00`: always JST, always milliseconds, always 29 characters. */
function text(at: Instant): string {
  const local = at + JST_OFFSET_MS;
  const day = Math.floor(local / DAY_MS);
  if (day !== cachedDay) {
    const date = dateOfEpochDay(day);
    cachedDate = `${String(date.year).padStart(4, '0')}-${two(date.month)}-${two(date.day)}T`;
    cachedDay = day;
  }
  const ms = local - day * DAY_MS;
  const seconds = Math.floor(ms / 1000);
  const minutes = Math.floor(seconds / 60);
  const rest = ms - seconds * 1000;
  const fraction = rest < 10 ? `00${rest}` : rest < 100 ? `0${rest}` : String(rest);
  const hours = Math.floor(minutes / 60);
  const clock = `${two(hours)}:${two(minutes - hours * 60)}:${two(seconds - minutes * 60)}`;
  return `${cachedDate}${clock}.${fraction}+09:00`;
}

export const Instant = {
  parse,
  text,
  /** @throws RangeError outside 1970..2199 (in Japan) or not whole milliseconds. */
  fromEpochMs(ms: number): Instant {
    if (!Number.isSafeInteger(ms) || ms < FIRST_INSTANT || ms >= PAST_LAST_INSTANT)
      throw new RangeError(`not an instant: ${ms}`);
    return ms as Instant;
  },
  plusMs: (at: Instant, ms: number): Instant => (at + ms) as Instant,
  later: (a: Instant, b: Instant): Instant => (a > b ? a : b),
  /** Milliseconds since 00:00:00.000 JST of its day. */
  msOfDay: (at: Instant): number => (at + JST_OFFSET_MS) % DAY_MS,
};
