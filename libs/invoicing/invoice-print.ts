import { dateTextInWords, formatSignedDuration, type Language, Money, monthTextInWords } from '#kernel';
import type { InvoiceDocument, InvoiceDocumentLine, InvoiceDocumentSubtotal } from './invoice-document.js';
import { correctedInWords, paymentInWords, wordsOf } from './invoice-words.js';
import { decimalsFor } from './statement-print.js';
import { isTaxable } from './tax.js';
import { categoryInWords, percent, roundingInWords, taxInWords } from './words.js';

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

const yenOf = (text: string): Money => Money.of(text);
const grouped = (count: number): string => String(count).replace(/\B(?=(\d{3})+$)/g, ',');

/**
 * Calls and discounts are named by their category and month in either language; other lines stand as they
 * were issued.
 */
function describe(
  line: InvoiceDocumentLine,
  invoiceMonth: string,
  language: Language,
): { item: string; content: string } {
  if (language === 'en' && line.en) return line.en;
  const isCall = line.kind === 'usage' || line.kind === 'discount';
  if (language === 'ja' || !isCall || (line.kind === 'usage' && line.durationMs === null))
    return { item: line.item, content: line.content };
  const month = monthTextInWords(line.usageMonth, language);
  if (line.kind === 'discount' && line.durationMs === null)
    return { item: categoryInWords(line.category, language), content: `${month}, taken back with its calls` };
  const late = line.kind === 'discount' && line.usageMonth !== invoiceMonth;
  const what = line.kind === 'usage' ? 'talk time' : late ? 'difference; incoming time' : 'incoming time';
  return {
    item: categoryInWords(line.category, language),
    content: `${month}, ${what} ${formatSignedDuration(line.durationMs ?? 0)}`,
  };
}

type Show = (amount: Money) => string;

function row(
  line: InvoiceDocumentLine,
  document: InvoiceDocument,
  show: Show,
  language: Language,
): PrintedInvoiceRow {
  return {
    ...describe(line, document.month, language),
    tax: taxInWords(line.taxCategory, line.taxRate, language),
    unitPrice: line.unitPrice === null ? NONE : show(yenOf(line.unitPrice)),
    // A call that was corrected in a later month is neither one more nor one less: only its price differs.
    quantity: line.quantity === 0 ? NONE : grouped(line.quantity),
    net: show(yenOf(line.net)),
  };
}

const sumOf = (subtotals: readonly InvoiceDocumentSubtotal[]): Money =>
  Money.sum(subtotals.map(s => yenOf(s.net)));

/**
 * Net per class, then the tax per rate (J-01), then the total. Both subtotals stand even when zero (IV-09).
 */
function totals(document: InvoiceDocument, show: Show, language: Language): PrintedInvoice['totals'] {
  const words = wordsOf(document, language);
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
  const words = wordsOf(document, language);
  const has = (category: string): boolean => document.subtotals.some(s => s.taxCategory === category);
  const takesBack = document.lines.some(line => line.kind === 'discount' && Money.of(line.net) > 0);
  return [
    words.taxNote(roundingInWords(document.taxRounding, language)),
    words.totalNote(roundingInWords(document.totalRounding, language)),
    ...(document.corrects ? [words.correctsNote] : []),
    ...(takesBack ? [words.takenBackNote] : []),
    ...(has('export_exempt') ? [words.exemptNote] : []),
    ...(has('reduced') ? [words.reducedNote] : []),
    decimals ? words.withDecimals : words.withoutDecimals,
  ];
}

function head(document: InvoiceDocument, language: Language): LabelledText[] {
  const words = wordsOf(document, language);
  const { from, to } = document.period;
  const dates = [from, to].map(date => dateTextInWords(date, language));
  const month = monthTextInWords(document.month, language);
  const corrected = correctedInWords(document, language);
  return [
    { label: words.date, text: dateTextInWords(document.issueDate, language) },
    { label: words.number, text: document.number },
    { label: words.account, text: document.account },
    { label: words.subject, text: language === 'ja' ? document.subject : words.subjectOf(month) },
    { label: words.period, text: dates.join(language === 'ja' ? '～' : ' – ') },
    { label: words.payment, text: paymentInWords(document, language) },
    ...(corrected === '' ? [] : [{ label: words.corrects, text: corrected }]),
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
  const words = wordsOf(document, language);
  const { issuer, recipient, lines } = document;
  const amounts = lines
    .flatMap(line => [line.net, ...(line.unitPrice === null ? [] : [line.unitPrice])])
    .map(yenOf);
  const shown = decimals ? decimalsFor(amounts) || 2 : 0;
  const show: Show = amount => Money.display(amount, shown);
  const [item, content, tax, unitPrice, quantity, net] = words.columns;
  const to = language === 'ja' ? `${recipient.name} ${recipient.honorific}` : recipient.name;
  const subtitle = document.corrects ? words.alsoReturn : words.subtitle;
  // What a return invoice gives back stands in its box without a sign: the label says which way it goes.
  const total = yenOf(document.total);
  const shownTotal = document.kind === 'return' ? Money.negate(total) : total;
  return {
    title: words.title,
    subtitle: isQualified(document) ? subtitle : '',
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
    billed: { label: words.billed, text: `¥${Money.display(shownTotal, 0)}` },
    unit: words.unit,
    columns: { item, content, tax, unitPrice, quantity, net },
    rows: lines.map(line => row(line, document, show, language)),
    totals: totals(document, show, language),
    notes: notes(document, options),
  };
}
