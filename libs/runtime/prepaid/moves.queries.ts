import { sql } from 'kysely';
import { type AccountId, Money, type MoneyTotal } from '#kernel';
import type { ReadModels, ReadTables } from '../projecting/read-models.js';

/** Whatever moved an account's posted value or what it owes; `item` as in `charge:card`. */
export type Move = Readonly<Omit<ReadTables['prepaid_history'], 'account'>>;

/** The history of a wallet and its charged calls, to select from. */
export function movesOf({ db }: ReadModels, account: AccountId) {
  return db
    .selectFrom('prepaid_history')
    .select(['position', 'at', 'item', 'amount', 'ref', 'detail'])
    .select(['net', 'tax', 'gross', 'owed', 'unreturned', 'debit'])
    .where('account', '=', account)
    .unionAll(
      db
        .selectFrom('calls')
        .select([
          'position',
          'decided_at as at',
          sql<string>`'call'`.as('item'),
          sql<Money>`-drawn`.as('amount'),
          'call_id as ref',
          sql<string>`coalesce(to_written, to_number)`.as('detail'),
          'net',
          'tax',
          sql<Money>`net + tax`.as('gross'),
          sql<Money>`net + tax - drawn`.as('owed'),
          sql<Money>`0`.as('unreturned'),
          sql<string>`''`.as('debit'),
        ])
        .where('account', '=', account)
        .where('net', '>', Money.zero),
    )
    .as('moves');
}

/** The position of the last move before another one after which the account owed nothing; 0 for none. */
export async function lastClearBefore(
  readModels: ReadModels,
  account: AccountId,
  before: number,
): Promise<number> {
  const running = readModels.db
    .selectFrom(movesOf(readModels, account))
    .select(({ fn }) => [
      'position',
      fn
        .sum<MoneyTotal>('owed')
        .over(over => over.orderBy('position'))
        .as('owes'),
    ])
    .where('owed', '!=', Money.zero)
    .where('position', '<', before)
    .as('running');
  const clear = await readModels.db
    .selectFrom(running)
    .select(({ fn }) => fn.max('position').as('position'))
    .where('owes', '=', Money.zero)
    .executeTakeFirst();
  return clear?.position ?? 0;
}

/** What was owed and paid of it after a position, up to another one, the oldest first. */
export const debtMoves = (
  readModels: ReadModels,
  account: AccountId,
  { after, to, limit }: { after: number; to: number; limit: number },
): Promise<Move[]> =>
  readModels.db
    .selectFrom(movesOf(readModels, account))
    .selectAll()
    .where('owed', '!=', Money.zero)
    .where('position', '>', after)
    .where('position', '<=', to)
    .orderBy('position')
    .limit(limit)
    .execute();
