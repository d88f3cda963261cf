import { type AccountId, BusinessDay, Instant, Money, MoneyTotal } from '#kernel';
import { keyOfCursor, limitOf, pageOf } from '../engine/paging.js';
import type { Page, PageRequest } from '../product.views.js';
import type { ReadModels, ReadTables } from '../projecting/read-models.js';
import type { DepositList } from './deposits.projection.js';
import type { CandidateView, DepositFileView, DepositView } from './deposits.shapes.js';

type Row = Readonly<ReadTables['deposits']>;

/** The virtual account of a customer; the first, where there are several. */
export async function virtualAccountGivenTo(
  { db }: ReadModels,
  account: AccountId,
): Promise<string | undefined> {
  const row = await db
    .selectFrom('virtual_accounts')
    .select('number')
    .where('account', '=', account)
    .orderBy('number')
    .limit(1)
    .executeTakeFirst();
  return row?.number;
}

const candidatesOf = ({ candidates }: Row): string[] => JSON.parse(candidates) as string[];

async function ordersNamed(
  { db }: ReadModels,
  payments: readonly string[],
): Promise<Map<string, CandidateView>> {
  if (payments.length === 0) return new Map();
  const rows = await db.selectFrom('payments').selectAll().where('payment', 'in', payments).execute();
  return new Map(
    rows.map(({ payment, account, amount, ordered_at }) => [
      payment,
      { payment, account, amount: Money.text(amount), orderedAt: Instant.text(ordered_at) },
    ]),
  );
}

function viewOf(row: Row, orders: ReadonlyMap<string, CandidateView>): DepositView {
  const { deposit, list, why, payer, remark, number, format, file, record, twin, account, payment } = row;
  return {
    ...{ deposit, list, why, payer, remark, number, format, file, record, twin, account, payment },
    ...{ day: BusinessDay.text(row.day), amount: Money.text(row.amount), payerBank: row.payer_bank },
    ...{ virtualAccount: row.virtual_account, isCancellation: row.is_cancellation === 1 },
    ...{ end: row.ends_as, outcome: row.outcome, lot: row.lot },
    candidates: candidatesOf(row).flatMap(one => orders.get(one) ?? []),
  };
}

async function viewsOf(readModels: ReadModels, rows: readonly Row[]): Promise<DepositView[]> {
  const named = [...new Set(rows.flatMap(candidatesOf))];
  const orders = await ordersNamed(readModels, named);
  return rows.map(row => viewOf(row, orders));
}

/** Deposits of one list: those that wait the oldest first, the others the newest first. */
export async function depositPage(
  readModels: ReadModels,
  list: DepositList,
  request: PageRequest,
): Promise<Page<DepositView>> {
  const limit = limitOf(request);
  const cursor = keyOfCursor<[number]>(request, 1);
  const isWaiting = list === 'ambiguous' || list === 'unknown';
  let query = readModels.db
    .selectFrom('deposits')
    .selectAll()
    .where('list', '=', list)
    .orderBy('position', isWaiting ? 'asc' : 'desc')
    .limit(limit + 1);
  if (cursor) query = query.where('position', isWaiting ? '>' : '<', cursor[0]);
  const found = pageOf(
    await query.execute(),
    limit,
    row => row,
    row => [row.position],
  );
  return { rows: await viewsOf(readModels, found.rows), next: found.next };
}

/** Files of deposits, the newest first. */
export async function depositFilePage(
  { db }: ReadModels,
  request: PageRequest,
): Promise<Page<DepositFileView>> {
  const limit = limitOf(request);
  const before = keyOfCursor<[number]>(request, 1);
  let query = db
    .selectFrom('deposit_files')
    .selectAll()
    .orderBy('position', 'desc')
    .limit(limit + 1);
  if (before) query = query.where('position', '<', before[0]);
  return pageOf(
    await query.execute(),
    limit,
    ({ file, name, format, rows, fresh, matched, ambiguous, unknown, cancelled, ...row }) => ({
      ...{ file, name, format, rows, sum: MoneyTotal.text(row.sum) },
      ...{ from: BusinessDay.text(row.first_day), to: BusinessDay.text(row.last_day) },
      takenAt: Instant.text(row.taken_at),
      completedAt: row.completed_at === null ? null : Instant.text(row.completed_at),
      ...{ fresh, matched, ambiguous, unknown, cancelled },
    }),
    row => [row.position],
  );
}

/** Deposits that the job goes on with, ids ascending. */
export async function openDeposits(
  { db }: ReadModels,
  { after, limit }: { readonly after: string; readonly limit: number },
): Promise<string[]> {
  const rows = await db
    .selectFrom('deposits')
    .select('deposit')
    .where('open', '=', 1)
    .where('deposit', '>', after)
    .orderBy('deposit')
    .limit(limit)
    .execute();
  return rows.map(({ deposit }) => deposit);
}

/**
 * Orders by bank transfer that a deposit of these days may pay, the oldest first.
 */
export async function transferOrders(
  { db }: ReadModels,
  { from, to }: { readonly from: BusinessDay; readonly to: BusinessDay },
): Promise<string[]> {
  const rows = await db
    .selectFrom('payments')
    .select('payment')
    .where('method', '=', 'bank_transfer')
    .where('phase', 'in', ['open', 'expired'])
    .where('payable_until', '>=', BusinessDay.start(from))
    .where('ordered_at', '<=', BusinessDay.end(to))
    .orderBy('position')
    .execute();
  return rows.map(({ payment }) => payment);
}
