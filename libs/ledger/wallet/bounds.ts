import { BusinessMonth, Money, MoneyOutOfRange, rejected } from '#kernel';
import { type Decision, walletRefusals } from './refusals.js';
import { type BookEvent, evolveBooks } from './wallet.events.js';
import { type Books, copyOf, type MonthBooks, type OpenedWallet } from './wallet.state.js';

/**
 * No sum of a wallet may be larger: funds, what is owed either way, the debits of a month with their tax. So
 * far below the range of `Money` that an invoice's rounding or a balance beside its holds cannot leave it.
 */
export const MOST_IN_WALLET = Money.yen(900_000_000_000);

const tooLarge = (): Decision<never> =>
  rejected(walletRefusals.SUM_OUT_OF_RANGE, {
    most: Money.text(MOST_IN_WALLET),
  });

/** Plain numbers from here on: one that is no longer exact is too large all the same. */
const grossOf = (month: MonthBooks | undefined): number => {
  let gross = 0;
  for (const { net, tax } of month?.counters ?? []) gross += Math.abs(net) + Math.abs(tax);
  return gross;
};

/** What the month of use was charged so far, also in the bills of later months. */
const talkOf = (books: Books, { call }: Extract<BookEvent, { type: 'CallDebited' }>): number => {
  let gross = 0;
  const paid = books.talk.get(BusinessMonth.of(call.startedAt))?.paid ?? [];
  for (const { net, tax } of paid) gross += Math.abs(net) + Math.abs(tax);
  return gross;
};

const postedOf = (books: Books): number => {
  let posted = 0;
  for (const lot of books.lots) posted += lot.posted;
  return posted;
};

/**
 * Whether an event would bring a sum beyond the bound; null where only the books after it can tell.
 * @param gross what fees before it in the same decision debit, and `owed` what of them stays owed
 */
function exceeds(books: Books, event: BookEvent, gross: number, owed: number): boolean | null {
  switch (event.type) {
    case 'CallDebited':
      if (talkOf(books, event) + event.net + event.tax > MOST_IN_WALLET) return true;
      return (
        grossOf(books.usage.get(event.billingMonth)) + event.net + event.tax > MOST_IN_WALLET ||
        books.receivable + event.receivable > MOST_IN_WALLET
      );
    case 'Debited':
      return (
        grossOf(books.usage.get(event.billingMonth)) + gross + event.net + event.tax > MOST_IN_WALLET ||
        books.receivable + owed + event.receivable > MOST_IN_WALLET
      );
    case 'ChargeTakenBack':
      return books.receivable + event.receivable > MOST_IN_WALLET;
    case 'LotCredited':
      return postedOf(books) + event.amount > MOST_IN_WALLET;
    case 'Adjusted':
      return event.amount > 0
        ? postedOf(books) + event.amount > MOST_IN_WALLET
        : books.receivable + event.receivable > MOST_IN_WALLET;
    case 'DebitReversed':
    case 'IncomingDiscountGranted':
    case 'RoundingDifferenceBooked':
    case 'ReceivablePaymentReturned':
      return null;
    default:
      return false;
  }
}

function booksExceed(books: Books): boolean {
  return (
    postedOf(books) > MOST_IN_WALLET ||
    Math.abs(books.receivable) > MOST_IN_WALLET ||
    [...books.usage.values()].some(month => grossOf(month) > MOST_IN_WALLET)
  );
}

/**
 * The decision, unless a sum of the wallet would leave its bound by it: then it is refused before anything
 * happens, since an amount that nobody can read any more would stand in the way of every later answer.
 * What a call costs is looked at with a few additions, the rare events on a copy of the books.
 */
export function withinBounds<Command>(
  books: OpenedWallet,
  command: Command,
  decide: (command: Command, books: OpenedWallet) => Decision<BookEvent>,
): Decision<BookEvent> {
  try {
    const outcome = decide(command, books);
    if (outcome.kind !== 'events') return outcome;
    let unclear = false;
    let gross = 0;
    let owed = 0;
    for (const event of outcome.events) {
      const beyond = exceeds(books, event, gross, owed);
      if (beyond === true) return tooLarge();
      if (event.type === 'Debited') {
        gross += event.net + event.tax;
        owed += event.receivable;
      }
      unclear ||= beyond === null;
    }
    return unclear && booksExceed(booksAfter(books, outcome.events)) ? tooLarge() : outcome;
  } catch (error) {
    if (error instanceof MoneyOutOfRange) return tooLarge();
    throw error;
  }
}

/** The books as they will be after a decision, shared with no one. */
export function booksAfter(books: Books, events: readonly BookEvent[]): Books {
  const copy = copyOf(books);
  for (const event of events) evolveBooks(copy, event);
  return copy;
}
