import fc from 'fast-check';
import { divideBigRounded, divideRounded, mulDivRounded, ROUNDINGS } from './rounding.js';

const roundings = fc.constantFrom(...ROUNDINGS);
const positive = fc.maxSafeInteger().map(n => Math.abs(n) || 1);

describe('rounding of exact integers', () => {
  it('gives the same through numbers and through BigInt', () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), positive, roundings, (numerator, denominator, how) => {
        const wanted = divideBigRounded(BigInt(numerator), BigInt(denominator), how);
        expect(BigInt(divideRounded(numerator, denominator, how))).toBe(wanted);
      }),
      { numRuns: 2000 },
    );
  });

  it('misses the exact quotient by less than one, by at most a half with half_up', () => {
    const numerators = fc.bigInt({ min: -(10n ** 40n), max: 10n ** 40n });
    fc.assert(
      fc.property(
        numerators,
        fc.bigInt({ min: 1n, max: 10n ** 20n }),
        roundings,
        (numerator, denominator, how) => {
          const error = divideBigRounded(numerator, denominator, how) * denominator - numerator;
          const size = error < 0n ? -error : error;
          expect(how === 'half_up' ? size * 2n <= denominator : size < denominator).toBe(true);
          const outward = numerator < 0n ? -error : error;
          const side = { up: outward, down: -outward, floor: -error, ceil: error, half_up: 0n }[how];
          expect(side >= 0n).toBe(true);
          if (how === 'half_up' && size * 2n === denominator) expect(outward > 0n).toBe(true);
        },
      ),
      { numRuns: 1500 },
    );
  });

  it('takes products beyond the safe integers', () => {
    expect(mulDivRounded(9_007_199_254_740_991, 7, 7, 'down')).toBe(9_007_199_254_740_991);
    expect(mulDivRounded(9_007_199_254_740_991, 3, 6, 'half_up')).toBe(4_503_599_627_370_496);
    expect(mulDivRounded(-9_007_199_254_740_991, 3, 6, 'half_up')).toBe(-4_503_599_627_370_496);
  });

  it.each([
    [0.5, 1, 1],
    [1, 0.5, 1],
    [1, 1, 0.5],
    [1, 1, 0],
    [1, 1, -1],
    [2 ** 53, 1, 1],
    [1, 1, Number.NaN],
    [9_007_199_254_740_991, 2, 2 ** 53],
    [9_007_199_254_740_991, 2, 1],
  ])('throws on %d x %d / %d instead of giving an inexact answer', (factor, numerator, denominator) => {
    expect(() => mulDivRounded(factor, numerator, denominator, 'half_up')).toThrow(RangeError);
  });

  it.each([
    [0.5, 1],
    [1, 0],
    [1, -2],
    [2 ** 53, 1],
  ])('throws on %d / %d', (numerator, denominator) => {
    expect(() => divideRounded(numerator, denominator, 'down')).toThrow(RangeError);
  });

  it('throws on a denominator of BigInt that is not positive', () => {
    expect(() => divideBigRounded(1n, 0n, 'down')).toThrow(RangeError);
    expect(() => divideBigRounded(1n, -1n, 'down')).toThrow(RangeError);
  });
});
