import { createHash } from 'node:crypto';
import type { KonbiniSlip, SlipNumber, TransferAccount } from '#ports';

type SlipKind = SlipNumber['kind'];

export interface Chain {
  readonly code: string;
  readonly ja: string;
  readonly en: string;
  /** What its machine asks for, and how many digits each has; the telephone number is the customer's. */
  readonly numbers: readonly (readonly [SlipKind, number])[];
}

/** The chains that this agency works with. Each prints other numbers (PAY-07). */
export const CHAINS: readonly Chain[] = [
  { code: 'seven_eleven', ja: 'セブン-イレブン', en: 'Seven-Eleven', numbers: [['voucher', 13]] },
  {
    code: 'lawson',
    ja: 'ローソン',
    en: 'Lawson',
    numbers: [
      ['receipt', 8],
      ['confirmation', 9],
    ],
  },
  {
    code: 'familymart',
    ja: 'ファミリーマート',
    en: 'FamilyMart',
    numbers: [
      ['company', 5],
      ['order', 12],
    ],
  },
  {
    code: 'ministop',
    ja: 'ミニストップ',
    en: 'Ministop',
    numbers: [
      ['receipt', 8],
      ['confirmation', 9],
    ],
  },
  {
    code: 'daily_yamazaki',
    ja: 'デイリーヤマザキ',
    en: 'Daily Yamazaki',
    numbers: [['online', 11]],
  },
  {
    code: 'seicomart',
    ja: 'セイコーマート',
    en: 'Seicomart',
    numbers: [
      ['receipt', 8],
      ['phone', 10],
    ],
  },
];

/** Printed where the payment was begun with a chain, so that nobody was asked for one. */
export const USUAL_PHONE = '0312345678';

/** By what FamilyMart knows this agency. */
const COMPANY = '99001';

/** Digits that belong to one payment: the same in every run of the agency. */
function digitsOf(payment: string, purpose: string, count: number): string {
  const bytes = createHash('sha256').update(`${purpose}/${payment}`).digest();
  return Array.from({ length: count }, (_, i) => String(bytes[i]! % 10)).join('');
}

export function slipFor(payment: string, { code, numbers }: Chain, phone: string): KonbiniSlip {
  const said: Partial<Record<SlipKind, string>> = { phone, company: COMPANY };
  const value = (kind: SlipKind, count: number): string => said[kind] ?? digitsOf(payment, kind, count);
  return { chain: code, numbers: numbers.map(([kind, count]) => ({ kind, value: value(kind, count) })) };
}

/** A virtual account of one payment: what comes in there is for it. */
export const accountFor = (payment: string): TransferAccount => ({
  bank: 'サンドボックス銀行',
  branch: '練習支店',
  kind: 'ordinary',
  number: digitsOf(payment, 'account', 7),
  holder: 'サンドボックスケッサイ',
});

export interface Bank {
  readonly code: string;
  readonly ja: string;
  readonly en: string;
  /** It settles while the customer waits; the others get an account to transfer to (PAY-06). */
  readonly atOnce: boolean;
}

export const BANKS: readonly Bank[] = [
  { code: 'sbi', ja: '住信SBIネット銀行', en: 'SBI Sumishin Net Bank', atOnce: true },
  { code: 'rakuten', ja: '楽天銀行', en: 'Rakuten Bank', atOnce: true },
  { code: 'paypay', ja: 'PayPay銀行', en: 'PayPay Bank', atOnce: true },
  { code: 'any', ja: '全国の金融機関', en: 'Any other bank in Japan', atOnce: false },
];
