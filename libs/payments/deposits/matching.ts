import type { AccountId, Money } from '#kernel';
import { payerTest } from '../bank/kana.js';

/** An order of prepaid value that is paid by a transfer to the provider's own account, and not paid yet. */
export interface AwaitedOrder {
  readonly payment: string;
  readonly account: AccountId;
  readonly amount: Money;
  /** Keys of the names of the customer in kana (`payerKey`). */
  readonly payers: readonly string[];
}

/** How a deposit was found to be the payment of an order. */
export const MATCHED_BY = ['virtual_account', 'payer'] as const;

/** Why a deposit waits for staff. Ambiguous: there is something to choose from. */
const AMBIGUOUS_FOR = ['several_orders', 'other_amount', 'other_payer', 'told_twice'] as const;
const UNKNOWN_FOR = ['no_order', 'no_original'] as const;
export const DEPOSIT_PARKED_FOR = [...AMBIGUOUS_FOR, ...UNKNOWN_FOR] as const;
export type DepositParkedFor = (typeof DEPOSIT_PARKED_FOR)[number];

/** Whether staff have something to choose from. */
export const isAmbiguous = (why: DepositParkedFor): boolean =>
  (AMBIGUOUS_FOR as readonly DepositParkedFor[]).includes(why);

export type Match =
  | { readonly kind: 'matched'; readonly by: (typeof MATCHED_BY)[number]; readonly order: AwaitedOrder }
  | {
      readonly kind: 'parked';
      readonly why: DepositParkedFor;
      /** The customer, where the virtual account says it. */
      readonly account: AccountId | null;
      /** Orders that it may be the payment of. */
      readonly candidates: readonly AwaitedOrder[];
    };

const parked = (
  why: DepositParkedFor,
  candidates: readonly AwaitedOrder[] = [],
  account: AccountId | null = null,
): Match => ({ kind: 'parked', why, account, candidates });

export interface MatchedDeposit {
  readonly amount: Money;
  /** As the bank wrote it. */
  readonly payer: string;
  /** Whose virtual account it came to; null: nobody's, or there is none. */
  readonly ownerOfAccount: AccountId | null;
  /** A cancellation whose deposit is not known. */
  readonly isCancellation: boolean;
  /** The deposit of another kind of file that looks like this one. */
  readonly twin: string | null;
}

/**
 * Which order a deposit pays: the virtual account says whose it is, else the payer's name in kana; then the
 * amount, and there has to be exactly one. Nothing is guessed: everything else waits for staff, with what it
 * might be (DECISIONS: Prepaid ledger; FIELD 6.4).
 */
export function matchDeposit(deposit: MatchedDeposit, orders: readonly AwaitedOrder[]): Match {
  const { amount, payer, ownerOfAccount: owner, twin, isCancellation } = deposit;
  if (isCancellation) return parked('no_original', [], owner);
  if (twin !== null) return parked('told_twice', [], owner);
  const by = owner === null ? 'payer' : 'virtual_account';
  const isPayer = payerTest(payer);
  const isOurs = (order: AwaitedOrder): boolean =>
    owner === null ? order.payers.some(isPayer) : order.account === owner;
  const theirs = orders.filter(isOurs);
  const fitting = theirs.filter(order => order.amount === amount);
  if (fitting.length === 1) return { kind: 'matched', by, order: fitting[0]! };
  if (fitting.length > 1) return parked('several_orders', fitting, owner);
  if (theirs.length > 0) return parked('other_amount', theirs, owner);
  if (owner !== null) return parked('no_order', [], owner);
  const sameAmount = orders.filter(order => order.amount === amount);
  return sameAmount.length > 0 ? parked('other_payer', sameAmount) : parked('no_order');
}
