import { formatSignedDuration, Money } from '#kernel';
import type {
  InvoiceDocument,
  InvoiceDocumentLine,
  InvoiceDocumentSubtotal,
  Language,
} from './invoice-document.js';
import { PARTLY_OWED } from './invoice-document.js';
import { decimalsFor } from './statement-print.js';
import { isTaxable } from './tax.js';
import {
  categoryInWords,
  dateTextInWords,
  monthTextInWords,
  percent,
  roundingInWords,
  taxInWords,
} from './words.js';

export interface InvoicePrintOptions {
  /** 小数あり: amounts as calculated. 小数なし: each amount rounded half-up to whole yen (TX-07; 003 p.85). */
  readonly decimals: boolean;
  readonly language: Language;
}

export interface LabelledText {
  readonly label: string;
  readonly text: string;
}

export interface PrintedInvoiceRow {
  readonly item: string;
  readonly content: string;
  readonly tax: string;
  readonly unitPrice: string;
  readonly quantity: string;
  readonly net: string;
}

/** An invoice as it stands on paper: text only, laid out by whoever prints it. */
export interface PrintedInvoice {
  readonly title: string;
  readonly subtitle: string;
  readonly recipient: readonly string[];
  readonly issuer: readonly string[];
  readonly head: readonly LabelledText[];
  readonly billed: LabelledText;
  /** `[単位:JPY]`. */
  readonly unit: string;
  readonly columns: PrintedInvoiceRow;
  readonly rows: readonly PrintedInvoiceRow[];
  readonly totals: readonly (LabelledText & { readonly strong: boolean })[];
  readonly notes: readonly string[];
}

const NONE = '—';

const WORDS = {
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

const yenOf = (text: string): Money => Money.parse(text);
const grouped = (count: number): string => String(count).replace(/\B(?=(\d{3})+$)/g, ',');

/**
 * Calls and discounts are named by their category and month in either language; other lines stand as they
 * were issued.
 */
function describe(line: InvoiceDocumentLine, language: Language): { item: string; content: string } {
  const isCall = line.kind === 'usage' || line.kind === 'discount';
  if (language === 'ja' || !isCall || line.durationMs === null)
    return { item: line.item, content: line.content };
  const what = line.kind === 'discount' ? 'incoming time' : 'talk time';
  const month = monthTextInWords(line.usageMonth, language);
  return {
    item: categoryInWords(line.category, language),
    content: `${month}, ${what} ${formatSignedDuration(line.durationMs)}`,
  };
}

type Show = (amount: Money) => string;

function row(line: InvoiceDocumentLine, show: Show, language: Language): PrintedInvoiceRow {
  return {
    ...describe(line, language),
    tax: taxInWords(line.taxCategory, line.taxRate, language),
    unitPrice: line.unitPrice === null ? NONE : show(yenOf(line.unitPrice)),
    quantity: grouped(line.quantity),
    net: show(yenOf(line.net)),
  };
}

const sumOf = (subtotals: readonly InvoiceDocumentSubtotal[]): Money =>
  Money.sum(subtotals.map(s => yenOf(s.net)));

/**
 * Net per class, then the tax per rate (J-01), then the total. Both subtotals stand even when zero (IV-09).
 */
function totals(document: InvoiceDocument, show: Show, language: Language): PrintedInvoice['totals'] {
  const words = WORDS[language];
  const plain = (label: string, text: string) => ({ label, text, strong: false });
  const taxable = document.subtotals.filter(s => isTaxable(s.taxCategory));
  const exempt = document.subtotals.filter(s => s.taxCategory === 'export_exempt');
  const outOfScope = document.subtotals.filter(s => s.taxCategory === 'out_of_scope');
  const perRate = taxable.map(s => plain(words.taxableAt(percent(s.taxRate)), show(yenOf(s.net))));
  const taxes = taxable.map(s => plain(`${words.tax} ${percent(s.taxRate)}`, Money.display(yenOf(s.tax), 0)));
  return [
    plain(words.taxable, show(sumOf(taxable))),
    ...(taxable.length > 1 ? perRate : []),
    plain(words.exempt, show(sumOf(exempt))),
    ...(outOfScope.length > 0 ? [plain(words.outOfScope, show(sumOf(outOfScope)))] : []),
    ...(taxes.length > 0 ? taxes : [plain(words.tax, '0')]),
    { label: words.total, text: Money.display(yenOf(document.total), 0), strong: true },
  ];
}

function notes(document: InvoiceDocument, { decimals, language }: InvoicePrintOptions): string[] {
  const words = WORDS[language];
  const has = (category: string): boolean => document.subtotals.some(s => s.taxCategory === category);
  return [
    words.taxNote(roundingInWords(document.taxRounding, language)),
    words.totalNote(roundingInWords(document.totalRounding, language)),
    ...(has('export_exempt') ? [words.exemptNote] : []),
    ...(has('reduced') ? [words.reducedNote] : []),
    decimals ? words.withDecimals : words.withoutDecimals,
  ];
}

function head(document: InvoiceDocument, language: Language): LabelledText[] {
  const words = WORDS[language];
  const { from, to } = document.period;
  const dates = [from, to].map(date => dateTextInWords(date, language));
  const month = monthTextInWords(document.month, language);
  const paid =
    document.payment === PARTLY_OWED
      ? 'Debited from prepaid balance; the rest is owed'
      : 'Debited from prepaid balance';
  return [
    { label: words.date, text: dateTextInWords(document.issueDate, language) },
    { label: words.number, text: document.number },
    { label: words.account, text: document.account },
    { label: words.subject, text: language === 'ja' ? document.subject : `Charges for ${month}` },
    { label: words.period, text: dates.join(language === 'ja' ? '～' : ' – ') },
    { label: words.payment, text: language === 'ja' ? document.payment : paid },
  ];
}

/**
 * Without a registration number it is an invoice, but no qualified one, and must not look like one (J-01).
 */
const isQualified = ({ issuer }: InvoiceDocument): boolean => issuer.registrationNumber !== '';

const postal = (code: string): string => (code === '' ? '' : `〒${code}`);

/**
 * The text of an invoice in one of its two renderings and languages. Same document and options, same text.
 */
export function printInvoice(document: InvoiceDocument, options: InvoicePrintOptions): PrintedInvoice {
  const { decimals, language } = options;
  const words = WORDS[language];
  const { issuer, recipient, lines } = document;
  const amounts = lines
    .flatMap(line => [line.net, ...(line.unitPrice === null ? [] : [line.unitPrice])])
    .map(yenOf);
  const shown = decimals ? decimalsFor(amounts) || 2 : 0;
  const show: Show = amount => Money.display(amount, shown);
  const [item, content, tax, unitPrice, quantity, net] = words.columns;
  const to = language === 'ja' ? `${recipient.name} ${recipient.honorific}` : recipient.name;
  return {
    title: words.title,
    subtitle: isQualified(document) ? words.subtitle : '',
    recipient: [postal(recipient.postalCode), recipient.address, to].filter(text => text !== ''),
    issuer: [
      issuer.name,
      isQualified(document)
        ? `${words.registration}${language === 'ja' ? '：' : ': '}${issuer.registrationNumber}`
        : '',
      postal(issuer.postalCode),
      issuer.address,
      issuer.phone === '' ? '' : `${words.phone} ${issuer.phone}`,
    ].filter(text => text !== ''),
    head: head(document, language),
    billed: { label: words.billed, text: `¥${Money.display(yenOf(document.total), 0)}` },
    unit: words.unit,
    columns: { item, content, tax, unitPrice, quantity, net },
    rows: lines.map(line => row(line, show, language)),
    totals: totals(document, show, language),
    notes: notes(document, options),
  };
}
