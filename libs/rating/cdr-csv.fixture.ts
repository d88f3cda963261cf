import type { Cdr } from './cdr.js';
import { CdrCsvReader } from './cdr-csv.js';
import { isLineProblem, type LineProblem, withoutBom } from './csv.js';

/** All CDRs of a text that is in memory, with the 1-based line of each. */
export function readCdrCsv(text: string): { line: number; result: Cdr | LineProblem }[] {
  const [header = '', ...lines] = withoutBom(text).split('\n');
  const reader = new CdrCsvReader(header);
  return lines
    .map((line, i) => ({ line: i + 2, text: line }))
    .filter(l => l.text.trim() !== '')
    .map(l => ({ line: l.line, result: reader.parse(l.text) }));
}

export const isCdr = (result: Cdr | LineProblem): result is Cdr => !isLineProblem(result);
