import { incomingDiscountOf } from '#contracts';
import { type InvoiceDocument, type UsageStatement, usageStatement } from '#invoicing';
import { type AccountId, BusinessDay, BusinessMonth, Money } from '#kernel';
import type { ReadStore } from '#ports';
import type { Facts } from '../engine/facts.js';
import { keyOfCursor, limitOf, pageOf } from '../engine/paging.js';
import { holdsText } from '../engine/text-search.js';
import type { InvoiceRow, InvoiceSearch, Page, PageRequest } from '../product.js';

/** Categories of calls that stand on the statement; the others are counted apart. */
const LISTED = ['charged', 'internal', 'emergency'];
const BACK = 'reversed';

/** What a row counts, and whether it takes back: `reversed` is of charged calls, `reversed:x` of x. */
function meaningOf(why: string): { readonly of: string; readonly sign: 1 | -1 } {
  if (why === BACK) return { of: 'charged', sign: -1 };
  return why.startsWith(`${BACK}:`) ? { of: why.slice(BACK.length + 1), sign: -1 } : { of: why, sign: 1 };
}

interface UsageRecord {
  direction: 'out' | 'in';
  why: string;
  category: string;
  calls: number;
  duration_ms: number;
  net: Money;
}

/** Answers about closed and running months, from read models. */
export class ClosingQueries {
  constructor(
    private readonly facts: Facts,
    private readonly readModels: ReadStore,
  ) {}

  async statement(account: AccountId, month: BusinessMonth): Promise<UsageStatement | undefined> {
    const known = await this.facts.account(account);
    if (!known) return undefined;
    const rows = await this.readModels.db
      .selectFrom('usage')
      .selectAll()
      .where('account', '=', account)
      .where('usage_month', '=', month)
      .execute();
    const found = (rows as UsageRecord[]).map(row => {
      const { of, sign } = meaningOf(row.why);
      return { ...row, why: of, calls: sign * row.calls, duration_ms: sign * row.duration_ms };
    });
    const of = (why: string): UsageRecord[] => found.filter(row => row.why === why);
    const sum = (rows: readonly UsageRecord[], key: 'calls' | 'duration_ms'): number =>
      rows.reduce((total, row) => total + row[key], 0);
    return usageStatement({
      account,
      month,
      rows: LISTED.flatMap(of).map(row => ({
        category: row.category,
        direction: row.direction,
        calls: row.calls,
        durationMs: row.duration_ms,
        net: row.net,
      })),
      incoming: { calls: sum(of('incoming'), 'calls'), durationMs: sum(of('incoming'), 'duration_ms') },
      unansweredCalls: sum(of('unanswered'), 'calls'),
      incomingDiscountPerMinute: incomingDiscountOf(known, month),
    });
  }

  /** Newest month first, numbers ascending within it. */
  async invoices(request?: PageRequest & InvoiceSearch): Promise<Page<InvoiceRow>> {
    const limit = limitOf(request);
    const after = keyOfCursor(request, 2) as [number, string] | undefined;
    let query = this.readModels.db
      .selectFrom('invoices')
      .select(['number', 'account', 'month', 'date', 'subject', 'total', 'available_from'])
      .orderBy('month', 'desc')
      .orderBy('number')
      .limit(limit + 1);
    if (after) {
      const [month, number] = after;
      query = query.where(({ eb, or, and }) =>
        or([eb('month', '<', month), and([eb('month', '=', month), eb('number', '>', number)])]),
      );
    }
    const { account, month: ofMonth, from, to, least, most, counterparty } = request ?? {};
    if (account !== undefined) query = query.where('account', '=', account);
    if (ofMonth !== undefined) query = query.where('month', '=', ofMonth);
    if (from !== undefined) query = query.where('date', '>=', from);
    if (to !== undefined) query = query.where('date', '<=', to);
    if (least !== undefined) query = query.where('total', '>=', least);
    if (most !== undefined) query = query.where('total', '<=', most);
    const name = counterparty?.trim();
    if (name) {
      const named = this.readModels.db
        .selectFrom('accounts')
        .select('account')
        .where(({ or }) => or([holdsText('account', name), holdsText('name', name)]));
      query = query.where('account', 'in', named);
    }
    const found = (await query.execute()) as {
      number: string;
      account: AccountId;
      month: BusinessMonth;
      date: BusinessDay;
      subject: string;
      total: Money;
      available_from: BusinessDay;
    }[];
    return pageOf(
      found,
      limit,
      row => ({
        number: row.number,
        account: row.account,
        month: BusinessMonth.text(row.month),
        date: BusinessDay.text(row.date),
        kind: row.total < 0 ? ('return' as const) : ('invoice' as const),
        subject: row.subject,
        total: Money.text(row.total),
        availableFrom: BusinessDay.text(row.available_from),
      }),
      row => [row.month, row.number],
    );
  }

  async invoice(number: string): Promise<InvoiceDocument | undefined> {
    const row = await this.readModels.db
      .selectFrom('invoices')
      .select('document')
      .where('number', '=', number)
      .executeTakeFirst();
    return row ? (JSON.parse((row as { document: string }).document) as InvoiceDocument) : undefined;
  }
}
