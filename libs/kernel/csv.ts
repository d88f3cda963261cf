import { harmless } from './text.js';

/*
 * Cells of CSV files, written in one way by server, command line and portal. It has a door of its own,
 * `#kernel/csv`: a browser loads this file, and nothing else of the kernel.
 */

/** A plain number is no formula; a telephone number with `+` would lose it in a spreadsheet. */
const PLAIN_NUMBER = /^-?\d+(\.\d+)?$/;
/** What a spreadsheet takes for the beginning of a formula; a Japanese one takes the full-width signs too. */
const FORMULA = /^[=+\-@\t\r\n＝＋－＠]/;

/** A cell for a program that reads the file again (RFC 4180): the text as it is, quoted where it must be. */
export const quotedCell = (text: string): string =>
  /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;

/** A cell for people: what a spreadsheet would run as a formula gets a leading apostrophe. */
export function csvCell(text: string): string {
  const shown = harmless(text, { lines: true });
  return quotedCell(FORMULA.test(shown) && !PLAIN_NUMBER.test(shown) ? `'${shown}` : shown);
}

/** A line for people, its end included. */
export const csvLine = (cells: readonly (string | number)[]): string =>
  `${cells.map(cell => csvCell(String(cell))).join(',')}\r\n`;

/** UTF-8 with a byte order mark and CRLF: what a spreadsheet in Japan opens without a question. */
export const csvText = (rows: readonly (readonly (string | number)[])[]): string =>
  `\uFEFF${rows.map(csvLine).join('')}`;
