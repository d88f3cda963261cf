import type { AccessRole } from './use-case.js';

// Groups of roles that may do the same. An API key of staff has all roles of staff but the admin's; an admin
// has them all.

export const everyone: readonly AccessRole[] = [
  ...(['staff', 'customer', 'auditor', 'job'] as const),
  ...(['billing', 'approver', 'support', 'admin'] as const),
];
export const insiders: readonly AccessRole[] = ['staff', 'auditor', 'job', 'billing', 'approver', 'admin'];
export const helpers: readonly AccessRole[] = [...insiders, 'support'];
export const watchers: readonly AccessRole[] = ['staff', 'auditor', 'admin'];
export const callControl: readonly AccessRole[] = ['staff', 'job', 'admin'];
export const importers: readonly AccessRole[] = ['staff', 'job', 'billing', 'admin'];
export const closers: readonly AccessRole[] = ['staff', 'job', 'billing', 'approver', 'admin'];
export const billing: readonly AccessRole[] = ['staff', 'billing', 'admin'];
export const approvers: readonly AccessRole[] = ['staff', 'approver', 'admin'];
export const correctors: readonly AccessRole[] = ['staff', 'billing', 'approver', 'admin'];
export const caretakers: readonly AccessRole[] = ['staff', 'customer', 'support', 'admin'];
export const support: readonly AccessRole[] = ['staff', 'support', 'admin'];
export const admin: readonly AccessRole[] = ['admin'];
export const logins: readonly AccessRole[] = [
  'customer',
  'billing',
  'approver',
  'support',
  'auditor',
  'admin',
];
export const staffLogins: readonly AccessRole[] = ['billing', 'approver', 'support', 'auditor', 'admin'];
/** Who makes keys and looks after the machine. */
export const keepers: readonly AccessRole[] = ['staff', 'admin'];
