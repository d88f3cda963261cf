import { type BusinessDay, Money, MoneyTotal } from '#kernel';
import type { LotPart, LotState } from './wallet.events.js';
import { type Books, compareLots, type Hold, type Lot, type Part } from './wallet.state.js';

/** Spendable through the whole of its last day (EX-01). */
export const isValidOn = (lot: LotState, day: BusinessDay): boolean => day <= lot.expiresOn;

/** Posted and not held: what a debit or a new hold can take while the lot is valid. */
export const freeOf = (lot: LotState): Money => Money.subtract(lot.posted, lot.held);

/** The free funds that are valid on a day. */
export function freeFunds(books: Books, day: BusinessDay): MoneyTotal {
  let total = MoneyTotal.zero;
  for (const lot of books.lots) if (isValidOn(lot, day)) total = MoneyTotal.add(total, freeOf(lot));
  return total;
}

export const sumOf = (parts: readonly { readonly amount: Money }[]): Money => {
  let total = Money.zero;
  for (const part of parts) total = Money.add(total, part.amount);
  return total;
};

/** Up to `amount` of the free funds that are valid on `day`, in draw order. Less when they do not reach. */
export function drawFree(books: Books, day: BusinessDay, amount: Money): LotPart[] {
  const drawn: LotPart[] = [];
  let left = amount;
  for (const lot of books.lots) {
    if (left === 0) break;
    if (!isValidOn(lot, day)) continue;
    const taken = Money.min(left, freeOf(lot));
    if (taken === 0) continue;
    drawn.push({ lot: lot.id, kind: lot.kind, amount: taken });
    left = Money.subtract(left, taken);
  }
  return drawn;
}

/**
 * What a debit of `amount` draws. What the wallet owes the customer (a receivable below zero) is used up
 * first and needs no lot; then the hold, whatever has expired of it since (the hold keeps it usable), then
 * free funds.
 */
export function drawDebit(books: Books, day: BusinessDay, amount: Money, hold?: Hold): LotPart[] {
  const credit = books.receivable < 0 ? Money.min(amount, Money.negate(books.receivable)) : Money.zero;
  const due = Money.subtract(amount, credit);
  if (hold === undefined) return drawFree(books, day, due);
  const drawn = takeInOrder(hold.parts, due);
  const left = Money.subtract(due, sumOf(drawn));
  return left === 0 ? drawn : mergeParts(drawn, drawFree(books, day, left));
}

/** Up to `amount` of the given parts, first to last. */
function takeInOrder(parts: Iterable<Part>, amount: Money): LotPart[] {
  const taken: LotPart[] = [];
  let left = amount;
  for (const part of parts) {
    if (left === 0) break;
    const size = Money.min(left, part.amount);
    taken.push({ lot: part.lot.id, kind: part.lot.kind, amount: size });
    left = Money.subtract(left, size);
  }
  return taken;
}

/** One part per lot, in the order of first mention. */
function mergeParts(first: readonly LotPart[], second: readonly LotPart[]): LotPart[] {
  const merged = [...first];
  for (const part of second) {
    const index = merged.findIndex(other => other.lot === part.lot);
    if (index < 0) merged.push(part);
    else merged[index] = { ...part, amount: Money.add(merged[index]!.amount, part.amount) };
  }
  return merged;
}

/** What a hold keeps beyond what was used of it, in the order of the hold. */
export function unusedOf(hold: Hold, used: readonly LotPart[]): Part[] {
  const unused: Part[] = [];
  for (const part of hold.parts) {
    const taken = used.find(other => other.lot === part.lot.id)?.amount ?? Money.zero;
    if (taken < part.amount) unused.push({ lot: part.lot, amount: Money.subtract(part.amount, taken) });
  }
  return unused;
}

/** Parts that go back to their lots, and those whose lot has expired since: they become breakage. */
export interface Returned {
  readonly parts: LotPart[];
  readonly expired: LotPart[];
}

/**
 * Puts a lot in its place of the draw order. New lots mostly expire last, so the search begins at the end.
 */
export function insertLot(lots: Lot[], lot: Lot): void {
  let index = lots.length;
  while (index > 0 && compareLots(lots[index - 1]!, lot) > 0) index--;
  lots.splice(index, 0, lot);
}
