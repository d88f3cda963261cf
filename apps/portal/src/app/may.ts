import { ROLES } from '../../api/schema.js';
import type { Role } from '../api/session.types.js';
import { useSession } from './session.js';

export type Route = keyof typeof ROLES;

/** Who of those who sign in may use a route, as the server says it. */
export const rolesOf = (route: Route): readonly Role[] => ROLES[route];

/**
 * Whether the server takes a request from whoever is signed in: it decides; this only keeps buttons away from
 * those whom it would refuse.
 */
export function useMay(): (route: Route) => boolean {
  const { role } = useSession();
  return route => rolesOf(route).includes(role);
}
