import { type IdentityPolicy, identityPolicyOf } from './identity-policy.js';

/** The standards of the catalogue, as texts. */
const STANDARDS: Readonly<Record<string, string>> = {
  'login-id-least': '4',
  'login-id-most': '50',
  'password-least': '8',
  'password-most': '256',
  'password-symbols': '!@#$%^&*?_-',
  'password-digit': 'free',
  'password-stale-days': '365',
  'code-lifetime-s': '600',
  'code-tries': '5',
  'code-resend-s': '60',
  'codes-per-hour': '5',
  'sms-prefixes': '070,080,090',
  'session-life-s': '43200',
  'session-idle-s': '3600',
  'staff-session-life-s': '28800',
  'staff-session-idle-s': '1800',
  'login-tries': '10',
  'login-tries-anywhere': '100',
  'address-tries': '50',
  'tries-window-s': '900',
  'lock-s': '900',
  'lock-most-s': '86400',
  'reset-lifetime-s': '3600',
  'resets-per-hour': '5',
};

export const policyWith = (other: Readonly<Record<string, string>> = {}): IdentityPolicy =>
  identityPolicyOf(name => ({ ...STANDARDS, ...other })[name] ?? '');
export const POLICY = policyWith();
