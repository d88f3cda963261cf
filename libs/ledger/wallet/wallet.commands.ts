import type { BasisPoints, BusinessMonth, Instant, Money, TaxCategory } from '#kernel';
import type { NameFacts } from './names.js';
import type {
  CallFacts,
  CallPrice,
  ChargeMethod,
  LotFacts,
  LotKind,
  LotPart,
  MonthDiscount,
  NotedWhy,
  ReversedCall,
  TalkRate,
  UsageCounter,
  WalletBalance,
  WalletEvent,
} from './wallet.events.js';

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

/** A rated call. `net` is its price; the tax is added here at 4 decimals. Never refused for want of funds. */
export interface ChargeCall {
  readonly type: 'ChargeCall';
  readonly now: Instant;
  readonly call: CallFacts;
  readonly price: CallPrice;
  readonly category: string;
  readonly taxCategory: TaxCategory;
  readonly taxRate: BasisPoints;
  /** Zero or more. */
  readonly net: Money;
  /** A hold that is gone already (released by a timer) counts as none; then one named after the call. */
  readonly hold: string | null;
  /** The entry of its call id that this is, when it corrects one: the entry before must be reversed. */
  readonly entry?: number;
}

export interface NoteCall {
  readonly type: 'NoteCall';
  readonly now: Instant;
  readonly call: CallFacts;
  readonly why: NotedWhy;
  readonly category: string;
  readonly hold: string | null;
  /** As in `ChargeCall`. */
  readonly entry?: number;
}

/**
 * A purchase or a fee. Nothing in the product sends it yet: contracts of goods and monthly fees will. Until
 * then no log holds a `Debited`, and what follows from one (lines, postings, labels) is shown by tests only.
 */
export interface Debit {
  readonly type: 'Debit';
  readonly now: Instant;
  readonly debit: string;
  readonly kind: Extract<WalletEvent, { type: 'Debited' }>['kind'];
  readonly category: string;
  readonly taxCategory: TaxCategory;
  readonly taxRate: BasisPoints;
  /** Zero or more. */
  readonly net: Money;
  /** Default: the month of the decision, or the first open one after it. */
  readonly billingMonth?: BusinessMonth;
  /** A purchase is refused; a monthly fee is debited as far as funds reach (DECISIONS: Prepaid ledger). */
  readonly ifShort: 'refuse' | 'receivable';
}

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

export interface Adjust extends NameFacts, Approvable, AskedAgain {
  readonly type: 'Adjust';
  readonly now: Instant;
  readonly adjustment: string;
  /** Not zero. */
  readonly amount: Money;
  readonly reason: string;
  readonly expiryDays: number;
}

/**
 * Decided at the end of the month, or at the wallet's last decision when that is later; `now` moves nothing.
 */
export interface CloseBillingMonth {
  readonly type: 'CloseBillingMonth';
  readonly now: Instant;
  readonly month: BusinessMonth;
  /** The month's sums that the invoice was drawn from: usage that came in since is a rejection. */
  readonly basis: { readonly net: Money; readonly tax: Money };
  readonly discounts: readonly MonthDiscount[];
  /** What was agreed for the months of use that the wallet remembers, up to `month`; not named: zero. */
  readonly rates: readonly TalkRate[];
  /** Lots that may have left the wallet empty and are valid: what is given back may go there. */
  readonly lots?: readonly LotFacts[];
  /** The invoice total in whole yen. */
  readonly total: Money;
  readonly invoice: string | null;
}

export type WalletCommand =
  | {
      readonly type: 'OpenWallet';
      readonly now: Instant;
      readonly account: string;
      readonly month: BusinessMonth;
      /** The closing balance of the stream before; null for a new wallet. */
      readonly carried: WalletBalance | null;
    }
  | CreditLot
  | {
      readonly type: 'HoldFunds';
      readonly now: Instant;
      readonly hold: string;
      readonly amount: Money;
      readonly purpose: string;
    }
  | { readonly type: 'ExtendHold'; readonly now: Instant; readonly hold: string; readonly amount: Money }
  | { readonly type: 'ReleaseHold'; readonly now: Instant; readonly hold: string }
  | ChargeCall
  | NoteCall
  | Debit
  | ReverseDebit
  | { readonly type: 'ExpireDue'; readonly now: Instant }
  | Adjust
  | CloseBillingMonth
  | { readonly type: 'CloseWallet'; readonly now: Instant; readonly next: BusinessMonth };

/**
 * Every way in which a wallet refuses, in the order in which it is asked: of two that hold, the earlier is
 * named.
 */
export const WALLET_REJECTIONS = [
  'WALLET_EXISTS',
  'NO_SUCH_WALLET',
  'WALLET_CLOSED',
  'MONTH_OVER',
  'REASON_REQUIRED',
  'APPROVAL_REQUIRED',
  'LOT_EXISTS',
  'ADJUSTMENT_EXISTS',
  'POSTED_RECENTLY',
  'HOLD_EXISTS',
  'NO_SUCH_HOLD',
  'ALREADY_REVERSED',
  'NOT_REVERSED',
  'REVERSAL_EXISTS',
  'MONTH_CLOSED',
  'EARLIER_MONTH_OPEN',
  'USAGE_CHANGED',
  'TOTAL_BELOW_ZERO',
  'INSUFFICIENT_FUNDS',
  'SUM_OUT_OF_RANGE',
] as const;
export type WalletRejection = (typeof WALLET_REJECTIONS)[number];
