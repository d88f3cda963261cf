import {
  BusinessDay,
  BusinessMonth,
  canonicalJson,
  Money,
  type Rounding,
  type TaxCategory,
  type TaxRounding,
} from '#kernel';
import { monthInWords } from './compose-invoice.js';
import type { InvoiceDraft, InvoiceLine, LineKind, Recipient } from './invoice-draft.js';

/** The language of a paper; Japanese is the one that counts. */

export interface InvoiceDocumentLine {
  readonly kind: LineKind;
  readonly category: string;
  readonly item: string;
  readonly content: string;
  /** Both in English, of lines that are not made of their category and month. */
  readonly en?: { readonly item: string; readonly content: string };
  readonly taxCategory: TaxCategory;
  /** Basis points: 10 % is 1000. */
  readonly taxRate: number;
  /** `YYYY-MM`. */
  readonly usageMonth: string;
  readonly quantity: number;
  /** Decimal text in yen, or null. */
  readonly unitPrice: string | null;
  readonly durationMs: number | null;
  /** Decimal text in yen, without tax. */
  readonly net: string;
}

export interface InvoiceDocumentSubtotal {
  readonly taxCategory: TaxCategory;
  readonly taxRate: number;
  readonly net: string;
  readonly tax: string;
}

/**
 * An issued invoice (適格請求書): plain data, money as decimal text in yen, dates `YYYY-MM-DD`. Nothing in it
 * depends on when it was made, so that the same close gives the same bytes.
 */
export interface InvoiceDocument {
  /** `return`: a return invoice (適格返還請求書): its total is below zero. Papers without it are invoices. */
  readonly kind?: 'return';
  /** The earlier months of which something is given back, and their invoices (J-02). Absent: none. */
  readonly corrects?: readonly CorrectedMonth[];
  /** e.g. `202510-000001`. */
  readonly number: string;
  readonly account: string;
  /** The billing month, `YYYY-MM`. */
  readonly month: string;
  readonly issueDate: string;
  /** `YYYY年M月分ご利用代金`. */
  readonly subject: string;
  readonly issuer: {
    readonly name: string;
    readonly postalCode: string;
    readonly address: string;
    readonly phone: string;
    readonly registrationNumber: string;
  };
  readonly recipient: Recipient;
  readonly period: { readonly from: string; readonly to: string };
  readonly lines: readonly InvoiceDocumentLine[];
  readonly subtotals: readonly InvoiceDocumentSubtotal[];
  readonly net: string;
  readonly tax: string;
  readonly taxRounding: TaxRounding;
  readonly totalRounding: Rounding;
  readonly total: string;
  readonly availableFrom: string;
  /** How it is paid, as printed. */
  readonly payment: string;
  readonly policy: string;
}

/** A month of which something is given back. */
export interface CorrectedMonth {
  /** `YYYY-MM`: when it was used. */
  readonly month: string;
  /** Numbers of the invoices on which it stands, ascending; empty when none is known. */
  readonly invoices: readonly string[];
}

const PAID_FROM_PREPAID = 'プリペイド残高から引落済';
export const PARTLY_OWED = 'プリペイド残高から引落（不足分は次回チャージから充当）';

export const NOTHING_TO_PAY = 'お支払いはありません（0円）';
export const GIVEN_BACK = 'プリペイド残高へ返還済（未払い分があれば先に充当）';

function paymentOf({ total, partlyOwed }: InvoiceDraft): string {
  if (total < 0) return GIVEN_BACK;
  if (total === 0) return NOTHING_TO_PAY;
  return partlyOwed ? PARTLY_OWED : PAID_FROM_PREPAID;
}

/** The earlier months of which a draft gives something back, ascending: calls taken back, discounts. */
export const monthsGivenBack = ({ month, lines }: InvoiceDraft): BusinessMonth[] =>
  [
    ...new Set(lines.filter(line => line.net < 0 && line.usageMonth < month).map(line => line.usageMonth)),
  ].sort((a, b) => a - b);

const documentLine = (line: InvoiceLine): InvoiceDocumentLine => ({
  kind: line.kind,
  category: line.category,
  item: line.item,
  content: line.content,
  ...(line.en && { en: line.en }),
  taxCategory: line.taxCategory,
  taxRate: line.taxRate,
  usageMonth: BusinessMonth.text(line.usageMonth),
  quantity: line.quantity,
  unitPrice: line.unitPrice === null ? null : Money.text(line.unitPrice),
  durationMs: line.durationMs,
  net: Money.text(line.net),
});

/**
 * The paper that a draft becomes with its number.
 * A draft without lines gets one only where its number was given before its calls were taken back: numbers
 * have no gap.
 * Below zero it is a return invoice, numbered in the same series; of zero it stays an invoice, since it says
 * what was supplied and what came off.
 * @param corrects the earlier months of which it gives something back, see `monthsGivenBack`
 * @throws Error for a draft with lines that the wallet has not booked: they may not take a
 * number.
 */
export function invoiceDocument(
  draft: InvoiceDraft,
  number: string,
  corrects: readonly CorrectedMonth[] = [],
): InvoiceDocument {
  if (draft.unbooked.length > 0) throw new Error(`lines are not booked yet: ${draft.account}`);
  const { name, postalCode, address, phone, registrationNumber, taxRounding } = draft.issuer;
  return {
    ...(draft.total < 0 ? { kind: 'return' as const } : null),
    ...(corrects.length > 0 ? { corrects } : null),
    number,
    account: draft.account,
    month: BusinessMonth.text(draft.month),
    issueDate: BusinessDay.text(draft.issueDate),
    subject: `${monthInWords(draft.month)}ご利用代金${draft.total < 0 ? 'の返還' : ''}`,
    issuer: { name, postalCode, address, phone, registrationNumber },
    recipient: {
      name: draft.recipient.name,
      honorific: draft.recipient.honorific,
      postalCode: draft.recipient.postalCode,
      address: draft.recipient.address,
    },
    period: {
      from: BusinessDay.text(BusinessMonth.firstDay(draft.month)),
      to: BusinessDay.text(BusinessMonth.lastDay(draft.month)),
    },
    lines: draft.lines.map(documentLine),
    subtotals: draft.subtotals.map(({ taxCategory, taxRate, net, tax }) => ({
      taxCategory,
      taxRate,
      net: Money.text(net),
      tax: Money.text(tax),
    })),
    net: Money.text(draft.net),
    tax: Money.text(draft.tax),
    taxRounding,
    totalRounding: draft.totalRounding,
    total: Money.text(draft.total),
    availableFrom: BusinessDay.text(draft.availableFrom),
    payment: paymentOf(draft),
    policy: draft.policy,
  };
}

/** The bytes of an invoice: the same document, the same text. */
export const invoiceJson = (document: InvoiceDocument): string => canonicalJson(document);

/** The invoice that `invoiceJson` wrote. */
export const readInvoice = (json: string): InvoiceDocument => JSON.parse(json) as InvoiceDocument;
