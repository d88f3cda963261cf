import {
  assertNever,
  BASIS_POINTS_IN_ONE,
  BusinessDay,
  BusinessMonth,
  type Decider,
  happened,
  Instant,
  InvalidInput,
  Money,
  MoneyTotal,
  nothing,
  type Outcome,
  rejected,
} from '#kernel';
import { withinBounds } from './bounds.js';
import { closeBillingMonth } from './closing.js';
import { drawDebit, drawFree, freeFunds, sumOf, unusedOf } from './drawing.js';
import { adjust, creditLot, requirePositive } from './lots.js';
import { openMonth, reverseDebit } from './reversing.js';
import { expiriesDue, expiriesOf, lastExpiryAt, payingDebt } from './steps.js';
import type { ChargeCall, Debit, NoteCall, WalletCommand, WalletRejection } from './wallet.commands.js';
import type { WalletEvent } from './wallet.events.js';
import { evolve } from './wallet.evolve.js';
import {
  type Books,
  closingBalance,
  entryKey,
  type Hold,
  type OpenedWallet,
  type WalletState,
} from './wallet.state.js';

type Decision = Outcome<WalletEvent, WalletRejection>;
type CommandOf<Type extends WalletCommand['type']> = Extract<WalletCommand, { type: Type }>;

const decided = (events: readonly WalletEvent[]): Decision => ({ kind: 'events', events });

function openWallet(command: CommandOf<'OpenWallet'>, state: WalletState): Decision {
  const { account, month, carried } = command;
  if (state.phase === 'closed') return walletClosed(state.next);
  if (state.phase === 'open') {
    const same = state.account === account && state.month === month;
    return same ? nothing('the wallet is open') : rejected('WALLET_EXISTS', 'This stream is another wallet.');
  }
  // Carrying moves no time: the next command finds the wallet as it would have without a new stream.
  const at = carried === null ? command.now : carried.lastDecidedAt;
  return happened<WalletEvent>({ type: 'WalletOpened', at, account, month, carried });
}

const walletClosed = (next: BusinessMonth): Decision =>
  rejected('WALLET_CLOSED', 'This month of the wallet is closed.', { next: BusinessMonth.text(next) });

function closeWallet({ next }: CommandOf<'CloseWallet'>, state: OpenedWallet): Decision {
  if (next <= state.month) throw new InvalidInput('next', 'must be a month after the one of the wallet');
  return happened<WalletEvent>({
    type: 'WalletClosed',
    at: state.lastDecidedAt,
    next,
    closing: closingBalance(state),
  });
}

function requireNotNegative(amount: Money, field: string): void {
  if (amount < 0) throw new InvalidInput(field, 'must not be below 0');
}

const insufficient = (available: MoneyTotal, required: Money): Decision =>
  rejected('INSUFFICIENT_FUNDS', 'The available funds do not cover the amount.', {
    available: MoneyTotal.text(available),
    required: Money.text(required),
  });

/** All of the amount or nothing of it: a call is not begun with half its funds. */
function holdFunds(command: CommandOf<'HoldFunds'>, books: Books, at: Instant, day: BusinessDay): Decision {
  const { hold, amount, purpose } = command;
  requirePositive(amount);
  if (books.holds.has(hold)) return rejected('HOLD_EXISTS', 'A hold with this id is open.', { hold });
  const parts = drawFree(books, day, amount);
  if (sumOf(parts) < amount) return insufficient(freeFunds(books, day), amount);
  const events = expiriesDue(books, day);
  events.push({ type: 'FundsHeld', at, hold, purpose, amount, parts });
  return decided(events);
}

function extendHold(command: CommandOf<'ExtendHold'>, books: Books, at: Instant, day: BusinessDay): Decision {
  const { hold, amount } = command;
  requirePositive(amount);
  if (!books.holds.has(hold))
    return rejected('NO_SUCH_HOLD', 'There is no open hold with this id.', { hold });
  const parts = drawFree(books, day, amount);
  if (sumOf(parts) < amount) return insufficient(freeFunds(books, day), amount);
  const events = expiriesDue(books, day);
  events.push({ type: 'HoldExtended', at, hold, amount, parts });
  return decided(events);
}

function releaseHold(
  { hold: id }: CommandOf<'ReleaseHold'>,
  books: Books,
  at: Instant,
  day: BusinessDay,
): Decision {
  const hold = books.holds.get(id);
  if (hold === undefined) return nothing('the hold was settled or released before');
  const events = expiriesDue(books, day);
  const parts = hold.parts.map(({ lot, amount }) => ({ lot: lot.id, kind: lot.kind, amount }));
  events.push({ type: 'HoldReleased', at, hold: id, parts }, ...expiriesOf(hold.parts, at, day));
  return decided(payingDebt(books, at, day, events));
}

/**
 * The hold that the end of a call frees: the one that is named, else the one that the switch named after the
 * call, whoever reports it. A call file names none, and the call is over all the same.
 */
const holdOf = (books: Books, id: string | null, callId: string): Hold | undefined =>
  (id === null ? undefined : books.holds.get(id)) ?? books.holds.get(callId);

/** A correction follows the reversal of the entry before it, in whichever wallet that one was. */
function notReversed({ call, entry }: ChargeCall | NoteCall, books: Books): Decision | undefined {
  if (entry === undefined || entry === 1 || books.reversed.has(entryKey(call.callId, entry - 1)))
    return undefined;
  const details = { call: call.callId };
  return rejected('NOT_REVERSED', 'The entry of this call that is to be corrected stands still.', details);
}

/** Tax of a debit: net x rate, at 4 decimals. */
export const taxOn = (net: Money, rate: number): Money =>
  Money.share(net, rate, BASIS_POINTS_IN_ONE, 'half_up');

/**
 * What happened is charged: what no lot covers is owed (DECISIONS: a late CDR may take the balance below
 * zero).
 */
function chargeCall(command: ChargeCall, books: Books, at: Instant, day: BusinessDay): Decision {
  const { call, price, category, taxCategory, taxRate, net } = command;
  requireNotNegative(net, 'net');
  const early = notReversed(command, books);
  if (early) return early;
  const hold = holdOf(books, command.hold, call.callId);
  const tax = taxOn(net, taxRate);
  const gross = Money.add(net, tax);
  const parts = drawDebit(books, day, gross, hold);
  const events = expiriesDue(books, day);
  events.push({
    type: 'CallCharged',
    at,
    call,
    price,
    category,
    taxCategory,
    taxRate,
    billingMonth: openMonth(books, BusinessMonth.of(call.startedAt)),
    net,
    tax,
    hold: hold === undefined ? null : hold.id,
    parts,
    receivable: Money.subtract(gross, sumOf(parts)),
  });
  if (hold === undefined) return decided(events);
  events.push(...expiriesOf(unusedOf(hold, parts), at, day));
  return decided(payingDebt(books, at, day, events));
}

function noteCall(command: NoteCall, books: Books, at: Instant, day: BusinessDay): Decision {
  const { call, why, category } = command;
  const early = notReversed(command, books);
  if (early) return early;
  const hold = holdOf(books, command.hold, call.callId);
  const billingMonth = openMonth(books, BusinessMonth.of(call.startedAt));
  const events = expiriesDue(books, day);
  events.push({
    type: 'CallNoted',
    at,
    call,
    why,
    category,
    billingMonth,
    hold: hold === undefined ? null : hold.id,
  });
  if (hold === undefined) return decided(events);
  events.push(...expiriesOf(hold.parts, at, day));
  return decided(payingDebt(books, at, day, events));
}

function debit(command: Debit, books: Books, at: Instant, day: BusinessDay): Decision {
  const { debit: id, kind, category, taxCategory, taxRate, net } = command;
  requireNotNegative(net, 'net');
  const wanted = command.billingMonth ?? openMonth(books, BusinessMonth.of(at));
  const billingMonth = openMonth(books, wanted);
  if (billingMonth !== wanted) {
    const details = { month: BusinessMonth.text(wanted), open: BusinessMonth.text(billingMonth) };
    return rejected('MONTH_CLOSED', 'The billing month is closed.', details);
  }
  const tax = taxOn(net, taxRate);
  const gross = Money.add(net, tax);
  const parts = drawDebit(books, day, gross);
  const receivable = Money.subtract(gross, sumOf(parts));
  // What the customer is owed (a receivable below zero) covers as lots do.
  const short = Money.add(receivable, Money.min(books.receivable, Money.zero));
  if (short > 0 && command.ifShort === 'refuse') return insufficient(Money.subtract(gross, short), gross);
  const amounts = { net, tax, parts, receivable };
  const events = expiriesDue(books, day);
  events.push({
    type: 'Debited',
    at,
    debit: id,
    kind,
    category,
    taxCategory,
    taxRate,
    billingMonth,
    ...amounts,
  });
  return decided(events);
}

function expireDue(books: Books, day: BusinessDay): Decision {
  const events = expiriesDue(books, day);
  return events.length === 0 ? nothing('no lot is due') : decided(events);
}

/** A wallet's time never goes back (DECISIONS: Prepaid ledger). */
function decidedAt(command: WalletCommand, books: Books): Instant {
  if (command.type === 'ExpireDue') return lastExpiryAt(books, command.now);
  const now = command.type === 'CloseBillingMonth' ? BusinessMonth.end(command.month) : command.now;
  return Instant.later(now, books.lastDecidedAt);
}

/** @throws InvalidInput for an amount or a count that no edge should have let through. */
function decide(command: WalletCommand, state: WalletState): Decision {
  if (command.type === 'OpenWallet') return openWallet(command, state);
  if (state.phase === 'unopened') return rejected('NO_SUCH_WALLET', 'There is no such wallet.');
  if (state.phase === 'closed') return walletClosed(state.next);
  if (command.type === 'CloseWallet') return closeWallet(command, state);
  return withinBounds(state, () => decideOpen(command, state));
}

function decideOpen(
  command: Exclude<WalletCommand, { type: 'OpenWallet' | 'CloseWallet' }>,
  state: OpenedWallet,
): Decision {
  const at = decidedAt(command, state);
  const month = BusinessMonth.of(at);
  if (month > state.month) {
    const details = { month: BusinessMonth.text(state.month), next: BusinessMonth.text(month) };
    return rejected('MONTH_OVER', 'This month of the wallet is over.', details);
  }
  const day = BusinessDay.of(at);
  switch (command.type) {
    case 'ChargeCall':
      return chargeCall(command, state, at, day);
    case 'NoteCall':
      return noteCall(command, state, at, day);
    case 'HoldFunds':
      return holdFunds(command, state, at, day);
    case 'ExtendHold':
      return extendHold(command, state, at, day);
    case 'ReleaseHold':
      return releaseHold(command, state, at, day);
    case 'Debit':
      return debit(command, state, at, day);
    case 'CreditLot':
      return creditLot(command, state, at, day);
    case 'ReverseDebit':
      return reverseDebit(command, state, at);
    case 'Adjust':
      return adjust(command, state, at, day);
    case 'ExpireDue':
      return expireDue(state, day);
    case 'CloseBillingMonth':
      return closeBillingMonth(command, state, at);
    default:
      return assertNever(command);
  }
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
