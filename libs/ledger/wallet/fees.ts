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
import { type DebtEvent, payingDebt } from './debts.js';
import { draw, drawDebit, sumOf } from './drawing.js';
import { type HoldReleased, holdEvolutions, takeFromHold } from './holds.js';
import { expiriesDue, expiriesOf, type LotExpired, lotEvolutions } from './lots.js';
import {
  type Decision,
  decided,
  insufficient,
  requireNotNegative,
  walletRefusals,
  walletUnchanged,
} from './refusals.js';
import { count, monthOf } from './usage.js';
import { lotPartFact } from './wallet.facts.js';
import { apply, type Books, copyOf, type Evolutions, type Hold, openMonth } from './wallet.state.js';

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

/** Each fee meets the books that the one before it left. */
function inTurn(
  fees: readonly Fee[],
  after: Books,
  to: { at: Instant; day: BusinessDay; billingMonth: BusinessMonth; hold: string | null },
): FeeEvent[] {
  return fees.map(fee => {
    const hold = to.hold === null ? undefined : after.holds.get(to.hold);
    const event = debited(fee, after, { ...to, hold });
    apply(feeEvolutions, after, event);
    return event;
  });
}

function debitFees(command: DebitFees, books: Books, at: Instant, day: BusinessDay): FeeDecision {
  const fees = command.fees.filter(({ net }) => net !== 0);
  if (fees.length === 0) return nothing(walletUnchanged.NO_FEE_DUE);
  const billingMonth = openMonth(books, command.billingMonth);
  const [first] = fees;
  const expired = expiriesDue(books, day);
  if (fees.length === 1) return decided([...expired, debited(first!, books, { at, day, billingMonth })]);
  const after = copyOf(books);
  return decided([...expired, ...inTurn(fees, after, { at, day, billingMonth, hold: null })]);
}

function payOrder(command: PayOrder, books: Books, at: Instant, day: BusinessDay): FeeDecision {
  const { hold, fees } = command;
  const billingMonth = openMonth(books, command.billingMonth);
  const after = copyOf(books);
  const events: (FeeEvent | LotExpired | HoldReleased)[] = expiriesDue(books, day);
  events.push(
    ...inTurn(
      fees.filter(({ net }) => net !== 0),
      after,
      { at, day, billingMonth, hold },
    ),
  );
  const rest = after.holds.get(hold);
  if (rest === undefined)
    return events.length === 0 ? nothing(walletUnchanged.COSTS_NOTHING) : decided(events);
  const parts = rest.parts.map(({ lot, amount }) => ({ lot: lot.id, kind: lot.kind, amount }));
  events.push({ type: 'HoldReleased', at, hold, parts }, ...expiriesOf(rest.parts, at, day));
  return decided(payingDebt(books, at, events, payEvolutions));
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
const payEvolutions = { ...feeEvolutions, ...holdEvolutions, LotExpired: lotEvolutions.LotExpired };
