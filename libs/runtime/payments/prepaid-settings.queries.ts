import { type AccountId, type Instant, MoneyTotal } from '#kernel';
import type { ReadModels } from '../projecting/read-models.js';

/** Accounts with prepaid settings. */
export async function watchedAccounts({ db }: ReadModels): Promise<AccountId[]> {
  const rows = await db.selectFrom('prepaid_watch').select('account').execute();
  return rows.map(({ account }) => account);
}

/**
 * Accounts whose balance calls for a mail or a charge, or whose charge is under way, ids ascending. The
 * balance of the read model counts what calls hold: what only a hold takes is seen by whoever made it.
 */
export async function accountsToWatch(
  { db }: ReadModels,
  { now, after, limit }: { readonly now: Instant; readonly after: string; readonly limit: number },
): Promise<AccountId[]> {
  const rows = await db
    .selectFrom('prepaid_watch as watch')
    .leftJoin('wallets', 'wallets.account', 'watch.account')
    .select('watch.account')
    .where('watch.account', '>', after as AccountId)
    .where(of => {
      const balance = of.fn.coalesce('wallets.posted', of.val(MoneyTotal.zero));
      return of.or([
        of('watch.in_flight', 'is not', null),
        of('watch.tell_below', '>', balance),
        of('watch.arm_from', '<=', balance),
        of.and([of('watch.trigger', '>=', balance), of('watch.not_before', '<=', now)]),
      ]);
    })
    .orderBy('watch.account')
    .limit(limit)
    .execute();
  return rows.map(({ account }) => account);
}
