import type { Schemas } from '../api/client.js';
import { namesOf } from '../api/names.js';

export type StaffRole = Schemas['Staff']['role'];
/** Roles of staff, as they are offered. */
export const STAFF_ROLES = namesOf<StaffRole>({ billing: 1, approver: 1, support: 1, auditor: 1, admin: 1 });
