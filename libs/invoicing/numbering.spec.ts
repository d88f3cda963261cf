import { BusinessMonth } from '#kernel';
import { october } from '../../test/support/invoices.js';
import { codeOf, now, run } from './deciders.fixture.js';
import { invoiceNumbersStream, numbering, numberingRefusals, numberOf } from './numbering.js';

describe('invoice numbers', () => {
  const assign = (account: string, month = october) =>
    ({ type: 'AssignNumber', now, month, account }) as const;

  it('are gapless and one per account', () => {
    const { state, outcomes } = run(numbering, assign('A1'), assign('B2'), assign('A1'), assign('C3'));
    expect(outcomes.map(codeOf)).toEqual(['events', 'events', 'nothing', 'events']);
    expect(['A1', 'B2', 'C3', 'D4'].map(account => numberOf(state, account))).toEqual([
      '202510-000001',
      '202510-000002',
      '202510-000003',
      undefined,
    ]);
    expect(invoiceNumbersStream(october)).toBe('invoiceNumbers-2025-10');
  });

  it('of one month stay in its stream', () => {
    const november = BusinessMonth.plus(october, 1);
    expect(codeOf(run(numbering, assign('A1'), assign('B2', november)).last)).toBe('OTHER_MONTH');
  });

  it('end at 999,999', () => {
    const { state } = run(numbering, assign('A1'));
    state.last = 999_999;
    expect(codeOf(numbering.decide(assign('B2'), state))).toBe('NUMBERS_EXHAUSTED');
    expect(codeOf(numbering.decide(assign('A1'), state))).toBe('nothing');
    expect(Object.keys(numberingRefusals)).toEqual(['OTHER_MONTH', 'NUMBERS_EXHAUSTED']);
  });
});
