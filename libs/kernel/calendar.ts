import dayjs, { type Dayjs } from 'dayjs';
import utc from 'dayjs/plugin/utc.js';
import { DAY_MS } from './instant.js';
import type { Language } from './sentence.js';

dayjs.extend(utc);

/**
 * The calendar of everything that is not done once per call: month ends, deadlines, business days, dates on
 * papers (decision 0003). A date has no hour and so no zone: dayjs counts it in UTC, wherever the machine is.
 */
export const dateOf = (epochDay: number): Dayjs => dayjs.utc(epochDay * DAY_MS);

/** The first day of a month `YYYY-MM`, or the day `YYYY-MM-DD`. */
const dateOfText = (text: string): Dayjs => dayjs.utc(text);

/** Days since 1970-01-01 of the first day of a month `YYYY-MM`, and how many days it has. */
export function spanOf(month: string): { readonly first: number; readonly days: number } {
  const first = dateOfText(month);
  return { first: first.valueOf() / DAY_MS, days: first.daysInMonth() };
}

/** `2025-10` as `2025年10月` or `Oct 2025`. */
export const monthTextInWords = (month: string, language: Language): string =>
  dateOfText(month).format(language === 'ja' ? 'YYYY年M月' : 'MMM YYYY');

/** `2025-10-31` as `2025年10月31日` or `31 Oct 2025`. */
export const dateTextInWords = (date: string, language: Language): string =>
  dateOfText(date).format(language === 'ja' ? 'YYYY年M月D日' : 'D MMM YYYY');
