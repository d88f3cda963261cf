export * from './calls.projection.js';
export * from './chart.js';
export * from './journal.js';
export * from './journal.projection.js';
export * from './prepaid.projection.js';
export { MOST_IN_WALLET } from './wallet/bounds.js';
export * from './wallet/incoming-discount.js';
export type { NamedThing } from './wallet/names.js';
export * from './wallet/wallet.commands.js';
export * from './wallet/wallet.events.js';
export * from './wallet/wallet.js';
export * from './wallet/wallet.queries.js';
export {
  type Books,
  closingBalance,
  entryKey,
  monthUsage,
  type OpenedWallet,
  openBooks,
  talksOf,
  type WalletState,
  walletStream,
} from './wallet/wallet.state.js';
export { accountOfWallet } from './wallet/wallet.streams.js';
