import { BusinessMonth, happened, type Instant, InvalidInput, Money, type Outcome, rejected } from '#kernel';
import { sumOf } from './drawing.js';
import { GiveBack, lastFirst } from './give-back.js';
import { addTaxed, difference, discountOf, grossOf } from './incoming-discount.js';
import { Draft } from './steps.js';
import type { OriginalDebit, ReverseDebit, WalletRejection } from './wallet.commands.js';
import type { LotFacts, MonthTalk, TaxedSum, WalletEvent } from './wallet.events.js';
import { type Books, entryKey, monthTalk } from './wallet.state.js';

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
 * The discount that goes with the call: what the usage month was granted beyond what it is entitled to
 * without it. Only of a month whose close has settled it, and never more than the call had cost; the next
 * close settles any rest.
 */
function discountsOf({ call, usageMonth, durationMs, ...sum }: OriginalDebit, books: Books): TaxedSum[] {
  const talk = monthTalk(books, usageMonth);
  if (!call || talk.perMinute === null) return [];
  const without: MonthTalk =
    call.why === 'incoming'
      ? { ...talk, incomingDurationMs: talk.incomingDurationMs - (durationMs ?? 0) }
      : call.why === null && call.direction === 'out'
        ? { ...talk, paid: addTaxed(talk.paid, sum, -1) }
        : talk;
  const less = difference(talk.granted, discountOf(without, talk.perMinute));
  const total = grossOf(less);
  const most = Money.add(sum.net, sum.tax);
  if (total <= 0) return [];
  return total <= most ? [...less] : upTo(less, most);
}

/** As much of what is above zero as adds up to `most`. */
function upTo(sums: readonly TaxedSum[], most: Money): TaxedSum[] {
  const taken: TaxedSum[] = [];
  let left = most;
  for (const sum of sums) {
    const gross = Money.add(sum.net, sum.tax);
    if (gross <= 0 || left === 0) continue;
    const size = Money.min(gross, left);
    const net = size === gross ? sum.net : Money.share(sum.net, size, gross, 'half_up');
    taken.push({ ...sum, net, tax: Money.subtract(size, net) });
    left = Money.subtract(left, size);
  }
  return taken;
}

/**
 * Takes a debit or a call back in full, once, with the discount that it had earned. What comes back lessens
 * first what is owed; then payments of its debt return to the lots that paid, the last payer first; then what
 * it drew goes to its original lots with their original expiry, or to breakage when they have expired. A new
 * lot instead would have a new expiry, which the law forbids for old value (J-07). A lot that has got such
 * value back already (by a discount) takes no more than was credited to it: another that was spent does.
 */
export function reverseDebit(
  command: ReverseDebit,
  books: Books,
  at: Instant,
): Outcome<WalletEvent, WalletRejection> {
  const { original, reversal, reason } = command;
  if (reason.trim() === '') return rejected('REASON_REQUIRED', 'A reversal needs a reason.');
  if (books.reversed.has(entryKey(original.debit, original.call?.entry))) {
    return rejected('ALREADY_REVERSED', 'This debit has been reversed already.', { debit: original.debit });
  }
  if (command.takenBefore.includes('reversal') || books.named.has('reversal', reversal))
    return rejected('REVERSAL_EXISTS', 'The account had a reversal with this id.', { reversal });
  const facts = check(original, books);
  const draft = new Draft(books, at);
  const {
    kind,
    category,
    taxCategory,
    taxRate,
    usageMonth,
    net,
    tax,
    durationMs = 0,
    call = null,
  } = original;
  const discounts = discountsOf(original, draft.books);
  const amount = Money.subtract(Money.add(net, tax), grossOf(discounts));
  const lowered = Money.min(amount, Money.max(Money.zero, draft.books.receivable));
  const back = new GiveBack(draft.books, draft.day, Money.subtract(amount, lowered), facts);
  const returned = draft.returnPayments(back, original.receivable);
  const billingMonth = openMonth(books, original.billingMonth);
  back.to([...original.parts].reverse()).to(lastFirst(draft.books.usage.get(billingMonth)?.drawn ?? []));
  draft.add({
    type: 'DebitReversed',
    at,
    reversal,
    debit: original.debit,
    reason,
    kind,
    category,
    taxCategory,
    taxRate,
    billingMonth,
    usageMonth,
    net,
    tax,
    ...back.toSpentLots().result(),
    receivable: Money.add(lowered, returned),
    durationMs,
    call,
    discounts,
  });
  draft.payDebt();
  return happened<WalletEvent>(...draft.events);
}
