import type { LoginLevel } from '#identity';
import type { AccountId, Instant } from '#kernel';
import { keyOfCursor, limitOf, pageOf } from '../engine/paging.js';
import type { PageRequest } from '../product.views.js';
import type { ReadModels } from '../projecting/read-models.js';

export const staffLogins = ({ db }: ReadModels) =>
  db
    .selectFrom('logins')
    .selectAll()
    .where('level', '=', 'staff')
    .orderBy('created_at')
    .orderBy('login')
    .execute();

/** The oldest login of the account itself that still opens it. */
export const accountLogins = ({ db }: ReadModels, account: AccountId) =>
  db
    .selectFrom('logins')
    .select('login')
    .where('account', '=', account)
    .where('level', '=', 'account')
    .where('disabled_at', 'is', null)
    .orderBy('created_at')
    .orderBy('login')
    .limit(1)
    .execute();

/** The logins of an account of every level, each level the oldest first. */
export async function loginsOf({ db }: ReadModels, account: AccountId, request?: PageRequest) {
  const limit = limitOf(request);
  const after = keyOfCursor<[LoginLevel, Instant, string]>(request, 3);
  let query = db
    .selectFrom('logins')
    .selectAll()
    .where('account', '=', account)
    .orderBy('level')
    .orderBy('created_at')
    .orderBy('login')
    .limit(limit + 1);
  if (after) {
    const [level, createdAt, login] = after;
    query = query.where(({ eb, or, and }) =>
      or([
        eb('level', '>', level),
        and([eb('level', '=', level), eb('created_at', '>', createdAt)]),
        and([eb('level', '=', level), eb('created_at', '=', createdAt), eb('login', '>', login)]),
      ]),
    );
  }
  return pageOf(
    await query.execute(),
    limit,
    row => row,
    row => [row.level, row.created_at, row.login],
  );
}
export type LoginRow = Awaited<ReturnType<typeof loginsOf>>['rows'][number];
