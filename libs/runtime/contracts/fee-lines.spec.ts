import { BusinessMonth, Money } from '#kernel';
import type { MonthUsage, UsageCounter } from '#ledger';
import { feeLines } from './fee-lines.js';
import type { ContractFee } from './order-costs.js';

const APRIL = BusinessMonth.parse('2025-04');
const STANDARD = { taxCategory: 'standard', taxRate: 1000 } as const;
const fee = (net: string, other: Partial<ContractFee> = {}): ContractFee => ({
  ...{ debit: 'C-01-2025-04', kind: 'recurring', category: '内線', ...STANDARD, net: Money.of(net) },
  ...{ name: { ja: '内線', en: 'Extension' }, of: 'month', unitPrice: Money.of('500'), days: '' },
  ...other,
});
const counter = (net: string, other: Partial<UsageCounter> = {}): UsageCounter => ({
  ...{ kind: 'recurring', category: '内線', ...STANDARD, usageMonth: APRIL, calls: 0, durationMs: 0 },
  ...{ net: Money.of(net), tax: Money.zero },
  ...other,
});
const lines = (fees: readonly ContractFee[], ...counters: readonly UsageCounter[]) =>
  feeLines(fees, { month: APRIL, counters } as unknown as MonthUsage);

describe('the invoice lines of contracts', () => {
  const part = fee('250', { of: 'part', days: '15/30' });

  it('say product, quantity, unit price and what is a part of a month, in both languages', () => {
    expect(lines([fee('500'), part, fee('500')], counter('1250'))).toMatchObject([
      {
        ...{ item: '内線', content: '2025年4月分 月額料金', quantity: 2, net: Money.of('1000') },
        en: { item: 'Extension', content: 'Apr 2025, monthly fee' },
      },
      {
        ...{ item: '内線', content: '2025年4月分 月額料金（日割 15/30日）', quantity: 1 },
        ...{ unitPrice: Money.of('500'), net: Money.of('250') },
        en: { content: 'Apr 2025, monthly fee, pro-rated 15/30 days' },
      },
    ]);
  });

  it('name initial fees and purchases apart', () => {
    const initial = fee('1000', { kind: 'other', category: '初期費用 内線', of: 'initial' });
    const phone = fee('8000', { kind: 'device', category: '電話機', of: 'once' });
    const counters = [
      counter('1000', { kind: 'other', category: '初期費用 内線' }),
      counter('8000', { kind: 'device', category: '電話機' }),
    ];
    expect(lines([initial, phone], ...counters).map(({ kind, content, en }) => [kind, content, en])).toEqual([
      ['other', '初期費用', { item: 'Extension', content: 'initial fee' }],
      ['device', 'ご購入', { item: 'Extension', content: 'purchase' }],
    ]);
  });

  it('are left out where they are not exactly what the wallet was debited', () => {
    expect(lines([fee('500'), fee('500')], counter('500'))).toEqual([]);
    expect(lines([fee('500')])).toEqual([]);
    expect(lines([fee('500')], counter('500', { usageMonth: BusinessMonth.parse('2025-03') }))).toEqual([]);
    expect(lines([fee('0')], counter('0'))).toEqual([]);
  });
});
