import {
  type BasisPoints,
  type BusinessDay,
  BusinessMonth,
  type EventOf,
  event,
  fact,
  type Instant,
  Money,
  nothing,
  rejected,
  type TaxCategory,
  taxOfDebit,
} from '#kernel';
import type { DebtEvent } from './debts.js';
import { draw, drawDebit, sumOf } from './drawing.js';
import { type HoldReleased, holdEvolutions, takeFromHold } from './holds.js';
import { expiriesDue, expiriesOf, type LotExpired } from './lots.js';
import {
  type Decision,
  decided,
  insufficient,
  requireNotNegative,
  walletRefusals,
  walletUnchanged,
} from './refusals.js';
import { commonSteps, Steps } from './steps.js';
import { count, monthOf } from './usage.js';
import { lotPartFact } from './wallet.facts.js';
import { type Books, type Evolutions, type Hold, openMonth } from './wallet.state.js';

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
      /** The hold of the order that it was paid from. */
      hold: fact.optional(fact.text),
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

/** What is debited: one fee, or one thing that was bought. */
export interface Fee {
  /** Names it for ever: `explain` leads from it to its contract. */
  readonly debit: string;
  readonly kind: FeeEvent['kind'];
  /** What the history and the invoice call it. */
  readonly category: string;
  readonly taxCategory: TaxCategory;
  readonly taxRate: BasisPoints;
  /** Zero or more. */
  readonly net: Money;
}

/** A single purchase or fee. */
export interface Debit extends Fee {
  readonly type: 'Debit';
  readonly now: Instant;
  /** Default: the month of the decision, or the first open one after it. */
  readonly billingMonth?: BusinessMonth;
  /** A purchase is refused; a monthly fee is debited as far as funds reach (DECISIONS: Prepaid ledger). */
  readonly ifShort: 'refuse' | 'receivable';
}

/** Fees that are debited together, as far as funds reach; the rest is owed (DECISIONS: Contracts, PRX-04). */
export interface DebitFees {
  readonly type: 'DebitFees';
  readonly now: Instant;
  /** In the order in which funds are used up. */
  readonly fees: readonly Fee[];
  readonly billingMonth: BusinessMonth;
}

/**
 * What an order costs, from the funds that were set aside for it; what it did not need is free again. It is
 * never refused: the contracts have begun.
 */
export interface PayOrder {
  readonly type: 'PayOrder';
  readonly now: Instant;
  readonly hold: string;
  readonly fees: readonly Fee[];
  readonly billingMonth: BusinessMonth;
}
export type FeeCommand = Debit | DebitFees | PayOrder;

/** The debit of one fee as the books stand. */
function debited(
  { debit, kind, category, taxCategory, taxRate, net }: Fee,
  books: Books,
  {
    at,
    day,
    billingMonth,
    hold,
  }: { at: Instant; day: BusinessDay; billingMonth: BusinessMonth; hold?: Hold | undefined },
): FeeEvent {
  requireNotNegative(net, 'net');
  const tax = taxOfDebit(net, taxRate);
  const gross = Money.add(net, tax);
  const parts = drawDebit(books, day, gross, hold);
  const receivable = Money.subtract(gross, sumOf(parts));
  return {
    type: 'Debited',
    at,
    ...{ debit, kind, category, taxCategory, taxRate, billingMonth, net, tax, parts, receivable },
    ...(hold && { hold: hold.id }),
  };
}

function debit(command: Debit, books: Books, at: Instant, day: BusinessDay): Decision<FeeEvent | LotExpired> {
  const wanted = command.billingMonth ?? openMonth(books, BusinessMonth.of(at));
  const billingMonth = openMonth(books, wanted);
  if (billingMonth !== wanted) {
    const details = { month: BusinessMonth.text(wanted), open: BusinessMonth.text(billingMonth) };
    return rejected(walletRefusals.MONTH_CLOSED, details);
  }
  const event = debited(command, books, { at, day, billingMonth });
  const { net, tax, receivable } = event;
  const gross = Money.add(net, tax);
  // What the customer is owed (a receivable below zero) covers as lots do.
  const short = Money.add(receivable, Money.min(books.receivable, Money.zero));
  if (short > 0 && command.ifShort === 'refuse') return insufficient(Money.subtract(gross, short), gross);
  return decided([...expiriesDue(books, day), event]);
}

type FeeDecision = Decision<FeeEvent | LotExpired | HoldReleased | DebtEvent>;
type FeeSteps = Steps<FeeEvent | HoldReleased>;

/** Each fee meets the books that the one before it left; what costs nothing is not debited. */
function debitEach(
  steps: FeeSteps,
  fees: readonly Fee[],
  to: { readonly billingMonth: BusinessMonth; readonly hold: string | null },
): void {
  const { at, day, books } = steps;
  const billingMonth = openMonth(books, to.billingMonth);
  for (const fee of fees) {
    if (fee.net === 0) continue;
    const hold = to.hold === null ? undefined : books.holds.get(to.hold);
    steps.add(debited(fee, books, { at, day, billingMonth, hold }));
  }
}

function debitFees({ fees, billingMonth }: DebitFees, books: Books, at: Instant): FeeDecision {
  if (fees.every(({ net }) => net === 0)) return nothing(walletUnchanged.NO_FEE_DUE);
  const steps: FeeSteps = new Steps(books, at, evolutionsOfSteps);
  debitEach(steps, fees, { billingMonth, hold: null });
  return decided(steps.events);
}

function payOrder({ hold, fees, billingMonth }: PayOrder, books: Books, at: Instant): FeeDecision {
  const steps: FeeSteps = new Steps(books, at, evolutionsOfSteps);
  debitEach(steps, fees, { billingMonth, hold });
  const rest = steps.books.holds.get(hold);
  if (rest !== undefined) {
    const parts = rest.parts.map(({ lot, amount }) => ({ lot: lot.id, kind: lot.kind, amount }));
    const expired = expiriesOf(rest.parts, at, steps.day);
    steps.add({ type: 'HoldReleased', at, hold, parts });
    for (const event of expired) steps.add(event);
    steps.payDebt();
  }
  return steps.events.length === 0 ? nothing(walletUnchanged.COSTS_NOTHING) : decided(steps.events);
}

export const feeDecisions = { Debit: debit, DebitFees: debitFees, PayOrder: payOrder };

export const feeEvolutions: Evolutions<FeeEvent> = {
  Debited(books, event) {
    const month = monthOf(books, event.billingMonth);
    if (event.hold !== undefined) takeFromHold(books, event.hold, event.parts);
    draw(books, month, event.parts, event.receivable);
    const add = { calls: 0, durationMs: 0, net: event.net, tax: event.tax };
    count(month, event, event.billingMonth, add);
  },
};
const evolutionsOfSteps = { ...commonSteps, ...feeEvolutions, HoldReleased: holdEvolutions.HoldReleased };
