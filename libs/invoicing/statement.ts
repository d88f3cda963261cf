import { BusinessMonth, formatDuration, formatSignedDuration, Money } from '#kernel';
import { incomingTimeDiscount } from '#ledger';

/**
 * The order of the printed statement (002); other categories of the tariff follow in the order of their
 * names.
 */
const STATEMENT_CATEGORIES = ['一般通話', '国際通話', '携帯通話', 'IP通話', 'PHS通話'] as const;

/** The answered calls of one category in one usage month. Rows of the same category are added up. */
export interface UsageRow {
  readonly category: string;
  readonly calls: number;
  /** Answer to hang-up of each call, summed in milliseconds. */
  readonly durationMs: number;
  /** Without tax. */
  readonly net: Money;
  /** `in`: calls that came in and were charged (reverse-charged, forwarded): no discount. Default: out. */
  readonly direction?: 'out' | 'in';
}

export interface StatementInput {
  readonly account: string;
  /** A call belongs to the month of its start, whatever invoice bills it (DECISIONS: Calls). */
  readonly month: BusinessMonth;
  readonly rows: readonly UsageRow[];
  readonly incoming: { readonly calls: number; readonly durationMs: number };
  readonly unansweredCalls: number;
  /** 着割: yen per 60 s of incoming talk, zero for none. */
  readonly incomingDiscountPerMinute: Money;
}

export interface StatementFigures {
  readonly calls: number;
  /** `h:mm:ss.s`, hours not capped, tenths cut. */
  readonly duration: string;
  /** Decimal text in yen without tax; negative for a discount. */
  readonly amount: string;
}

export interface StatementRow extends StatementFigures {
  readonly category: string;
}

/** The usage statement (002) as its JSON form; keys in the order in which it is written. */
export interface UsageStatement {
  readonly account: string;
  /** `YYYY-MM`. */
  readonly month: string;
  readonly incomingDiscountPerMinute: string;
  readonly rows: readonly StatementRow[];
  readonly total: StatementFigures;
  readonly incomingDiscount: StatementFigures;
  readonly unansweredNotCounted: number;
}

const MS_PER_TENTH = 100;

const place = (category: string): number => {
  const known = (STATEMENT_CATEGORIES as readonly string[]).indexOf(category);
  return known < 0 ? STATEMENT_CATEGORIES.length : known;
};

/** The printed order of two categories. Plain code points, so that every machine prints the same. */
export function compareCategories(a: string, b: string): number {
  return place(a) - place(b) || (a < b ? -1 : a > b ? 1 : 0);
}

function merged(rows: readonly UsageRow[]): Omit<UsageRow, 'direction'>[] {
  const byCategory = new Map<string, Omit<UsageRow, 'direction'>>();
  for (const row of rows) {
    const before = byCategory.get(row.category);
    byCategory.set(row.category, {
      category: row.category,
      calls: row.calls + (before?.calls ?? 0),
      durationMs: row.durationMs + (before?.durationMs ?? 0),
      net: Money.add(row.net, before?.net ?? Money.zero),
    });
  }
  return [...byCategory.values()].sort((a, b) => compareCategories(a.category, b.category));
}

/**
 * The statement of one account and usage month. A row's duration is summed in milliseconds and cut to tenths
 * once; the total row is the sum of the **printed** rows, so that a reader who adds the column up meets the
 * printed total (US-02, X-49).
 */
export function usageStatement(input: StatementInput): UsageStatement {
  const rows = merged(input.rows);
  const charged = Money.sum(rows.map(row => row.net));
  const paid = Money.sum(input.rows.filter(row => row.direction !== 'in').map(row => row.net));
  const discount = incomingTimeDiscount(input.incomingDiscountPerMinute, input.incoming.durationMs, paid);
  const printedTenths = rows.reduce((sum, row) => sum + Math.floor(row.durationMs / MS_PER_TENTH), 0);
  return {
    account: input.account,
    month: BusinessMonth.text(input.month),
    incomingDiscountPerMinute: Money.text(input.incomingDiscountPerMinute),
    rows: rows.map(row => ({
      category: row.category,
      calls: row.calls,
      duration: formatDuration(row.durationMs),
      amount: Money.text(row.net),
    })),
    total: {
      calls: rows.reduce((sum, row) => sum + row.calls, 0),
      duration: formatDuration(printedTenths * MS_PER_TENTH),
      amount: Money.text(charged),
    },
    incomingDiscount: {
      calls: input.incoming.calls,
      duration: formatSignedDuration(input.incoming.durationMs),
      amount: Money.text(Money.negate(discount)),
    },
    unansweredNotCounted: input.unansweredCalls,
  };
}
