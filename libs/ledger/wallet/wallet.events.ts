import { defineEvents, type EventOf } from '#kernel';
import { callEvents, callEvolutions } from './calls.js';
import { chargeBackEvents, chargeBackEvolutions } from './charge-backs.js';
import { closingEvents, closingEvolutions } from './closing.js';
import { debtEvents, debtEvolutions } from './debts.js';
import { feeEvents, feeEvolutions } from './fees.js';
import { holdEvents, holdEvolutions } from './holds.js';
import { lotEvents, lotEvolutions } from './lots.js';
import { evolveOpening, openingEvents } from './opening.js';
import { reversalEvents, reversalEvolutions } from './reversing.js';
import { suspensionEvents, suspensionEvolutions } from './suspension.js';
import { apply, type Books, type Evolutions, type WalletState } from './wallet.state.js';

/**
 * Events of `wallet-<account>_<yyyy-mm>`. `at` is the instant of the decision: it never goes back within a
 * wallet, its opening apart.
 */
export const walletEvents = defineEvents(
  { context: 'ledger', stream: 'wallet-<account>_<yyyy-mm>' },
  {
    ...openingEvents,
    ...lotEvents,
    ...debtEvents,
    ...holdEvents,
    ...callEvents,
    ...feeEvents,
    ...reversalEvents,
    ...closingEvents,
    ...suspensionEvents,
    ...chargeBackEvents,
  },
);
export type WalletEvent = EventOf<typeof walletEvents>;

/** What happens to the books of a wallet that is open. */
export type BookEvent = Exclude<WalletEvent, { type: 'WalletOpened' | 'WalletClosed' }>;

const evolutions: Evolutions<BookEvent> = {
  ...lotEvolutions,
  ...debtEvolutions,
  ...holdEvolutions,
  ...callEvolutions,
  ...feeEvolutions,
  ...reversalEvolutions,
  ...closingEvolutions,
  ...suspensionEvolutions,
  ...chargeBackEvolutions,
};

/** Applies one event to open books, in place. */
export const evolveBooks = (books: Books, event: BookEvent): void => apply(evolutions, books, event);

/** Never decides, never reads a clock. @throws Error for an event that cannot follow. */
export function evolve(state: WalletState, event: WalletEvent): WalletState {
  if (event.type === 'WalletOpened' || event.type === 'WalletClosed') return evolveOpening(state, event);
  if (state.phase !== 'open') throw new Error(`the log has ${event.type} in a wallet that is not open`);
  evolveBooks(state, event);
  return state;
}
