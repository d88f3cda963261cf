import type { BasisPoints, BusinessDay, BusinessMonth, Instant, Money, TaxCategory } from '#kernel';

/** Paid value is a prepaid liability; bonus value was given free of charge. */
export type LotKind = 'paid' | 'bonus';

/** A part of one lot: what a debit drew from it, a hold set aside of it, or a refund gave back to it. Never zero, never negative. */
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
  /** The last day on which it can be spent; worthless from 00:00:00 of the next one (DECISIONS: Prepaid ledger, EX-01). */
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
  /** What this month's debits drew, summed per lot, in the order of the first draw: where a credit at the close returns to. */
  readonly drawn: readonly LotPart[];
  /** What this month's debits could not draw. */
  readonly receivable: Money;
}

/** What one wallet stream hands to the next: the closing balance of the month's books. */
export interface WalletBalance {
  readonly lots: readonly LotState[];
  readonly holds: readonly HoldState[];
  readonly receivable: Money;
  readonly usage: readonly MonthUsage[];
  /** The newest billing month that is closed; calls of it and of earlier months go to the next open month. */
  readonly closedThrough: BusinessMonth | null;
  readonly lastDecidedAt: Instant;
  /** Debits of this wallet that have been reversed (ids), so that none is given back twice. */
  readonly reversed: readonly string[];
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

/** Events of `wallet-<account>_<yyyy-mm>`. `at` is the instant of the decision: it never goes back within a wallet. */
export type WalletEvent =
  | { readonly type: 'WalletOpened'; readonly at: Instant; readonly account: string; readonly month: BusinessMonth; readonly carried: WalletBalance | null }
  | {
      readonly type: 'LotCredited';
      readonly at: Instant;
      readonly lot: string;
      readonly kind: LotKind;
      readonly method: ChargeMethod;
      readonly amount: Money;
      readonly expiresOn: BusinessDay;
      /** The catalogue policy that gave the expiry, e.g. `prepaid.expiry-days@2020-01-01=180`. */
      readonly policy: string;
    }
  /** A receivable is paid first from the next charge. */
  | { readonly type: 'ReceivablePaid'; readonly at: Instant; readonly amount: Money; readonly parts: readonly LotPart[] }
  | { readonly type: 'FundsHeld'; readonly at: Instant; readonly hold: string; readonly purpose: string; readonly amount: Money; readonly parts: readonly LotPart[] }
  | { readonly type: 'HoldExtended'; readonly at: Instant; readonly hold: string; readonly amount: Money; readonly parts: readonly LotPart[] }
  | { readonly type: 'HoldReleased'; readonly at: Instant; readonly hold: string; readonly parts: readonly LotPart[] }
  | {
      readonly type: 'CallCharged';
      readonly at: Instant;
      readonly call: CallFacts;
      readonly price: CallPrice;
      readonly category: string;
      readonly taxCategory: TaxCategory;
      readonly taxRate: BasisPoints;
      readonly billingMonth: BusinessMonth;
      readonly net: Money;
      readonly tax: Money;
      /** The hold it was settled from; what it did not use is released by this event. */
      readonly hold: string | null;
      readonly parts: readonly LotPart[];
      /** net + tax - parts: what no lot could cover. */
      readonly receivable: Money;
    }
  /** A call that costs nothing by its nature: unanswered, incoming, internal, emergency. Counted, never priced. */
  | {
      readonly type: 'CallNoted';
      readonly at: Instant;
      readonly call: CallFacts;
      readonly why: 'unanswered' | 'incoming' | 'internal' | 'emergency';
      readonly category: string;
      readonly billingMonth: BusinessMonth;
      readonly hold: string | null;
    }
  | {
      readonly type: 'Debited';
      readonly at: Instant;
      readonly debit: string;
      readonly kind: 'recurring' | 'device' | 'other';
      readonly category: string;
      readonly taxCategory: TaxCategory;
      readonly taxRate: BasisPoints;
      readonly billingMonth: BusinessMonth;
      readonly net: Money;
      readonly tax: Money;
      readonly parts: readonly LotPart[];
      readonly receivable: Money;
    }
  /** A debit or call charge taken back in full: to its original lots; what has expired since becomes breakage. */
  | {
      readonly type: 'DebitReversed';
      readonly at: Instant;
      readonly reversal: string;
      /** The debit's id, or the call id. */
      readonly debit: string;
      readonly reason: string;
      readonly kind: UsageCounter['kind'];
      readonly category: string;
      readonly taxCategory: TaxCategory;
      readonly taxRate: BasisPoints;
      readonly billingMonth: BusinessMonth;
      readonly usageMonth: BusinessMonth;
      readonly net: Money;
      readonly tax: Money;
      readonly parts: readonly LotPart[];
      readonly expired: readonly LotPart[];
      /** The part that was owed, not drawn: it is no longer owed. */
      readonly receivable: Money;
    }
  | { readonly type: 'LotExpired'; readonly at: Instant; readonly lot: string; readonly kind: LotKind; readonly amount: Money }
  /** 調整金. Positive: a new bonus lot `lot`. Negative: drawn like a debit. */
  | {
      readonly type: 'Adjusted';
      readonly at: Instant;
      readonly adjustment: string;
      readonly amount: Money;
      readonly reason: string;
      readonly approvedBy: string | null;
      readonly expiresOn: BusinessDay | null;
      readonly parts: readonly LotPart[];
      readonly receivable: Money;
    }
  /** 着割: taken off the month's outgoing charges at the close; `net` and `tax` are positive sums given back. */
  | {
      readonly type: 'IncomingDiscountGranted';
      readonly at: Instant;
      readonly billingMonth: BusinessMonth;
      readonly taxCategory: TaxCategory;
      readonly taxRate: BasisPoints;
      readonly net: Money;
      readonly tax: Money;
      readonly parts: readonly LotPart[];
      readonly expired: readonly LotPart[];
      readonly receivable: Money;
    }
  /** Makes the month's debits equal the invoice total. Positive: drawn from lots; negative: given back to them. */
  | {
      readonly type: 'RoundingDifferenceBooked';
      readonly at: Instant;
      readonly billingMonth: BusinessMonth;
      readonly amount: Money;
      readonly parts: readonly LotPart[];
      readonly expired: readonly LotPart[];
      /** Same sign as `amount`: owed more, or owed less. */
      readonly receivable: Money;
    }
  | { readonly type: 'BillingMonthClosed'; readonly at: Instant; readonly month: BusinessMonth; readonly invoice: string | null; readonly total: Money }
  /** The last event of a wallet stream. */
  | { readonly type: 'WalletClosed'; readonly at: Instant; readonly next: BusinessMonth; readonly closing: WalletBalance };
