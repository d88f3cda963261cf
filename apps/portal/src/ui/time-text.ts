import dayjs from 'dayjs';
import utc from 'dayjs/plugin/utc.js';

dayjs.extend(utc);

/** Japan has had no summer time since 1951: its clocks are 9 hours before UTC all year. */
const JST_MINUTES = 9 * 60;
const DAY = 'YYYY-MM-DD';

/** `2026-10-05T03:01:00Z` or with any offset, as it is in Japan: `2026-10-05T12:01:00.000`. */
export function inJapan(time: string): string {
  const at = dayjs.utc(time);
  return at.isValid() ? at.utcOffset(JST_MINUTES).format(`${DAY}THH:mm:ss.SSS`) : time;
}

/** `2026/10/05 12:01`, with seconds when asked for. */
export function timeText(time: string, seconds = false): string {
  const local = inJapan(time);
  return `${dayText(local)} ${local.slice(11, seconds ? 19 : 16)}`;
}

/** `2026/10/05` of a day or of a time that stands in Japan already. */
export const dayText = (day: string): string => day.slice(0, 10).replaceAll('-', '/');

/** `10/5` of a day: below a chart of days. */
export const shortDay = (day: string): string => `${Number(day.slice(5, 7))}/${Number(day.slice(8, 10))}`;

/** `2026年10月` or `October 2026`. */
export const monthText = (month: string, language: 'ja' | 'en'): string =>
  dayjs.utc(month).format(language === 'ja' ? 'YYYY年M月' : 'MMMM YYYY');

/**
 * `1:02:03.4`, hours always, tenths of a second only when asked for. Finer digits are cut, as the statement
 * and its PDF do (US-06): the same call is as long everywhere.
 */
export function durationText(milliseconds: number, tenths = true): string {
  const all = Math.floor(milliseconds / 100);
  const two = (value: number) => String(value).padStart(2, '0');
  const seconds = Math.floor(all / 10);
  const text = `${Math.floor(seconds / 3600)}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
  return tenths ? `${text}.${all % 10}` : text;
}

/** Today in Japan, `2026-10-05`: what a day field begins with. The server decides by its own clock. */
export const today = (): string => dayjs.utc().utcOffset(JST_MINUTES).format(DAY);

export const thisMonth = (): string => today().slice(0, 7);

/** `monthsBack('2026-01', 2)` = `['2026-01', '2025-12']`: newest first, the given month included. */
export const monthsBack = (month: string, count: number): string[] =>
  Array.from({ length: count }, (_, i) => dayjs.utc(month).subtract(i, 'month').format('YYYY-MM'));

/** A day so many days later; earlier with a negative count. */
export const daysLater = (day: string, days: number): string => dayjs.utc(day).add(days, 'day').format(DAY);

/** How many days later the second day is: 0 on the day itself. Days in Japan are all alike. */
export const daysBetween = (from: string, to: string): number => dayjs.utc(to).diff(dayjs.utc(from), 'day');
