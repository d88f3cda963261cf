import { quotedCell } from '#kernel/csv';

/**
 * The cells of one line of a CSV (RFC 4180).
 * @returns null when a quote is not closed, or stands where none may
 */
export function cellsOf(line: string): string[] | null {
  const cells: string[] = [];
  let rest = line;
  for (;;) {
    const quoted = /^"((?:[^"]|"")*)"(?=,|$)/.exec(rest);
    const plain = /^[^",]*(?=,|$)/.exec(rest);
    const found = quoted ?? plain;
    if (!found) return null;
    cells.push(quoted ? quoted[1]!.replaceAll('""', '"') : found[0]);
    if (found[0].length === rest.length) return cells;
    rest = rest.slice(found[0].length + 1);
  }
}

/** Cells as one line of a CSV; quotes only where they are needed. */
export const lineOf = (cells: readonly string[]): string => cells.map(quotedCell).join(',');
