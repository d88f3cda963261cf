import type { BusinessDay } from '#kernel';
import type { LotFacts, LotPart, WalletEvent } from '#ledger';
import { lotFacts } from './wallets.js';

/** What an event takes of lots, or sets aside of them. */
export const drawnBy = (e: WalletEvent): readonly LotPart[] => {
  switch (e.type) {
    case 'CallDebited':
    case 'Debited':
    case 'ReceivablePaid':
    case 'ChargeTakenBack':
    case 'FundsHeld':
    case 'HoldExtended':
      return e.parts;
    case 'Adjusted':
      return e.amount < 0 ? e.parts : [];
    case 'RoundingDifferenceBooked':
      return e.amount > 0 ? e.parts : [];
    case 'IncomingDiscountGranted':
      return e.net + e.tax < 0 ? e.parts : [];
    default:
      return [];
  }
};
/** What an event gives back to lots. */
export const returnedBy = (e: WalletEvent): readonly LotPart[] => {
  switch (e.type) {
    case 'DebitReversed':
    case 'ReceivablePaymentReturned':
      return e.parts;
    case 'IncomingDiscountGranted':
      return e.net + e.tax >= 0 ? e.parts : [];
    case 'RoundingDifferenceBooked':
      return e.amount < 0 ? e.parts : [];
    default:
      return [];
  }
};

/**
 * The wallet as someone would keep it by hand: all lots for ever, what is left of each, what each hold
 * keeps.
 */
export class NaiveLedger {
  readonly left = new Map<string, number>();
  readonly facts = new Map<string, LotFacts>();
  readonly holds = new Map<string, Map<string, number>>();

  held(lot: string): number {
    return [...this.holds.values()].reduce((sum, parts) => sum + (parts.get(lot) ?? 0), 0);
  }

  /** Sort all, take: what a draw of `amount` must take on `day`, the hold's own part first. */
  draw(day: BusinessDay, amount: number, hold: string | null): Map<string, number> {
    const all = [...this.facts.values()].sort(
      (a, b) => a.expiresOn - b.expiresOn || a.issuedAt - b.issuedAt || (a.lot < b.lot ? -1 : 1),
    );
    const own = (hold === null ? undefined : this.holds.get(hold)) ?? new Map<string, number>();
    const kept = all.map(({ lot }) => [lot, own.get(lot) ?? 0] as const);
    const free = all
      .filter(({ expiresOn }) => day <= expiresOn)
      .map(({ lot }) => [lot, this.left.get(lot)! - this.held(lot)] as const);
    const taken = new Map<string, number>();
    let rest = amount;
    for (const [lot, size] of [...kept, ...free]) {
      const take = Math.min(rest, size);
      if (take > 0) taken.set(lot, (taken.get(lot) ?? 0) + take);
      rest -= take;
    }
    return taken;
  }

  apply(e: WalletEvent): void {
    for (const facts of lotFacts([e])) {
      this.facts.set(facts.lot, facts);
      this.left.set(facts.lot, facts.credited);
    }
    const move = (lot: string, by: number) => this.left.set(lot, this.left.get(lot)! + by);
    if (e.type === 'FundsHeld' || e.type === 'HoldExtended') {
      const parts = this.holds.get(e.hold) ?? new Map<string, number>();
      for (const part of e.parts) parts.set(part.lot, (parts.get(part.lot) ?? 0) + part.amount);
      this.holds.set(e.hold, parts);
    } else {
      for (const part of drawnBy(e)) move(part.lot, -part.amount);
    }
    for (const part of returnedBy(e)) move(part.lot, part.amount);
    if (e.type === 'LotExpired') move(e.lot, -e.amount);
    if (e.type === 'HoldReleased') this.holds.delete(e.hold);
    if (e.type === 'Debited' && e.hold !== undefined) this.use(e.hold, e.parts);
    if ((e.type === 'CallDebited' || e.type === 'CallNoted') && e.hold !== null) this.holds.delete(e.hold);
  }
  /** A fee of an order uses up its hold part by part. */
  private use(hold: string, drawn: readonly LotPart[]): void {
    const kept = this.holds.get(hold);
    for (const { lot, amount } of drawn) {
      const before = kept?.get(lot) ?? 0;
      if (before > amount) kept?.set(lot, before - amount);
      else kept?.delete(lot);
    }
    if (kept?.size === 0) this.holds.delete(hold);
  }
}

/** The hold that a debit may draw on, whatever of it has expired since. */
export const holdOfDebit = (e: WalletEvent): string | null => {
  if (e.type === 'CallDebited') return e.hold;
  return e.type === 'Debited' ? (e.hold ?? null) : null;
};
