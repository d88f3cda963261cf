import { type AccountId, BusinessDay, Instant, Money } from '#kernel';
import { keyOfCursor, limitOf, pageOf } from '../engine/paging.js';
import { holdsNumber, holdsText } from '../engine/sql.js';
import type { Page, PageRequest } from '../product.views.js';
import type { ReadModels } from '../projecting/read-models.js';
import type { AccountView } from './accounts.shapes.js';

/** Ids ascending; a search is for a part of id, name or any of the numbers. */
export async function accountPage(
  readModels: ReadModels,
  request?: PageRequest & { search?: string },
): Promise<Page<AccountView>> {
  const limit = limitOf(request);
  const after = keyOfCursor<[AccountId]>(request, 1);
  let query = readModels.db
    .selectFrom('accounts')
    .leftJoin('wallets', 'wallets.account', 'accounts.account')
    .selectAll('accounts')
    .select('wallets.suspended_since')
    .orderBy('accounts.account')
    .limit(limit + 1);
  if (after) query = query.where('accounts.account', '>', after[0]);
  const search = request?.search?.trim();
  if (search)
    query = query.where(({ or, exists, selectFrom, ref }) =>
      or([
        holdsText(ref('accounts.account'), search),
        holdsText(ref('accounts.name'), search),
        exists(
          selectFrom('account_numbers')
            .select('number')
            .whereRef('account_numbers.account', '=', 'accounts.account')
            .where(numbers => holdsNumber(numbers.ref('number'), search)),
        ),
      ]),
    );
  const found = await query.execute();
  const numbers = await numbersOf(
    readModels,
    found.map(row => row.account),
  );
  return pageOf(
    found,
    limit,
    row => ({
      account: row.account,
      name: row.name,
      openedOn: BusinessDay.text(row.opened_on),
      tariff: row.tariff,
      priceList: row.price_list,
      incomingDiscount: Money.text(row.incoming_discount),
      numbers: numbers.get(row.account) ?? [],
      suspendedSince: row.suspended_since === null ? null : Instant.text(row.suspended_since),
      revision: row.revision,
    }),
    row => [row.account],
  );
}

async function numbersOf(
  { db }: ReadModels,
  accounts: readonly AccountId[],
): Promise<Map<AccountId, string[]>> {
  const byAccount = new Map<AccountId, string[]>();
  if (accounts.length === 0) return byAccount;
  const found = await db
    .selectFrom('account_numbers')
    .select(['account', 'number'])
    .where('account', 'in', accounts)
    .orderBy('position')
    .execute();
  for (const { account, number } of found) {
    const list = byAccount.get(account);
    if (list) list.push(number);
    else byAccount.set(account, [number]);
  }
  return byAccount;
}

/** Every account with the day it was opened on, ids ascending: the order of the invoice numbers. */
export const openedAccounts = ({ db }: ReadModels) =>
  db.selectFrom('accounts').select(['account', 'opened_on']).orderBy('account').execute();

export const openedOnOf = async ({ db }: ReadModels, account: AccountId): Promise<BusinessDay | undefined> =>
  (await db.selectFrom('accounts').select('opened_on').where('account', '=', account).executeTakeFirst())
    ?.opened_on;

export const numbersOfAccount = ({ db }: ReadModels, account: AccountId) =>
  db.selectFrom('account_numbers').select('number').where('account', '=', account).execute();

/** Numbers that were assigned, or taken back, after a position, with their accounts, in that order. */
export const numbersAfter = ({ db }: ReadModels, position: number) =>
  db
    .selectFrom('former_numbers')
    .select(['number', 'account', 'position'])
    .where('position', '>', position)
    .union(
      db
        .selectFrom('account_numbers')
        .select(['number', 'account', 'position'])
        .where('position', '>', position),
    )
    .orderBy('position')
    .execute();
