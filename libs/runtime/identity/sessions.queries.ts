import type { Instant } from '#kernel';
import type { ReadModels } from '../projecting/read-models.js';

/** A login's own list shows so many sessions at most, newest first. */
const LISTED_AT_MOST = 100;

/** Sessions of a login that neither ended nor expired, as far as the read model knows. */
export const openSessions = ({ db }: ReadModels, login: string, now: Instant) =>
  db
    .selectFrom('sessions')
    .select(['session', 'started_at', 'last_seen_at', 'origin_sealed'])
    .where('login', '=', login)
    .where('expires_at', '>', now)
    .where('ended_at', 'is', null)
    .orderBy('expires_at', 'desc')
    .limit(LISTED_AT_MOST)
    .execute();
