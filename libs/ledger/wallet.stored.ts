import type { BusinessDay, BusinessMonth, Instant, Money } from '#kernel';
import type { WalletEvent } from './wallet.events.js';

/**
 * The stored form of a value: money as decimal text, instants as JST text, days and months as text, the rest
 * as it is; the keys are the event's own. The golden samples hold the forms fast: a field that changes its
 * meaning or its form needs a new version, whose predecessor is then written out here in full.
 */
export type Stored<T> = T extends Money | Instant | BusinessDay | BusinessMonth
  ? string
  : T extends readonly (infer Item)[]
    ? readonly Stored<Item>[]
    : T extends object
      ? { readonly [Key in keyof T]: Stored<T[Key]> }
      : T;

/** The stored data of an event, its type apart. */
export type StoredEventOf<Type extends WalletEvent['type']> = Stored<
  Omit<Extract<WalletEvent, { type: Type }>, 'type'>
>;

/** Every stored type of a wallet, with the event that it becomes. */
export const WALLET_STORED_TYPES = {
  WalletOpened: 'ledger.WalletOpened.v1',
  LotCredited: 'ledger.LotCredited.v1',
  ReceivablePaid: 'ledger.ReceivablePaid.v1',
  ReceivablePaymentReturned: 'ledger.ReceivablePaymentReturned.v1',
  FundsHeld: 'ledger.FundsHeld.v1',
  HoldExtended: 'ledger.HoldExtended.v1',
  HoldReleased: 'ledger.HoldReleased.v1',
  CallCharged: 'ledger.CallCharged.v1',
  CallNoted: 'ledger.CallNoted.v1',
  Debited: 'ledger.Debited.v1',
  DebitReversed: 'ledger.DebitReversed.v1',
  LotExpired: 'ledger.LotExpired.v1',
  Adjusted: 'ledger.Adjusted.v1',
  IncomingDiscountGranted: 'ledger.IncomingDiscountGranted.v1',
  RoundingDifferenceBooked: 'ledger.RoundingDifferenceBooked.v1',
  BillingMonthClosed: 'ledger.BillingMonthClosed.v1',
  WalletClosed: 'ledger.WalletClosed.v1',
} as const satisfies Record<WalletEvent['type'], `ledger.${string}.v${number}`>;

/** Every stored type of this lib, for the event catalogue and the golden samples. */
export const LEDGER_EVENT_TYPES = Object.values(WALLET_STORED_TYPES);
