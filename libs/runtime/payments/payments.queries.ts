import { type AccountId, Instant, Money } from '#kernel';
import { keyOfCursor, limitOf, pageOf } from '../engine/paging.js';
import type { Page, PageRequest } from '../product.views.js';
import type { ReadModels } from '../projecting/read-models.js';
import type { ListedPaymentView, ParkedMoneyView } from './payments.shapes.js';

/** Orders of prepaid value of an account, the newest first. */
export async function paymentPage(
  { db }: ReadModels,
  account: AccountId,
  request: PageRequest,
): Promise<Page<ListedPaymentView>> {
  const limit = limitOf(request);
  const before = keyOfCursor<[number]>(request, 1);
  let query = db
    .selectFrom('payments')
    .selectAll()
    .where('account', '=', account)
    .orderBy('position', 'desc')
    .limit(limit + 1);
  if (before) query = query.where('position', '<', before[0]);
  return pageOf(
    await query.execute(),
    limit,
    row => ({
      ...{ payment: row.payment, account: row.account, method: row.method, phase: row.phase },
      ...{ amount: Money.text(row.amount), orderedAt: Instant.text(row.ordered_at), lot: row.lot },
      payableUntil: Instant.text(row.payable_until),
      recharge: row.recharge === 1,
    }),
    row => [row.position],
  );
}

/** Money of all accounts that waits for staff, or that they dealt with; the oldest first. */
export async function parkedPage(
  { db }: ReadModels,
  isOpen: boolean,
  request: PageRequest,
): Promise<Page<ParkedMoneyView>> {
  const limit = limitOf(request);
  const after = keyOfCursor<[number]>(request, 1);
  let query = db
    .selectFrom('parked_money')
    .innerJoin('payments', 'payments.payment', 'parked_money.payment')
    .selectAll('parked_money')
    .select(['payments.account', 'payments.method', 'payments.amount as ordered'])
    .where('parked_money.open', '=', isOpen ? 1 : 0)
    .orderBy('parked_money.position')
    .limit(limit + 1);
  if (after) query = query.where('parked_money.position', '>', after[0]);
  return pageOf(
    await query.execute(),
    limit,
    row => ({
      ...{ parked: row.parked, payment: row.payment, account: row.account, method: row.method },
      ...{ gateway: row.gateway, reference: row.reference, why: row.why, open: row.open === 1 },
      ...{ amount: Money.text(row.amount), ordered: Money.text(row.ordered) },
      parkedAt: Instant.text(row.parked_at),
    }),
    row => [row.position],
  );
}

/** Payments that the job goes on with, ids ascending. */
export async function openPayments(
  { db }: ReadModels,
  { after, limit }: { readonly after: string; readonly limit: number },
): Promise<string[]> {
  const settling = db.selectFrom('parked_money').select('payment').where('settling', '=', 1);
  const rows = await db
    .selectFrom('payments')
    .select('payment')
    .where('open', '=', 1)
    .union(settling)
    .where('payment', '>', after)
    .orderBy('payment')
    .limit(limit)
    .execute();
  return rows.map(({ payment }) => payment);
}
