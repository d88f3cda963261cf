import type { AccountId } from '#kernel';
import type { ReadModels } from '../projecting/read-models.js';

/** The circles of an account with their sealed login ids, the oldest first. */
export const circlesOf = ({ db }: ReadModels, account: AccountId) =>
  db
    .selectFrom('circles')
    .innerJoin('logins', 'logins.login', 'circles.login')
    .select(['circles.circle', 'circles.name', 'circles.login', 'circles.representative'])
    .select(['circles.forced_change', 'circles.created_at', 'circles.uniques', 'logins.login_id_sealed'])
    .where('circles.account', '=', account)
    .orderBy('circles.created_at')
    .orderBy('circles.circle')
    .execute();

/** The uniques of a circle with their sealed login ids, the oldest first. */
export const uniquesOf = ({ db }: ReadModels, account: AccountId, circle: string) =>
  db
    .selectFrom('uniques')
    .innerJoin('logins', 'logins.login', 'uniques.login')
    .select(['uniques.unique_id', 'uniques.circle', 'uniques.name', 'uniques.login'])
    .select(['uniques.numbers', 'uniques.outgoing', 'uniques.created_at', 'logins.login_id_sealed'])
    .where('uniques.account', '=', account)
    .where('uniques.circle', '=', circle)
    .orderBy('uniques.created_at')
    .orderBy('uniques.unique_id')
    .execute();
