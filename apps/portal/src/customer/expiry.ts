import { sumOf, toUnits } from '../ui/money-text.js';
import { daysBetween, inJapan } from '../ui/time-text.js';
import type { Lot } from './questions.js';

/** From when on an expiry deserves attention. */
export const SOON_DAYS = 30;

/** Days from a moment to a day in Japan: 0 on the day itself. */
export const daysUntil = (at: string, day: string): number => daysBetween(inJapan(at).slice(0, 10), day);

/** The next day after which something is lost, and how much; null when nothing can be. */
export function nextExpiry(lots: readonly Lot[]): { readonly day: string; readonly amount: string } | null {
  const left = lots.filter(lot => toUnits(lot.remaining) > 0n);
  const [day] = left.map(lot => lot.expiresOn).sort();
  if (day === undefined) return null;
  return { day, amount: sumOf(left.filter(lot => lot.expiresOn === day).map(lot => lot.remaining)) };
}
