import { BusinessDay, type Instant, Money } from '#kernel';
import { type DebtEvent, debtEvolutions, debtPayment } from './debts.js';
import { sumOf } from './drawing.js';
import { type GiveBack, lastFirst } from './give-back.js';
import { expiriesDue, type LotExpired, lotEvolutions } from './lots.js';
import { apply, type Books, copyOf, type Evolutions, type Happened } from './wallet.state.js';

/** What every decision in steps may have among its events. */
type CommonStep = LotExpired | DebtEvent;

/** What the common steps do to the books, for the evolutions of a decision in steps. */
export const commonSteps: Evolutions<CommonStep> = {
  ...debtEvolutions,
  LotExpired: lotEvolutions.LotExpired,
};

/** A decision of several steps, each decided on what the one before left. Works on a copy of the books. */
export class Steps<Own extends Happened> {
  readonly books: Books;
  readonly events: (Own | CommonStep)[] = [];
  readonly day: BusinessDay;

  constructor(
    books: Books,
    readonly at: Instant,
    private readonly evolutions: Evolutions<Own | CommonStep>,
  ) {
    this.books = copyOf(books);
    this.day = BusinessDay.of(at);
    for (const event of expiriesDue(this.books, this.day)) this.add(event);
  }

  add(event: Own | CommonStep): void {
    apply(this.evolutions, this.books, event);
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
