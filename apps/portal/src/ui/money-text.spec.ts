import fc from 'fast-check';
import { compareMoney, fromUnits, isAmount, moneyText, plainAmount, sumOf, toUnits } from './money-text.js';

describe('an amount of yen as text', () => {
  it.each([
    ['0', 0, '0'],
    ['1234567.5', 0, '1,234,567.5'],
    ['-1234.5', 0, '−1,234.5'],
    ['100', 0, '100'],
    ['1000', 2, '1,000.00'],
    ['0.3', 4, '0.3000'],
    ['-0', 0, '0'],
    ['-0.00', 0, '0.00'],
    ['9007199254740993.0001', 0, '9,007,199,254,740,993.0001'],
    ['n/a', 2, 'n/a'],
  ])('writes %s with at least %i decimals as %s', (text, decimals, written) =>
    expect(moneyText(text, decimals)).toBe(written),
  );

  it('adds without a float: 0.1 + 0.2 is 0.3, and what a float cannot hold stays whole', () => {
    expect(sumOf(['0.1', '0.2'])).toBe('0.3');
    expect(sumOf(['9007199254740993', '0.0001', '-1'])).toBe('9007199254740992.0001');
    expect(sumOf([])).toBe('0');
  });

  it.each([
    ['１，０００円', '1000', true],
    ['￥1,234.5', '1234.5', true],
    ['¥ 1 000', '1000', true],
    ['-5', '-5', true],
    ['1.00005', '1.00005', false],
    ['千円', '千円', false],
    ['1 00', '1 00', false],
    ['1,00', '1,00', false],
    ['10²', '10²', false],
    ['', '', false],
  ])('reads %s as people type it: %s, an amount: %s', (typed, plain, is) => {
    expect(plainAmount(typed)).toBe(plain);
    expect(isAmount(plain)).toBe(is);
  });

  it('refuses what is no amount of at most 4 decimals', () => {
    for (const text of ['', '1.00001', '1,000', '1e3', ' 1', '+1', '.5'])
      expect(() => toUnits(text)).toThrow(RangeError);
  });

  it('gives back every amount that it read, and keeps order', () => {
    const amount = fc.bigInt({ min: -(10n ** 18n), max: 10n ** 18n });
    fc.assert(
      fc.property(amount, amount, (a, b) => {
        expect(toUnits(fromUnits(a))).toBe(a);
        expect(Math.sign(compareMoney(fromUnits(a), fromUnits(b)))).toBe(a < b ? -1 : a > b ? 1 : 0);
        // Taking the separators away again leads back to the amount.
        expect(moneyText(fromUnits(a)).replaceAll(',', '').replace('−', '-')).toBe(fromUnits(a));
      }),
    );
  });
});
