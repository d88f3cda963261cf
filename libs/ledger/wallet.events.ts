import type { BasisPoints, BusinessDay, BusinessMonth, Instant, Money, TaxCategory } from '#kernel';
import type {
  CallFacts,
  CallPrice,
  ChargeMethod,
  LotFacts,
  LotKind,
  LotPart,
  UsageCounter,
  WalletBalance,
} from './wallet.facts.js';

export * from './wallet.facts.js';

/**
 * Events of `wallet-<account>_<yyyy-mm>`. `at` is the instant of the decision: it never goes back within a
 * wallet, its opening apart.
 */
export type WalletEvent =
  | {
      readonly type: 'WalletOpened';
      readonly at: Instant;
      readonly account: string;
      readonly month: BusinessMonth;
      readonly carried: WalletBalance | null;
    }
  | {
      readonly type: 'LotCredited';
      readonly at: Instant;
      /** When it was paid, where that was before `at`; the expiry counts from here (J-06). */
      readonly issuedAt?: Instant;
      readonly lot: string;
      readonly kind: LotKind;
      readonly method: ChargeMethod;
      readonly amount: Money;
      readonly expiresOn: BusinessDay;
      /** The catalogue policy that gave the expiry, e.g. `prepaid.expiry-days@2020-01-01=180`. */
      readonly policy: string;
    }
  /** A receivable is paid first from the next charge. */
  | {
      readonly type: 'ReceivablePaid';
      readonly at: Instant;
      readonly amount: Money;
      readonly parts: readonly LotPart[];
    }
  /**
   * A debt that is taken back had been paid meanwhile: the payment returns to the lots that made it (with
   * their own expiry: a new lot would prolong old value, J-07), and the debt stands again until the next
   * event takes it away.
   */
  | {
      readonly type: 'ReceivablePaymentReturned';
      readonly at: Instant;
      /** parts + expired. */
      readonly amount: Money;
      readonly parts: readonly LotPart[];
      readonly expired: readonly LotPart[];
    }
  | {
      readonly type: 'FundsHeld';
      readonly at: Instant;
      readonly hold: string;
      readonly purpose: string;
      readonly amount: Money;
      readonly parts: readonly LotPart[];
    }
  | {
      readonly type: 'HoldExtended';
      readonly at: Instant;
      readonly hold: string;
      readonly amount: Money;
      readonly parts: readonly LotPart[];
    }
  | {
      readonly type: 'HoldReleased';
      readonly at: Instant;
      readonly hold: string;
      readonly parts: readonly LotPart[];
    }
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
  /**
   * A call that costs nothing by its nature: unanswered, incoming, internal, emergency. Counted, never
   * priced.
   */
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
  /**
   * A debit or call charge taken back in full: to its original lots; what has expired since becomes
   * breakage.
   */
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
      /** Talk time taken back; 0 for what is not a call. */
      readonly durationMs: number;
      /** Lots among `parts` that had left the wallet empty. */
      readonly revived: readonly LotFacts[];
    }
  | {
      readonly type: 'LotExpired';
      readonly at: Instant;
      readonly lot: string;
      readonly kind: LotKind;
      readonly amount: Money;
    }
  /** 調整金. Positive: a new bonus lot whose id is `adjustment`. Negative: drawn like a debit. */
  | {
      readonly type: 'Adjusted';
      readonly at: Instant;
      /** When it was given, where that was before `at`; the expiry of the new lot counts from here. */
      readonly issuedAt?: Instant;
      readonly adjustment: string;
      readonly amount: Money;
      readonly reason: string;
      readonly approvedBy: string | null;
      readonly expiresOn: BusinessDay | null;
      readonly parts: readonly LotPart[];
      readonly receivable: Money;
    }
  /**
   * 着割: taken off the month's outgoing charges at the close; `net` and `tax` are positive sums given back.
   */
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
  /**
   * Makes the month's debits equal the invoice total. Positive: drawn from lots; negative: given back to
   * them.
   */
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
  | {
      readonly type: 'BillingMonthClosed';
      readonly at: Instant;
      readonly month: BusinessMonth;
      readonly invoice: string | null;
      readonly total: Money;
    }
  /** The last event of a wallet stream. */
  | {
      readonly type: 'WalletClosed';
      readonly at: Instant;
      readonly next: BusinessMonth;
      readonly closing: WalletBalance;
    };

/** The instant of issue of the lot that an event makes: of the payment, not of its booking. */
export const issuedAtOf = (event: { readonly at: Instant; readonly issuedAt?: Instant }): Instant =>
  event.issuedAt ?? event.at;
