import { type BusinessDay, Money, MoneyTotal } from '#kernel';
import type { LotFacts, LotPart, LotState } from './wallet.facts.js';
import { type Books, compareLots, type Hold, type Lot, type MonthBooks, type Part } from './wallet.state.js';

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

/** Parts that go back to their lots, and those whose lot has expired since: they become breakage. */
export interface Returned {
  readonly parts: readonly LotPart[];
  readonly expired: readonly LotPart[];
}

// What drawing and giving back do to the books.

export function lotOf(books: Books, id: string): Lot {
  const lot = books.byId.get(id);
  if (lot === undefined) throw new Error(`the log names lot ${id}, which this wallet does not have`);
  return lot;
}

/**
 * Puts a lot in its place of the draw order. New lots mostly expire last, so the search begins at the end.
 */
function insertLot(lots: Lot[], lot: Lot): void {
  let index = lots.length;
  while (index > 0 && compareLots(lots[index - 1]!, lot) > 0) index--;
  lots.splice(index, 0, lot);
}

export function addLot(books: Books, facts: LotFacts, posted: Money): void {
  const { lot: id, kind, issuedAt, expiresOn, credited } = facts;
  const lot: Lot = { id, kind, issuedAt, expiresOn, credited, posted, held: Money.zero, uses: 0 };
  books.byId.set(id, lot);
  if (posted > 0) insertLot(books.lots, lot);
}

export function leaveWhenSpent(books: Books, lot: Lot): void {
  if (lot.posted === 0 && lot.uses === 0) books.byId.delete(lot.id);
}

export function spend(books: Books, lot: Lot, amount: Money): void {
  lot.posted = Money.subtract(lot.posted, amount);
  if (lot.posted > 0) return;
  books.lots.splice(books.lots.indexOf(lot), 1);
  leaveWhenSpent(books, lot);
}

/**
 * Adds to a sum per lot (`drawn`, `receivablePaid`) that keeps the lot in the wallet. The lot that was named
 * last stands last: what is given back goes there first.
 */
export function note(list: Part[], lot: Lot, amount: Money): void {
  for (let i = list.length - 1; i >= 0; i--) {
    const entry = list[i]!;
    if (entry.lot !== lot) continue;
    entry.amount = Money.add(entry.amount, amount);
    if (i < list.length - 1) list.push(...list.splice(i, 1));
    return;
  }
  lot.uses++;
  list.push({ lot, amount });
}

/** Takes off such sums, down to zero: what another month drew is not in this month's list. */
export function unnote(books: Books, list: Part[], parts: readonly LotPart[]): void {
  for (const part of parts) {
    const index = list.findIndex(entry => entry.lot.id === part.lot);
    const entry = list[index];
    if (entry === undefined) continue;
    entry.amount = Money.subtract(entry.amount, Money.min(entry.amount, part.amount));
    if (entry.amount > 0) continue;
    list.splice(index, 1);
    entry.lot.uses--;
    leaveWhenSpent(books, entry.lot);
  }
}

/** Draws a debit: from the lots, on the month's account, the rest on credit. */
export function draw(
  books: Books,
  month: MonthBooks | null,
  parts: readonly LotPart[],
  receivable: Money,
): void {
  for (const part of parts) {
    const lot = lotOf(books, part.lot);
    if (month !== null) note(month.drawn, lot, part.amount);
    spend(books, lot, part.amount);
    books.netDrawn = Money.add(books.netDrawn, part.amount);
  }
  if (receivable === 0) return;
  books.receivable = Money.add(books.receivable, receivable);
  if (month !== null) month.receivable = Money.add(month.receivable, receivable);
}

/** What was drawn once and comes back to its lots, or would if they had not expired. */
export function returnParts(books: Books, parts: readonly LotPart[], expired: readonly LotPart[]): void {
  for (const { lot: id, amount } of parts) {
    const lot = lotOf(books, id);
    if (lot.posted === 0) insertLot(books.lots, lot);
    lot.posted = Money.add(lot.posted, amount);
    books.netDrawn = Money.subtract(books.netDrawn, amount);
  }
  for (const { amount } of expired) books.netDrawn = Money.subtract(books.netDrawn, amount);
}

/** The opposite: `receivable` is what is no longer owed. */
export function undraw(
  books: Books,
  month: MonthBooks,
  back: Returned & { readonly receivable: Money; readonly revived: readonly LotFacts[] },
): void {
  for (const facts of back.revived) addLot(books, facts, Money.zero);
  returnParts(books, back.parts, back.expired);
  unnote(books, month.drawn, back.parts);
  unnote(books, month.drawn, back.expired);
  books.receivable = Money.subtract(books.receivable, back.receivable);
  month.receivable = Money.max(Money.zero, Money.subtract(month.receivable, back.receivable));
}
