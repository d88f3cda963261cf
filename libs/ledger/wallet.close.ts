import { BusinessMonth, happened, type Instant, Money, nothing, type Outcome, rejected } from '#kernel';
import { drawDebit, sumOf, takeInOrder } from './draw.js';
import type { CloseBillingMonth, WalletRejection } from './wallet.commands.js';
import { Draft } from './wallet.draft.js';
import type { LotPart, WalletEvent } from './wallet.events.js';
import type { Books } from './wallet.state.js';

/** The sums of a month's debits: what its invoice is drawn from. */
export function debitsOf(books: Books, month: BusinessMonth): { readonly net: Money; readonly tax: Money } {
  const counters = books.usage.get(month)?.counters ?? [];
  return { net: Money.sum(counters.map(c => c.net)), tax: Money.sum(counters.map(c => c.tax)) };
}

/**
 * What a month was charged, tax included, before what was taken back: a discount cannot be larger than that.
 */
const chargedIn = (books: Books, month: BusinessMonth): Money =>
  Money.sum(
    (books.usage.get(month)?.counters ?? [])
      .filter(counter => counter.net > 0)
      .map(counter => Money.add(counter.net, counter.tax)),
  );

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
  const gross = Money.add(debits.net, debits.tax);
  const discount = discountSum(command);
  const charged = chargedIn(books, month);
  if (discount > 0 && discount > charged) {
    const details = { discount: Money.text(discount), debits: Money.text(charged) };
    return rejected(
      'DISCOUNT_EXCEEDS_DEBITS',
      'The discounts are larger than the debits of the month.',
      details,
    );
  }
  if (command.total < 0 && Money.subtract(gross, discount) >= 0) {
    return rejected('TOTAL_BELOW_ZERO', 'The invoice total is below zero while the debits are not.');
  }
  return null;
}

const discountSum = (command: CloseBillingMonth): Money =>
  Money.sum(command.discounts.map(discount => Money.add(discount.net, discount.tax)));

/** `parts` + `expired` + `receivable` = what was to be given back. */
interface GivenBack {
  readonly parts: LotPart[];
  readonly expired: LotPart[];
  readonly receivable: Money;
}

/**
 * Gives back what a month was debited too much: first what the month still owes, then to the lots it drew,
 * the last drawn first, then what it owed and has been paid since (the payment returns to the lots that made
 * it). Any rest, which only a month of reversals can have, was never anyone's lot: it stays as a receivable
 * below zero.
 */
function giveBack(draft: Draft, month: BusinessMonth, amount: Money): GivenBack {
  const { books } = draft;
  const owed = books.usage.get(month)?.receivable ?? Money.zero;
  const unpaid = Money.max(Money.zero, Money.min(owed, books.receivable));
  const lowered = Money.min(amount, unpaid);
  const drawn = [...(books.usage.get(month)?.drawn ?? [])].reverse();
  const given = takeInOrder(drawn, Money.subtract(amount, lowered));
  const rest = Money.subtract(Money.subtract(amount, lowered), sumOf(given));
  const split = draft.split(given);
  draft.returnPayments(Money.min(rest, Money.subtract(owed, lowered)));
  return { ...split, receivable: Money.add(lowered, rest) };
}

function bookRounding(draft: Draft, billingMonth: BusinessMonth, amount: Money): void {
  const { at, day, books } = draft;
  const type = 'RoundingDifferenceBooked';
  if (amount > 0) {
    const parts = drawDebit(books, day, amount);
    const receivable = Money.subtract(amount, sumOf(parts));
    draft.add({ type, at, billingMonth, amount, parts, expired: [], receivable });
  } else if (amount < 0) {
    const { parts, expired, receivable } = giveBack(draft, billingMonth, Money.negate(amount));
    draft.add({ type, at, billingMonth, amount, parts, expired, receivable: Money.negate(receivable) });
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
  const { month, invoice, total, basis } = command;
  const draft = new Draft(books, at);
  for (const { taxCategory, taxRate, net, tax } of command.discounts) {
    const amount = Money.add(net, tax);
    if (amount === 0) continue;
    const back = giveBack(draft, month, amount);
    draft.add({
      type: 'IncomingDiscountGranted',
      at,
      billingMonth: month,
      taxCategory,
      taxRate,
      net,
      tax,
      ...back,
    });
  }
  const booked = Money.subtract(Money.add(basis.net, basis.tax), discountSum(command));
  bookRounding(draft, month, Money.subtract(total, booked));
  draft.payDebt();
  draft.add({ type: 'BillingMonthClosed', at, month, invoice, total });
  return happened<WalletEvent>(...draft.events);
}
