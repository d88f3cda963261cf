/** Where a login belongs: to an account, one of its circles, one terminal of a circle, or the provider. */
export const LOGIN_LEVELS = ['account', 'circle', 'unique', 'staff'] as const;
export type LoginLevel = (typeof LOGIN_LEVELS)[number];

/** What staff may do: billing moves money, approver approves, support helps, auditor reads, admin lets in. */
export const STAFF_ROLES = ['billing', 'approver', 'support', 'auditor', 'admin'] as const;
export type StaffRole = (typeof STAFF_ROLES)[number];

/**
 * A session between the password and the pages: first the second step, then a forced change of password.
 */
export const SESSION_STAGES = ['second_step', 'password_change', 'signed_in'] as const;
export type SessionStage = (typeof SESSION_STAGES)[number];

/** 強制変更 (ACC-18): nothing, urged after login, no login until changed. */
export const FORCED_CHANGES = ['none', 'warn', 'force'] as const;
export type ForcedChange = (typeof FORCED_CHANGES)[number];
