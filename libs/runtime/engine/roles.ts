import type { AccessRole } from './use-case.js';

// Groups of roles that may do the same. An API key of staff has all roles of staff but the admin's; an admin
// has them all.

/** Who makes keys and looks after the machine. */
export const keepers: readonly AccessRole[] = ['staff', 'admin'];
/** Who reads the log and its proofs. */
export const watchers: readonly AccessRole[] = ['staff', 'auditor', 'admin'];
