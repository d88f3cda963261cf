import { ROLES } from '../../api/schema.js';
import type { Role } from './session.types.js';

export type Route = keyof typeof ROLES;

/** Who of those who sign in may use a route, as the server says it. */
export const rolesOf = (route: Route): readonly Role[] => ROLES[route];
