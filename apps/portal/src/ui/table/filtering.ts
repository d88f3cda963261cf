import { numberPart } from '../number-text.js';

/** Written widths and cases do not matter to who looks for something. */
export const folded = (text: string): string => text.normalize('NFKC').toLowerCase();

/**
 * Whether a folded text has every word that is asked for, or the telephone number that they write.
 * @returns null where nothing is asked
 */
export function finder(words: string): ((text: string) => boolean) | null {
  const asked = folded(words).split(/\s+/).filter(Boolean);
  if (asked.length === 0) return null;
  const number = numberPart(words);
  return text => asked.every(word => text.includes(word)) || (number !== null && text.includes(number));
}

/** The rows that hold the words. */
export function found<Row>(
  rows: readonly Row[],
  textOf: (row: Row) => string,
  words: string,
): readonly Row[] {
  const isFound = finder(words);
  return isFound ? rows.filter(row => isFound(folded(textOf(row)))) : rows;
}
