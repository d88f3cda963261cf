import {
  type BasisPoints,
  type BusinessMonth,
  type EventOf,
  event,
  fact,
  type Instant,
  InvalidInput,
  Money,
  olderForm,
  rejected,
  type TaxCategory,
} from '#kernel';
import type { DebtEvent } from './debts.js';
import { sumOf, undraw } from './drawing.js';
import { GiveBack, lastFirst } from './give-back.js';
import { addTaxed, difference, discountOf, grossOf } from './incoming-discount.js';
import type { LotExpired } from './lots.js';
import type { NameFacts } from './names.js';
import { type Decision, decided, walletRefusals } from './refusals.js';
import { commonSteps, Steps } from './steps.js';
import { count, monthOf, talkGranted, talkIncoming, talkPaid } from './usage.js';
import {
  type LotFacts,
  type LotPart,
  lotFact,
  lotPartFact,
  type MonthTalk,
  type ReversedCall,
  reversedCallFact,
  type TaxedSum,
  taxedSumFact,
  type UsageCounter,
  usageKindFact,
} from './wallet.facts.js';
import { type Books, type Evolutions, entryKey, monthTalk, openMonth } from './wallet.state.js';

// Reversing: a debit or a call is taken back in full.

const debitReversedV1 = {
  reversal: fact.text,
  /** The debit's id, or the call id. */
  debit: fact.text,
  reason: fact.text,
  kind: usageKindFact,
  category: fact.text,
  taxCategory: fact.id<TaxCategory>(),
  taxRate: fact.wholeOf<BasisPoints>(),
  billingMonth: fact.month,
  usageMonth: fact.month,
  net: fact.money,
  tax: fact.money,
  parts: fact.listOf(lotPartFact),
  expired: fact.listOf(lotPartFact),
  /** What was owed and is no longer. */
  receivable: fact.money,
  /** Talk time taken back; 0 for what is not a call. */
  durationMs: fact.whole,
  /** Lots among `parts` that had left the wallet empty. */
  revived: fact.listOf(lotFact),
};
/** Only what was charged could be taken back; of the direction nothing was kept, and it was mostly out. */
const CHARGED_CALL = { direction: 'out', why: null, entry: 1 } as const;

const olderReversal = olderForm(
  1,
  debitReversedV1,
  {
    ja: '{debit}（{category}）の {net|yen}、税 {tax|yen} を取り消した: {reason}',
    en: '{debit} ({category}) was taken back: {net|yen} and {tax|yen} tax. Reason: {reason}',
  },
  e => ({ ...e, call: e.kind === 'usage' ? CHARGED_CALL : null, discounts: [], unreturned: Money.zero }),
);

export const reversalEvents = {
  /**
   * A debit or a call taken back in full, with the discount that it had earned: net + tax - discounts =
   * receivable + parts + expired + unreturned. To its original lots; what has expired since becomes
   * breakage.
   */
  DebitReversed: event(
    {
      ...debitReversedV1,
      /** What call it was; null for what is not a call. */
      call: fact.orNull(reversedCallFact),
      /** The discount of the usage month (着割) that is taken back with it, by what it was granted on. */
      discounts: fact.listOf(taxedSumFact),
      /** What nobody had paid in the end, since a close had rounded it away: no lot takes it back. */
      unreturned: fact.money,
    },
    {
      word: {
        ja: '引落または通話を着割とともに取り消し、元のロットに戻した。',
        en:
          'A debit or a call was taken back in full with the discount it had earned, ' +
          'to its original lots.',
      },
      sentence: {
        ja: '{debit}（{category}）の {net|yen}、税 {tax|yen} を取り消した[（着割の戻し {discounts} 件を含む）]: {reason}',
        en:
          '{debit} ({category}) was taken back: {net|yen} and {tax|yen} tax' +
          '[, with {discounts} part(s) of the discount it had earned]. Reason: {reason}',
      },
    },
    { version: 2, older: [olderReversal] },
  ),
};
type ReversalEvent = EventOf<{ declared: typeof reversalEvents }>;

/** The debit to take back, as its own event tells it, with the facts of the lots it drew. */
export interface OriginalDebit {
  /** The debit's id, or the call id. */
  readonly debit: string;
  readonly kind: UsageCounter['kind'];
  readonly category: string;
  readonly taxCategory: TaxCategory;
  readonly taxRate: BasisPoints;
  readonly billingMonth: BusinessMonth;
  readonly usageMonth: BusinessMonth;
  readonly net: Money;
  readonly tax: Money;
  readonly parts: readonly LotPart[];
  readonly receivable: Money;
  /** Those of `parts`, and valid ones that may have left the wallet empty: where value can go back to. */
  readonly lots: readonly LotFacts[];
  /** Talk time of a call; default 0. */
  readonly durationMs?: number;
  /** What call it is; left out for what is not a call. */
  readonly call?: ReversedCall;
}

export interface ReverseDebit extends NameFacts {
  readonly type: 'ReverseDebit';
  readonly now: Instant;
  readonly reversal: string;
  readonly reason: string;
  readonly original: OriginalDebit;
}

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
function reverseDebit(
  command: ReverseDebit,
  books: Books,
  at: Instant,
): Decision<ReversalEvent | LotExpired | DebtEvent> {
  const { original, reversal, reason } = command;
  if (reason.trim() === '') return rejected(walletRefusals.REASON_REQUIRED);
  if (books.reversed.has(entryKey(original.debit, original.call?.entry))) {
    return rejected(walletRefusals.ALREADY_REVERSED, { debit: original.debit });
  }
  if (command.takenBefore.includes('reversal') || books.named.has('reversal', reversal))
    return rejected(walletRefusals.REVERSAL_EXISTS, { reversal });
  const facts = check(original, books);
  const steps = new Steps<ReversalEvent>(books, at, evolutionsOfSteps);
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
  const discounts = discountsOf(original, steps.books);
  const amount = Money.subtract(Money.add(net, tax), grossOf(discounts));
  const lowered = Money.min(amount, Money.max(Money.zero, steps.books.receivable));
  const back = new GiveBack(steps.books, steps.day, Money.subtract(amount, lowered), facts);
  const returned = steps.returnPayments(back, original.receivable);
  const billingMonth = openMonth(books, original.billingMonth);
  back.to([...original.parts].reverse()).to(lastFirst(steps.books.usage.get(billingMonth)?.drawn ?? []));
  steps.add({
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
  steps.payDebt();
  return decided(steps.events);
}

export const reversalDecisions = { ReverseDebit: reverseDebit };

/** The statement's and the invoice's word for a discount. */
const DISCOUNT_CATEGORY = '着割';

export const reversalEvolutions: Evolutions<ReversalEvent> = {
  DebitReversed(books, event) {
    const { call, usageMonth, durationMs, discounts } = event;
    const month = monthOf(books, event.billingMonth);
    books.named.add('reversal', event.reversal);
    undraw(books, month, event);
    books.reversed.add(entryKey(event.debit, call?.entry));
    month.unreturned = Money.add(month.unreturned, event.unreturned);
    for (const { taxCategory, taxRate, net, tax } of discounts) {
      const key = { kind: 'discount', category: DISCOUNT_CATEGORY, taxCategory, taxRate } as const;
      count(month, key, usageMonth, { calls: 0, durationMs: 0, net, tax });
    }
    if (discounts.length > 0) talkGranted(books, usageMonth, discounts, -1);
    if (call?.why === 'unanswered') month.unansweredCalls--;
    else if (call?.why === 'incoming') {
      month.incomingCalls--;
      month.incomingDurationMs -= durationMs;
      talkIncoming(books, usageMonth, durationMs, -1);
    } else {
      if (call?.direction === 'out') talkPaid(books, usageMonth, event, -1);
      count(month, event, usageMonth, {
        calls: event.kind === 'usage' ? -1 : 0,
        durationMs: durationMs === 0 ? 0 : -durationMs,
        net: Money.negate(event.net),
        tax: Money.negate(event.tax),
      });
    }
  },
};
const evolutionsOfSteps = { ...commonSteps, ...reversalEvolutions };
