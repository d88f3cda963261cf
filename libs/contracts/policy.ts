import {
  BusinessDay,
  type DaysOfYear,
  type Decider,
  defineEvents,
  EMERGENCY_NUMBERS,
  type EmergencyNumbers,
  type EventOf,
  event,
  fact,
  happened,
  Instant,
  InvalidInput,
  nothing,
  type Outcome,
  rejected,
  YEAR_END,
} from '#kernel';
import { CHARGE_POLICIES, isEmptyRange } from './policy.charges.js';
import { IDENTITY_POLICIES } from './policy.identity.js';

/**
 * Every rule that has a number in it is data with an effective date (DECISIONS, first paragraph). This is the
 * list of those rules; `form` is the allowed form of the value, `standard` what holds until the catalogue
 * says otherwise.
 */
export const POLICIES = {
  'prepaid.expiry-days': {
    form: /^[1-9]\d{0,3}$/,
    standard: '180',
    about: 'days a prepaid lot is valid after its day of issue (PRX-01)',
  },
  'prepaid.most-at-once': {
    form: /^[1-9]\d{0,9}$/,
    standard: '1000000000',
    about: 'yen that one charge or adjustment may have at most: a typing error must not fill the ledger',
  },
  'tax.standard-bp': {
    form: /^\d{1,5}$/,
    standard: '1000',
    about: 'consumption tax, standard rate, in 1/100 percent',
  },
  'tax.reduced-bp': {
    form: /^\d{1,5}$/,
    standard: '800',
    about: 'consumption tax, reduced rate, in 1/100 percent',
  },
  'invoice.available-business-day': {
    form: /^([1-9]|1\d)$/,
    standard: '3',
    about: 'business day of the next month from which an invoice can be had (INV-01)',
  },
  'provider.closed-days': {
    form: /^(\d{4}-\d{2}-\d{2}(,\d{4}-\d{2}-\d{2})*)?$/,
    standard: '',
    about: "the provider's own closed days, like `2026-08-13,2026-08-14`: no business days (INV-01)",
  },
  'provider.year-end-days': {
    form: /^(\d{2}-\d{2}(,\d{2}-\d{2})*)?$/,
    standard: [...YEAR_END].join(','),
    about: 'no business days at the turn of every year, like `12-31,01-01` (003 p.85)',
  },
  'calls.emergency-numbers': {
    form: /^\d{3,5}(,\d{3,5})*$/,
    standard: [...EMERGENCY_NUMBERS].join(','),
    about: 'numbers to which calls are never blocked, held for or charged, from the day the call begins on',
  },
  'contracts.cut-off-ms': {
    form: /^\d{1,8}$/,
    standard: '79200000',
    about:
      'end of the application day on the last day of a month, ms after midnight, inclusive (22:00); of no ' +
      'effect yet: nothing takes applications',
  },
  'adjustment.approval-above': {
    form: /^\d{1,9}$/,
    standard: '10000',
    about: 'yen above which an adjustment, or bonus value, needs a second person',
  },
  'posting.ask-again-minutes': {
    form: /^\d{1,3}$/,
    standard: '10',
    about: 'minutes within which the pages ask before the same is posted to an account once more; 0: never',
  },
  'calls.max-duration-s': {
    form: /^[1-9]\d{0,5}$/,
    standard: '14400',
    about: 'longest possible call: a close waits so long after the month for running calls',
  },
  'clock.ahead-at-most-s': {
    form: /^\d{1,5}$/,
    standard: '300',
    about:
      "seconds by which another machine's clock may be ahead of ours; later calls and payments are refused",
  },
  'clock.jump-at-most-min': {
    form: /^[1-9]\d{0,4}$/,
    standard: '10',
    about: 'minutes by which the time of day may jump; beyond, what time alone causes waits for a person',
  },
  'clock.ahead-of-log-at-most-days': {
    form: /^[1-9]\d{0,3}$/,
    standard: '40',
    about: 'days by which the clock may be ahead of the newest event at a start; beyond, the same',
  },
  ...CHARGE_POLICIES,
  ...IDENTITY_POLICIES,
} as const satisfies Record<string, { form: RegExp; standard: string; about: string }>;

export type PolicyName = keyof typeof POLICIES;
const isPolicyName = (name: string): name is PolicyName => Object.hasOwn(POLICIES, name);

export interface PolicyVersion {
  readonly value: string;
  readonly validFrom: BusinessDay;
}

/** Events of the stream `policies`. */
export const policyEvents = defineEvents(
  { context: 'contracts', stream: 'policies' },
  {
    PolicyDecided: event(
      { name: fact.id<PolicyName>(), value: fact.text, validFrom: fact.day },
      {
        word: { ja: '規則の値を適用開始日とともに決めた。', en: 'A rule has this value from this day on.' },
        sentence: {
          ja: '規則 {name} の値を {validFrom} から「{value}」とした。',
          en: 'Policy {name} is "{value}" from {validFrom} on.',
        },
      },
    ),
  },
);
export type PolicyEvent = EventOf<typeof policyEvents>;
export type PolicyCommand = {
  readonly type: 'DecidePolicy';
  readonly now: Instant;
  readonly name: PolicyName;
  readonly value: string;
  readonly validFrom: BusinessDay;
};
export const POLICY_REJECTIONS = ['POLICY_VALUE_INVALID'] as const;
export type PolicyRejection = (typeof POLICY_REJECTIONS)[number];
export type PolicyState = Readonly<Partial<Record<PolicyName, readonly PolicyVersion[]>>>;

export const POLICY_STREAM = 'policies';

/** What holds for a rule on a day, and where it comes from: `prepaid.expiry-days@2026-04-01=180`. */
export interface PolicyInForce {
  readonly value: string;
  readonly reference: string;
}

export function policyInForce(state: PolicyState, name: PolicyName, day: BusinessDay): PolicyInForce {
  let found: PolicyVersion | undefined;
  for (const version of state[name] ?? []) {
    if (version.validFrom <= day && (!found || version.validFrom >= found.validFrom)) found = version;
  }
  const from = found ? BusinessDay.text(found.validFrom) : 'standard';
  const value = found?.value ?? POLICIES[name].standard;
  return { value, reference: `${name}@${from}=${value}` };
}

/** A policy whose value is a whole number. */
export const wholeNumberPolicy = (state: PolicyState, name: PolicyName, day: BusinessDay): number =>
  Number.parseInt(policyInForce(state, name, day).value, 10);

export function checkPolicy(name: string, value: string, field: string): asserts name is PolicyName {
  if (!isPolicyName(name)) {
    throw new InvalidInput(field, `is not a known policy; known are ${Object.keys(POLICIES).join(', ')}`);
  }
  if (!POLICIES[name].form.test(value))
    throw new InvalidInput(field, `must have the form ${POLICIES[name].form.source}`);
  if (isEmptyRange(name, value)) throw new InvalidInput(field, 'must name the least first, then the most');
  if (name === 'provider.closed-days') daysOf(value, field);
  // In a leap year every day exists.
  if (name === 'provider.year-end-days')
    for (const day of daysOfYear(value)) BusinessDay.parse(`2000-${day}`, field);
}

/** The days of a policy whose value is a list of dates. @throws InvalidInput for one that does not exist */
export const daysOf = (value: string, field: string): BusinessDay[] =>
  value === '' ? [] : value.split(',').map(day => BusinessDay.parse(day, field));

/** Of a policy whose value is a list of MM-DD. */
export const daysOfYear = (value: string): DaysOfYear => new Set(value === '' ? [] : value.split(','));

/**
 * The emergency numbers of any day, for the calls of one moment: each day is looked up once, for an import
 * may be of short numbers only.
 */
export function emergencyNumbersOf(policies: PolicyState): (at: Instant) => EmergencyNumbers {
  const days = new Map<BusinessDay, EmergencyNumbers>();
  return at => {
    const day = BusinessDay.of(at);
    const known = days.get(day);
    if (known) return known;
    const numbers = new Set(policyInForce(policies, 'calls.emergency-numbers', day).value.split(','));
    days.set(day, numbers);
    return numbers;
  };
}

function decide(command: PolicyCommand, state: PolicyState): Outcome<PolicyEvent, PolicyRejection> {
  const { now: at, name, value, validFrom } = command;
  if (!POLICIES[name].form.test(value))
    return rejected('POLICY_VALUE_INVALID', `${name} must have the form ${POLICIES[name].form.source}`);
  const last = state[name]?.findLast(version => version.validFrom === validFrom);
  if (last?.value === value) return nothing('this value is decided already');
  return happened<PolicyEvent>({ type: 'PolicyDecided', at, name, value, validFrom });
}

export const policy: Decider<PolicyCommand, PolicyEvent, PolicyState, PolicyRejection> = {
  name: 'policy',
  fresh: () => ({}),
  decide,
  evolve: (state, event) => ({
    ...state,
    [event.name]: [...(state[event.name] ?? []), { value: event.value, validFrom: event.validFrom }],
  }),
};
