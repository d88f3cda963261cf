import type { OrderLine } from '#contracts';
import { type AccountId, BusinessDay, Instant, Money } from '#kernel';
import { keyOfCursor, limitOf, pageOf } from '../engine/paging.js';
import type { Page, PageRequest } from '../product.views.js';
import type { ReadModels } from '../projecting/read-models.js';
import type { PurchaseView } from './contracts.shapes.js';

export interface PurchasesRequest extends PageRequest {
  readonly account: AccountId;
  readonly circle?: string;
}

/** Rows of the history with what their contracts and orders say today. */
const purchaseRows = ({ db }: ReadModels) =>
  db
    .selectFrom('purchases')
    .leftJoin('contracts', join =>
      join
        .onRef('contracts.account', '=', 'purchases.account')
        .onRef('contracts.contract', '=', 'purchases.contract'),
    )
    .leftJoin('orders', join =>
      join
        .onRef('orders.account', '=', 'purchases.account')
        .onRef('orders.order_id', '=', 'purchases.order_id'),
    )
    .select(['purchases.position', 'purchases.line', 'purchases.class', 'purchases.at'])
    .select(['purchases.contract', 'purchases.ends_on as ends_on', 'orders.lines'])
    .select(['contracts.order_id as order_of_contract', 'orders.order_id as order_of_once'])
    .select(['contracts.product', 'contracts.name_ja', 'contracts.name_en', 'contracts.number'])
    .select(['contracts.unique_id', 'contracts.monthly', 'contracts.initial', 'contracts.cancelled_by'])
    .select(['contracts.ends_on as contract_ends_on'])
    .select(({ fn }) => fn.coalesce('contracts.circle', 'orders.circle').as('circle'))
    // What is bought once is bought with its order; a contract is there only when it began.
    .where(({ eb, or }) =>
      or([eb('purchases.order_id', '=', ''), eb('orders.state', 'in', ['completed', 'settled'])]),
    );
type Found = Awaited<ReturnType<ReturnType<typeof purchaseRows>['execute']>>[number];

const standing = (endsOn: BusinessDay, today: BusinessDay) => (today > endsOn ? 'ended' : 'ending');

/** What became of a row: of a monthly fee that of its contract, of a cancellation whether it holds. */
function statusOf(row: Found, today: BusinessDay): PurchaseView['status'] {
  const { contract_ends_on: contractEnds, cancelled_by: by } = row;
  if (row.class === 'monthly') return contractEnds === null ? 'active' : standing(contractEnds, today);
  if (row.class !== 'cancel') return null;
  return by === row.position && row.ends_on !== null ? standing(row.ends_on, today) : 'void';
}

/** The line of an order that is bought once. */
function onceOf(row: Found) {
  const lines = JSON.parse(row.lines ?? '[]') as readonly OrderLine[];
  const { product, nameJa, nameEn, initial, quantity } = lines[row.line]!;
  return { product, nameJa, nameEn, unitPrice: Money.text(initial ?? Money.zero), quantity };
}

function ofContract(row: Found) {
  const isEnd = row.class === 'cancel';
  const price = row.class === 'initial' ? row.initial : row.monthly;
  return {
    ...{ product: row.product!, nameJa: row.name_ja!, nameEn: row.name_en! },
    // A cancellation is free (CAN-14).
    unitPrice: isEnd ? '0' : Money.text(price!),
    quantity: isEnd ? -1 : 1,
  };
}

function purchaseView(row: Found, today: BusinessDay): PurchaseView {
  const status = statusOf(row, today);
  return {
    at: Instant.text(row.at),
    class: row.class,
    order: (row.order_of_contract ?? row.order_of_once)!,
    contract: row.contract || null,
    ...(row.class === 'device' ? onceOf(row) : ofContract(row)),
    circle: row.circle || null,
    number: row.number,
    unique: row.unique_id,
    status,
    endsOn: row.ends_on === null ? null : BusinessDay.text(row.ends_on),
  };
}

/** Purchases and cancellations of an account, newest first, a row for each fee (HIS-01, HIS-02). */
export async function purchasePage(
  readModels: ReadModels,
  request: PurchasesRequest,
  today: BusinessDay,
): Promise<Page<PurchaseView>> {
  const limit = limitOf(request);
  const after = keyOfCursor<[number, number]>(request, 2);
  let query = purchaseRows(readModels)
    .where('purchases.account', '=', request.account)
    .orderBy('purchases.position', 'desc')
    .orderBy('purchases.line')
    .limit(limit + 1);
  const { circle } = request;
  if (circle !== undefined)
    query = query.where(({ eb, fn }) => eb(fn.coalesce('contracts.circle', 'orders.circle'), '=', circle));
  if (after)
    query = query.where(({ eb, and, or }) =>
      or([
        eb('purchases.position', '<', after[0]),
        and([eb('purchases.position', '=', after[0]), eb('purchases.line', '>', after[1])]),
      ]),
    );
  return pageOf(
    await query.execute(),
    limit,
    row => purchaseView(row, today),
    row => [row.position, row.line],
  );
}
