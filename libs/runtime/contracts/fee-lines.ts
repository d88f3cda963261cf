import { monthInWords, type SourceLine } from '#invoicing';
import { BusinessMonth, Money, monthTextInWords, type Sentence } from '#kernel';
import type { MonthUsage, UsageCounter } from '#ledger';
import type { ContractFee } from './order-costs.js';

type Key = Pick<UsageCounter, 'kind' | 'category' | 'taxCategory' | 'taxRate'>;
const keyOf = ({ kind, category, taxCategory, taxRate }: Key): string =>
  [kind, taxCategory, taxRate, category].join(' ');

function contentOf({ of, days }: ContractFee, month: BusinessMonth): Sentence {
  if (of === 'initial') return { ja: '初期費用', en: 'initial fee' };
  if (of === 'once') return { ja: 'ご購入', en: 'purchase' };
  const [ja, en] = [monthInWords(month), monthTextInWords(BusinessMonth.text(month), 'en')];
  if (of === 'recording_bytes')
    return { ja: `${ja} 録音保存容量（超過分）`, en: `${en}, recordings kept beyond the first GB` };
  if (of === 'invoice_sheets') {
    const before = BusinessMonth.plus(month, -1);
    const [which, said] = [monthInWords(before), monthTextInWords(BusinessMonth.text(before), 'en')];
    return { ja: `${which} 請求書発送（超過枚数分）`, en: `further sheets of the invoice of ${said}` };
  }
  if (of === 'month') return { ja: `${ja} 月額料金`, en: `${en}, monthly fee` };
  return { ja: `${ja} 月額料金（日割 ${days}日）`, en: `${en}, monthly fee, pro-rated ${days} days` };
}

function lineOf(fee: ContractFee, quantity: number, month: BusinessMonth): SourceLine {
  const { kind, category, taxCategory, taxRate, name, unitPrice, net } = fee;
  const content = contentOf(fee, month);
  return {
    ...{ kind, category, taxCategory, taxRate, usageMonth: month },
    ...{ item: name.ja, content: content.ja, en: { item: name.en, content: content.en } },
    ...{ quantity, unitPrice, net: Money.times(net, String(quantity), 'half_up') },
  };
}

/** The fees of one kind of line, those of the same price as one line with its quantity. */
function linesOfSame(fees: readonly ContractFee[], month: BusinessMonth): SourceLine[] {
  const same = new Map<string, { fee: ContractFee; quantity: number }>();
  for (const fee of fees) {
    const key = [fee.of, fee.unitPrice, fee.net, fee.days].join(' ');
    same.set(key, { fee, quantity: (same.get(key)?.quantity ?? 0) + 1 });
  }
  return [...same.values()].map(({ fee, quantity }) => lineOf(fee, quantity, month));
}

/**
 * The invoice lines of an account's contracts in detail: product, quantity, unit price, what is a part of a
 * month. Only where they say exactly what the wallet was debited: a fee that was taken back, or debited in
 * another month, leaves its sum as one line.
 */
export function feeLines(fees: readonly ContractFee[], { month, counters }: MonthUsage): SourceLine[] {
  const byKey = new Map<string, ContractFee[]>();
  for (const fee of fees) {
    if (fee.net === 0) continue;
    const key = keyOf(fee);
    const before = byKey.get(key);
    if (before === undefined) byKey.set(key, [fee]);
    else before.push(fee);
  }
  const lines: SourceLine[] = [];
  for (const [key, some] of byKey) {
    const booked = counters.filter(counter => counter.usageMonth === month && keyOf(counter) === key);
    if (Money.sum(booked.map(({ net }) => net)) !== Money.sum(some.map(({ net }) => net))) continue;
    lines.push(...linesOfSame(some, month));
  }
  return lines;
}
