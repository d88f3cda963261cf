import {
  type BasisPoints,
  type BusinessDay,
  BusinessMonth,
  type EventOf,
  event,
  fact,
  type Instant,
  Money,
  rejected,
  type TaxCategory,
  taxOfDebit,
} from '#kernel';
import { draw, drawDebit, sumOf } from './drawing.js';
import { expiriesDue, type LotExpired } from './lots.js';
import { type Decision, decided, insufficient, requireNotNegative, walletRefusals } from './refusals.js';
import { count, monthOf } from './usage.js';
import { lotPartFact } from './wallet.facts.js';
import { type Books, type Evolutions, openMonth } from './wallet.state.js';

// Fees and purchases.

export const feeEvents = {
  Debited: event(
    {
      debit: fact.text,
      kind: fact.oneOf('recurring', 'device', 'other'),
      category: fact.text,
      taxCategory: fact.id<TaxCategory>(),
      taxRate: fact.wholeOf<BasisPoints>(),
      billingMonth: fact.month,
      net: fact.money,
      tax: fact.money,
      parts: fact.listOf(lotPartFact),
      receivable: fact.money,
    },
    {
      word: { ja: '通話以外の料金を引き落とした。', en: 'A fee or purchase was debited.' },
      sentence: {
        ja: '{category}（{kind|code}）{net|yen}、税 {tax|yen} を引き落とした（{debit}）[。うち未収 {receivable|yen}]。',
        en:
          '{category} ({kind|code}) was debited: {net|yen} and {tax|yen} tax ({debit})[; ' +
          '{receivable|yen} is owed].',
      },
    },
  ),
};
type FeeEvent = EventOf<{ declared: typeof feeEvents }>;

/**
 * A purchase or a fee. Nothing in the product sends it yet: contracts of goods and monthly fees will. Until
 * then no log holds a `Debited`, and what follows from one (lines, postings, labels) is shown by tests only.
 */
export interface Debit {
  readonly type: 'Debit';
  readonly now: Instant;
  readonly debit: string;
  readonly kind: FeeEvent['kind'];
  readonly category: string;
  readonly taxCategory: TaxCategory;
  readonly taxRate: BasisPoints;
  /** Zero or more. */
  readonly net: Money;
  /** Default: the month of the decision, or the first open one after it. */
  readonly billingMonth?: BusinessMonth;
  /** A purchase is refused; a monthly fee is debited as far as funds reach (DECISIONS: Prepaid ledger). */
  readonly ifShort: 'refuse' | 'receivable';
}

function debit(command: Debit, books: Books, at: Instant, day: BusinessDay): Decision<FeeEvent | LotExpired> {
  const { debit: id, kind, category, taxCategory, taxRate, net } = command;
  requireNotNegative(net, 'net');
  const wanted = command.billingMonth ?? openMonth(books, BusinessMonth.of(at));
  const billingMonth = openMonth(books, wanted);
  if (billingMonth !== wanted) {
    const details = { month: BusinessMonth.text(wanted), open: BusinessMonth.text(billingMonth) };
    return rejected(walletRefusals.MONTH_CLOSED, details);
  }
  const tax = taxOfDebit(net, taxRate);
  const gross = Money.add(net, tax);
  const parts = drawDebit(books, day, gross);
  const receivable = Money.subtract(gross, sumOf(parts));
  // What the customer is owed (a receivable below zero) covers as lots do.
  const short = Money.add(receivable, Money.min(books.receivable, Money.zero));
  if (short > 0 && command.ifShort === 'refuse') return insufficient(Money.subtract(gross, short), gross);
  const amounts = { net, tax, parts, receivable };
  const events: (FeeEvent | LotExpired)[] = expiriesDue(books, day);
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

export const feeDecisions = { Debit: debit };

export const feeEvolutions: Evolutions<FeeEvent> = {
  Debited(books, event) {
    const month = monthOf(books, event.billingMonth);
    draw(books, month, event.parts, event.receivable);
    const add = { calls: 0, durationMs: 0, net: event.net, tax: event.tax };
    count(month, event, event.billingMonth, add);
  },
};
