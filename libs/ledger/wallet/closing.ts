import {
  type BusinessDay,
  BusinessMonth,
  happened,
  type Instant,
  Money,
  nothing,
  type Outcome,
  rejected,
} from '#kernel';
import { drawDebit, sumOf } from './drawing.js';
import { GiveBack, type GivenBack, lastFirst } from './give-back.js';
import { bookedDiscounts, discountsDue, grossOf } from './incoming-discount.js';
import { Draft } from './steps.js';
import { monthOf } from './usage.js';
import type { CloseBillingMonth, WalletRejection } from './wallet.commands.js';
import type { MonthDiscount, WalletEvent } from './wallet.events.js';
import type { Books } from './wallet.state.js';

/** The sums of a month's debits: what its invoice is drawn from. */
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
function refusal(command: CloseBillingMonth, books: Books): Outcome<never, WalletRejection> | null {
  const { month, basis } = command;
  const closed = books.closedThrough;
  if (closed !== null && month <= closed) {
    if (month === closed && command.invoice === books.closedInvoice)
      return nothing('the month is closed with this invoice');
    const details = { closedThrough: BusinessMonth.text(closed) };
    return rejected('MONTH_CLOSED', 'The month is closed; corrections go to the next one.', details);
  }
  const earlier = [...books.usage.keys()].filter(open => open < month).sort((a, b) => a - b)[0];
  if (earlier !== undefined) {
    const details = { month: BusinessMonth.text(earlier) };
    return rejected('EARLIER_MONTH_OPEN', 'An earlier month has usage and is not closed yet.', details);
  }
  const debits = debitsOf(books, month);
  if (debits.net !== basis.net || debits.tax !== basis.tax) {
    const details = { net: Money.text(debits.net), tax: Money.text(debits.tax) };
    return rejected(
      'USAGE_CHANGED',
      'The usage of the month has changed since the invoice was drawn.',
      details,
    );
  }
  if (!areSame(command.discounts, dueNow(command, books))) {
    return rejected('USAGE_CHANGED', 'The talk that the discounts go by has changed since.');
  }
  const booked = Money.subtract(Money.add(debits.net, debits.tax), grossOf(command.discounts));
  if (command.total < 0 && booked >= 0) {
    return rejected('TOTAL_BELOW_ZERO', 'The invoice total is below zero while the debits are not.');
  }
  return null;
}

/**
 * Gives back what a month was debited too much: first what the month still owes, then to the lots it drew,
 * the last drawn first, then what it owed and has been paid since (the payment returns to the lots that made
 * it), then to any lot that was spent before.
 */
function giveBack(
  draft: Draft,
  command: CloseBillingMonth,
  amount: Money,
): GivenBack & { receivable: Money } {
  const { books } = draft;
  const { drawn, receivable: owed } = monthOf(books, command.month);
  const lowered = Money.min(amount, Money.max(Money.zero, Money.min(owed, books.receivable)));
  const facts = new Map((command.lots ?? []).map(lot => [lot.lot, lot]));
  const back = new GiveBack(books, draft.day, Money.subtract(amount, lowered), facts);
  back.to(lastFirst(drawn));
  const returned = draft.returnPayments(back, Money.subtract(owed, lowered));
  return { ...back.toSpentLots().result(), receivable: Money.add(lowered, returned) };
}

function bookRounding(draft: Draft, command: CloseBillingMonth, amount: Money): void {
  const { at, day, books } = draft;
  const common = { type: 'RoundingDifferenceBooked', at, billingMonth: command.month, amount } as const;
  if (amount > 0) draft.add({ ...common, ...drawn(books, day, amount) });
  else if (amount < 0) {
    const { receivable, ...back } = giveBack(draft, command, Money.negate(amount));
    draft.add({ ...common, ...back, receivable: Money.negate(receivable) });
  }
}

/** What a close takes: as a debit would. */
function drawn(books: Books, day: BusinessDay, amount: Money): GivenBack & { receivable: Money } {
  const parts = drawDebit(books, day, amount);
  const receivable = Money.subtract(amount, sumOf(parts));
  return { parts, expired: [], receivable, unreturned: Money.zero, revived: [] };
}

function bookDiscount(draft: Draft, command: CloseBillingMonth, discount: MonthDiscount): void {
  const { at, day, books } = draft;
  const amount = Money.add(discount.net, discount.tax);
  const common = { type: 'IncomingDiscountGranted', at, billingMonth: command.month, ...discount } as const;
  if (amount >= 0) draft.add({ ...common, ...giveBack(draft, command, amount) });
  else {
    const { receivable, ...taken } = drawn(books, day, Money.negate(amount));
    draft.add({ ...common, ...taken, receivable: Money.negate(receivable) });
  }
}

/**
 * Closes a billing month: discounts, then one rounding difference that makes the month's debits equal the
 * invoice total, then the month is over for good (DECISIONS: Month-end close). Once: the same invoice again
 * changes nothing.
 */
export function closeBillingMonth(
  command: CloseBillingMonth,
  books: Books,
  at: Instant,
): Outcome<WalletEvent, WalletRejection> {
  const refused = refusal(command, books);
  if (refused !== null) return refused;
  const { month, invoice, total, basis, discounts, rates } = command;
  const draft = new Draft(books, at);
  for (const discount of discounts) bookDiscount(draft, command, discount);
  const debited = Money.subtract(Money.add(basis.net, basis.tax), grossOf(discounts));
  const moved = Money.add(debited, draft.books.usage.get(month)?.unreturned ?? Money.zero);
  bookRounding(draft, command, Money.subtract(total, moved));
  draft.payDebt();
  draft.add({ type: 'BillingMonthClosed', at, month, invoice, total, rates });
  return happened<WalletEvent>(...draft.events);
}
