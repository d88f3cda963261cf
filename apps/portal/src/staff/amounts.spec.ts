import { isAmountWithoutSign, limitsIn, mayBePaid, signedAmount } from './amounts.js';

describe('an amount that staff type in', () => {
  it.each([
    ['up', '１，０００円', '1000'],
    ['down', '¥1,000.5', '-1000.5'],
  ] as const)('goes %s as %s: %s', (direction, amount, signed) =>
    expect(signedAmount({ direction, amount })).toBe(signed),
  );

  it.each([
    ['1000', true],
    ['１０００', true],
    ['0.0001', true],
    ['-1', false],
    ['1.00001', false],
    ['', false],
    ['abc', false],
  ])('%j can have a sign of its own: %s', (typed, fits) => expect(isAmountWithoutSign(typed)).toBe(fits));
});

describe('what one payment may be', () => {
  it.each([
    ['1000-5000000', { least: '1000', most: '5000000' }],
    ['none', null],
    [undefined, null],
  ])('is in the policy %j: %j', (policy, limits) => expect(limitsIn(policy)).toEqual(limits));

  it.each([
    ['1000', true],
    ['￥１，０００', true],
    ['5000000', true],
    ['999', false],
    ['5000001', false],
    ['1000.5', false],
    // Another rule tells that it is no amount.
    ['abc', true],
  ])('%j: %s', (typed, may) => expect(mayBePaid(typed, { least: '1000', most: '5000000' })).toBe(may));
});
