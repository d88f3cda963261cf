import type { Instant } from '#kernel';
import type { ReadModels } from '../projecting/read-models.js';

/** Commands of which a customer is yet to be told, recorded since an instant, the oldest first. */
export const noticesDue = ({ db }: ReadModels, since: Instant, limit: number) =>
  db
    .selectFrom('notices')
    .select(['command_id', 'position'])
    .where('told', '=', 0)
    .where('recorded_at', '>=', since)
    .orderBy('recorded_at')
    .orderBy('position')
    .limit(limit)
    .execute();
