import { booksAfter } from './bounds.js';
import { type Decision, decided } from './refusals.js';
import type { BookEvent } from './wallet.events.js';
import type { Books } from './wallet.state.js';

/** Whether an event can be the one that pays the last of a debt, in whatever way. */
const lessensDebt = ({ type }: BookEvent): boolean =>
  type === 'ReceivablePaid' ||
  type === 'DebitReversed' ||
  type === 'IncomingDiscountGranted' ||
  type === 'RoundingDifferenceBooked';

/**
 * A decision after which nothing is owed any more resumes a suspended service, whatever paid it: a charge,
 * funds that a release freed, a reversal, an adjustment, a bonus, what a close gave back (DECISIONS: Prepaid
 * ledger). Looks at the books after it only where the service is suspended.
 */
export function resuming(books: Books, outcome: Decision<BookEvent>): Decision<BookEvent> {
  const { suspendedSince } = books;
  if (suspendedSince === null || outcome.kind !== 'events') return outcome;
  const { events } = outcome;
  const last = events.at(-1);
  if (last === undefined || !events.some(lessensDebt)) return outcome;
  if (booksAfter(books, events).receivable > 0) return outcome;
  return decided([...events, { type: 'ServiceResumed', at: last.at, suspendedSince }]);
}
