import {
  type BasisPoints,
  type BusinessDay,
  type BusinessMonth,
  type DaysOfYear,
  fact,
  type Money,
  type Rounding,
  type TaxCategory,
  type TaxRounding,
  type ValuesOf,
} from '#kernel';
import {
  type DiscountDue,
  type MonthUsage,
  monthDiscountFact,
  talkRateFact,
  type UsageCounter,
} from '#ledger';
import type { TaxSubtotal } from './tax.js';

/** Who issues: one provider. The tax rounding is fixed per issuer (J-01). */
export interface Issuer {
  readonly name: string;
  readonly postalCode: string;
  readonly address: string;
  /** Empty when it is not to be printed. */
  readonly phone: string;
  /** `T` and 13 digits. */
  readonly registrationNumber: string;
  readonly taxRounding: TaxRounding;
}

/** Whom the invoice is addressed to. */
export interface Recipient {
  readonly name: string;
  /** 御中 for organisations, 様 for persons. */
  readonly honorific: '御中' | '様';
  /** Empty strings when unknown. */
  readonly postalCode: string;
  readonly address: string;
}

/** The numbers of the invoice rules: catalogue data with an effective date, never constants. */
export interface InvoicePolicy {
  /** e.g. `invoice@2020-01-01`; printed nowhere, kept in the document. */
  readonly name: string;
  /** Rounding of the grand total to whole yen. */
  readonly totalRounding: Rounding;
  /** Downloadable from the n-th business day of the next month; 3 (003 p.85). */
  readonly availableFromBusinessDay: number;
  /** Closed days of the provider, besides weekends, holidays and those of the year's end. */
  readonly closedDays: readonly BusinessDay[];
  /** No business days at the turn of every year; 12/29-1/3 without it. */
  readonly yearEndDays?: DaysOfYear;
}

export type LineKind = UsageCounter['kind'];

/** What a line is about: the key by which it leads back to its debits. */
export interface LineKey {
  readonly kind: LineKind;
  readonly category: string;
  readonly taxCategory: TaxCategory;
  readonly taxRate: BasisPoints;
  /** The month in which it was used; earlier than the invoice's month for late calls. */
  readonly usageMonth: BusinessMonth;
}

export interface InvoiceLine extends LineKey {
  /** 項目. */
  readonly item: string;
  /** 内容. */
  readonly content: string;
  /** Both in English, where they are not made of the category and the month. */
  readonly en?: { readonly item: string; readonly content: string };
  /** 個数; calls of a usage line. */
  readonly quantity: number;
  /** 単価(税抜); null where the line sums up calls of different prices. */
  readonly unitPrice: Money | null;
  /** Talk time of a usage line or discount, else null. */
  readonly durationMs: number | null;
  /** 価格(税抜), 4 decimals, negative for a discount. */
  readonly net: Money;
}

/** A detailed line of a source. Its net is quantity x unit price unless it was pro-rated. */
export type SourceLine = Omit<InvoiceLine, 'kind' | 'durationMs'> & { readonly kind: UsageCounter['kind'] };

/**
 * Something besides calls that has lines to bill: contracts, devices, fees. Its lines say in detail what the
 * wallet was debited in one sum per category; what the wallet has not been debited yet shows up in
 * `InvoiceDraft.unbooked`.
 */
export interface LineSource {
  /** e.g. `contracts`. */
  readonly name: string;
  readonly lines: readonly SourceLine[];
}

export interface InvoiceRequest {
  readonly account: string;
  readonly recipient: Recipient;
  readonly issuer: Issuer;
  readonly month: BusinessMonth;
  /** The wallet's counters of this billing month. */
  readonly usage: MonthUsage;
  /** 着割 of the months of use that the wallet remembers, as far as it is not granted yet. */
  readonly discounts: readonly DiscountDue[];
  readonly extraLines: readonly LineSource[];
  readonly policy: InvoicePolicy;
}

/** What the wallet books at the close, in the form of its command `CloseBillingMonth`. */
export const closeFigures = {
  /** Sums of the counters the draft was composed from: the wallet refuses when they have changed since. */
  basis: fact.record({ net: fact.money, tax: fact.money }),
  /** What the close gives (or, below zero, takes back); tax at 4 decimals, as the debits were taxed. */
  discounts: fact.listOf(monthDiscountFact),
  /** What they were reckoned by. */
  rates: fact.listOf(talkRateFact),
  /** The invoice total in whole yen; 0 when there is no invoice. */
  total: fact.money,
};
export type CloseFigures = ValuesOf<typeof closeFigures>;

/** An invoice before it has a number. Same request, same draft. */
export interface InvoiceDraft {
  readonly account: string;
  readonly recipient: Recipient;
  readonly issuer: Issuer;
  readonly month: BusinessMonth;
  /** The month's last day. */
  readonly issueDate: BusinessDay;
  readonly availableFrom: BusinessDay;
  /** Empty: no invoice is issued and no number is taken. */
  readonly lines: readonly InvoiceLine[];
  /** Per tax category and rate, discounts included, tax rounded once each. */
  readonly subtotals: readonly TaxSubtotal[];
  /** Sum of the lines, 4 decimals. */
  readonly net: Money;
  /** Whole yen. */
  readonly tax: Money;
  /** Whole yen. */
  readonly total: Money;
  readonly totalRounding: Rounding;
  /** The debits could not all be drawn: the rest is a receivable. */
  readonly partlyOwed: boolean;
  readonly policy: string;
  readonly close: CloseFigures;
  /**
   * Source lines that the wallet was not debited for, summed per key: debit them and compose again before the
   * close.
   */
  readonly unbooked: readonly (LineKey & { readonly net: Money })[];
}
