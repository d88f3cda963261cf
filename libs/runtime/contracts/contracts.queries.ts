import { type Contract, has, type Order, type OrderLine } from '#contracts';
import { type AccountId, BusinessDay, Instant, Money } from '#kernel';
import { keyOfCursor, limitOf, pageOf } from '../engine/paging.js';
import { holdsText } from '../engine/sql.js';
import type { Page, PageRequest } from '../product.views.js';
import type { ReadModels } from '../projecting/read-models.js';
import type { ContractView } from './contracts.shapes.js';

type Known = Pick<
  Contract,
  | 'contract'
  | 'order'
  | 'product'
  | 'kind'
  | 'nameJa'
  | 'nameEn'
  | 'circle'
  | 'unique'
  | 'number'
  | 'monthly'
  | 'since'
  | 'capabilities'
> & { readonly ending: Pick<NonNullable<Contract['ending']>, 'endsOn' | 'undoUntil'> | null };

/** A contract as it is on a day: its end holds from the day after its last, booked or not. */
export function contractView(contract: Known, day: BusinessDay): ContractView {
  const { ending, monthly, since, order, circle, unique, number, capabilities, ...named } = contract;
  const over = ending !== null && day > ending.endsOn;
  return {
    ...{ contract: named.contract, order, product: named.product, kind: named.kind },
    ...{ nameJa: named.nameJa, nameEn: named.nameEn, quantity: 1, circle, unique, number },
    reaches020: number === null ? null : has({ capabilities }, 'reaches_020'),
    monthly: Money.text(monthly),
    since: BusinessDay.text(since),
    status: over ? 'ended' : ending === null ? 'active' : 'ending',
    endsOn: ending === null ? null : BusinessDay.text(ending.endsOn),
    undoUntil: ending === null || ending.undoUntil === null ? null : Instant.text(ending.undoUntil),
  };
}

export interface ContractsRequest extends PageRequest {
  readonly account: AccountId;
  readonly circle?: string;
  /** Those that are over too. */
  readonly ended?: boolean;
}

/** Contracts of an account in the order in which they began. */
export async function contractPage(
  { db }: ReadModels,
  request: ContractsRequest,
  today: BusinessDay,
): Promise<Page<ContractView>> {
  const limit = limitOf(request);
  const after = keyOfCursor<[number]>(request, 1);
  let query = db
    .selectFrom('contracts')
    .selectAll()
    .where('account', '=', request.account)
    .orderBy('position')
    .limit(limit + 1);
  if (request.circle !== undefined) query = query.where('circle', '=', request.circle);
  if (!request.ended)
    query = query.where(({ eb, or }) => or([eb('ends_on', 'is', null), eb('ends_on', '>=', today)]));
  if (after) query = query.where('position', '>', after[0]);
  const found = await query.execute();
  return pageOf(
    found,
    limit,
    row =>
      contractView(
        {
          ...{ contract: row.contract, order: row.order_id, product: row.product, kind: row.kind },
          ...{ nameJa: row.name_ja, nameEn: row.name_en, circle: row.circle || null, unique: row.unique_id },
          ...{ number: row.number, monthly: row.monthly, since: row.since },
          capabilities: row.reaches_020 === 1 ? ['reaches_020'] : [],
          ending: row.ends_on === null ? null : { endsOn: row.ends_on, undoUntil: row.undo_until },
        },
        today,
      ),
    row => [row.position],
  );
}

export interface OrdersRequest extends PageRequest {
  readonly account: AccountId;
  readonly circle?: string;
}

/** Orders of an account, or for a circle of it, the newest first. */
export async function orderRows({ db }: ReadModels, request: OrdersRequest) {
  const limit = limitOf(request);
  const after = keyOfCursor<[number]>(request, 1);
  let query = db
    .selectFrom('orders')
    .select(['order_id', 'position'])
    .where('account', '=', request.account)
    .orderBy('position', 'desc')
    .limit(limit + 1);
  if (request.circle !== undefined) query = query.where('circle', '=', request.circle);
  if (after) query = query.where('position', '<', after[0]);
  return pageOf(
    await query.execute(),
    limit,
    row => row.order_id,
    row => [row.position],
  );
}

/** Orders of all accounts are found by state, days and whose they are. All bounds are inclusive. */
export interface AllOrdersRequest extends PageRequest {
  readonly state?: Order['state'];
  readonly from?: BusinessDay;
  readonly to?: BusinessDay;
  /** A part of the id or the name of an account. */
  readonly counterparty?: string;
}

/** Orders of all accounts, the newest first, with what the log said of each. */
export async function allOrderRows({ db }: ReadModels, request: AllOrdersRequest) {
  const limit = limitOf(request);
  const after = keyOfCursor<[number]>(request, 1);
  let query = db
    .selectFrom('orders')
    .leftJoin('accounts', 'accounts.account', 'orders.account')
    .select(['orders.account', 'accounts.name', 'orders.order_id', 'orders.circle', 'orders.state'])
    .select(['orders.placed_at', 'orders.lines', 'orders.refused', 'orders.missing', 'orders.position'])
    .orderBy('orders.position', 'desc')
    .limit(limit + 1);
  const { state, from, to, counterparty } = request;
  if (state !== undefined) query = query.where('orders.state', '=', state);
  if (from !== undefined) query = query.where('orders.placed_at', '>=', BusinessDay.start(from));
  if (to !== undefined)
    query = query.where('orders.placed_at', '<', BusinessDay.start(BusinessDay.plus(to, 1)));
  const whose = counterparty?.trim();
  if (whose)
    query = query.where(({ or, ref }) =>
      or([holdsText(ref('orders.account'), whose), holdsText(ref('accounts.name'), whose)]),
    );
  if (after) query = query.where('orders.position', '<', after[0]);
  return pageOf(
    await query.execute(),
    limit,
    ({ lines, ...row }) => ({ ...row, lines: JSON.parse(lines) as readonly OrderLine[] }),
    row => [row.position],
  );
}

/** Orders of which something is left to do though it began before an instant: a process ended. */
export async function ordersUnderWay({ db }: ReadModels, before: Instant) {
  const placed = await db
    .selectFrom('orders')
    .select(['account', 'order_id as order'])
    .where('open', '=', 1)
    .where('placed_at', '<', before)
    .orderBy('position')
    .limit(1000)
    .execute();
  const refunds = await db
    .selectFrom('device_refunds')
    .select(['account', 'order_id as order'])
    .distinct()
    .where('open', '=', 1)
    .where('granted_at', '<', before)
    .limit(1000)
    .execute();
  const isPlaced = new Set(placed.map(({ account, order }) => `${account} ${order}`));
  return [...placed, ...refunds.filter(({ account, order }) => !isPlaced.has(`${account} ${order}`))];
}

/** Carts that became an order before an instant and do not know yet what became of it. */
export async function cartsUnderWay({ db }: ReadModels, before: Instant) {
  const rows = await db
    .selectFrom('cart_orders')
    .select(['account', 'order_id as order', 'circle'])
    .where('open', '=', 1)
    .where('ordered_at', '<', before)
    .orderBy('ordered_at')
    .limit(1000)
    .execute();
  return rows.map(({ circle, ...of }) => ({ ...of, circle: circle || null }));
}

/** Accounts with a contract whose end is due and not booked, ids ascending. */
export async function accountsWithEndsDue(
  { db }: ReadModels,
  today: BusinessDay,
  limit = 100_000,
): Promise<AccountId[]> {
  const rows = await db
    .selectFrom('contracts')
    .select('account')
    .distinct()
    .where('ended', '=', 0)
    .where('ends_on', '<', today)
    .orderBy('account')
    .limit(limit)
    .execute();
  return rows.map(row => row.account);
}

/** The first day of the oldest contract; null where there is none. */
export const oldestContract = async ({ db }: ReadModels): Promise<BusinessDay | null> =>
  (await db.selectFrom('contracts').select('since').orderBy('since').limit(1).executeTakeFirst())?.since ??
  null;

/** Accounts with a contract of before a day that is not over by then, ids ascending, page by page. */
export async function accountsInContract(
  { db }: ReadModels,
  { day, after, limit }: { day: BusinessDay; after: string; limit: number },
): Promise<AccountId[]> {
  const rows = await db
    .selectFrom('contracts')
    .select('account')
    .distinct()
    .where('since', '<', day)
    .where(({ eb, or }) => or([eb('ends_on', 'is', null), eb('ends_on', '>=', day)]))
    .where('account', '>', after as AccountId)
    .orderBy('account')
    .limit(limit)
    .execute();
  return rows.map(row => row.account);
}

export const ownerOf = async ({ db }: ReadModels, contract: string): Promise<AccountId | undefined> =>
  (await db.selectFrom('contracts').select('account').where('contract', '=', contract).executeTakeFirst())
    ?.account;
