import { type CodeOf, DAY_MS, defineRefusals, type Instant, type Rejection, rejection } from '#kernel';
import type { IdentityPolicy } from './identity-policy.js';
import type { ForcedChange } from './levels.js';

export const passwordRefusals = defineRefusals({
  PASSWORD_TOO_SHORT: {
    status: 422,
    field: 'password',
    ja: 'パスワードは{least}文字以上にしてください。',
    en: 'A password has at least {least} characters.',
  },
  PASSWORD_TOO_LONG: {
    status: 422,
    field: 'password',
    ja: 'パスワードは{most}文字以内にしてください。',
    en: 'A password has at most {most} characters.',
  },
  PASSWORD_CHARACTERS: {
    status: 422,
    field: 'password',
    ja: 'パスワードに使えるのは半角の英字・数字と {symbols} です。',
    en: 'A password has half-width letters, digits and {symbols} only.',
  },
  PASSWORD_NEEDS_UPPER_CASE: {
    status: 422,
    field: 'password',
    ja: 'パスワードには英大文字を含めてください。',
    en: 'A password needs an upper-case letter.',
  },
  PASSWORD_NEEDS_LOWER_CASE: {
    status: 422,
    field: 'password',
    ja: 'パスワードには英小文字を含めてください。',
    en: 'A password needs a lower-case letter.',
  },
  PASSWORD_NEEDS_SYMBOL: {
    status: 422,
    field: 'password',
    ja: 'パスワードには記号（{symbols}）を含めてください。',
    en: 'A password needs a symbol, one of {symbols}',
  },
  PASSWORD_NEEDS_DIGIT: {
    status: 422,
    field: 'password',
    ja: 'パスワードには数字を含めてください。',
    en: 'A password needs a digit.',
  },
});
export type PasswordRejection = CodeOf<typeof passwordRefusals>;

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
    return rejection(passwordRefusals.PASSWORD_TOO_SHORT, { least: String(least) });
  if (characters.length > most) return rejection(passwordRefusals.PASSWORD_TOO_LONG, { most: String(most) });
  if (!characters.every(c => /^[A-Za-z0-9]$/.test(c) || symbols.includes(c)))
    return rejection(passwordRefusals.PASSWORD_CHARACTERS, { symbols });
  if (!has(/[A-Z]/)) return rejection(passwordRefusals.PASSWORD_NEEDS_UPPER_CASE);
  if (!has(/[a-z]/)) return rejection(passwordRefusals.PASSWORD_NEEDS_LOWER_CASE);
  if (!characters.some(c => symbols.includes(c)))
    return rejection(passwordRefusals.PASSWORD_NEEDS_SYMBOL, { symbols });
  if (rule.needsDigit && !has(/[0-9]/)) return rejection(passwordRefusals.PASSWORD_NEEDS_DIGIT);
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
