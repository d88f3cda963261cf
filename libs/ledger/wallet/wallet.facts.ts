import { type BasisPoints, fact, type TaxCategory, type ValueOf } from '#kernel';

/** Paid value is a prepaid liability; bonus value was given free of charge. */
export const lotKindFact = fact.oneOf('paid', 'bonus');
export type LotKind = ValueOf<typeof lotKindFact>;

/**
 * A part of one lot: what a debit drew from it, a hold set aside of it, or a refund gave back to it. Never
 * zero, never negative.
 */
export const lotPartFact = fact.record({
  lot: fact.text,
  /** The kind of the lot, so that the journal can post from the event alone. */
  kind: lotKindFact,
  amount: fact.money,
});
export type LotPart = ValueOf<typeof lotPartFact>;

const lotStateFact = fact.record({
  id: fact.text,
  kind: lotKindFact,
  issuedAt: fact.instant,
  /**
   * The last day on which it can be spent; worthless from 00:00:00 of the next one (DECISIONS: Prepaid
   * ledger, EX-01).
   */
  expiresOn: fact.day,
  /** What was once credited. */
  credited: fact.money,
  /** Posted and not yet spent, held parts included. */
  posted: fact.money,
  /** Set aside by holds; 0 <= held <= posted. */
  held: fact.money,
});
export type LotState = ValueOf<typeof lotStateFact>;

const holdStateFact = fact.record({
  id: fact.text,
  heldAt: fact.instant,
  purpose: fact.text,
  parts: fact.listOf(lotPartFact),
});
export type HoldState = ValueOf<typeof holdStateFact>;

/** `discount`: a discount (着割) that was taken back together with the call it had been given for. */
export const usageKindFact = fact.oneOf('usage', 'recurring', 'device', 'other', 'discount');

export const taxedFacts = {
  taxCategory: fact.id<TaxCategory>(),
  taxRate: fact.wholeOf<BasisPoints>(),
  net: fact.money,
  tax: fact.money,
};
/** Net and tax of one tax category and rate. */
export const taxedSumFact = fact.record(taxedFacts);
export type TaxedSum = ValueOf<typeof taxedSumFact>;

/** What is still to be given (or, below zero, taken back) of the discount of a month of use. */
export const monthDiscountFact = fact.record({ usageMonth: fact.month, ...taxedFacts });
export type MonthDiscount = ValueOf<typeof monthDiscountFact>;

/** Yen per minute of incoming talk that were agreed for a month of use. */
export const talkRateFact = fact.record({ month: fact.month, perMinute: fact.money });
export type TalkRate = ValueOf<typeof talkRateFact>;

/**
 * What the incoming-time discount (着割) of one month of use goes by, whatever invoices billed its calls: so
 * that a late or reversed call changes the discount of its own month and of no other.
 */
const monthTalkFact = fact.record({
  /** The month of use. */
  month: fact.month,
  /** Answered incoming calls that cost the account nothing, and their talk. */
  incomingCalls: fact.whole,
  incomingDurationMs: fact.whole,
  /** What its outgoing calls were charged and has not been taken back: the most that can be given. */
  paid: fact.listOf(taxedSumFact),
  /** What was given so far. */
  granted: fact.listOf(taxedSumFact),
  /** Yen per minute that were agreed for the month, known from its close on; null before. */
  perMinute: fact.orNull(fact.money),
});
export type MonthTalk = ValueOf<typeof monthTalkFact>;

export const notedWhyFact = fact.oneOf('unanswered', 'incoming', 'internal', 'emergency');
export type NotedWhy = ValueOf<typeof notedWhyFact>;

/** What a reversal must know of the call that it takes back. */
export const reversedCallFact = fact.record({
  direction: fact.oneOf('out', 'in'),
  /** Why it cost nothing; null: it was charged. */
  why: fact.orNull(notedWhyFact),
  /** Which entry of the call id: 1 is the first, each correction one more. */
  entry: fact.whole,
});
export type ReversedCall = ValueOf<typeof reversedCallFact>;

/** What was used in a month by kind, tax and rate: the base of statement lines, invoice lines and tax. */
const usageCounterFact = fact.record({
  kind: usageKindFact,
  /** Statement category, e.g. 一般通話. */
  category: fact.text,
  taxCategory: fact.id<TaxCategory>(),
  taxRate: fact.wholeOf<BasisPoints>(),
  /** Month in which the call happened (J-10): its start. Differs from the billing month for late calls. */
  usageMonth: fact.month,
  calls: fact.whole,
  durationMs: fact.whole,
  net: fact.money,
  /** Sum of the debits' taxes at 4 decimals. */
  tax: fact.money,
});
export type UsageCounter = ValueOf<typeof usageCounterFact>;

const monthUsageV1 = {
  month: fact.month,
  counters: fact.listOf(usageCounterFact),
  incomingCalls: fact.whole,
  incomingDurationMs: fact.whole,
  unansweredCalls: fact.whole,
  /**
   * What this month's debits drew, summed per lot, in the order of the last draw: where a credit at the
   * close returns to, the last one first.
   */
  drawn: fact.listOf(lotPartFact),
  /** What this month's debits could not draw. */
  receivable: fact.money,
};
/** All that a billing month has gathered in this wallet. */
const monthUsageFact = fact.record({
  ...monthUsageV1,
  /** What reversals took off this month and no lot could take back: roundings had given it back before. */
  unreturned: fact.money,
});
export type MonthUsage = ValueOf<typeof monthUsageFact>;

const walletBalanceV1 = {
  /** In draw order. Spent ones (posted 0) are here while `drawn` or `receivablePaid` name them. */
  lots: fact.listOf(lotStateFact),
  holds: fact.listOf(holdStateFact),
  /**
   * Owed by the customer. Below zero, in old logs only: discounts and rounding are owed to the customer; the
   * next debit uses them up first.
   */
  receivable: fact.money,
  usage: fact.listOf(fact.record(monthUsageV1)),
  /** The newest billing month that is closed; calls of it and of earlier months go to the next open month. */
  closedThrough: fact.orNull(fact.month),
  lastDecidedAt: fact.instant,
  /** The invoice that closed `closedThrough`; null: none was needed, or nothing is closed yet. */
  closedInvoice: fact.orNull(fact.text),
  /**
   * What each lot has paid of receivables, in the order of its first payment: where a debt that is taken
   * back after it was paid returns to. One entry per lot that ever paid a debt.
   */
  receivablePaid: fact.listOf(lotPartFact),
  /**
   * Debits of this wallet that have been reversed, so that none is given back twice: their ids, of a
   * corrected call that was reversed again with a tab and its number (`entryKey`).
   */
  reversed: fact.listOf(fact.text),
};
/** As it was before wallets kept talk by month of use. */
export const walletBalanceV1Fact = fact.record(walletBalanceV1);
export type WalletBalanceV1 = ValueOf<typeof walletBalanceV1Fact>;

/** What one wallet stream hands to the next: the closing balance of the month's books. */
export const walletBalanceFact = fact.record({
  ...walletBalanceV1,
  usage: fact.listOf(monthUsageFact),
  /** Months of use, ascending, that may still get or lose a discount. */
  talk: fact.listOf(monthTalkFact),
  /** What lots have paid on balance: all draws less all that came back or would have (breakage). */
  netDrawn: fact.money,
  /** From when on something has been owed without interruption; left out when nothing is. */
  owingSince: fact.optional(fact.instant),
  /** From when on the service is suspended for it; left out when it is not. */
  suspendedSince: fact.optional(fact.instant),
});
export type WalletBalance = ValueOf<typeof walletBalanceFact>;

/** What a lot is, whatever is left of it: enough to bring back a lot that had left the wallet empty. */
export const lotFact = fact.record({
  lot: fact.text,
  kind: lotKindFact,
  issuedAt: fact.instant,
  expiresOn: fact.day,
  credited: fact.money,
});
export type LotFacts = ValueOf<typeof lotFact>;
