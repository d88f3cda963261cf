import { decimalsOf, sumOf } from '../ui/money-text.js';
import type { Usage } from './questions.js';

/** Calls, talk time and charges of each category, summed over the days. */
export function figuresOf(usage: Usage) {
  return usage.categories.map(category => {
    const days = usage.days.flatMap(day => day.categories[category] ?? []);
    return {
      category,
      calls: days.reduce((sum, { calls }) => sum + calls, 0),
      ms: days.reduce((sum, { seconds }) => sum + seconds * 1000, 0),
      net: sumOf(days.map(({ net }) => net)),
    };
  });
}

/** Whole yen where all are whole, else 2 or 4 decimals for all: as the printed statement does it. */
export function decimalsFor(amounts: readonly string[]): number {
  const most = Math.max(...amounts.map(decimalsOf));
  return most === 0 ? 0 : most <= 2 ? 2 : 4;
}
