import { sql } from 'kysely';
import type { AccountId, Instant, Money } from '#kernel';
import type { ReadStore } from '#ports';

/** Whatever moved an account's posted value or what it owes. */
export interface Move {
  readonly position: number;
  readonly at: Instant;
  /** As the read model names it: `charge:card`. */
  readonly item: string;
  readonly amount: Money;
  readonly ref: string;
  readonly detail: string;
  readonly net: Money | null;
  readonly tax: Money | null;
  readonly gross: Money | null;
  readonly owed: Money;
  readonly unreturned: Money;
  /** The debit that a reversal takes back. */
  readonly debit: string;
}

/** The history of a wallet and its charged calls, to select from. */
export function movesOf({ db }: ReadStore, account: AccountId) {
  const facts = ['position', 'at', 'item', 'amount', 'ref', 'detail'] as const;
  const costs = ['net', 'tax', 'gross', 'owed', 'unreturned', 'debit'] as const;
  return db
    .selectFrom('prepaid_history')
    .select([...facts, ...costs])
    .where('account', '=', account)
    .unionAll(
      db
        .selectFrom('calls')
        .select([
          'position',
          'decided_at as at',
          sql<string>`'call'`.as('item'),
          sql<number>`-drawn`.as('amount'),
          'call_id as ref',
          sql<string>`coalesce(to_written, to_number)`.as('detail'),
          'net',
          'tax',
          sql<number>`net + tax`.as('gross'),
          sql<number>`net + tax - drawn`.as('owed'),
          sql<number>`0`.as('unreturned'),
          sql<string>`''`.as('debit'),
        ])
        .where('account', '=', account)
        .where('net', '>', 0),
    )
    .as('moves');
}
