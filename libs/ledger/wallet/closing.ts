import {
  type BusinessDay,
  BusinessMonth,
  type EventOf,
  event,
  fact,
  type Instant,
  Money,
  nothing,
  olderForm,
  rejected,
} from '#kernel';
import type { DebtEvent } from './debts.js';
import { draw, drawDebit, leaveWhenSpent, sumOf, undraw } from './drawing.js';
import { GiveBack, type GivenBack, lastFirst } from './give-back.js';
import { bookedDiscounts, discountsDue, grossOf } from './incoming-discount.js';
import type { LotExpired } from './lots.js';
import { type Decision, decided, walletRefusals, walletUnchanged } from './refusals.js';
import { commonSteps, Steps } from './steps.js';
import { monthOf, talkGranted } from './usage.js';
import {
  type LotFacts,
  lotFact,
  lotPartFact,
  type MonthDiscount,
  type TalkRate,
  talkRateFact,
  taxedFacts,
} from './wallet.facts.js';
import type { Books, Evolutions } from './wallet.state.js';

// Closing a billing month: its discounts, one rounding difference, and it is over for good.

const roundingV1 = {
  billingMonth: fact.month,
  amount: fact.money,
  parts: fact.listOf(lotPartFact),
  expired: fact.listOf(lotPartFact),
  /** Same sign as `amount`: owed more, or owed less. */
  receivable: fact.money,
};
const monthClosedV1 = { month: fact.month, invoice: fact.orNull(fact.text), total: fact.money };
const roundingSaid = {
  ja: '{billingMonth} の端数 {amount|size} を[+amount 引き落とした][-amount 戻した]。',
  en:
    'The rounding difference of {billingMonth}, {amount|size}, was [+amount debited][-amount ' +
    'given back].',
};
const monthClosedSaid = {
  ja: '請求月 {month} を合計 {total|yen} で締めた[（請求書 {invoice}）]。',
  en: 'Billing month {month} was closed with a total of {total|yen}[, invoice {invoice}].',
};

const NOTHING_UNRETURNED = { unreturned: Money.zero, revived: [] };
const olderDiscount = olderForm(
  1,
  {
    billingMonth: fact.month,
    ...taxedFacts,
    parts: fact.listOf(lotPartFact),
    expired: fact.listOf(lotPartFact),
    receivable: fact.money,
  },
  {
    ja: '{billingMonth} の着割 {net|yen}、税 {tax|yen} を戻した。',
    en: 'The incoming-time discount of {billingMonth} was given back: {net|yen} and {tax|yen} tax.',
  },
  e => ({ ...e, usageMonth: e.billingMonth, ...NOTHING_UNRETURNED }),
);
const olderRounding = olderForm(1, roundingV1, roundingSaid, e => ({ ...e, ...NOTHING_UNRETURNED }));
const olderClose = olderForm(1, monthClosedV1, monthClosedSaid, e => ({ ...e, rates: [] }));

export const closingEvents = {
  /**
   * 着割 of a month of use, as far as it has not been granted before: taken off its outgoing charges at a
   * close. Below zero: more had been granted than is due now; drawn like a debit.
   */
  IncomingDiscountGranted: event(
    {
      billingMonth: fact.month,
      usageMonth: fact.month,
      ...taxedFacts,
      parts: fact.listOf(lotPartFact),
      expired: fact.listOf(lotPartFact),
      /** Same sign as net + tax: owed less, or owed more. */
      receivable: fact.money,
      /** These two as in `DebitReversed`. */
      unreturned: fact.money,
      revived: fact.listOf(lotFact),
    },
    {
      word: {
        ja: '利用月の着割を、それまでに戻した分との差額だけ戻した（多すぎた分は取り消した）。',
        en: 'The discount of a month of use, less what was given before; below zero it was taken back.',
      },
      sentence: {
        ja: '{usageMonth} の着割 {net|size}、税 {tax|size} を[+net 戻した][-net 取り消した]（{billingMonth} の請求）。',
        en:
          'Of the incoming-time discount of {usageMonth}, {net|size} and {tax|size} tax ' +
          'were [+net given][-net taken back] with the bill of {billingMonth}.',
      },
    },
    { version: 2, older: [olderDiscount] },
  ),
  /**
   * Makes the month's debits equal the invoice total. Positive: drawn from lots; negative: given back to
   * them.
   */
  RoundingDifferenceBooked: event(
    {
      ...roundingV1,
      /** These two as in `DebitReversed`. */
      unreturned: fact.money,
      revived: fact.listOf(lotFact),
    },
    {
      word: {
        ja: '月の引落合計を請求額に一致させた。',
        en: "One difference makes the month's debits equal the invoice.",
      },
      sentence: roundingSaid,
    },
    { version: 2, older: [olderRounding] },
  ),
  BillingMonthClosed: event(
    {
      ...monthClosedV1,
      /** What was agreed per minute of incoming talk in the months of use whose discount was settled. */
      rates: fact.listOf(talkRateFact),
    },
    {
      word: {
        ja: '請求月を締めた。',
        en: 'The billing month is closed for good; later calls of it go to the next one.',
      },
      sentence: monthClosedSaid,
    },
    { version: 2, older: [olderClose] },
  ),
};
type ClosingEvent = EventOf<{ declared: typeof closingEvents }>;
type ClosingSteps = Steps<ClosingEvent>;

/**
 * Decided at the end of the month, or at the wallet's last decision when that is later; `now` moves nothing.
 */
export interface CloseBillingMonth {
  readonly type: 'CloseBillingMonth';
  readonly now: Instant;
  readonly month: BusinessMonth;
  /** The month's sums that the invoice was composed from: usage that came in since is a rejection. */
  readonly basis: { readonly net: Money; readonly tax: Money };
  readonly discounts: readonly MonthDiscount[];
  /** What was agreed for the months of use that the wallet remembers, up to `month`; not named: zero. */
  readonly rates: readonly TalkRate[];
  /** Lots that may have left the wallet empty and are valid: what is given back may go there. */
  readonly lots?: readonly LotFacts[];
  /** The invoice total in whole yen. */
  readonly total: Money;
  readonly invoice: string | null;
}

/** The sums of a month's debits: what its invoice is composed from. */
function debitsOf(books: Books, month: BusinessMonth): { readonly net: Money; readonly tax: Money } {
  const counters = books.usage.get(month)?.counters ?? [];
  return { net: Money.sum(counters.map(c => c.net)), tax: Money.sum(counters.map(c => c.tax)) };
}

/** The discounts that are due by what the wallet itself knows; the agreed rates are told, else zero. */
function dueNow({ month, rates }: CloseBillingMonth, books: Books): MonthDiscount[] {
  const perMinute = new Map(rates.map(rate => [rate.month, rate.perMinute]));
  const rateOf = (of: BusinessMonth): Money => perMinute.get(of) ?? Money.zero;
  return bookedDiscounts(discountsDue(books.talk.values(), month, rateOf)).discounts;
}

const areSame = (some: readonly MonthDiscount[], others: readonly MonthDiscount[]): boolean =>
  some.length === others.length &&
  some.every((one, i) => {
    const other = others[i]!;
    const sameKind = one.taxCategory === other.taxCategory && one.taxRate === other.taxRate;
    return sameKind && one.usageMonth === other.usageMonth && one.net === other.net && one.tax === other.tax;
  });

/** Why the month cannot be closed, or that it is closed already; null when it can. */
function refusal(command: CloseBillingMonth, books: Books): Decision<never> | null {
  const { month, basis } = command;
  const closed = books.closedThrough;
  if (closed !== null && month <= closed) {
    if (month === closed && command.invoice === books.closedInvoice)
      return nothing(walletUnchanged.CLOSED_WITH_THIS);
    const details = { closedThrough: BusinessMonth.text(closed) };
    return rejected(walletRefusals.MONTH_CLOSED, details);
  }
  const earlier = [...books.usage.keys()].filter(open => open < month).sort((a, b) => a - b)[0];
  if (earlier !== undefined) {
    const details = { month: BusinessMonth.text(earlier) };
    return rejected(walletRefusals.EARLIER_MONTH_OPEN, details);
  }
  const debits = debitsOf(books, month);
  if (debits.net !== basis.net || debits.tax !== basis.tax) {
    const details = { net: Money.text(debits.net), tax: Money.text(debits.tax) };
    return rejected(walletRefusals.USAGE_CHANGED, details);
  }
  if (!areSame(command.discounts, dueNow(command, books))) {
    return rejected(walletRefusals.USAGE_CHANGED);
  }
  const booked = Money.subtract(Money.add(debits.net, debits.tax), grossOf(command.discounts));
  if (command.total < 0 && booked >= 0) {
    return rejected(walletRefusals.TOTAL_BELOW_ZERO);
  }
  return null;
}

/**
 * Gives back what a month was debited too much: first what the month still owes, then to the lots it drew,
 * the last drawn first, then what it owed and has been paid since (the payment returns to the lots that made
 * it), then to any lot that was spent before.
 */
function giveBack(
  steps: ClosingSteps,
  command: CloseBillingMonth,
  amount: Money,
): GivenBack & { receivable: Money } {
  const { books } = steps;
  const { drawn, receivable: owed } = monthOf(books, command.month);
  const lowered = Money.min(amount, Money.max(Money.zero, Money.min(owed, books.receivable)));
  const facts = new Map((command.lots ?? []).map(lot => [lot.lot, lot]));
  const back = new GiveBack(books, steps.day, Money.subtract(amount, lowered), facts);
  back.to(lastFirst(drawn));
  const returned = steps.returnPayments(back, Money.subtract(owed, lowered));
  return { ...back.toSpentLots().result(), receivable: Money.add(lowered, returned) };
}

function bookRounding(steps: ClosingSteps, command: CloseBillingMonth, amount: Money): void {
  const { at, day, books } = steps;
  const common = { type: 'RoundingDifferenceBooked', at, billingMonth: command.month, amount } as const;
  if (amount > 0) steps.add({ ...common, ...drawn(books, day, amount) });
  else if (amount < 0) {
    const { receivable, ...back } = giveBack(steps, command, Money.negate(amount));
    steps.add({ ...common, ...back, receivable: Money.negate(receivable) });
  }
}

/** What a close takes: as a debit would. */
function drawn(books: Books, day: BusinessDay, amount: Money): GivenBack & { receivable: Money } {
  const parts = drawDebit(books, day, amount);
  const receivable = Money.subtract(amount, sumOf(parts));
  return { parts, expired: [], receivable, unreturned: Money.zero, revived: [] };
}

function bookDiscount(steps: ClosingSteps, command: CloseBillingMonth, discount: MonthDiscount): void {
  const { at, day, books } = steps;
  const amount = Money.add(discount.net, discount.tax);
  const common = { type: 'IncomingDiscountGranted', at, billingMonth: command.month, ...discount } as const;
  if (amount >= 0) steps.add({ ...common, ...giveBack(steps, command, amount) });
  else {
    const { receivable, ...taken } = drawn(books, day, Money.negate(amount));
    steps.add({ ...common, ...taken, receivable: Money.negate(receivable) });
  }
}

/**
 * Closes a billing month: discounts, then one rounding difference that makes the month's debits equal the
 * invoice total, then the month is over for good (DECISIONS: Month-end close). Once: the same invoice again
 * changes nothing.
 */
function closeBillingMonth(
  command: CloseBillingMonth,
  books: Books,
  at: Instant,
): Decision<ClosingEvent | LotExpired | DebtEvent> {
  const refused = refusal(command, books);
  if (refused !== null) return refused;
  const { month, invoice, total, basis, discounts, rates } = command;
  const steps = new Steps<ClosingEvent>(books, at, evolutionsOfSteps);
  for (const discount of discounts) bookDiscount(steps, command, discount);
  const debited = Money.subtract(Money.add(basis.net, basis.tax), grossOf(discounts));
  const moved = Money.add(debited, steps.books.usage.get(month)?.unreturned ?? Money.zero);
  bookRounding(steps, command, Money.subtract(total, moved));
  steps.payDebt();
  steps.add({ type: 'BillingMonthClosed', at, month, invoice, total, rates });
  return decided(steps.events);
}

export const closingDecisions = { CloseBillingMonth: closeBillingMonth };

export const closingEvolutions: Evolutions<ClosingEvent> = {
  IncomingDiscountGranted(books, event) {
    const month = monthOf(books, event.billingMonth);
    if (Money.add(event.net, event.tax) >= 0) undraw(books, month, event);
    else draw(books, month, event.parts, Money.negate(event.receivable));
    month.unreturned = Money.add(month.unreturned, event.unreturned);
    talkGranted(books, event.usageMonth, [event], 1);
  },
  RoundingDifferenceBooked(books, event) {
    const month = monthOf(books, event.billingMonth);
    if (event.amount > 0) draw(books, month, event.parts, event.receivable);
    else undraw(books, month, { ...event, receivable: Money.negate(event.receivable) });
  },
  BillingMonthClosed(books, event) {
    const month = books.usage.get(event.month);
    books.usage.delete(event.month);
    books.closedThrough = event.month;
    books.closedInvoice = event.invoice;
    for (const part of month?.drawn ?? []) {
      part.lot.uses--;
      leaveWhenSpent(books, part.lot);
    }
    for (const talk of [...books.talk.values()]) {
      if (talk.month > event.month) continue;
      const rate = event.rates.find(({ month: of }) => of === talk.month);
      if (rate !== undefined) books.talk.set(talk.month, { ...talk, perMinute: rate.perMinute });
      // A discount is agreed for days to come: a month that ended without one never gets one.
      else if (talk.granted.length === 0) books.talk.delete(talk.month);
    }
  },
};
const evolutionsOfSteps = { ...commonSteps, ...closingEvolutions };
