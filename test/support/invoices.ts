import {
  composeInvoice,
  type InvoiceDocument,
  type InvoiceDraft,
  type InvoicePolicy,
  type InvoiceRequest,
  type Issuer,
  invoiceDocument,
  type Recipient,
  type SourceLine,
} from '#invoicing';
import { BusinessMonth, Money, type TaxCategory } from '#kernel';
import { discountsDue, type MonthUsage, talkOfUsage, type UsageCounter } from '#ledger';

/** Example parties and builders for the specs of invoices and their papers. */
export const issuer: Issuer = {
  name: '台帳通信株式会社',
  postalCode: '100-0001',
  address: '東京都千代田区千代田1-1',
  phone: '03-0000-0000',
  registrationNumber: 'T8700110005901',
  taxRounding: 'half_up',
};

export const recipient: Recipient = {
  name: '株式会社サンプル商事',
  honorific: '御中',
  postalCode: '530-0001',
  address: '大阪府大阪市北区梅田1-1-1',
};

export const policy: InvoicePolicy = {
  name: 'invoice@2020-01-01',
  totalRounding: 'half_up',
  availableFromBusinessDay: 3,
  closedDays: [],
};

export const october = BusinessMonth.parse('2025-10');

/** A usage counter of October 2025 at 10 %; tax at 4 decimals as the wallet keeps it. */
export function counter(category: string, net: string, other: Partial<UsageCounter> = {}): UsageCounter {
  const taxRate = other.taxRate ?? 1000;
  const tax = Money.share(Money.of(net), taxRate, 10_000, 'half_up');
  return {
    kind: 'usage',
    category,
    taxCategory: 'standard',
    taxRate,
    usageMonth: october,
    calls: 1,
    durationMs: 60_000,
    net: Money.of(net),
    tax,
    ...other,
  };
}

/** International calls: export-exempt, no tax (J-05). */
export const exempt = (category: string, net: string, other: Partial<UsageCounter> = {}): UsageCounter =>
  counter(category, net, { taxCategory: 'export_exempt', taxRate: 0, ...other });

export const monthUsage = (
  counters: readonly UsageCounter[],
  other: Partial<MonthUsage> = {},
): MonthUsage => ({
  month: october,
  counters,
  incomingCalls: 0,
  incomingDurationMs: 0,
  unansweredCalls: 0,
  drawn: [],
  receivable: Money.zero,
  unreturned: Money.zero,
  ...other,
});

export interface RequestOptions extends Partial<InvoiceRequest> {
  /** 着割, of every month of use that the usage tells of. */
  readonly incomingDiscountPerMinute?: Money;
}

export const request = (
  usage: MonthUsage,
  { incomingDiscountPerMinute, ...other }: RequestOptions = {},
): InvoiceRequest => ({
  account: 'A1',
  recipient,
  issuer,
  month: usage.month,
  usage,
  discounts: discountsDue(talkOfUsage([usage]), usage.month, () => incomingDiscountPerMinute ?? Money.zero),
  extraLines: [],
  policy,
  ...other,
});

export const compose = (
  counters: readonly UsageCounter[],
  other: Partial<InvoiceRequest> = {},
): InvoiceDraft => composeInvoice(request(monthUsage(counters), other));

export const sourceLine = (
  item: string,
  net: string,
  tax: readonly [TaxCategory, number] = ['standard', 1000],
  other: Partial<SourceLine> = {},
): SourceLine => ({
  kind: 'recurring',
  category: '月額料金',
  taxCategory: tax[0],
  taxRate: tax[1],
  usageMonth: october,
  item,
  content: '2025年10月分',
  quantity: 1,
  unitPrice: Money.of(net),
  net: Money.of(net),
  ...other,
});

/**
 * The calls of document 002 as the wallet counts them: 10,240 + 7,680 + 15,300 taxed, 96,870 export-exempt.
 */
export const document002Usage = (): MonthUsage =>
  monthUsage(
    [
      counter('PHS通話', '15300', { calls: 510, durationMs: 39_330_000 }),
      exempt('国際通話', '96870', { calls: 600, durationMs: 198_060_000 }),
      counter('一般通話', '10240', { calls: 1096, durationMs: 103_793_500 }),
      counter('携帯通話', '7680', { calls: 330, durationMs: 16_845_000 }),
      counter('IP通話', '0', { calls: 480, durationMs: 37_635_000 }),
    ],
    { incomingCalls: 3016, incomingDurationMs: 140_863_000, unansweredCalls: 120 },
  );

/** An invoice of `lines` more lines than a plain month has: for papers of several pages. */
export function sampleInvoice(lines = 0, other: Partial<InvoiceRequest> = {}): InvoiceDocument {
  const fees = Array.from({ length: lines }, (_, i) =>
    sourceLine(`050番号 基本料金 ${i + 1}`, '450.5', ['standard', 1000], {
      content: `0505000${String(i).padStart(4, '0')}`,
    }),
  );
  const usage = document002Usage();
  const fee = counter('月額料金', Money.text(Money.sum(fees.map(line => line.net))), { kind: 'recurring' });
  const counters = lines === 0 ? usage.counters : [...usage.counters, fee];
  const draft = composeInvoice({
    ...request({ ...usage, counters }, { incomingDiscountPerMinute: Money.of('0.5') }),
    extraLines: [{ name: 'contracts', lines: fees }],
    ...other,
  });
  return invoiceDocument(draft, '202510-000001');
}
