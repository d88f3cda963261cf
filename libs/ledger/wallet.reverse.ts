import { BusinessMonth, happened, type Instant, InvalidInput, Money, type Outcome, rejected } from '#kernel';
import { splitByExpiry, sumOf } from './draw.js';
import type { OriginalDebit, ReverseDebit, WalletRejection } from './wallet.commands.js';
import { Draft } from './wallet.draft.js';
import type { LotFacts, WalletEvent } from './wallet.events.js';
import type { Books } from './wallet.state.js';

/** A closed month is never changed: what belongs to it counts in the first open month after it. */
export const openMonth = (books: Books, month: BusinessMonth): BusinessMonth =>
  books.closedThrough !== null && month <= books.closedThrough
    ? BusinessMonth.plus(books.closedThrough, 1)
    : month;

/** @throws InvalidInput when the original is not the whole of a debit, or a lot's facts are missing. */
function check(original: OriginalDebit, books: Books): Map<string, LotFacts> {
  const gross = Money.add(original.net, original.tax);
  if (original.receivable < 0 || Money.add(sumOf(original.parts), original.receivable) !== gross) {
    throw new InvalidInput('original.parts', 'and receivable must add up to the net and tax of the debit');
  }
  const facts = new Map(original.lots.map(lot => [lot.lot, lot]));
  for (const { lot } of original.parts) {
    const known = books.byId.get(lot);
    if (known !== undefined) {
      const { kind, issuedAt, expiresOn, credited } = known;
      facts.set(lot, { lot, kind, issuedAt, expiresOn, credited });
    } else if (!facts.has(lot)) {
      throw new InvalidInput('original.lots', `must tell the facts of lot ${lot}, which has left the wallet`);
    }
  }
  return facts;
}

/**
 * Takes a debit or a call's charge back in full, once: what was drawn to its original lots with their
 * original expiry, or to breakage when they have expired; what was owed is no longer owed. When that debt
 * has been paid meanwhile, its payment first returns to the lots that paid, the last payer first. A new lot
 * instead would have a new expiry, which the law forbids for old value (J-07). Should there be more than was
 * ever paid (a discount had lowered the debt), the receivable goes below zero: the customer is owed it and
 * the next debit uses it up.
 */
export function reverseDebit(
  command: ReverseDebit,
  books: Books,
  at: Instant,
): Outcome<WalletEvent, WalletRejection> {
  const { original, reversal, reason } = command;
  if (reason.trim() === '') return rejected('REASON_REQUIRED', 'A reversal needs a reason.');
  if (books.reversed.has(original.debit)) {
    return rejected('ALREADY_REVERSED', 'This debit has been reversed already.', { debit: original.debit });
  }
  if (command.takenBefore.includes('reversal') || books.named.has('reversal', reversal))
    return rejected('REVERSAL_EXISTS', 'The account had a reversal with this id.', { reversal });
  const facts = check(original, books);
  const draft = new Draft(books, at);
  const { parts, expired } = splitByExpiry(original.parts, draft.day, lot => facts.get(lot)!.expiresOn);
  const unpaid = Money.max(Money.zero, draft.books.receivable);
  draft.returnPayments(Money.max(Money.zero, Money.subtract(original.receivable, unpaid)));
  const gone = parts.filter(part => !draft.books.byId.has(part.lot));
  draft.add({
    type: 'DebitReversed',
    at,
    reversal,
    debit: original.debit,
    reason,
    kind: original.kind,
    category: original.category,
    taxCategory: original.taxCategory,
    taxRate: original.taxRate,
    billingMonth: openMonth(books, original.billingMonth),
    usageMonth: original.usageMonth,
    net: original.net,
    tax: original.tax,
    parts,
    expired,
    receivable: original.receivable,
    durationMs: original.durationMs ?? 0,
    revived: gone.map(part => facts.get(part.lot)!),
  });
  draft.payDebt();
  return happened<WalletEvent>(...draft.events);
}
