import { harmless } from './text.js';

/** A plain number is no formula; a telephone number with `+` would lose it in a spreadsheet. */
const PLAIN_NUMBER = /^-?\d+(\.\d+)?$/;
/** What a spreadsheet takes for the beginning of a formula; a Japanese one takes the full-width signs too. */
const FORMULA = /^[=+\-@\t\r\n＝＋－＠]/;

/** A cell as RFC 4180 has it; what a spreadsheet would run as a formula gets a leading apostrophe. */
export function csvCell(text: string): string {
  const shown = harmless(text, { lines: true });
  const safe = FORMULA.test(shown) && !PLAIN_NUMBER.test(shown) ? `'${shown}` : shown;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
