import { Decimal } from 'decimal.js';
import fc from 'fast-check';
import { InvalidInput } from './invalid-input.js';
import { Money } from './money.js';
import { ROUNDINGS, type Rounding } from './rounding.js';
import { taxOf, taxOfDebit } from './tax.js';

const yen = Money.of;

describe('Money from text', () => {
  it.each([
    ['0', 0],
    ['-0', 0],
    ['8', 80_000],
    ['8.5', 85_000],
    ['0.0001', 1],
    ['-0.0001', -1],
    ['-0.5', -5_000],
    ['0010.10', 101_000],
    ['900719925474.0991', Number.MAX_SAFE_INTEGER],
    ['-900719925474.0991', -Number.MAX_SAFE_INTEGER],
  ])('reads %s as %d units', (text, units) => {
    expect(Money.of(text)).toBe(units);
  });

  it.each([
    ['', 'empty'],
    [' 1', 'a space before'],
    ['1 ', 'a space after'],
    ['1\n', 'a line end'],
    ['1,000', 'a separator'],
    ['1.', 'a point without digits'],
    ['.5', 'no whole digits'],
    ['1.00001', 'five decimals'],
    ['1e3', 'an exponent'],
    ['+1', 'a plus'],
    ['--1', 'two signs'],
    ['0x10', 'hexadecimal'],
    ['NaN', 'no number'],
    ['Infinity', 'no end'],
    ['１００', 'full-width digits'],
    ['900719925474.0992', 'one unit too many'],
    ['-900719925474.0992', 'one unit too few'],
    ['1234567890123456', 'sixteen whole digits'],
  ])('refuses %j (%s) and names the field', text => {
    expect(() => Money.of(text, 'line 7, price')).toThrow(
      expect.objectContaining({ name: 'InvalidInput', field: 'line 7, price' }),
    );
    expect(() => Money.of(text)).toThrow(InvalidInput);
  });

  it.each([
    ['8.50', '8.5'],
    ['8.0000', '8'],
    ['-0.0100', '-0.01'],
    ['-12.3456', '-12.3456'],
    ['10594.11', '10594.11'],
    ['-0', '0'],
  ])('writes %s canonically as %s', (given, canonical) => {
    expect(Money.text(yen(given))).toBe(canonical);
  });
});

describe('Money for people', () => {
  it.each([
    ['10594.11', 4, '10,594.1100'],
    ['10594.11', 2, '10,594.11'],
    ['10594.11', 0, '10,594'],
    ['-1174', 0, '-1,174'],
    ['-0.5', 0, '-1'],
    ['0.5', 0, '1'],
    ['-0.4999', 0, '0'],
    ['-0.004', 2, '0.00'],
    ['-0.005', 2, '-0.01'],
    ['1059.411', 4, '1,059.4110'],
    ['999', 0, '999'],
    ['1000', 0, '1,000'],
    ['999999.9999', 2, '1,000,000.00'],
    ['900719925474.0991', 4, '900,719,925,474.0991'],
  ] as const)('shows %s with %d decimals as %s', (text, decimals, shown) => {
    expect(Money.display(yen(text), decimals)).toBe(shown);
  });
});

describe('Money arithmetic', () => {
  it('adds, subtracts, negates and sums exactly', () => {
    expect(Money.text(Money.add(yen('0.1'), yen('0.2')))).toBe('0.3');
    expect(Money.text(Money.subtract(yen('0.3'), yen('0.4')))).toBe('-0.1');
    expect(Object.is(Money.negate(Money.zero), 0)).toBe(true);
    expect(Money.text(Money.sum([yen('4099.20'), yen('5883.60'), yen('611.31')]))).toBe('10594.11'); // RT-14
    expect(Money.sum([])).toBe(Money.zero);
    expect(Money.min(yen('-1'), yen('1'))).toBe(yen('-1'));
    expect(Money.max(yen('-1'), yen('1'))).toBe(yen('1'));
  });

  it('throws rather than leave the range of exact integers', () => {
    const most = yen('900719925474.0991');
    const one = yen('0.0001');
    expect(() => Money.add(most, one)).toThrow(RangeError);
    expect(() => Money.subtract(Money.negate(most), one)).toThrow(RangeError);
    expect(() => Money.sum([most, one, Money.negate(most)])).toThrow(RangeError);
    expect(() => Money.share(most, 3, 2, 'down')).toThrow(RangeError);
    expect(() => Money.times(most, '2', 'down')).toThrow(RangeError);
    expect(() => Money.toWholeYen(most, 'up')).toThrow(RangeError);
  });

  it.each([0.5, 1.1, Number.NaN, Number.POSITIVE_INFINITY, 900_719_925_475, 2 ** 53])(
    'refuses %d as whole yen',
    number => {
      expect(() => Money.yen(number)).toThrow(RangeError);
    },
  );

  it.each([0.5, Number.NaN, 2 ** 53])('refuses %d as units', number => {
    expect(() => Money.fromUnits(number)).toThrow(RangeError);
  });

  it.each(['', 'x', '1e3', ' 1', 'Infinity', '-', '1.', `1.${'3'.repeat(60)}`])(
    'refuses %j as factor',
    factor => {
      expect(() => Money.times(yen('1'), factor, 'half_up')).toThrow(RangeError);
    },
  );

  it.each([-1, 5, 1.5, Number.NaN])('refuses to round to %d decimals', decimals => {
    expect(() => Money.times(yen('1'), '0.1', 'half_up', decimals)).toThrow(RangeError);
    expect(() => Money.share(yen('1'), 1, 10, 'half_up', decimals)).toThrow(RangeError);
  });

  it.each([
    [1, 0],
    [1, -1],
    [0.5, 2],
    [1, 0.5],
    [1, 1e14],
    [2 ** 53, 1],
  ])('refuses the share %d / %d', (numerator, denominator) => {
    expect(() => Money.share(yen('1'), numerator, denominator, 'half_up', 0)).toThrow(RangeError);
  });
});

describe('Money rounding', () => {
  // Each row: the amount and what each named rounding makes of it in whole yen.
  it.each([
    //          up     half_up  down   floor  ceil
    ['2.5', '3', '3', '2', '2', '3'],
    ['-2.5', '-3', '-3', '-2', '-3', '-2'],
    ['2.4999', '3', '2', '2', '2', '3'],
    ['-2.4999', '-3', '-2', '-2', '-3', '-2'],
    ['2.0001', '3', '2', '2', '2', '3'],
    ['-2.0001', '-3', '-2', '-2', '-3', '-2'],
    ['-0.5', '-1', '-1', '0', '-1', '0'],
    ['7', '7', '7', '7', '7', '7'],
    ['-7', '-7', '-7', '-7', '-7', '-7'],
    ['0', '0', '0', '0', '0', '0'],
  ])('%s yen: up %s, half_up %s, down %s, floor %s, ceil %s', (amount, up, halfUp, down, floor, ceil) => {
    const wanted: Record<Rounding, string> = { up, half_up: halfUp, down, floor, ceil };
    for (const rounding of ROUNDINGS) {
      const rounded = Money.toWholeYen(yen(amount), rounding);
      expect([rounding, Money.text(rounded)]).toEqual([rounding, wanted[rounding]]);
      expect(Object.is(rounded, -0)).toBe(false);
    }
  });

  it.each([
    ['TX-01', '1005', '101', '1106'],
    ['TX-02', '10594.11', '1059', '11653'],
    ['TX-03', '15', '2', '17'],
    ['TX-04', '14.9999', '1', '16'],
    ['TX-05', '5.05', '1', '6'],
    ['TX-06', '999.95', '100', '1100'],
    ['TX-07', '601.2', '60', '661'],
    ['TX-09', '-15', '-2', '-17'],
    ['TX-10', '0', '0', '0'],
  ])('%s: net %s gives tax %s and gross %s', (_id, net, tax, gross) => {
    const taxed = Money.times(yen(net), '0.1', 'half_up', 0);
    expect(Money.text(taxed)).toBe(tax);
    expect(Money.text(Money.toWholeYen(Money.add(yen(net), taxed), 'half_up'))).toBe(gross);
    expect(Money.share(yen(net), 1000, 10_000, 'half_up', 0)).toBe(taxed);
    expect(taxOf(yen(net), 1000, 'half_up', 0)).toBe(taxed);
  });

  it('J-01: 105 x 3 at 10 %, floor, is 31, never 30', () => {
    const net = Money.sum([yen('105'), yen('105'), yen('105')]);
    expect(Money.text(Money.times(net, '0.1', 'floor', 0))).toBe('31');
  });

  it.each([
    ['PR-01', '500', 15, 30, '250'],
    ['PR-03', '500', 1, 30, '16.6667'],
    ['PR-04', '500', 1, 31, '16.129'],
    ['PR-05', '1000', 19, 28, '678.5714'],
    ['PR-06', '1000', 20, 29, '689.6552'],
    ['PR-07', '1000', 1, 29, '34.4828'],
  ])('%s: %s x %d / %d = %s', (_id, fee, part, whole, wanted) => {
    expect(Money.text(Money.share(yen(fee), part, whole, 'half_up'))).toBe(wanted);
  });

  it('US-04: 140,863 s of incoming talk at 0.5 yen a minute give back 1,174 yen', () => {
    expect(Money.text(Money.share(yen('0.5'), 140_863, 60, 'half_up', 0))).toBe('1174');
  });
});

describe('Money against decimal.js', () => {
  const modes: Record<Rounding, Decimal.Rounding> = {
    up: Decimal.ROUND_UP,
    half_up: Decimal.ROUND_HALF_UP,
    down: Decimal.ROUND_DOWN,
    floor: Decimal.ROUND_FLOOR,
    ceil: Decimal.ROUND_CEIL,
  };
  const Oracle = Decimal.clone({ precision: 200 });
  const amounts = fc.oneof(
    fc.integer({ min: -1_000_000, max: 1_000_000 }),
    fc.integer({ min: -(10 ** 14), max: 10 ** 14 }),
  );
  const roundings = fc.constantFrom(...ROUNDINGS);
  const decimals = fc.integer({ min: 0, max: 4 });

  it('times rounds the exact product once', () => {
    fc.assert(
      fc.property(
        amounts,
        fc.integer({ min: -99_999, max: 99_999 }),
        roundings,
        decimals,
        (units, f, how, places) => {
          const factor = new Oracle(f).div(10_000).toFixed();
          const wanted = new Oracle(units).div(10_000).times(factor).toDecimalPlaces(places, modes[how]);
          expect(Money.text(Money.times(Money.fromUnits(units), factor, how, places))).toBe(
            wanted.plus(0).toFixed(),
          );
        },
      ),
      { numRuns: 1500 },
    );
  });

  it('share rounds the exact fraction once, through BigInt too', () => {
    const parts = fc.integer({ min: -(10 ** 9), max: 10 ** 9 });
    const wholes = fc.oneof(fc.integer({ min: 1, max: 400 }), fc.integer({ min: 10 ** 8, max: 2 * 10 ** 9 }));
    fc.assert(
      fc.property(amounts, parts, wholes, roundings, decimals, (units, part, whole, how, places) => {
        const wanted = new Oracle(units)
          .times(part)
          .div(whole)
          .div(10_000)
          .toDecimalPlaces(places, modes[how]);
        fc.pre(wanted.abs().lt('900719925473'));
        for (const share of [Money.share, Money.shareByIntegers]) {
          const found = Money.text(share(Money.fromUnits(units), part, whole, how, places));
          expect(found).toBe(wanted.plus(0).toFixed());
        }
      }),
      { numRuns: 3000 },
    );
  });

  it('share takes amounts and fractions of any size, and gives what integers give', () => {
    const any = fc.oneof(fc.maxSafeInteger(), fc.integer({ min: -400, max: 400 }));
    const outcome = (of: () => Money): number | string => {
      try {
        return of();
      } catch (error) {
        return (error as Error).name.replace('MoneyOutOfRange', 'RangeError');
      }
    };
    fc.assert(
      fc.property(any, any, any, roundings, decimals, (units, part, whole, how, places) => {
        const given = [Money.fromUnits(units), part, whole, how, places] as const;
        expect(outcome(() => Money.share(...given))).toBe(outcome(() => Money.shareByIntegers(...given)));
      }),
      { numRuns: 3000 },
    );
  });

  it('the tax of a debit, by integers, is what decimal.js makes it', () => {
    fc.assert(
      fc.property(amounts, fc.integer({ min: 0, max: 10_000 }), (units, rate) => {
        const wanted = new Oracle(units).times(rate).div(10_000).toDecimalPlaces(0, modes.half_up);
        expect(taxOfDebit(Money.fromUnits(units), rate)).toBe(wanted.plus(0).toNumber());
        expect(taxOf(Money.fromUnits(units), rate)).toBe(taxOfDebit(Money.fromUnits(units), rate));
      }),
      { numRuns: 2000 },
    );
  });

  it('exact halves go away from zero, whatever their size', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10 ** 10 }), whole => {
        const half = Money.fromUnits(whole * 10_000 + 5_000);
        expect(Money.toWholeYen(half, 'half_up')).toBe((whole + 1) * 10_000);
        expect(Money.toWholeYen(Money.negate(half), 'half_up')).toBe(-(whole + 1) * 10_000);
      }),
      { numRuns: 300 },
    );
  });

  it('text and parse are inverse, and display keeps every digit', () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), units => {
        const amount = Money.fromUnits(units);
        expect(Money.of(Money.text(amount))).toBe(amount);
        expect(Money.text(amount)).toBe(new Oracle(units).div(10_000).plus(0).toFixed());
        expect(Money.of(Money.display(amount).replaceAll(',', ''))).toBe(amount);
      }),
      { numRuns: 1500 },
    );
  });
});
