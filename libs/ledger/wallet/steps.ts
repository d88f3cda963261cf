import { BusinessDay, Instant, Money } from '#kernel';
import { drawFree, freeOf, isValidOn, sumOf } from './drawing.js';
import { type GiveBack, lastFirst } from './give-back.js';
import type { WalletEvent } from './wallet.events.js';
import { evolveBooks } from './wallet.evolve.js';
import { type Books, copyOf, type Lot, type Part } from './wallet.state.js';

export type BookEvent = Exclude<WalletEvent, { type: 'WalletOpened' | 'WalletClosed' }>;

/**
 * The first events of every decision: the free part of each lot that is due expires (J-06). No sweep has to
 * have run before: draws skip these lots by themselves, this books the breakage.
 */
export function expiriesDue(books: Books, day: BusinessDay): BookEvent[] {
  const events: BookEvent[] = [];
  for (const lot of books.lots) {
    if (isValidOn(lot, day)) break;
    const free = freeOf(lot);
    if (free === 0) continue;
    events.push({ type: 'LotExpired', at: expiredAt(books, lot), lot: lot.id, kind: lot.kind, amount: free });
  }
  return events;
}

/** Breakage is dated 00:00:00 of the day after, whoever books it; a wallet's time never goes back. */
const expiredAt = (books: Books, lot: Lot): Instant =>
  Instant.later(BusinessDay.start(BusinessDay.plus(lot.expiresOn, 1)), books.lastDecidedAt);

/** The instant of the last expiry that is due at `now`: where a sweep brings a wallet, and no further. */
export function lastExpiryAt(books: Books, now: Instant): Instant {
  let at = books.lastDecidedAt;
  const day = BusinessDay.of(Instant.later(now, at));
  for (const lot of books.lots) {
    if (isValidOn(lot, day)) break;
    if (freeOf(lot) > 0) at = expiredAt(books, lot);
  }
  return at;
}

/** What a hold leaves of lots that have expired meanwhile becomes breakage with the release. */
export function expiriesOf(unused: readonly Part[], at: Instant, day: BusinessDay): BookEvent[] {
  return unused
    .filter(part => !isValidOn(part.lot, day))
    .map(({ lot, amount }) => ({ type: 'LotExpired', at, lot: lot.id, kind: lot.kind, amount }));
}

/**
 * What is owed is paid from free funds, or null when nothing is owed or nothing is free. Asked by every
 * decision that brings funds: a charge first of all (DECISIONS: Prepaid ledger), and what comes back by a
 * release, a reversal or an adjustment too, since value beside a debt could expire while the debt stays.
 */
function debtPayment(books: Books, at: Instant, day: BusinessDay): BookEvent | null {
  if (books.receivable <= 0) return null;
  const parts = drawFree(books, day, books.receivable);
  return parts.length === 0 ? null : { type: 'ReceivablePaid', at, amount: sumOf(parts), parts };
}

/** The events, and after them the payment of what is owed. Copies the books only for a wallet in debt. */
export function payingDebt(books: Books, at: Instant, day: BusinessDay, events: BookEvent[]): BookEvent[] {
  if (books.receivable <= 0) return events;
  const after = copyOf(books);
  for (const event of events) evolveBooks(after, event);
  const payment = debtPayment(after, at, day);
  return payment === null ? events : [...events, payment];
}

/** A decision of several steps, each decided on what the one before left. Works on a copy of the books. */
export class Draft {
  readonly books: Books;
  readonly events: BookEvent[] = [];
  readonly day: BusinessDay;

  constructor(
    books: Books,
    readonly at: Instant,
  ) {
    this.books = copyOf(books);
    this.day = BusinessDay.of(at);
    for (const event of expiriesDue(this.books, this.day)) this.add(event);
  }

  add(event: BookEvent): void {
    evolveBooks(this.books, event);
    this.events.push(event);
  }

  payDebt(): void {
    const payment = debtPayment(this.books, this.at, this.day);
    if (payment !== null) this.add(payment);
  }

  /**
   * Undoes payments of debts up to `most`, the last payer first, so that a debt which was paid can be taken
   * back. Returns how much of it.
   */
  returnPayments(back: GiveBack, most: Money): Money {
    const { parts, expired } = back.take(lastFirst(this.books.receivablePaid), most);
    const amount = Money.add(sumOf(parts), sumOf(expired));
    if (amount > 0) this.add({ type: 'ReceivablePaymentReturned', at: this.at, amount, parts, expired });
    return amount;
  }
}
