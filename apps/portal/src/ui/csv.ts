// A Japanese spreadsheet takes the full-width signs for the beginning of a formula too.
const FORMULA = /^[=+\-@\t\r\n＝＋－＠]/;
/** A telephone number with `+` is none: a spreadsheet would take its plus away. */
const PLAIN_NUMBER = /^-?\d+(\.\d+)?$/;
const NEEDS_QUOTES = /[",\r\n]/;

/** One cell. What a spreadsheet would take for a formula is kept as text by an apostrophe. */
export function csvCell(value: string): string {
  const safe = FORMULA.test(value) && !PLAIN_NUMBER.test(value) ? `'${value}` : value;
  return NEEDS_QUOTES.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** UTF-8 with a byte order mark and CRLF: what Excel in Japan opens without a question. */
export const csvText = (rows: readonly (readonly string[])[]): string =>
  `\uFEFF${rows.map(row => `${row.map(csvCell).join(',')}\r\n`).join('')}`;

export const csvBlob = (rows: readonly (readonly string[])[]): Blob =>
  new Blob([csvText(rows)], { type: 'text/csv;charset=utf-8' });
