import { DAY_MS, type Instant, type Rejection } from '#kernel';
import type { IdentityPolicy } from './identity-policy.js';
import type { ForcedChange } from './levels.js';
import { refusal } from './refusal.js';

export const PASSWORD_REJECTIONS = [
  'PASSWORD_TOO_SHORT',
  'PASSWORD_TOO_LONG',
  'PASSWORD_CHARACTERS',
  'PASSWORD_NEEDS_UPPER_CASE',
  'PASSWORD_NEEDS_LOWER_CASE',
  'PASSWORD_NEEDS_SYMBOL',
  'PASSWORD_NEEDS_DIGIT',
] as const;
export type PasswordRejection = (typeof PASSWORD_REJECTIONS)[number];

/**
 * Why a password cannot be taken; undefined when it can (ACC-16, 003 p.64; ID-07 to ID-10). Letters and
 * digits are half-width; of the symbols only those of the policy are allowed.
 */
export function passwordProblem(
  password: string,
  { password: rule }: Pick<IdentityPolicy, 'password'>,
): Rejection<PasswordRejection> | undefined {
  const { least, most, symbols } = rule;
  const characters = [...password];
  const has = (form: RegExp): boolean => form.test(password);
  if (characters.length < least)
    return refusal('PASSWORD_TOO_SHORT', `a password has at least ${least} characters`);
  if (characters.length > most)
    return refusal('PASSWORD_TOO_LONG', `a password has at most ${most} characters`);
  if (!characters.every(c => /^[A-Za-z0-9]$/.test(c) || symbols.includes(c)))
    return refusal('PASSWORD_CHARACTERS', `a password has half-width letters, digits and ${symbols} only`);
  if (!has(/[A-Z]/)) return refusal('PASSWORD_NEEDS_UPPER_CASE', 'a password needs an upper-case letter');
  if (!has(/[a-z]/)) return refusal('PASSWORD_NEEDS_LOWER_CASE', 'a password needs a lower-case letter');
  if (!characters.some(c => symbols.includes(c)))
    return refusal('PASSWORD_NEEDS_SYMBOL', `a password needs a symbol, one of ${symbols}`);
  if (rule.needsDigit && !has(/[0-9]/)) return refusal('PASSWORD_NEEDS_DIGIT', 'a password needs a digit');
  return undefined;
}

/** A forced change as it was set, by staff or by the account for a circle. */
export interface Demand {
  readonly value: ForcedChange;
  readonly at: Instant;
}

/**
 * What a login is told about its password after sign-in: `force` must change it before anything else
 * (ID-12), `warn` is urged and may go on (ID-11). A demand is met by a change after it (ACC-18); a password
 * that is old warns (ACC-25).
 */
export function passwordNotice(
  facts: { readonly now: Instant; readonly changedAt: Instant; readonly demands: readonly Demand[] },
  { password: { staleDays } }: Pick<IdentityPolicy, 'password'>,
): ForcedChange {
  const open = facts.demands.filter(demand => facts.changedAt <= demand.at).map(demand => demand.value);
  if (open.includes('force')) return 'force';
  const stale = facts.now - facts.changedAt >= staleDays * DAY_MS;
  return open.includes('warn') || stale ? 'warn' : 'none';
}
