import type { ChargeMethod } from './wallet/lots.js';
import type { LotKind } from './wallet/wallet.facts.js';

/** An account of the books (勘定科目), open-ended where the tariff or the law names the kinds. */
export type LedgerAccount =
  | `payment_clearing:${Exclude<ChargeMethod, 'bonus'>}`
  | `prepaid_liability:${LotKind}`
  | `usage_revenue:${string}`
  | 'recurring_revenue'
  | 'device_revenue'
  | 'other_revenue'
  | 'incoming_discount'
  | `tax_payable:${string}`
  | 'breakage'
  | 'receivable'
  | 'rounding_difference'
  | 'adjustment'
  | 'bonus_expense';

export type LedgerAccountKind = 'asset' | 'liability' | 'revenue' | 'expense';

interface ChartEntry {
  /** The account, or the part before its `:`. */
  readonly account: string;
  readonly kind: LedgerAccountKind;
  readonly ja: string;
  readonly en: string;
}

/** Chart of accounts (DECISIONS: Prepaid ledger), in the order of a trial balance. */
export const CHART_OF_ACCOUNTS: readonly ChartEntry[] = [
  { account: 'payment_clearing', kind: 'asset', ja: '決済未収金', en: 'Payment clearing' },
  { account: 'receivable', kind: 'asset', ja: '売掛金', en: 'Receivable' },
  {
    account: 'prepaid_liability:paid',
    kind: 'liability',
    ja: '前受金（有償プリペイド）',
    en: 'Prepaid liability, paid',
  },
  {
    account: 'prepaid_liability:bonus',
    kind: 'liability',
    ja: '前受金（無償プリペイド）',
    en: 'Prepaid liability, bonus',
  },
  { account: 'tax_payable', kind: 'liability', ja: '仮受消費税', en: 'Consumption tax payable' },
  { account: 'usage_revenue', kind: 'revenue', ja: '通話料収入', en: 'Usage revenue' },
  { account: 'recurring_revenue', kind: 'revenue', ja: '月額料収入', en: 'Recurring revenue' },
  { account: 'device_revenue', kind: 'revenue', ja: '機器売上', en: 'Device revenue' },
  { account: 'other_revenue', kind: 'revenue', ja: 'その他売上', en: 'Other revenue' },
  { account: 'incoming_discount', kind: 'revenue', ja: '着信割引', en: 'Incoming-time discount' },
  { account: 'breakage', kind: 'revenue', ja: '失効益', en: 'Breakage' },
  { account: 'rounding_difference', kind: 'revenue', ja: '端数調整', en: 'Rounding difference' },
  { account: 'adjustment', kind: 'expense', ja: '調整金', en: 'Adjustment' },
  { account: 'bonus_expense', kind: 'expense', ja: '販売促進費', en: 'Bonus expense' },
];

const METHODS: Readonly<Record<string, { readonly ja: string; readonly en: string }>> = {
  card: { ja: 'クレジットカード', en: 'card' },
  net_bank: { ja: 'ネットバンク', en: 'net bank' },
  konbini: { ja: 'コンビニ', en: 'convenience store' },
  bank_transfer: { ja: '銀行振込', en: 'bank transfer' },
};

/** Names for people: `仮受消費税（10%）`, `Usage revenue (一般通話)`. @throws Error for what is not in the chart. */
export function ledgerAccountName(account: string): { readonly ja: string; readonly en: string } {
  const whole = CHART_OF_ACCOUNTS.find(entry => entry.account === account);
  if (whole) return { ja: whole.ja, en: whole.en };
  const colon = account.indexOf(':');
  const entry = CHART_OF_ACCOUNTS.find(other => other.account === account.slice(0, colon));
  if (colon < 0 || !entry) throw new Error(`not in the chart of accounts: ${account}`);
  const detail = account.slice(colon + 1);
  if (entry.account === 'tax_payable')
    return { ja: `${entry.ja}（${detail}%）`, en: `${entry.en} (${detail}%)` };
  const { ja, en } = METHODS[detail] ?? { ja: detail, en: detail };
  return { ja: `${entry.ja}（${ja}）`, en: `${entry.en} (${en})` };
}
