import { type Language, monthTextInWords } from '#kernel';
import type { InvoiceDocument } from './invoice-document.js';
import { GIVEN_BACK, NOTHING_TO_PAY, PARTLY_OWED } from './invoice-document.js';

const INVOICE = {
  ja: {
    title: '御請求書',
    subtitle: '適格請求書',
    date: '請求日',
    number: '請求書No.',
    subject: '件名',
    period: 'ご利用期間',
    payment: 'お支払方法',
    account: 'アカウントID',
    registration: '登録番号',
    phone: 'TEL',
    billed: '御請求額（税込）',
    unit: '[単位:JPY]',
    columns: ['項目', '内容', '課税区分', '単価(税抜)', '個数', '価格(税抜)'],
    taxable: '小計(税抜)',
    taxableAt: (rate: string) => `うち ${rate}対象`,
    exempt: '小計(免税)',
    outOfScope: '小計(不課税)',
    tax: '消費税額',
    total: '御請求額(税込)',
    corrects: '返還の対象',
    correctsNote: '以前の月のマイナスの明細は、その月の取引の返還です。',
    takenBackNote: 'プラスの着割の差額は、その月に差し引いた割引が多すぎた分の精算です。',
    alsoReturn: '適格請求書（適格返還請求書を兼ねる）',
    subjectOf: (month: string) => `${month}分ご利用代金`,
    taxNote: (method: string) =>
      `消費税額は税率ごとに合計した税抜価格から1回計算し、1円未満を${method}しています。`,
    totalNote: (method: string) => `御請求額(税込)は1円未満を${method}しています。`,
    exemptNote: '課税区分「免税」は輸出免税（国際通話など）の取引です。',
    reducedNote: '課税区分「軽減」は軽減税率の対象です。',
    withDecimals: '小数あり：金額は計算どおりに表示しています。',
    withoutDecimals:
      '小数なし：金額は1円未満をそれぞれ四捨五入して表示しているため、明細の合計と小計が一致しないことがあります。',
  },
  en: {
    title: 'Invoice',
    subtitle: 'Qualified invoice',
    date: 'Invoice date',
    number: 'Invoice no.',
    subject: 'Subject',
    period: 'Period',
    payment: 'Payment',
    account: 'Account',
    registration: 'Registration no.',
    phone: 'TEL',
    billed: 'Amount billed',
    unit: '[Unit: JPY]',
    columns: ['Item', 'Description', 'Tax', 'Unit price', 'Qty', 'Net price'],
    taxable: 'Subtotal (net)',
    taxableAt: (rate: string) => `of which at ${rate}`,
    exempt: 'Subtotal (tax-exempt)',
    outOfScope: 'Subtotal (out of scope)',
    tax: 'Consumption tax',
    total: 'Total (tax included)',
    corrects: 'Relates to',
    correctsNote: 'Lines below zero of an earlier month give back what was charged for that month.',
    takenBackNote:
      'A difference of the discount above zero settles what was granted too much for that month.',
    alsoReturn: 'Qualified invoice and return invoice',
    subjectOf: (month: string) => `Charges for ${month}`,
    taxNote: (method: string) =>
      `Consumption tax is calculated once per rate on the sum of net prices and ${method} to the yen.`,
    totalNote: (method: string) => `The total is ${method} to the yen.`,
    exemptNote: 'Lines marked "Exempt" are export-exempt, e.g. international calls.',
    reducedNote: 'Lines marked * are taxed at the reduced rate.',
    withDecimals: 'With decimals: amounts are shown as calculated.',
    withoutDecimals:
      'Without decimals: each amount is rounded half up to the yen; lines may not add up to the subtotal.',
  },
} as const;

/** What a return invoice (適格返還請求書) says otherwise. */
const RETURN = {
  ja: {
    title: '返還請求書',
    subtitle: '適格返還請求書',
    date: '発行日',
    number: '返還請求書No.',
    period: '対象期間',
    payment: 'ご返還方法',
    billed: 'ご返還額（税込）',
    total: '合計(税込)',
    totalNote: (method: string) =>
      `合計(税込)は1円未満を${method}しています。マイナスの金額は、お客様へお返しする金額です。`,
    alsoReturn: '適格返還請求書',
    subjectOf: (month: string) => `${month}分ご利用代金の返還`,
  },
  en: {
    title: 'Return invoice',
    subtitle: 'Qualified return invoice',
    date: 'Date',
    number: 'Return invoice no.',
    period: 'Period',
    payment: 'How credited',
    billed: 'Amount credited',
    total: 'Total (tax included)',
    totalNote: (method: string) =>
      `The total is ${method} to the yen. Amounts below zero are given back to the customer.`,
    alsoReturn: 'Qualified return invoice',
    subjectOf: (month: string) => `Credit for ${month}`,
  },
} as const;

/** The words of a paper: those of an invoice, or of a return invoice. */
export const wordsOf = ({ kind }: Pick<InvoiceDocument, 'kind'>, language: Language) =>
  kind === 'return' ? { ...INVOICE[language], ...RETURN[language] } : INVOICE[language];

const PAYMENT_EN: Readonly<Record<string, string>> = {
  [PARTLY_OWED]: 'Debited from prepaid balance; the rest is owed',
  [GIVEN_BACK]: 'Credited to prepaid balance; what was owed is paid first',
  [NOTHING_TO_PAY]: 'Nothing to pay (0 yen)',
};

/** How it is paid or given back. */
export const paymentInWords = ({ payment }: InvoiceDocument, language: Language): string =>
  language === 'ja' ? payment : (PAYMENT_EN[payment] ?? 'Debited from prepaid balance');

/** `2025年9月分 202509-000001`: the months that a paper gives something back of. */
export function correctedInWords({ corrects = [] }: InvoiceDocument, language: Language): string {
  const months = corrects.map(({ month, invoices }) => {
    const name = `${monthTextInWords(month, language)}${language === 'ja' ? '分' : ''}`;
    return [name, ...invoices].join(' ');
  });
  return months.join(language === 'ja' ? '、' : ', ');
}
