export * from './calls.projection.js';
export * from './chart.js';
export * from './journal.js';
export * from './journal.projection.js';
export * from './prepaid.projection.js';
export * from './wallet.codec.js';
export * from './wallet.commands.js';
export * from './wallet.events.js';
export * from './wallet.js';
export type { NamedThing } from './wallet.names.js';
export * from './wallet.queries.js';
export {
  type Books,
  closingBalance,
  monthUsage,
  type OpenedWallet,
  openBooks,
  type WalletState,
  walletStream,
} from './wallet.state.js';
export { LEDGER_EVENT_TYPES, type Stored, type StoredEventOf, WALLET_STORED_TYPES } from './wallet.stored.js';
export { accountOfWallet } from './wallet.streams.js';
