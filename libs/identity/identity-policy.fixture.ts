import { BusinessDay } from '#kernel';
import { type PolicyName, policiesOn } from '#policies';
import { type IdentityPolicy, identityPolicyOf } from './identity-policy.js';

/** The standards of the catalogue, with other values decided in their place. */
export function policyWith(other: Readonly<Partial<Record<PolicyName, string>>> = {}): IdentityPolicy {
  const validFrom = BusinessDay.parse('2000-01-01');
  const decided = Object.entries(other).map(([name, value]) => [name, [{ value, validFrom }]]);
  return identityPolicyOf(policiesOn(Object.fromEntries(decided), validFrom));
}
export const POLICY = policyWith();
