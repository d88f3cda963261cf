import { Money } from '#kernel';
import { taxOfBase } from './tax.js';

describe('the tax of what is given back', () => {
  it.each([
    ['floor', '315', '31'],
    ['floor', '-315', '-31'],
    ['half_up', '-315', '-32'],
    ['half_up', '-314', '-31'],
    ['ceil', '-311', '-32'],
  ] as const)('mirrors what was charged (J-01, J-02): %s of %s is %s', (method, base, tax) =>
    expect(Money.text(taxOfBase(Money.of(base), 1000, method))).toBe(tax),
  );
});
