import { BusinessDay, Instant, Money, MoneyTotal } from '#kernel';
import { freeFunds, freeOf, isValidOn } from './drawing.js';
import type { HoldState, LotState } from './wallet.facts.js';
import { closingBalance, type WalletState } from './wallet.state.js';

/** A lot as it stands at an instant. */
export interface LotBalance extends LotState {
  /** What a debit or a new hold could take of it: 0 once it has expired. */
  readonly free: Money;
}

/** The funds of a wallet at an instant. available = posted - held, always. */
export interface FundsBalance {
  readonly posted: MoneyTotal;
  readonly held: MoneyTotal;
  readonly available: MoneyTotal;
  /** Owed by the customer; below zero: owed to the customer. */
  readonly receivable: Money;
  /** Lots with posted funds, in draw order; of an expired lot only what a hold keeps. */
  readonly lots: readonly LotBalance[];
  readonly holds: readonly HoldState[];
  /** From when on the service is suspended for what is owed; null: it is not. */
  readonly suspendedSince: Instant | null;
}

/** The day on which a decision made at `now` would be decided: a wallet's time never goes back. */
function dayOf(state: Exclude<WalletState, { phase: 'unopened' }>, now: Instant): BusinessDay {
  return BusinessDay.of(Instant.later(now, state.lastDecidedAt));
}

/** Set aside by holds; a held part of an expired lot counts, since its hold can still use it. */
export function held(state: WalletState): MoneyTotal {
  if (state.phase === 'unopened') return Money.zero;
  return MoneyTotal.sum(state.lots.map(lot => lot.held));
}

/**
 * What a new hold or debit finds at `now`: free funds of valid lots, whether or not an expiry has been
 * booked yet.
 */
export function available(state: WalletState, now: Instant): MoneyTotal {
  return state.phase === 'unopened' ? Money.zero : freeFunds(state, dayOf(state, now));
}

/** Available and held together. */
export const posted = (state: WalletState, now: Instant): MoneyTotal =>
  MoneyTotal.add(available(state, now), held(state));

/** Everything about the funds at `now`; all zero for a wallet that was never opened. */
export function balanceAt(state: WalletState, now: Instant): FundsBalance {
  if (state.phase === 'unopened') {
    const none = Money.zero;
    return {
      posted: none,
      held: none,
      available: none,
      receivable: none,
      lots: [],
      holds: [],
      suspendedSince: null,
    };
  }
  const day = dayOf(state, now);
  const { holds, lots } = closingBalance(state);
  const standing = lots.map(lot =>
    isValidOn(lot, day) ? { ...lot, free: freeOf(lot) } : { ...lot, posted: lot.held, free: Money.zero },
  );
  return {
    posted: posted(state, now),
    held: held(state),
    available: available(state, now),
    receivable: state.receivable,
    lots: standing.filter(lot => lot.posted > 0),
    holds,
    suspendedSince: state.suspendedSince,
  };
}
