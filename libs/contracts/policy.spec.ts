import { BusinessDay, Instant, InvalidInput } from '#kernel';
import { specOf } from '#testing';
import {
  checkPolicy,
  POLICIES,
  POLICY_REJECTIONS,
  POLICY_STREAM,
  type PolicyCommand,
  type PolicyEvent,
  type PolicyName,
  policy,
  policyInForce,
  wholeNumberPolicy,
} from './policy.js';

const now = Instant.parse('2026-10-01T09:30:00.000+09:00');
const day = BusinessDay.parse;
const decide = (value: string, from: string, name: PolicyName = 'prepaid.expiry-days'): PolicyCommand => ({
  type: 'DecidePolicy',
  now,
  name,
  value,
  validFrom: day(from),
});
const decided = (value: string, from: string, name: PolicyName = 'prepaid.expiry-days'): PolicyEvent => ({
  type: 'PolicyDecided',
  at: now,
  name,
  value,
  validFrom: day(from),
});
const { given } = specOf(policy);

describe('a policy', () => {
  it('holds from a day', () => given().when(decide('90', '2026-04-01')).then(decided('90', '2026-04-01')));

  it('of the same day and value is decided already', () =>
    given(decided('90', '2026-04-01'))
      .when(decide('90', '2026-04-01'))
      .thenNothing('this value is decided already'));

  it('may be decided anew for the same day: the later decision wins', () => {
    given(decided('90', '2026-04-01')).when(decide('60', '2026-04-01')).then(decided('60', '2026-04-01'));
    const { state } = given(decided('90', '2026-04-01'), decided('60', '2026-04-01'));
    expect(policyInForce(state, 'prepaid.expiry-days', day('2026-04-01')).value).toBe('60');
  });

  it('that was decided back and forth can be decided back once more', () =>
    given(decided('90', '2026-04-01'), decided('60', '2026-04-01'))
      .when(decide('90', '2026-04-01'))
      .then(decided('90', '2026-04-01')));

  it('of a value that is not of its form is refused: POLICY_VALUE_INVALID', () => {
    given().when(decide('0', '2026-04-01')).thenRejected('POLICY_VALUE_INVALID');
    given()
      .when(decide('-1', '2026-04-01', 'tax.standard-bp'))
      .thenRejected('POLICY_VALUE_INVALID');
    expect(POLICY_REJECTIONS).toEqual(['POLICY_VALUE_INVALID']);
    expect(POLICY_STREAM).toBe('policies');
  });
});

describe('the policy in force', () => {
  const { state } = given(
    decided('365', '2027-01-01'),
    decided('90', '2026-04-01'),
    decided('800', '2019-10-01', 'tax.standard-bp'),
  );

  it.each([
    ['2026-03-31', 'prepaid.expiry-days', '180', 'prepaid.expiry-days@standard=180'],
    ['2026-04-01', 'prepaid.expiry-days', '90', 'prepaid.expiry-days@2026-04-01=90'],
    ['2026-12-31', 'prepaid.expiry-days', '90', 'prepaid.expiry-days@2026-04-01=90'],
    ['2027-01-01', 'prepaid.expiry-days', '365', 'prepaid.expiry-days@2027-01-01=365'],
    ['2019-09-30', 'tax.standard-bp', '1000', 'tax.standard-bp@standard=1000'],
    ['2019-10-01', 'tax.standard-bp', '800', 'tax.standard-bp@2019-10-01=800'],
    ['2019-10-01', 'tax.reduced-bp', '800', 'tax.reduced-bp@standard=800'],
  ] as const)('on %s of %s is %s, and says where it comes from', (on, name, value, reference) => {
    expect(policyInForce(state, name, day(on))).toEqual({ value, reference });
    expect(String(wholeNumberPolicy(state, name, day(on)))).toBe(value);
  });

  it.each(Object.entries(POLICIES))(
    '%s has a standard of its own form',
    (_name, { form, standard, about }) => {
      expect(standard).toMatch(form);
      expect(about).not.toBe('');
    },
  );
});

describe('a policy from a file', () => {
  it('is known by its name', () =>
    expect(() => checkPolicy('prepaid.days', '180', 'name')).toThrow(
      new InvalidInput('name', `is not a known policy; known are ${Object.keys(POLICIES).join(', ')}`),
    ));

  it.each([
    ['prepaid.expiry-days', '0'],
    ['prepaid.expiry-days', '10000'],
    ['invoice.available-business-day', '20'],
    ['calls.max-duration-s', '14400s'],
    ['tax.standard-bp', '10.0'],
  ])('%s cannot be %s', (name, value) =>
    expect(() => checkPolicy(name, value, 'value')).toThrow(/^value: must have the form/),
  );

  it.each(Object.entries(POLICIES))('%s may be its standard', (name, { standard }) =>
    expect(() => checkPolicy(name, standard, 'value')).not.toThrow(),
  );
});
