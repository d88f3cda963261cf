import { incomingDiscountOf } from '#contracts';
import { type InvoiceDocument, readInvoice, type UsageStatement, usageStatement } from '#invoicing';
import { type AccountId, BusinessDay, BusinessMonth, Money } from '#kernel';
import type { Facts } from '../engine/facts.js';
import { keyOfCursor, limitOf, pageOf } from '../engine/paging.js';
import { holdsText } from '../engine/sql.js';
import type { Page, PageRequest } from '../product.views.js';
import type { ReadModels } from '../projecting/read-models.js';
import { type UsageRow, usageOfMonth } from '../reports/usage.queries.js';
import type { InvoiceSearch } from './closing.inputs.js';
import type { InvoiceRow } from './closing.shapes.js';

/** Categories of calls that stand on the statement; the others are counted apart. */
const LISTED = ['charged', 'internal', 'emergency'];
const BACK = 'reversed';

/** What a row counts, and whether it takes back: `reversed` is of charged calls, `reversed:x` of x. */
function meaningOf(why: string): { readonly of: string; readonly sign: 1 | -1 } {
  if (why === BACK) return { of: 'charged', sign: -1 };
  return why.startsWith(`${BACK}:`) ? { of: why.slice(BACK.length + 1), sign: -1 } : { of: why, sign: 1 };
}

const documentOf = (row: { readonly document: string }): InvoiceDocument => readInvoice(row.document);

/** An issued invoice with the position of its event. */
export async function invoiceWithPosition(
  { db }: ReadModels,
  number: string,
): Promise<{ readonly document: InvoiceDocument; readonly position: number } | undefined> {
  const row = await db
    .selectFrom('invoices')
    .select(['document', 'position'])
    .where('number', '=', number)
    .executeTakeFirst();
  return row && { document: documentOf(row), position: row.position };
}

/** All invoices of some months, numbers ascending. */
export async function invoicesOfMonths({ db }: ReadModels, months: readonly BusinessMonth[]) {
  const rows = await db
    .selectFrom('invoices')
    .select(['document', 'position'])
    .where('month', 'in', months)
    .orderBy('number')
    .execute();
  return rows.map(row => ({ ...documentOf(row), position: row.position }));
}

/** What the invoices of a month come to. */
export const invoiceTotals = ({ db }: ReadModels, month: BusinessMonth) =>
  db
    .selectFrom('invoices')
    .select(['number', 'account', 'total', 'position'])
    .where('month', '=', month)
    .execute();

export const invoiceNumberOf = async (
  { db }: ReadModels,
  account: AccountId,
  month: BusinessMonth,
): Promise<string | undefined> =>
  (
    await db
      .selectFrom('invoices')
      .select('number')
      .where('account', '=', account)
      .where('month', '=', month)
      .executeTakeFirst()
  )?.number;

export const invoicesOfAccount = ({ db }: ReadModels, account: AccountId) =>
  db.selectFrom('invoices').select('number').where('account', '=', account).execute();

/** Answers about closed and running months, from read models. */
export class ClosingQueries {
  constructor(
    private readonly facts: Facts,
    private readonly readModels: ReadModels,
  ) {}

  async statement(account: AccountId, month: BusinessMonth): Promise<UsageStatement | undefined> {
    const known = await this.facts.account(account);
    if (!known) return undefined;
    const found = (await usageOfMonth(this.readModels, account, month)).map(row => {
      const { of, sign } = meaningOf(row.why);
      return { ...row, why: of, calls: sign * row.calls, duration_ms: sign * row.duration_ms };
    });
    const of = (why: string) => found.filter(row => row.why === why);
    const sum = (rows: readonly UsageRow[], key: 'calls' | 'duration_ms'): number =>
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
    const after = keyOfCursor<[BusinessMonth, string]>(request, 2);
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
        .where(({ or, ref }) => or([holdsText(ref('account'), name), holdsText(ref('name'), name)]));
      query = query.where('account', 'in', named);
    }
    return pageOf(
      await query.execute(),
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
    return (await invoiceWithPosition(this.readModels, number))?.document;
  }
}
