import { type AccountId, BusinessMonth, type Instant, Money, MoneyTotal, taxOf } from '#kernel';
import type { Cdr } from '#rating';
import { recordReader } from '../imports/call-file.js';
import type { CallPricing, PriceBook } from '../imports/call-pricing.js';
import { type WaitingLine, waitingSince } from '../imports/imports.queries.js';
import { monthOfUnread } from '../imports/unread-line.js';
import type { ReadModels } from '../projecting/read-models.js';
import type { MonthSuspense, SuspenseFigures } from './closing.shapes.js';

const zero: MoneyTotal = Money.zero;
/** Lines that are read in one go. */
const LINES_AT_ONCE = 4_000;
/** Events that are named of one account; the list has them all. */
const POSITIONS_AT_MOST = 20;

/** What waits of one account; of null: whose line cannot be told. */
interface WaitingOfAccount {
  readonly account: string | null;
  lines: number;
  priced: number;
  net: MoneyTotal;
  tax: MoneyTotal;
  unread: number;
  readonly positions: number[];
}

/**
 * The lines of a month that wait on the suspense list: no statement and no invoice has them, so whoever
 * closes or compares the month is told. Priced by what holds now, as a retry would.
 */
export class SuspenseOfMonth {
  constructor(
    private readonly readModels: ReadModels,
    private readonly pricing: CallPricing,
  ) {}

  async ofMonth(month: BusinessMonth): Promise<MonthSuspense> {
    const found = await this.byAccount(month);
    const accounts = found.map(({ net, tax, ...one }) => ({
      ...one,
      net: MoneyTotal.text(net),
      tax: MoneyTotal.text(tax),
    }));
    return { ...this.sumOf(found), accounts };
  }

  /** All of them together. */
  async figures(month: BusinessMonth, account?: AccountId): Promise<SuspenseFigures> {
    return this.sumOf(await this.byAccount(month, account));
  }

  private sumOf(found: readonly WaitingOfAccount[]): SuspenseFigures {
    const sum = (of: (one: WaitingOfAccount) => number): number => found.reduce((n, one) => n + of(one), 0);
    return {
      lines: sum(one => one.lines),
      priced: sum(one => one.priced),
      net: MoneyTotal.text(found.reduce((sum, one) => MoneyTotal.add(sum, one.net), zero)),
      tax: MoneyTotal.text(found.reduce((sum, one) => MoneyTotal.add(sum, one.tax), zero)),
      unread: sum(one => one.unread),
    };
  }

  /**
   * By account, ids ascending, those without one last. Lines whose month cannot be told are counted as
   * `unread`, in the month in which they came and those before it.
   */
  private async byAccount(month: BusinessMonth, account?: AccountId): Promise<WaitingOfAccount[]> {
    const found = new Map<string | null, WaitingOfAccount>();
    for await (const lines of this.waiting(month)) {
      const read = lines.map(line => ({ line, cdr: readCdr(line) }));
      const calls = read.flatMap(({ cdr }) => (cdr ? [cdr] : [])).filter(cdr => isOf(cdr.startedAt, month));
      const book = calls.length > 0 ? await this.pricing.book(new Set(calls.map(cdr => cdr.account))) : null;
      for (const { line, cdr } of read) this.count(found, { line, cdr, month, book });
    }
    const all = [...found.values()].filter(
      one => account === undefined || one.account === account || one.account === null,
    );
    return all.sort((a, b) => Number(a.account === null) - Number(b.account === null) || byId(a, b));
  }

  private count(found: Map<string | null, WaitingOfAccount>, { line, cdr, month, book }: Counted): void {
    const unread = cdr ? null : monthOfUnread(line.corrected ?? line.raw, line.format, line.header);
    const startedAt = cdr?.startedAt ?? unread?.startedAt ?? null;
    if (startedAt !== null && !isOf(startedAt, month)) return;
    const whose = cdr?.account ?? unread?.account ?? null;
    const sum = found.get(whose) ?? nothingOf(whose);
    found.set(whose, sum);
    if (sum.positions.length < POSITIONS_AT_MOST) sum.positions.push(line.position);
    if (startedAt === null) {
      sum.unread++;
      return;
    }
    sum.lines++;
    const price = cdr && book ? priceOf(cdr, book) : null;
    if (price === null) return;
    sum.priced++;
    sum.net = MoneyTotal.add(sum.net, price.net);
    sum.tax = MoneyTotal.add(sum.tax, price.tax);
  }

  private async *waiting(month: BusinessMonth): AsyncGenerator<readonly WaitingLine[]> {
    let after = 0;
    for (;;) {
      const rows = await waitingSince(this.readModels, month, { after, limit: LINES_AT_ONCE });
      if (rows.length === 0) return;
      yield rows;
      after = rows.at(-1)!.position;
    }
  }
}

interface Counted {
  readonly line: WaitingLine;
  readonly cdr: Cdr | null;
  readonly month: BusinessMonth;
  readonly book: PriceBook | null;
}

const isOf = (at: Instant, month: BusinessMonth): boolean => BusinessMonth.of(at) === month;
const byId = (a: WaitingOfAccount, b: WaitingOfAccount): number =>
  (a.account ?? '') < (b.account ?? '') ? -1 : 1;

const nothingOf = (account: string | null): WaitingOfAccount => ({
  account,
  ...{ lines: 0, priced: 0, unread: 0, net: Money.zero, tax: Money.zero, positions: [] },
});

function readCdr(line: WaitingLine): Cdr | null {
  const read = recordReader(line.format, line.header)(line.corrected ?? line.raw);
  return read.kind === 'call' ? read.cdr : null;
}

/** What a retry would charge; a call that costs nothing is priced too. null: nothing prices it yet. */
function priceOf(cdr: Cdr, book: PriceBook): { net: Money; tax: Money } | null {
  const priced = book.price(cdr);
  if (priced.kind === 'suspended') return null;
  const command = priced.command(null);
  if (command.type !== 'DebitCall') return { net: Money.zero, tax: Money.zero };
  const { net, taxRate } = command;
  return { net, tax: taxOf(net, taxRate) };
}
