import { problem, type SaidProblem } from '#kernel';
import { csvProblems } from './problems.js';
/** RFC 4180 text without a library: pure code reads files that people made with a spreadsheet. */

/** What is wrong with one line of a file, without personal data. The edge adds file and line. */
export interface LineProblem {
  /** The column as the file names it; `line` when the line as a whole is wrong. */
  readonly field: string;
  readonly problem: SaidProblem;
}

export const isLineProblem = (value: object): value is LineProblem => 'problem' in value;

/** One record and the line (1-based) on which it begins: quoted fields may hold line breaks. */
export interface CsvRecord {
  readonly line: number;
  readonly fields: readonly string[];
}

export interface CsvText {
  readonly records: readonly CsvRecord[];
  readonly problems: readonly { readonly line: number; readonly problem: SaidProblem }[];
}

export const withoutBom = (text: string): string => (text.charCodeAt(0) === 0xfeff ? text.slice(1) : text);

/** `\uFFFD` is what a decoder leaves where bytes were not UTF-8; guessing the text back would invent data. */
export const NOT_UTF8 = problem(csvProblems.NOT_UTF8);
export const holdsBrokenText = (text: string): boolean => text.includes('\uFFFD');

/**
 * What is wrong with a header whose columns stand apart by another sign than a comma; undefined where they do
 * not. A file of other columns is no file of ours, whatever stands between them.
 */
export function separatorProblem(header: string, columns: readonly string[]): SaidProblem | undefined {
  if (header.includes(',')) return undefined;
  const known = (sign: string): number =>
    header.split(sign).filter(name => columns.includes(name.trim().replace(/^"(.*)"$/, '$1'))).length;
  const sign = [';', '\t'].find(one => known(one) >= 2);
  if (sign === undefined) return undefined;
  return problem(csvProblems.OTHER_SEPARATOR, { sign: sign === ';' ? "';'" : 'TAB' });
}

const QUOTE = '"';

interface FieldEnd {
  readonly value: string;
  /** Index of the separator or line break after the field, or the length of the text. */
  readonly end: number;
  readonly problem?: SaidProblem;
}

function plainField(text: string, start: number): FieldEnd {
  let end = start;
  let quoted = false;
  for (; end < text.length; end++) {
    const c = text.charCodeAt(end);
    if (c === 44 || c === 10 || (c === 13 && (text.charCodeAt(end + 1) === 10 || end + 1 === text.length)))
      break;
    if (c === 34) quoted = true;
  }
  const value = text.slice(start, end);
  return quoted ? { value, end, problem: problem(csvProblems.STRAY_QUOTE) } : { value, end };
}

function quotedField(text: string, start: number): FieldEnd {
  let value = '';
  let from = start + 1;
  for (;;) {
    const close = text.indexOf(QUOTE, from);
    if (close < 0) return { value, end: text.length, problem: problem(csvProblems.OPEN_QUOTE) };
    value += text.slice(from, close);
    if (text[close + 1] !== QUOTE) {
      const rest = plainField(text, close + 1);
      if (rest.value === '' && !rest.problem) return { value, end: rest.end };
      return { value, end: rest.end, problem: problem(csvProblems.TEXT_AFTER_QUOTE) };
    }
    value += QUOTE;
    from = close + 2;
  }
}

/** The fields of one line that holds one record; a trailing CR is not part of it. */
export function splitCsvLine(line: string): readonly string[] | LineProblem {
  const { records, problems } = readCsv(line);
  if (problems.length > 0) return { field: 'line', problem: problems[0]!.problem };
  if (records.length > 1) return { field: 'line', problem: problem(csvProblems.LINE_BREAK) };
  return records[0]?.fields ?? [''];
}

/**
 * All records of a file; empty lines are left out; a BOM and CRLF are tolerated; a bad record is named and
 * left out.
 */
export function readCsv(source: string): CsvText {
  const text = withoutBom(source);
  const records: CsvRecord[] = [];
  const problems: { line: number; problem: SaidProblem }[] = [];
  let line = 1;
  let at = 0;
  while (at < text.length) {
    const begin = at;
    const fields: string[] = [];
    let wrong: SaidProblem | undefined;
    for (;;) {
      const field = text[at] === QUOTE ? quotedField(text, at) : plainField(text, at);
      fields.push(field.value);
      wrong ??= field.problem;
      at = field.end;
      if (text[at] !== ',') break;
      at += 1;
    }
    const empty = fields.length === 1 && fields[0] === '';
    if (wrong) problems.push({ line, problem: wrong });
    else if (!empty) records.push({ line, fields });
    if (text[at] === '\r') at += 1;
    if (text[at] === '\n') at += 1;
    for (let i = begin; i < at; i++) if (text.charCodeAt(i) === 10) line += 1;
  }
  return { records, problems };
}
