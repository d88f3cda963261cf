import { BusinessMonth, formatSignedDuration, Money, monthTextInWords } from '#kernel';
import { bookedDiscounts, compareTax, type DiscountDue, type UsageCounter } from '#ledger';
import type {
  InvoiceDraft,
  InvoiceLine,
  InvoiceRequest,
  LineKey,
  LineKind,
  SourceLine,
} from './invoice-draft.js';
import { compareCategories } from './statement.js';
import { taxSubtotals } from './tax.js';

const LINE_KINDS: readonly LineKind[] = ['usage', 'recurring', 'device', 'other', 'discount'];

/** `2025年9月分`. */
export const monthInWords = (month: BusinessMonth): string =>
  `${monthTextInWords(BusinessMonth.text(month), 'ja')}分`;

const keyOf = (of: LineKey): string =>
  [of.kind, of.taxCategory, of.taxRate, of.usageMonth, of.category].join(' ');

const isEmpty = (counter: UsageCounter): boolean =>
  counter.calls === 0 && counter.durationMs === 0 && counter.net === 0 && counter.tax === 0;

function counterLine(counter: UsageCounter, net: Money): InvoiceLine {
  const { kind, category, taxCategory, taxRate, usageMonth } = counter;
  const common = { kind, category, taxCategory, taxRate, usageMonth, item: category, net };
  const month = monthInWords(usageMonth);
  if (kind === 'discount') {
    const item = '着割（着信時間割引）';
    const content = `${month} 取消通話に対する割引の戻し`;
    return { ...common, item, content, quantity: 1, unitPrice: null, durationMs: null };
  }
  if (kind !== 'usage') return { ...common, content: month, quantity: 1, unitPrice: net, durationMs: null };
  return {
    ...common,
    content: `${month} 通話時間 ${formatSignedDuration(counter.durationMs)}`,
    quantity: counter.calls,
    unitPrice: null,
    durationMs: counter.durationMs,
  };
}

/** Counters of the same key added up, in a fixed order: the wallet keeps them in the order of first use. */
function mergedCounters(counters: readonly UsageCounter[]): Map<string, UsageCounter> {
  const byKey = new Map<string, UsageCounter>();
  for (const counter of counters) {
    const key = keyOf(counter);
    const before = byKey.get(key);
    byKey.set(key, {
      ...counter,
      calls: counter.calls + (before?.calls ?? 0),
      durationMs: counter.durationMs + (before?.durationMs ?? 0),
      net: Money.add(counter.net, before?.net ?? Money.zero),
      tax: Money.add(counter.tax, before?.tax ?? Money.zero),
    });
  }
  return byKey;
}

/**
 * The books win: a counter is printed in the detail of its source lines where there are some, and what they
 * leave unexplained as a line of its own. A key without a counter has not been debited yet.
 */
function linesOf(request: InvoiceRequest): Pick<InvoiceDraft, 'unbooked'> & { lines: InvoiceLine[] } {
  const details = new Map<string, SourceLine[]>();
  for (const line of request.extraLines.flatMap(source => source.lines)) {
    details.set(keyOf(line), [...(details.get(keyOf(line)) ?? []), line]);
  }
  const counters = mergedCounters(request.usage.counters);
  const lines: InvoiceLine[] = [];
  for (const [key, counter] of counters) {
    const explained = Money.sum((details.get(key) ?? []).map(line => line.net));
    const rest = Money.subtract(counter.net, explained);
    if (rest !== 0 || (!details.has(key) && !isEmpty(counter))) lines.push(counterLine(counter, rest));
  }
  const unbooked: (LineKey & { net: Money })[] = [];
  for (const [key, detail] of details) {
    lines.push(...detail.map(line => ({ ...line, durationMs: null })));
    const { kind, category, taxCategory, taxRate, usageMonth } = detail[0]!;
    const net = Money.sum(detail.map(line => line.net));
    if (!counters.has(key)) unbooked.push({ kind, category, taxCategory, taxRate, usageMonth, net });
  }
  return { lines, unbooked };
}

/**
 * One line per tax rate, of the whole discount of the invoice's own month, or of what is still to be given of
 * an earlier month of use (below zero: taken back).
 */
function discountLines({ talk, parts }: DiscountDue, month: BusinessMonth): InvoiceLine[] {
  const { incomingCalls, incomingDurationMs } = talk;
  const ofMonth = monthInWords(talk.month);
  const whole = talk.month === month && talk.granted.length === 0;
  // Below zero where calls of a month that is not remembered are taken back.
  const incoming = formatSignedDuration(incomingDurationMs);
  return parts.map(part => ({
    kind: 'discount',
    category: '着割',
    taxCategory: part.taxCategory,
    taxRate: part.taxRate,
    usageMonth: talk.month,
    item: '着割（着信時間割引）',
    content: whole ? `${ofMonth} 着信時間 ${incoming}` : `${ofMonth} 差額（着信時間 計 ${incoming}）`,
    quantity: whole ? incomingCalls : 1,
    unitPrice: null,
    durationMs: incomingDurationMs,
    net: Money.negate(part.net),
  }));
}

/** The month's own lines before late ones, calls before fees, categories as the statement orders them. */
function compareLines(month: BusinessMonth): (a: InvoiceLine, b: InvoiceLine) => number {
  const isLate = (line: InvoiceLine): number => (line.usageMonth === month ? 0 : 1);
  return (a, b) =>
    LINE_KINDS.indexOf(a.kind) - LINE_KINDS.indexOf(b.kind) ||
    isLate(a) - isLate(b) ||
    a.usageMonth - b.usageMonth ||
    compareCategories(a.category, b.category) ||
    compareTax(a, b);
}

/**
 * Draws the invoice of a billing month from the wallet's counters (DECISIONS: Money, Month-end close): the
 * discount comes off the lines and off the base of its tax rate, the tax is rounded once per rate, the total
 * to whole yen. Lines keep 4 decimals.
 */
export function composeInvoice(request: InvoiceRequest): InvoiceDraft {
  const { account, recipient, issuer, month, usage, policy } = request;
  const { discounts, rates } = bookedDiscounts(request.discounts);
  const { lines, unbooked } = linesOf(request);
  lines.push(...request.discounts.flatMap(due => discountLines(due, month)));
  const subtotals = taxSubtotals(lines, issuer.taxRounding);
  const net = Money.sum(lines.map(line => line.net));
  const tax = Money.sum(subtotals.map(subtotal => subtotal.tax));
  const total = Money.toWholeYen(Money.add(net, tax), policy.totalRounding);
  const nextMonth = BusinessMonth.plus(month, 1);
  return {
    account,
    recipient,
    issuer,
    month,
    issueDate: BusinessMonth.lastDay(month),
    availableFrom: BusinessMonth.nthBusinessDay(
      nextMonth,
      policy.availableFromBusinessDay,
      new Set(policy.closedDays),
      policy.yearEndDays,
    ),
    lines: lines.sort(compareLines(month)),
    subtotals,
    net,
    tax,
    total,
    totalRounding: policy.totalRounding,
    partlyOwed: usage.receivable > 0,
    policy: policy.name,
    close: {
      basis: {
        net: Money.sum(usage.counters.map(counter => counter.net)),
        tax: Money.sum(usage.counters.map(counter => counter.tax)),
      },
      discounts,
      rates,
      total,
    },
    unbooked,
  };
}
