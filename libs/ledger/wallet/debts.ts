import { BusinessDay, type EventOf, event, fact, type Instant, Money } from '#kernel';
import { drawFree, lotOf, note, returnParts, spend, sumOf, unnote } from './drawing.js';
import { lotPartFact } from './wallet.facts.js';
import { apply, type Books, copyOf, type Evolutions, type Happened } from './wallet.state.js';

// What the customer owes: it is paid from the funds that come next.

export const debtEvents = {
  /** A receivable is paid first from the next charge. */
  ReceivablePaid: event(
    { amount: fact.money, parts: fact.listOf(lotPartFact) },
    {
      word: { ja: '未収金をロットから支払った。', en: 'What was owed was paid from lots.' },
      sentence: {
        ja: '未収金 {amount|yen} を {parts} ロットから充当した。',
        en: 'A receivable of {amount|yen} was paid from {parts} lot(s).',
      },
    },
  ),
  /**
   * A debt that is taken back had been paid meanwhile: the payment returns to the lots that made it (with
   * their own expiry: a new lot would prolong old value, J-07), and the debt stands again until the next
   * event takes it away.
   */
  ReceivablePaymentReturned: event(
    {
      /** parts + expired. */
      amount: fact.money,
      parts: fact.listOf(lotPartFact),
      expired: fact.listOf(lotPartFact),
    },
    {
      word: {
        ja: '取り消された未収金の支払いを元のロットに戻した。',
        en: 'A debt that is taken back had been paid: the payment returned to its lots.',
      },
      sentence: {
        ja: '未収金の支払い {amount|yen} を元のロットに戻した。',
        en: 'A payment of {amount|yen} of a receivable returned to its lots.',
      },
    },
  ),
};
export type DebtEvent = EventOf<{ declared: typeof debtEvents }>;

/**
 * What is owed is paid from free funds, or null when nothing is owed or nothing is free. Asked by every
 * decision that brings funds: a charge first of all (DECISIONS: Prepaid ledger), and what comes back by a
 * release, a reversal or an adjustment too, since value beside a debt could expire while the debt stays.
 */
export function debtPayment(books: Books, at: Instant, day: BusinessDay): DebtEvent | null {
  if (books.receivable <= 0) return null;
  const parts = drawFree(books, day, books.receivable);
  return parts.length === 0 ? null : { type: 'ReceivablePaid', at, amount: sumOf(parts), parts };
}

/**
 * The events of a decision, and after them the payment of what is owed. Copies the books only for a wallet in
 * debt. @param evolutions of those events
 */
export function payingDebt<Event extends Happened>(
  books: Books,
  at: Instant,
  events: Event[],
  evolutions: Evolutions<Event>,
): (Event | DebtEvent)[] {
  if (books.receivable <= 0) return events;
  const after = copyOf(books);
  for (const event of events) apply(evolutions, after, event);
  const payment = debtPayment(after, at, BusinessDay.of(at));
  return payment === null ? events : [...events, payment];
}

export const debtEvolutions: Evolutions<DebtEvent> = {
  ReceivablePaid(books, { amount, parts }) {
    books.receivable = Money.subtract(books.receivable, amount);
    for (const part of parts) {
      const lot = lotOf(books, part.lot);
      note(books.receivablePaid, lot, part.amount);
      spend(books, lot, part.amount);
      books.netDrawn = Money.add(books.netDrawn, part.amount);
    }
  },
  ReceivablePaymentReturned(books, { amount, parts, expired }) {
    books.receivable = Money.add(books.receivable, amount);
    returnParts(books, parts, expired);
    unnote(books, books.receivablePaid, parts);
    unnote(books, books.receivablePaid, expired);
  },
};
