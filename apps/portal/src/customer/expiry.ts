import { sumOf, toUnits } from '../ui/money-text.js';
import { inJapan } from '../ui/time-text.js';
import type { Lot } from './questions.js';

const DAY_MS = 86_400_000;

/** From when on an expiry deserves attention. */
export const SOON_DAYS = 30;

/** Days from a moment to a day in Japan: 0 on the day itself. */
export function daysUntil(at: string, day: string): number {
  const from = Date.parse(`${inJapan(at).slice(0, 10)}T00:00:00Z`);
  return Math.round((Date.parse(`${day}T00:00:00Z`) - from) / DAY_MS);
}

/** The next day after which something is lost, and how much; null when nothing can be. */
export function nextExpiry(lots: readonly Lot[]): { readonly day: string; readonly amount: string } | null {
  const left = lots.filter(lot => toUnits(lot.remaining) > 0n);
  const [day] = left.map(lot => lot.expiresOn).sort();
  if (day === undefined) return null;
  return { day, amount: sumOf(left.filter(lot => lot.expiresOn === day).map(lot => lot.remaining)) };
}
