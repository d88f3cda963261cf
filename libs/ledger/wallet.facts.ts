import type { BasisPoints, BusinessDay, BusinessMonth, Instant, Money, TaxCategory } from '#kernel';

/** Paid value is a prepaid liability; bonus value was given free of charge. */
export type LotKind = 'paid' | 'bonus';

/**
 * A part of one lot: what a debit drew from it, a hold set aside of it, or a refund gave back to it. Never
 * zero, never negative.
 */
export interface LotPart {
  readonly lot: string;
  /** The kind of the lot, so that the journal can post from the event alone. */
  readonly kind: LotKind;
  readonly amount: Money;
}

export const CHARGE_METHODS = ['card', 'net_bank', 'konbini', 'bank_transfer', 'bonus'] as const;
export type ChargeMethod = (typeof CHARGE_METHODS)[number];

export interface LotState {
  readonly id: string;
  readonly kind: LotKind;
  readonly issuedAt: Instant;
  /**
   * The last day on which it can be spent; worthless from 00:00:00 of the next one (DECISIONS: Prepaid
   * ledger, EX-01).
   */
  readonly expiresOn: BusinessDay;
  /** What was once credited. */
  readonly credited: Money;
  /** Posted and not yet spent, held parts included. */
  readonly posted: Money;
  /** Set aside by holds; 0 <= held <= posted. */
  readonly held: Money;
}

export interface HoldState {
  readonly id: string;
  readonly heldAt: Instant;
  readonly purpose: string;
  readonly parts: readonly LotPart[];
}

/** What was used in a month by kind, tax and rate: the base of statement lines, invoice lines and tax. */
export interface UsageCounter {
  readonly kind: 'usage' | 'recurring' | 'device' | 'other';
  /** Statement category, e.g. 一般通話. */
  readonly category: string;
  readonly taxCategory: TaxCategory;
  readonly taxRate: BasisPoints;
  /** Month in which the call happened (J-10): its start. Differs from the billing month for late calls. */
  readonly usageMonth: BusinessMonth;
  readonly calls: number;
  readonly durationMs: number;
  readonly net: Money;
  /** Sum of the debits' taxes at 4 decimals. */
  readonly tax: Money;
}

/** All that a billing month has gathered in this wallet. */
export interface MonthUsage {
  readonly month: BusinessMonth;
  readonly counters: readonly UsageCounter[];
  readonly incomingCalls: number;
  readonly incomingDurationMs: number;
  readonly unansweredCalls: number;
  /**
   * What this month's debits drew, summed per lot, in the order of the first draw: where a credit at the
   * close returns to.
   */
  readonly drawn: readonly LotPart[];
  /** What this month's debits could not draw. */
  readonly receivable: Money;
}

/** What one wallet stream hands to the next: the closing balance of the month's books. */
export interface WalletBalance {
  /** In draw order. Spent ones (posted 0) are here while `drawn` or `receivablePaid` name them. */
  readonly lots: readonly LotState[];
  readonly holds: readonly HoldState[];
  /**
   * Owed by the customer. Below zero: discounts and rounding are owed to the customer; the next debit uses
   * them up first.
   */
  readonly receivable: Money;
  readonly usage: readonly MonthUsage[];
  /** The newest billing month that is closed; calls of it and of earlier months go to the next open month. */
  readonly closedThrough: BusinessMonth | null;
  readonly lastDecidedAt: Instant;
  /** The invoice that closed `closedThrough`; null: none was needed, or nothing is closed yet. */
  readonly closedInvoice: string | null;
  /**
   * What each lot has paid of receivables, in the order of its first payment: where a debt that is taken
   * back after it was paid returns to. One entry per lot that ever paid a debt.
   */
  readonly receivablePaid: readonly LotPart[];
  /** Debits of this wallet that have been reversed (ids), so that none is given back twice. */
  readonly reversed: readonly string[];
}

/** What a lot is, whatever is left of it: enough to bring back a lot that had left the wallet empty. */
export interface LotFacts {
  readonly lot: string;
  readonly kind: LotKind;
  readonly issuedAt: Instant;
  readonly expiresOn: BusinessDay;
  readonly credited: Money;
}

/** The priced part of a call; the result of rating. */
export interface CallPrice {
  readonly tariff: string;
  readonly tariffVersion: number;
  /** 1-based row of the tariff file, header not counted. */
  readonly tariffRow: number;
  readonly prefix: string;
  readonly destination: string;
  readonly chargedSeconds: number;
  readonly increments: number;
}

/** The call as it was recorded by the switch. */
export interface CallFacts {
  readonly callId: string;
  readonly direction: 'out' | 'in';
  /** The account's own number. */
  readonly number: string;
  readonly from: string;
  readonly to: string;
  readonly startedAt: Instant;
  /** null: not answered. */
  readonly answeredAt: Instant | null;
  readonly endedAt: Instant;
  /** Answer to end; 0 when not answered. */
  readonly durationMs: number;
  readonly hangupCause: string;
}
