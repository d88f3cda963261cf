import { BusinessDay, EMERGENCY_NUMBERS, Instant, InvalidInput, Money, YEAR_END } from '#kernel';
import { specOf } from '#testing';
import { UNITS } from './kinds.js';
import {
  checkPolicy,
  emergencyNumbersOf,
  POLICIES,
  POLICY_NAMES,
  type PolicyName,
  policiesOn,
  policyInForce,
  policyOf,
  standardOf,
} from './policies.js';
import {
  POLICY_STREAM,
  type PolicyCommand,
  type PolicyEvent,
  policyDecisions,
  policyRefusals,
} from './policy-decisions.js';

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
const { given } = specOf(policyDecisions);

describe('a policy', () => {
  it('holds from a day', () => given().when(decide('90', '2026-04-01')).then(decided('90', '2026-04-01')));

  it('of the same day and value is decided already', () =>
    given(decided('90', '2026-04-01'))
      .when(decide('90', '2026-04-01'))
      .thenNothing('this value is decided already'));

  it('may be decided anew for the same day: the later decision wins', () => {
    given(decided('90', '2026-04-01')).when(decide('60', '2026-04-01')).then(decided('60', '2026-04-01'));
    const { state } = given(decided('90', '2026-04-01'), decided('60', '2026-04-01'));
    expect(policyInForce(state, 'prepaid.expiry-days', day('2026-04-01')).text).toBe('60');
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
    expect(Object.keys(policyRefusals)).toEqual(['POLICY_VALUE_INVALID']);
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
    const validFrom = reference.slice(reference.indexOf('@') + 1, reference.indexOf('='));
    expect(policyInForce(state, name, day(on))).toEqual({ text: value, validFrom, reference });
    expect(policyOf(state, name, day(on))).toBe(Number(value));
    expect(policiesOn(state, day(on))(name)).toBe(Number(value));
  });

  it('has the type of its rule: numbers, money, lists, yes or no', () => {
    const standards = policiesOn({}, day('2026-04-01'));
    expect(standards('prepaid.most-at-once')).toBe(Money.yen(1_000_000_000));
    expect(standards('charge.limits-konbini')).toEqual({ least: Money.yen(2_000), most: Money.yen(300_000) });
    expect(standards('provider.closed-days')).toEqual([]);
    expect(standards('identity.sms-prefixes')).toEqual(['070', '080', '090']);
    expect(standards('identity.password-digit')).toBe(false);
    expect(standardOf('provider.year-end-days')).toEqual(YEAR_END);
    expect(standardOf('calls.emergency-numbers')).toEqual(EMERGENCY_NUMBERS);
  });

  it('of emergency numbers is that of the day on which the call began', () => {
    const { state: decidedState } = given(
      decided('110,118,119,171', '2026-04-01', 'calls.emergency-numbers'),
    );
    const numbersAt = emergencyNumbersOf(decidedState);
    expect(numbersAt(Instant.parse('2026-03-31T23:59:59.999+09:00')).has('171')).toBe(false);
    expect(numbersAt(Instant.parse('2026-04-01T00:00:00.000+09:00')).has('171')).toBe(true);
  });

  it('is read once: the same text is the same value', () => {
    const { read } = POLICIES['identity.sms-prefixes'];
    expect(read('070,080')).toBe(read('070,080'));
  });

  it.each(POLICY_NAMES)('%s has a standard of its own form, and words in both languages', name => {
    const { form, standard, about, unit } = POLICIES[name];
    expect(standard).toMatch(form);
    expect(about.en).toMatch(/^[\x20-\x7E]+$/);
    expect(about.ja).toMatch(/[ぁ-んァ-ヶ一-龠]/);
    expect(UNITS).toHaveProperty(unit);
  });
});

describe('a policy from a file', () => {
  it('is known by its name', () =>
    expect(() => checkPolicy('prepaid.days', '180', 'name')).toThrow(
      new InvalidInput('name', `is not a known policy; known are ${POLICY_NAMES.join(', ')}`),
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

  it.each([
    ['charge.limits-card', '5000-1000', 'must name the least first, then the most'],
    ['provider.closed-days', '2026-02-30', /./],
    ['provider.year-end-days', '02-30', /./],
  ] as const)('%s cannot be %s, though that has its form', (name, value, problem) =>
    expect(() => checkPolicy(name, value, 'value')).toThrow(problem),
  );

  it('of symbols has those of ASCII and no other character', () => {
    const { form } = POLICIES['identity.password-symbols'];
    const ascii = Array.from({ length: 128 }, (_, code) => String.fromCharCode(code));
    const symbols = ascii.filter(character => /[\p{P}\p{S}]/u.test(character));
    expect(ascii.filter(character => form.test(character))).toEqual(symbols);
    expect(symbols.join('')).toMatch(form);
    expect(`${symbols.join('')}!`).not.toMatch(form);
    expect('！').not.toMatch(form);
  });

  it.each(POLICY_NAMES)('%s may be its standard', name =>
    expect(() => checkPolicy(name, POLICIES[name].standard, 'value')).not.toThrow(),
  );
});
