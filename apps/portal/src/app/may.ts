import { type Route, rolesOf } from '../api/roles.js';
import { useSession } from './session.js';

/**
 * Whether the server takes a request from whoever is signed in: it decides; this only keeps buttons away from
 * those whom it would refuse.
 */
export function useMay(): (route: Route) => boolean {
  const { role } = useSession();
  return route => rolesOf(route).includes(role);
}
