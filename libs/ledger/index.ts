export * from './chart.js';
export * from './journal.js';
export * from './unused-value.js';
export { MOST_IN_WALLET } from './wallet/bounds.js';
export {
  type CallFacts,
  type CallPrice,
  countedAs,
  type DebitCall,
  type NoteCall,
} from './wallet/calls.js';
export type { TakeBackCharge } from './wallet/charge-backs.js';
export type { CloseBillingMonth } from './wallet/closing.js';
export type { Debit, Fee } from './wallet/fees.js';
export * from './wallet/incoming-discount.js';
export {
  type Adjust,
  CHARGE_METHODS,
  type ChargeMethod,
  type CreditLot,
  issuedAtOf,
} from './wallet/lots.js';
export type { NamedThing } from './wallet/names.js';
export { type WalletRejection, walletRefusals } from './wallet/refusals.js';
export type { OriginalDebit, ReverseDebit } from './wallet/reversing.js';
export { type WalletEvent, walletEvents } from './wallet/wallet.events.js';
export * from './wallet/wallet.facts.js';
export { type WalletCommand, wallet } from './wallet/wallet.js';
export * from './wallet/wallet.queries.js';
export {
  accountOfWallet,
  type Books,
  closingBalance,
  entryKey,
  monthUsage,
  type OpenedWallet,
  openBooks,
  openMonth,
  talksOf,
  type WalletState,
  walletStream,
} from './wallet/wallet.state.js';
