import { BusinessDay, BusinessMonth, type Decider, Instant, rejected } from '#kernel';
import { withinBounds } from './bounds.js';
import { type CallCommand, callDecisions } from './calls.js';
import { chargeBackDecisions, type TakeBackCharge } from './charge-backs.js';
import { type CloseBillingMonth, closingDecisions } from './closing.js';
import { type FeeCommand, feeDecisions } from './fees.js';
import { type HoldCommand, holdDecisions } from './holds.js';
import { type LotCommand, lastExpiryAt, lotDecisions } from './lots.js';
import { type CloseWallet, closeWallet, type OpenWallet, openWallet, walletClosed } from './opening.js';
import { type Decision, type WalletRejection, walletRefusals } from './refusals.js';
import { resuming } from './resuming.js';
import { type ReverseDebit, reversalDecisions } from './reversing.js';
import { type SuspendOverdue, suspensionDecisions } from './suspension.js';
import { type BookEvent, evolve, type WalletEvent } from './wallet.events.js';
import type { Books, OpenedWallet, WalletState } from './wallet.state.js';

type BookCommand =
  | LotCommand
  | HoldCommand
  | CallCommand
  | FeeCommand
  | ReverseDebit
  | CloseBillingMonth
  | SuspendOverdue
  | TakeBackCharge;
export type WalletCommand = OpenWallet | BookCommand | CloseWallet;

type Decide<Command> = (command: Command, books: Books, at: Instant, day: BusinessDay) => Decision<BookEvent>;

const decisions: {
  readonly [Type in BookCommand['type']]: Decide<Extract<BookCommand, { readonly type: Type }>>;
} = {
  ...lotDecisions,
  ...holdDecisions,
  ...callDecisions,
  ...feeDecisions,
  ...reversalDecisions,
  ...closingDecisions,
  ...suspensionDecisions,
  ...chargeBackDecisions,
};

/** A wallet's time never goes back (DECISIONS: Prepaid ledger). */
function decidedAt(command: BookCommand, books: Books): Instant {
  if (command.type === 'ExpireDue') return lastExpiryAt(books, command.now);
  const now = command.type === 'CloseBillingMonth' ? BusinessMonth.end(command.month) : command.now;
  return Instant.later(now, books.lastDecidedAt);
}

function decideOpen(command: BookCommand, state: OpenedWallet): Decision<BookEvent> {
  const at = decidedAt(command, state);
  const month = BusinessMonth.of(at);
  if (month > state.month) {
    const details = { month: BusinessMonth.text(state.month), next: BusinessMonth.text(month) };
    return rejected(walletRefusals.MONTH_OVER, details);
  }
  const decideIt = decisions[command.type] as Decide<BookCommand>;
  return resuming(state, decideIt(command, state, at, BusinessDay.of(at)));
}

/** @throws InvalidInput for an amount or a count that no edge should have let through. */
function decide(command: WalletCommand, state: WalletState): Decision<WalletEvent> {
  if (command.type === 'OpenWallet') return openWallet(command, state);
  if (state.phase === 'unopened') return rejected(walletRefusals.NO_SUCH_WALLET);
  if (state.phase === 'closed') return walletClosed(state.next);
  if (command.type === 'CloseWallet') return closeWallet(command, state);
  return withinBounds(state, command, decideOpen);
}

const UNOPENED: WalletState = { phase: 'unopened' };

/**
 * The prepaid wallet of one account: lots, holds, debits, what is owed, and the usage of its open billing
 * months. Whatever comes in whichever order, holds and debits never exceed the funds that are valid at that
 * instant.
 */
export const wallet: Decider<WalletCommand, WalletEvent, WalletState, WalletRejection> = {
  name: 'wallet',
  fresh: () => UNOPENED,
  decide,
  evolve,
};
