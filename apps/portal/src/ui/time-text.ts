/** Japan has had no summer time since 1951: its clocks are 9 hours before UTC all year. */
const JST_MS = 9 * 3_600_000;

/** `2026-10-05T03:01:00Z` or with any offset, as it is in Japan: `2026-10-05T12:01:00.000`. */
export function inJapan(time: string): string {
  const at = Date.parse(time);
  return Number.isNaN(at) ? time : new Date(at + JST_MS).toISOString().slice(0, -1);
}

/** `2026/10/05 12:01`, with seconds when asked for. */
export function timeText(time: string, seconds = false): string {
  const local = inJapan(time);
  return `${dayText(local)} ${local.slice(11, seconds ? 19 : 16)}`;
}

/** `2026/10/05` of a day or of a time that stands in Japan already. */
export const dayText = (day: string): string => day.slice(0, 10).replaceAll('-', '/');

/** `2026年10月` or `October 2026`. */
export function monthText(month: string, language: 'ja' | 'en'): string {
  const [year = '', number = ''] = month.split('-');
  if (language === 'ja') return `${year}年${Number(number)}月`;
  const name = new Intl.DateTimeFormat('en', { month: 'long', timeZone: 'UTC' });
  return `${name.format(Date.UTC(Number(year), Number(number) - 1, 1))} ${year}`;
}

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
export const today = (): string => inJapan(new Date().toISOString()).slice(0, 10);

export const thisMonth = (): string => today().slice(0, 7);

/** `monthsBack('2026-01', 2)` = `['2026-01', '2025-12']`: newest first, the given month included. */
export function monthsBack(month: string, count: number): string[] {
  const first = Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7)) - 1;
  return Array.from({ length: count }, (_, i) => {
    const at = first - i;
    return `${String(Math.floor(at / 12)).padStart(4, '0')}-${String((at % 12) + 1).padStart(2, '0')}`;
  });
}

const DAY_MS = 86_400_000;
const startOf = (day: string): number => Date.parse(`${day}T00:00:00Z`);

/** A day so many days later; earlier with a negative count. */
export const daysLater = (day: string, days: number): string =>
  new Date(startOf(day) + days * DAY_MS).toISOString().slice(0, 10);

/** How many days later the second day is: 0 on the day itself. Days in Japan are all alike. */
export const daysBetween = (from: string, to: string): number => (startOf(to) - startOf(from)) / DAY_MS;
