import type { TFunction } from 'i18next';
import { arithmeticOf, isTold } from './arithmetic.js';
import type { Explanation } from './questions.js';

/** Words that show their values. */
const t = ((key: string, values: Readonly<Record<string, string>> = {}) =>
  key === 'explain.yen'
    ? `${values['amount']} yen`
    : [key.replace('explain.', ''), ...Object.values(values)].join(' ')) as unknown as TFunction<'auditor'>;

const node = (facts: Record<string, string>, more: Partial<Explanation> = {}): Explanation => ({
  ...{ id: 'n', what: '', whatJa: '', amount: null, facts, events: [], causes: [] },
  ...more,
});
const cause = (amount: string) => node({}, { amount });

describe('how an amount comes about, in figures', () => {
  it('of a call is its price for its time, its tax, and the lots that paid it', () => {
    const facts = {
      ...{ arithmetic: '0.5 + 8 x 1260 / 180 = 56.5', charged: '1260 s in 7 increments' },
      tax: '56.5 x 10% = 5.65',
    };
    expect(arithmeticOf(t, node(facts, { causes: [cause('50'), cause('12.15')] }))).toEqual([
      'increments 1260 7',
      '0.5 yen + 8 yen × seconds 1260 ÷ seconds 180 = 56.5 yen',
      'facts.tax: 56.5 yen × 10% = 5.65 yen',
      'parts = 62.15 yen',
    ]);
  });

  it('of an unusual form stands as it came', () =>
    expect(arithmeticOf(t, node({ arithmetic: 'flat 3 x 2' }))).toEqual(['flat 3 × 2']));

  it('of an invoice is its lines, the tax of each rate once, and both, rounded', () => {
    const facts = {
      ...{ net: '11133.6', tax: '687', taxRounding: 'half_up' },
      ...{ 'standard 10%': 'net 6870, tax 687', 'out_of_scope 0%': 'net 0, tax 0' },
    };
    const invoice = node(facts, { amount: '11821', causes: [cause('11133.6')] });
    expect(arithmeticOf(t, invoice)).toEqual([
      'lines 1 = 11,133.6 yen',
      'taxOf categories.standard 10%: 6,870 yen × 10% = 687 yen (rounding.half_up)',
      '11,133.6 yen + 687 yen = 11,820.6 yen → 11,821 yen (rounding.half_up)',
    ]);
  });

  it('of a line is the sum of its calls, less what was taken back', () =>
    expect(arithmeticOf(t, node({ sumOfCalls: '80', calls: '9', takenBack: '8' }))).toEqual([
      'sum 9 = 80 yen, takenBack −8 yen',
    ]));

  it('is not told twice', () =>
    expect(['net', 'standard 10%', 'number'].map(isTold)).toEqual([true, true, false]));
});
