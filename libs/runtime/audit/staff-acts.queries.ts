import { keyOfCursor, limitOf } from '../engine/paging.js';
import type { PageRequest } from '../product.views.js';
import type { ReadModels } from '../projecting/read-models.js';

/** What staff did with the sealed origin of its session, newest first; one row more than the page holds. */
export function actsOfStaff({ db }: ReadModels, request?: PageRequest & { actor?: string }) {
  const before = keyOfCursor<[number]>(request, 1);
  let query = db
    .selectFrom('staff_acts')
    .leftJoin('sessions', 'sessions.session', 'staff_acts.session')
    .leftJoin('logins', 'logins.login', 'staff_acts.login')
    .select(['staff_acts.position', 'staff_acts.at', 'staff_acts.actor', 'staff_acts.type'])
    .select(['staff_acts.stream', 'staff_acts.events', 'staff_acts.reason', 'staff_acts.session'])
    .select(['sessions.origin_sealed', 'logins.name'])
    .orderBy('staff_acts.position', 'desc')
    .limit(limitOf(request) + 1);
  if (before) query = query.where('staff_acts.position', '<', before[0]);
  if (request?.actor !== undefined) query = query.where('staff_acts.actor', '=', request.actor);
  return query.execute();
}

/** Everybody who ever did anything, as events name them. */
export const actingPeople = async ({ db }: ReadModels): Promise<readonly string[]> =>
  (await db.selectFrom('staff_acts').select('actor').distinct().execute()).map(({ actor }) => actor);
