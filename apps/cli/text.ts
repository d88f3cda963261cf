import { displayWidth as width } from '#invoicing';
import { harmless, type Language, type Sentence, UNREADABLE } from '#kernel';

/**
 * How things look on a terminal: Japanese characters take two columns, money is grouped, columns are
 * aligned.
 */

export type { Language, Sentence as Words };

export interface Column {
  readonly key: string;
  readonly head: Sentence;
  /** `money` and `count` stand at the right; money gets its thousands separated. */
  readonly kind?: 'text' | 'money' | 'count' | 'time';
  /** The key of the same in Japanese, where a row has one. */
  readonly inJapanese?: string;
  /** Its values in Japanese, where they are codes. */
  readonly valuesInJapanese?: Readonly<Record<string, string>>;
}

/** What imported texts hold that cannot be seen never reaches a terminal. */
export const printable = (text: string): string => harmless(text);

/** Groups the thousands of a decimal text: `-1234.5` is `-1,234.5`. Digits are neither added nor taken. */
export const grouped = (amount: string): string =>
  amount.replace(
    /^(-?)(\d+)/,
    (_all, sign: string, whole: string) => sign + whole.replace(/\B(?=(\d{3})+$)/g, ','),
  );

/** `2026-10-05T12:01:00.000+09:00` loses its milliseconds when they are zero. */
const shortTime = (at: string): string => at.replace('.000+', '+');

function cellText(value: unknown, kind: Column['kind'], language: Language): string {
  if (value === null || value === undefined) return '-';
  const text = printable(Array.isArray(value) ? value.join(' ') : String(value));
  if (text === UNREADABLE && language === 'ja') return '(読めません)';
  if (kind === 'money') return grouped(text);
  return kind === 'time' ? shortTime(text) : text;
}

const isRight = (kind: Column['kind']): boolean => kind === 'money' || kind === 'count';

function padded(text: string, columns: number, right: boolean): string {
  const space = ' '.repeat(Math.max(0, columns - width(text)));
  return right ? space + text : text + space;
}

const line = (cells: readonly string[], widths: readonly number[], columns: readonly Column[]): string =>
  cells
    .map((cell, i) => padded(cell, widths[i] ?? 0, isRight(columns[i]?.kind)))
    .join('  ')
    .trimEnd();

function valueIn(row: Record<string, unknown>, column: Column, language: Language): unknown {
  const { key, inJapanese, valuesInJapanese } = column;
  const value = row[key];
  if (language === 'en') return value;
  if (typeof value === 'boolean') return value ? 'はい' : 'いいえ';
  return (inJapanese !== undefined && row[inJapanese]) || (valuesInJapanese?.[String(value)] ?? value);
}

/** A table that is written as its rows come: widths are those of the rows it has seen first. */
export class Table {
  readonly #columns: readonly Column[];
  readonly #language: Language;
  #widths: number[] | undefined;

  constructor(columns: readonly Column[], language: Language) {
    this.#columns = columns;
    this.#language = language;
  }

  /** The next lines, with the heading before the first ones. */
  lines(rows: readonly object[]): string {
    const cells = rows.map(row =>
      this.#columns.map(column =>
        cellText(
          valueIn(row as Record<string, unknown>, column, this.#language),
          column.kind,
          this.#language,
        ),
      ),
    );
    const lines: string[] = [];
    if (!this.#widths) {
      const heads = this.#columns.map(column => column.head[this.#language]);
      this.#widths = heads.map((head, i) => Math.max(width(head), ...cells.map(row => width(row[i] ?? ''))));
      lines.push(line(heads, this.#widths, this.#columns));
      lines.push(this.#widths.map(columns => '-'.repeat(columns)).join('  '));
    }
    const widths = this.#widths;
    lines.push(...cells.map(row => line(row, widths, this.#columns)));
    return `${lines.join('\n')}\n`;
  }
}

/** Label and value, one pair per line, values aligned. */
export function pairs(entries: readonly (readonly [string, string])[]): string {
  const widest = Math.max(0, ...entries.map(([label]) => width(label)));
  return entries.map(([label, value]) => `${padded(label, widest, false)}  ${printable(value)}\n`).join('');
}
