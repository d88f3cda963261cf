import fc from 'fast-check';
import { addWhole, Money, MoneyTotal } from './index.js';

const units = fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n });
const inRange = fc.maxSafeInteger();

describe('a total of money', () => {
  it.each([
    ['0', '0'],
    ['1800000000000', '1800000000000'],
    ['-900719925474.0992', '-900719925474.0992'],
    ['900719925474.0991', '900719925474.0991'],
    ['123456789012345678.9000', '123456789012345678.9'],
  ])('reads %s and says %s', (given, said) => expect(MoneyTotal.text(MoneyTotal.parse(given))).toBe(said));

  it.each(['', '1e3', '1.23456', '1,000', '--1'])('reads no %j', given =>
    expect(() => MoneyTotal.parse(given)).toThrow('total'),
  );

  it('is a number within the range of Money and a bigint beyond, whatever the way there', () => {
    const most = Money.fromUnits(Number.MAX_SAFE_INTEGER);
    const beyond = MoneyTotal.add(most, most);
    expect(beyond).toBe(18_014_398_509_481_982n);
    expect(MoneyTotal.subtract(beyond, most)).toBe(most);
    expect(MoneyTotal.negate(MoneyTotal.negate(beyond))).toBe(beyond);
  });

  it('adds exactly in any order, as bigints do', () =>
    fc.assert(
      fc.property(fc.array(inRange, { maxLength: 30 }), list => {
        const sum = MoneyTotal.sum(list.map(Money.fromUnits));
        expect(BigInt(sum)).toBe(list.reduce((total, one) => total + BigInt(one), 0n));
        expect(MoneyTotal.sum(list.toReversed().map(Money.fromUnits))).toBe(sum);
      }),
    ));

  it('says what it reads, and the same as Money where both can', () => {
    fc.assert(
      fc.property(units, value => {
        const total = MoneyTotal.fromUnits(value);
        expect(MoneyTotal.parse(MoneyTotal.text(total))).toBe(total);
        expect(addWhole(value, 0)).toBe(total);
      }),
    );
    fc.assert(
      fc.property(inRange, n => MoneyTotal.text(Money.fromUnits(n)) === Money.text(Money.fromUnits(n))),
    );
  });
});
