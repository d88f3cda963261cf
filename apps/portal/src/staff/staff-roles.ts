/** Roles of staff, as they are offered. */
export const STAFF_ROLES = ['billing', 'approver', 'support', 'auditor', 'admin'] as const;
export type StaffRole = (typeof STAFF_ROLES)[number];
