import { csvText, type Language, Money, monthTextInWords } from '#kernel';
import type { StatementFigures, UsageStatement } from './statement.js';
import { categoryInWords } from './words.js';

/** One line of a printed statement, all text. */
export interface PrintedStatementRow {
  /** 明細: the group; empty for the total. */
  readonly group: string;
  readonly name: string;
  readonly calls: string;
  readonly duration: string;
  readonly amount: string;
}

export interface PrintedStatement {
  readonly title: string;
  /** 明細, 通話種別, 通話数, 通話時間, 通話料金. */
  readonly columns: PrintedStatementRow;
  readonly rows: readonly PrintedStatementRow[];
  readonly total: PrintedStatementRow;
  readonly discount: PrintedStatementRow;
  /** Total less discount, in yen without tax. */
  readonly afterDiscount: PrintedStatementRow;
  readonly notes: readonly string[];
}

const WORDS = {
  ja: {
    title: 'ご利用明細',
    columns: ['明細', '通話種別', '通話数', '通話時間 (時:分:秒)', '通話料金 (円・税別)'],
    calls: '通話',
    total: '合計',
    discount: '着割',
    discounted: '着割対象通話',
    afterDiscount: '差引額',
    unanswered: (n: string) => `不応答 ${n} 件は通話数に含みません。`,
  },
  en: {
    title: 'Usage statement',
    columns: ['Group', 'Kind of call', 'Calls', 'Duration (h:mm:ss)', 'Charge (yen, net of tax)'],
    calls: 'Calls',
    total: 'Total',
    discount: 'Discount',
    discounted: 'Incoming calls',
    afterDiscount: 'After discount',
    unanswered: (n: string) => `${n} unanswered calls are not counted.`,
  },
} as const;

const grouped = (count: number): string => String(count).replace(/\B(?=(\d{3})+$)/g, ',');

/** Whole yen where the amount is whole, else the fewest of 2 or 4 decimals that show it exactly. */
export function decimalsFor(amounts: readonly Money[]): 0 | 2 | 4 {
  if (amounts.every(amount => amount % 10_000 === 0)) return 0;
  return amounts.every(amount => amount % 100 === 0) ? 2 : 4;
}

/** A statement as it is printed on paper or a terminal: the same figures, grouped and named. */
export function printStatement(statement: UsageStatement, language: Language): PrintedStatement {
  const words = WORDS[language];
  const { total, incomingDiscount } = statement;
  const amountOf = (figures: StatementFigures): Money => Money.of(figures.amount);
  const decimals = decimalsFor([...statement.rows, total, incomingDiscount].map(amountOf));
  const printed = (group: string, name: string, figures: StatementFigures): PrintedStatementRow => ({
    group,
    name,
    calls: grouped(figures.calls),
    duration: figures.duration,
    amount: Money.display(amountOf(figures), decimals),
  });
  const [group, name, calls, duration, amount] = words.columns;
  const rest = Money.add(amountOf(total), amountOf(incomingDiscount));
  const after = { group: '', calls: '', duration: '', amount: Money.display(rest, decimals) };
  return {
    title: `${words.title} ${monthTextInWords(statement.month, language)}`,
    columns: { group, name, calls, duration, amount },
    rows: statement.rows.map(row => printed(words.calls, categoryInWords(row.category, language), row)),
    total: printed('', words.total, total),
    discount: printed(words.discount, words.discounted, incomingDiscount),
    afterDiscount: { ...after, name: words.afterDiscount },
    notes: [words.unanswered(grouped(statement.unansweredNotCounted))],
  };
}

/**
 * RFC 4180 with a byte-order mark, so that a spreadsheet reads the Japanese. Numbers stand without
 * separators; the durations' column and the amounts' are the statement's own text.
 */
export function statementCsv(statement: UsageStatement, language: Language = 'ja'): string {
  const words = WORDS[language];
  const line = (group: string, name: string, figures: StatementFigures): readonly string[] => [
    group,
    name,
    String(figures.calls),
    figures.duration,
    figures.amount,
  ];
  const lines = [
    words.columns,
    ...statement.rows.map(row => line(words.calls, categoryInWords(row.category, language), row)),
    line('', words.total, statement.total),
    line(words.discount, words.discounted, statement.incomingDiscount),
  ];
  return csvText(lines);
}

/** East Asian wide and full-width characters take two columns of a terminal (Unicode UAX #11). */
const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60￠-￦]/;

/** Columns that a text takes on a terminal. */
export function displayWidth(text: string): number {
  let width = 0;
  for (const character of text) width += WIDE.test(character) || character.codePointAt(0)! > 0x1f2ff ? 2 : 1;
  return width;
}

const left = (text: string, width: number): string => text + ' '.repeat(width - displayWidth(text));
const right = (text: string, width: number): string => ' '.repeat(width - displayWidth(text)) + text;

/**
 * The statement for a terminal: names to the left, figures to the right, full-width characters counted as two
 * columns.
 */
export function statementTable(statement: UsageStatement, language: Language = 'ja'): string {
  const { title, columns, rows, total, discount, afterDiscount, notes } = printStatement(statement, language);
  const all = [columns, ...rows, total, discount, afterDiscount];
  const widest = (key: keyof PrintedStatementRow): number =>
    Math.max(...all.map(row => displayWidth(row[key])));
  const line = (row: PrintedStatementRow): string =>
    [
      left(row.group, widest('group')),
      left(row.name, widest('name')),
      right(row.calls, widest('calls')),
      right(row.duration, widest('duration')),
      right(row.amount, widest('amount')),
    ]
      .join('  ')
      .trimEnd();
  const rule = '-'.repeat(displayWidth(line(columns)));
  const body = [
    line(columns),
    rule,
    ...rows.map(line),
    rule,
    line(total),
    line(discount),
    rule,
    line(afterDiscount),
  ];
  return `${[`${title}  ${statement.account}`, '', ...body, '', ...notes].join('\n')}\n`;
}
