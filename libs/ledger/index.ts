export * from './calls.projection.js';
export * from './chart.js';
export * from './incoming-discount.js';
export * from './journal.js';
export * from './journal.projection.js';
export * from './prepaid.projection.js';
export { MOST_IN_WALLET } from './wallet.bounds.js';
export * from './wallet.commands.js';
export * from './wallet.events.js';
export * from './wallet.js';
export type { NamedThing } from './wallet.names.js';
export * from './wallet.queries.js';
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
} from './wallet.state.js';
export { accountOfWallet } from './wallet.streams.js';
