import { BusinessDay, defineProblems, type EmergencyNumbers, type Instant, InvalidInput } from '#kernel';
import { billingPolicies } from './billing.js';
import { callPolicies } from './calls.js';
import { clockPolicies } from './clocks.js';
import { contractPolicies } from './contracts.js';
import { identityPolicies } from './identity.js';
import type { Policy } from './kinds.js';
import { numberPolicies } from './numbers.js';
import { prepaidPolicies } from './prepaid.js';
import { providerPolicies } from './provider.js';

/**
 * Every rule that has a number in it is data with an effective date (DECISIONS, first paragraph). This is the
 * list of those rules.
 */
export const POLICIES = {
  ...prepaidPolicies,
  ...billingPolicies,
  ...callPolicies,
  ...numberPolicies,
  ...clockPolicies,
  ...contractPolicies,
  ...identityPolicies,
  ...providerPolicies,
};
export type PolicyName = keyof typeof POLICIES;
export type PolicyValue<Name extends PolicyName> =
  (typeof POLICIES)[Name] extends Policy<infer Value> ? Value : never;

export const POLICY_NAMES = Object.keys(POLICIES) as readonly PolicyName[];
const isPolicyName = (name: string): name is PolicyName => Object.hasOwn(POLICIES, name);

export interface PolicyVersion {
  readonly value: string;
  readonly validFrom: BusinessDay;
}
/** What was decided, in the order of the decisions. */
export type PolicyState = Readonly<Partial<Record<PolicyName, readonly PolicyVersion[]>>>;

/** What holds for a rule on a day. */
export interface PolicyInForce {
  readonly text: string;
  /** The day of its decision, or `standard`. */
  readonly validFrom: string;
  /** Where it comes from: `prepaid.expiry-days@2026-04-01=180`. */
  readonly reference: string;
}

function versionOf(state: PolicyState, name: PolicyName, day: BusinessDay): PolicyVersion | undefined {
  const versions = state[name];
  if (versions === undefined) return undefined;
  let found: PolicyVersion | undefined;
  for (const version of versions) {
    if (version.validFrom <= day && (!found || version.validFrom >= found.validFrom)) found = version;
  }
  return found;
}

export function policyInForce(state: PolicyState, name: PolicyName, day: BusinessDay): PolicyInForce {
  const found = versionOf(state, name, day);
  const validFrom = found ? BusinessDay.text(found.validFrom) : 'standard';
  const text = found?.value ?? POLICIES[name].standard;
  return { text, validFrom, reference: `${name}@${validFrom}=${text}` };
}

/** The value of a policy that holds until the catalogue says otherwise. */
export const standardOf = <Name extends PolicyName>(name: Name): PolicyValue<Name> =>
  POLICIES[name].read(POLICIES[name].standard) as PolicyValue<Name>;

/** The value of a policy on a day. */
export function policyOf<Name extends PolicyName>(
  state: PolicyState,
  name: Name,
  day: BusinessDay,
): PolicyValue<Name> {
  const found = versionOf(state, name, day);
  return found ? (POLICIES[name].read(found.value) as PolicyValue<Name>) : standardOf(name);
}

/** Every value of a policy that ever came into force by a day, the newest first; the last of a day holds. */
export function valuesUntil(
  state: PolicyState,
  name: PolicyName,
  day: BusinessDay,
): readonly PolicyVersion[] {
  const byDay = new Map((state[name] ?? []).map(version => [version.validFrom, version]));
  return [...byDay.values()]
    .filter(({ validFrom }) => validFrom <= day)
    .sort((a, b) => b.validFrom - a.validFrom);
}

/** The values of one day, by their names. */
export type PoliciesOfDay = <Name extends PolicyName>(name: Name) => PolicyValue<Name>;
export const policiesOn =
  (state: PolicyState, day: BusinessDay): PoliciesOfDay =>
  name =>
    policyOf(state, name, day);

const policyProblems = defineProblems({
  UNKNOWN_POLICY: {
    ja: '使えない規則の名前です。使えるもの：{known}',
    en: 'is not a known policy; known are {known}',
  },
  POLICY_FORM: { ja: '{form} の形で入力してください。', en: 'must have the form {form}' },
});

/** @throws InvalidInput naming `field` for a name that is none, or a value that it cannot have */
export function checkPolicy(name: string, value: string, field: string): asserts name is PolicyName {
  if (!isPolicyName(name))
    throw InvalidInput.of(field, policyProblems.UNKNOWN_POLICY, { known: POLICY_NAMES.join(', ') });
  const { form, check } = POLICIES[name];
  if (!form.test(value)) throw InvalidInput.of(field, policyProblems.POLICY_FORM, { form: form.source });
  check(value, field);
}

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
    const numbers = policyOf(policies, 'calls.emergency-numbers', day);
    days.set(day, numbers);
    return numbers;
  };
}
