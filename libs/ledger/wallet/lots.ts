import { BusinessDay, happened, type Instant, InvalidInput, Money, type Outcome, rejected } from '#kernel';
import { drawDebit, sumOf } from './drawing.js';
import type { NameFacts } from './names.js';
import { expiriesDue, payingDebt } from './steps.js';
import type { Adjust, Approvable, AskedAgain, CreditLot, WalletRejection } from './wallet.commands.js';
import type { WalletEvent } from './wallet.events.js';
import type { Books } from './wallet.state.js';

type Decision = Outcome<WalletEvent, WalletRejection>;

/** @throws InvalidInput naming `field`. */
export function requirePositive(amount: Money, field = 'amount'): void {
  if (amount <= 0) throw new InvalidInput(field, 'must be above 0');
}

/** The last day of a lot issued at `at`: the first day is not counted (EX-01). */
function expiryOf(at: Instant, days: number): BusinessDay {
  if (!Number.isSafeInteger(days) || days < 1 || days > 36_500) {
    throw new InvalidInput('expiryDays', 'must be whole days from 1 to 36500');
  }
  return BusinessDay.plus(BusinessDay.of(at), days);
}

/**
 * The new lot, and the payment of what is owed. A lot is issued when it was paid, however late it is
 * booked: one whose last day is over by then is breakage at once and pays no debt (J-06).
 */
function withLot(
  books: Books,
  at: Instant,
  day: BusinessDay,
  credited: Extract<WalletEvent, { type: 'LotCredited' | 'Adjusted' }>,
): Decision {
  const events = expiriesDue(books, day);
  events.push(credited);
  if (day > credited.expiresOn!) {
    const { amount } = credited;
    const [lot, kind] =
      credited.type === 'LotCredited'
        ? [credited.lot, credited.kind]
        : [credited.adjustment, 'bonus' as const];
    events.push({ type: 'LotExpired', at, lot, kind, amount });
  }
  return happened<WalletEvent>(...payingDebt(books, at, day, events));
}

/** Only where it differs: most lots are issued at the instant of their decision. */
const issuedBefore = (issuedAt: Instant, at: Instant): { issuedAt?: Instant } =>
  issuedAt < at ? { issuedAt } : {};

/** Why a new lot or adjustment may not have this name; undefined when it may. */
function taken(name: string, { takenBefore }: NameFacts, books: Books): Decision | undefined {
  const had = [...takenBefore, ...books.named.of(name)];
  if (books.byId.has(name) || had.includes('lot'))
    return rejected('LOT_EXISTS', 'The account had a lot with this id.', { lot: name });
  if (had.includes('adjustment'))
    return rejected('ADJUSTMENT_EXISTS', 'The account had an adjustment with this id.', { adjustment: name });
  return undefined;
}

/** Value that is given or taken at will asks for a second person above a size (DECISIONS: Prepaid ledger). */
function unapproved(size: Money, { approvedBy, approvalAbove }: Approvable): Decision | undefined {
  if (size <= approvalAbove || (approvedBy ?? '') !== '') return undefined;
  const details = { above: Money.text(approvalAbove) };
  return rejected(
    'APPROVAL_REQUIRED',
    'An adjustment or a bonus of this size needs a second person.',
    details,
  );
}

/**
 * Why this bonus is not given; undefined for what was paid.
 * @throws InvalidInput when `approval` is missing
 */
function ungiven({ kind, amount, approval }: CreditLot): Decision | undefined {
  if (kind === 'paid') return undefined;
  if (!approval) throw new InvalidInput('approval', 'must be told of a bonus: it is free of charge');
  return unapproved(amount, approval);
}

/** Whoever wants to be asked is, before the same is posted once more within minutes. */
function repeated({ postedMinutesAgo }: AskedAgain): Decision | undefined {
  if (postedMinutesAgo === undefined) return undefined;
  const details = { minutesAgo: String(postedMinutesAgo) };
  return rejected('POSTED_RECENTLY', 'The same was posted to this account a moment ago.', details);
}

/** A completed charge makes a lot; what is owed is paid first (DECISIONS: Prepaid ledger). */
export function creditLot(command: CreditLot, books: Books, at: Instant, day: BusinessDay): Decision {
  const { now, lot, kind, method, amount, policy } = command;
  requirePositive(amount);
  const expiresOn = expiryOf(now, command.expiryDays);
  const refusal = ungiven(command) ?? taken(lot, command, books) ?? repeated(command);
  if (refusal) return refusal;
  const approvedBy = command.approval?.approvedBy ?? null;
  const more = { ...issuedBefore(now, at), ...(approvedBy !== null && { approvedBy }) };
  const type = 'LotCredited';
  return withLot(books, at, day, { type, at, ...more, lot, kind, method, amount, expiresOn, policy });
}

/** 調整金. Positive: a bonus lot. Negative: drawn like a debit, as far as funds reach. */
export function adjust(command: Adjust, books: Books, at: Instant, day: BusinessDay): Decision {
  const { adjustment, amount, reason, approvedBy } = command;
  if (amount === 0) throw new InvalidInput('amount', 'must not be 0');
  if (reason.trim() === '') return rejected('REASON_REQUIRED', 'An adjustment needs a reason.');
  const size = amount < 0 ? Money.negate(amount) : amount;
  const refusal = unapproved(size, command) ?? taken(adjustment, command, books) ?? repeated(command);
  if (refusal) return refusal;
  const common = { type: 'Adjusted', at, adjustment, amount, reason, approvedBy } as const;
  if (amount < 0) {
    const parts = drawDebit(books, day, size);
    const events = expiriesDue(books, day);
    events.push({ ...common, expiresOn: null, parts, receivable: Money.subtract(size, sumOf(parts)) });
    return happened<WalletEvent>(...events);
  }
  const expiresOn = expiryOf(command.now, command.expiryDays);
  const issued = issuedBefore(command.now, at);
  return withLot(books, at, day, { ...common, ...issued, expiresOn, parts: [], receivable: Money.zero });
}
