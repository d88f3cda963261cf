import {
  BusinessDay,
  type EventOf,
  event,
  fact,
  Instant,
  InvalidInput,
  Money,
  nothing,
  rejected,
  type ValueOf,
} from '#kernel';
import { type DebtEvent, payingDebt } from './debts.js';
import { addLot, draw, drawDebit, freeOf, isValidOn, lotOf, spend, sumOf } from './drawing.js';
import type { NameFacts } from './names.js';
import { type Decision, decided, requirePositive, walletRefusals, walletUnchanged } from './refusals.js';
import { type LotKind, lotKindFact, lotPartFact } from './wallet.facts.js';
import type { Books, Evolutions, Lot, Part } from './wallet.state.js';

// Lots: value that was charged or given, and the day it ends. An adjustment that adds value is a lot too.

export const CHARGE_METHODS = ['card', 'net_bank', 'konbini', 'bank_transfer', 'bonus'] as const;
const chargeMethodFact = fact.oneOf(...CHARGE_METHODS);
export type ChargeMethod = ValueOf<typeof chargeMethodFact>;

export const lotEvents = {
  LotCredited: event(
    {
      lot: fact.text,
      kind: lotKindFact,
      method: chargeMethodFact,
      amount: fact.money,
      expiresOn: fact.day,
      /** The catalogue policy that gave the expiry, e.g. `prepaid.expiry-days@2020-01-01=180`. */
      policy: fact.text,
      /** When it was paid, where that was before `at`; the expiry counts from here (J-06). */
      issuedAt: fact.optional(fact.instant),
      /** The second person of a large bonus. */
      approvedBy: fact.optional(fact.text),
    },
    {
      word: {
        ja: 'チャージされ、有効期限のあるロットができた。',
        en: 'A charge was completed: a lot with its expiry.',
      },
      sentence: {
        ja:
          '{amount|yen}（{kind|code}、{method|code}）をロット {lot} にチャージした' +
          '[（入金 {issuedAt|time}）]。有効期限 {expiresOn}。[承認: {approvedBy}。]',
        en:
          '{amount|yen} ({kind|code}, {method|code})[, paid at {issuedAt|time},] ' +
          'was charged as lot {lot}, valid through {expiresOn}.[ Approved by {approvedBy}.]',
      },
    },
  ),
  LotExpired: event(
    { lot: fact.text, kind: lotKindFact, amount: fact.money },
    {
      word: {
        ja: '期限切れの残額を失効益に計上した。',
        en: 'The rest of a lot that is past its day became breakage.',
      },
      sentence: {
        ja: 'ロット {lot}（{kind|code}）の残額 {amount|yen} が有効期限切れで消失した。',
        en: '{amount|yen} left in lot {lot} ({kind|code}) expired.',
      },
    },
  ),
  /** 調整金. Positive: a new bonus lot whose id is `adjustment`. Negative: drawn like a debit. */
  Adjusted: event(
    {
      adjustment: fact.text,
      amount: fact.money,
      reason: fact.text,
      approvedBy: fact.orNull(fact.text),
      expiresOn: fact.orNull(fact.day),
      parts: fact.listOf(lotPartFact),
      receivable: fact.money,
      /** When it was given, where that was before `at`; the expiry of the new lot counts from here. */
      issuedAt: fact.optional(fact.instant),
    },
    {
      word: {
        ja: '調整金を加減した。',
        en: 'An adjustment, up or down, with its reason and who approved it.',
      },
      sentence: {
        ja:
          '調整金 {adjustment}: [+amount {amount|size} を加えた][-amount {amount|size} を引いた]。理由: {reason}[' +
          '（承認 {approvedBy}）]',
        en:
          'Adjustment {adjustment}: {amount|size} [+amount was added][-amount was taken]. Reason: ' +
          '{reason}[ (approved by {approvedBy})]',
      },
    },
  ),
};
export type LotEvent = EventOf<{ declared: typeof lotEvents }>;
export type LotExpired = Extract<LotEvent, { type: 'LotExpired' }>;

/** The instant of issue of the lot that an event makes: of the payment, not of its booking. */
export const issuedAtOf = (event: { readonly at: Instant; readonly issuedAt?: Instant }): Instant =>
  event.issuedAt ?? event.at;

/** For people who post by hand: the second press of a button looks like the first one. */
export interface AskedAgain {
  /** How long ago the same was posted, where who asks wants to be asked then. */
  readonly postedMinutesAgo?: number;
}

/**
 * A charge (チャージ) that was completed. `now` is the instant of the payment, however late it is booked: the lot
 * lives through its JST day + `expiryDays`.
 */
export interface CreditLot extends NameFacts, AskedAgain {
  readonly type: 'CreditLot';
  readonly now: Instant;
  readonly lot: string;
  readonly kind: LotKind;
  readonly method: ChargeMethod;
  /** Above zero. */
  readonly amount: Money;
  /** Whole days, 1..36,500; the first day is not counted (EX-01). */
  readonly expiryDays: number;
  readonly policy: string;
  /** Of bonus value, which is free of charge: the second person, as for an adjustment. */
  readonly approval?: Approvable;
}

/** What asks for a second person by its size. */
export interface Approvable {
  /** Another person than the actor, who has proven it; the caller checks that. */
  readonly approvedBy: string | null;
  /** Sizes above this need `approvedBy`. */
  readonly approvalAbove: Money;
}

export interface Adjust extends NameFacts, Approvable, AskedAgain {
  readonly type: 'Adjust';
  readonly now: Instant;
  readonly adjustment: string;
  /** Not zero. */
  readonly amount: Money;
  readonly reason: string;
  readonly expiryDays: number;
}

/** Books the expiries that are due: what a sweep sends. */
export interface ExpireDue {
  readonly type: 'ExpireDue';
  readonly now: Instant;
}
export type LotCommand = CreditLot | Adjust | ExpireDue;

/** The last day of a lot issued at `at`: the first day is not counted (EX-01). */
function expiryOf(at: Instant, days: number): BusinessDay {
  if (!Number.isSafeInteger(days) || days < 1 || days > 36_500) {
    throw new InvalidInput('expiryDays', 'must be whole days from 1 to 36500');
  }
  return BusinessDay.plus(BusinessDay.of(at), days);
}

/**
 * The first events of every decision: the free part of each lot that is due expires (J-06). No sweep has to
 * have run before: draws skip these lots by themselves, this books the breakage.
 */
export function expiriesDue(books: Books, day: BusinessDay): LotExpired[] {
  const events: LotExpired[] = [];
  for (const lot of books.lots) {
    if (isValidOn(lot, day)) break;
    const free = freeOf(lot);
    if (free === 0) continue;
    events.push({ type: 'LotExpired', at: expiredAt(books, lot), lot: lot.id, kind: lot.kind, amount: free });
  }
  return events;
}

/** Breakage is dated 00:00:00 of the day after, whoever books it; a wallet's time never goes back. */
const expiredAt = (books: Books, lot: Lot): Instant =>
  Instant.later(BusinessDay.start(BusinessDay.plus(lot.expiresOn, 1)), books.lastDecidedAt);

/** The instant of the last expiry that is due at `now`: where a sweep brings a wallet, and no further. */
export function lastExpiryAt(books: Books, now: Instant): Instant {
  let at = books.lastDecidedAt;
  const day = BusinessDay.of(Instant.later(now, at));
  for (const lot of books.lots) {
    if (isValidOn(lot, day)) break;
    if (freeOf(lot) > 0) at = expiredAt(books, lot);
  }
  return at;
}

/** What a hold leaves of lots that have expired meanwhile becomes breakage with the release. */
export function expiriesOf(unused: readonly Part[], at: Instant, day: BusinessDay): LotExpired[] {
  return unused
    .filter(part => !isValidOn(part.lot, day))
    .map(({ lot, amount }) => ({ type: 'LotExpired', at, lot: lot.id, kind: lot.kind, amount }));
}

/**
 * The new lot, and the payment of what is owed. A lot is issued when it was paid, however late it is
 * booked: one whose last day is over by then is breakage at once and pays no debt (J-06).
 */
function withLot(
  books: Books,
  at: Instant,
  day: BusinessDay,
  credited: Exclude<LotEvent, LotExpired>,
): Decision<LotEvent | DebtEvent> {
  const events: LotEvent[] = expiriesDue(books, day);
  events.push(credited);
  if (day > credited.expiresOn!) {
    const { amount } = credited;
    const [lot, kind] =
      credited.type === 'LotCredited'
        ? [credited.lot, credited.kind]
        : [credited.adjustment, 'bonus' as const];
    events.push({ type: 'LotExpired', at, lot, kind, amount });
  }
  return decided(payingDebt(books, at, events, lotEvolutions));
}

/** Only where it differs: most lots are issued at the instant of their decision. */
const issuedBefore = (issuedAt: Instant, at: Instant): { issuedAt?: Instant } =>
  issuedAt < at ? { issuedAt } : {};

/** Why a new lot or adjustment may not have this name; undefined when it may. */
function taken(name: string, { takenBefore }: NameFacts, books: Books): Decision<never> | undefined {
  const had = [...takenBefore, ...books.named.of(name)];
  if (books.byId.has(name) || had.includes('lot')) return rejected(walletRefusals.LOT_EXISTS, { lot: name });
  if (had.includes('adjustment')) return rejected(walletRefusals.ADJUSTMENT_EXISTS, { adjustment: name });
  return undefined;
}

/** Value that is given or taken at will asks for a second person above a size (DECISIONS: Prepaid ledger). */
function unapproved(size: Money, { approvedBy, approvalAbove }: Approvable): Decision<never> | undefined {
  if (size <= approvalAbove || (approvedBy ?? '') !== '') return undefined;
  const details = { above: Money.text(approvalAbove) };
  return rejected(walletRefusals.APPROVAL_REQUIRED, details);
}

/**
 * Why this bonus is not given; undefined for what was paid.
 * @throws InvalidInput when `approval` is missing
 */
function ungiven({ kind, amount, approval }: CreditLot): Decision<never> | undefined {
  if (kind === 'paid') return undefined;
  if (!approval) throw new InvalidInput('approval', 'must be told of a bonus: it is free of charge');
  return unapproved(amount, approval);
}

/** Whoever wants to be asked is, before the same is posted once more within minutes. */
function repeated({ postedMinutesAgo }: AskedAgain): Decision<never> | undefined {
  if (postedMinutesAgo === undefined) return undefined;
  const details = { minutesAgo: String(postedMinutesAgo) };
  return rejected(walletRefusals.POSTED_RECENTLY, details);
}

/** A completed charge makes a lot; what is owed is paid first (DECISIONS: Prepaid ledger). */
function creditLot(
  command: CreditLot,
  books: Books,
  at: Instant,
  day: BusinessDay,
): Decision<LotEvent | DebtEvent> {
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
function adjust(
  command: Adjust,
  books: Books,
  at: Instant,
  day: BusinessDay,
): Decision<LotEvent | DebtEvent> {
  const { adjustment, amount, reason, approvedBy } = command;
  if (amount === 0) throw new InvalidInput('amount', 'must not be 0');
  if (reason.trim() === '') return rejected(walletRefusals.REASON_REQUIRED);
  const size = amount < 0 ? Money.negate(amount) : amount;
  const refusal = unapproved(size, command) ?? taken(adjustment, command, books) ?? repeated(command);
  if (refusal) return refusal;
  const common = { type: 'Adjusted', at, adjustment, amount, reason, approvedBy } as const;
  if (amount < 0) {
    const parts = drawDebit(books, day, size);
    const events: LotEvent[] = expiriesDue(books, day);
    events.push({ ...common, expiresOn: null, parts, receivable: Money.subtract(size, sumOf(parts)) });
    return decided(events);
  }
  const expiresOn = expiryOf(command.now, command.expiryDays);
  const issued = issuedBefore(command.now, at);
  return withLot(books, at, day, { ...common, ...issued, expiresOn, parts: [], receivable: Money.zero });
}

function expireDue(_command: ExpireDue, books: Books, _at: Instant, day: BusinessDay): Decision<LotEvent> {
  const events = expiriesDue(books, day);
  return events.length === 0 ? nothing(walletUnchanged.NO_LOT_DUE) : decided(events);
}

export const lotDecisions = { CreditLot: creditLot, Adjust: adjust, ExpireDue: expireDue };

export const lotEvolutions: Evolutions<LotEvent> = {
  LotCredited(books, event) {
    const { lot, kind, expiresOn, amount: credited } = event;
    books.named.add('lot', lot);
    addLot(books, { lot, kind, issuedAt: issuedAtOf(event), expiresOn, credited }, credited);
  },
  LotExpired: (books, { lot, amount }) => spend(books, lotOf(books, lot), amount),
  Adjusted(books, event) {
    const { adjustment, expiresOn, amount: credited } = event;
    books.named.add('adjustment', adjustment);
    if (expiresOn === null) {
      draw(books, null, event.parts, event.receivable);
      return;
    }
    books.named.add('lot', adjustment);
    const facts = {
      lot: adjustment,
      kind: 'bonus',
      issuedAt: issuedAtOf(event),
      expiresOn,
      credited,
    } as const;
    addLot(books, facts, credited);
  },
};
