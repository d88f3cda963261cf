import { type AccountId, Instant } from '#kernel';
import { keyOfCursor, limitOf, pageOf } from '../engine/paging.js';
import type { Page, PageRequest } from '../product.views.js';
import type { ReadModels } from '../projecting/read-models.js';
import type { ListedPaperView } from './parties.shapes.js';

/** Identity papers in one state, the oldest upload first. */
export async function papersIn(
  { db }: ReadModels,
  state: ListedPaperView['state'],
  request: PageRequest,
): Promise<Page<ListedPaperView>> {
  const limit = limitOf(request);
  const after = keyOfCursor<[Instant, AccountId, string]>(request, 3);
  let query = db
    .selectFrom('identity_papers')
    .selectAll()
    .where('state', '=', state)
    .orderBy('uploaded_at')
    .orderBy('account')
    .orderBy('paper')
    .limit(limit + 1);
  if (after) {
    const [at, account, paper] = after;
    query = query.where(({ or, and, eb }) =>
      or([
        eb('uploaded_at', '>', at),
        and([eb('uploaded_at', '=', at), eb('account', '>', account)]),
        and([eb('uploaded_at', '=', at), eb('account', '=', account), eb('paper', '>', paper)]),
      ]),
    );
  }
  return pageOf(
    await query.execute(),
    limit,
    ({ account, paper, kind, state: now, why, uploaded_at, decided_at }) => ({
      account,
      paper,
      kind,
      state: now,
      why,
      uploadedAt: Instant.text(uploaded_at),
      decidedAt: decided_at === null ? null : Instant.text(decided_at),
    }),
    row => [row.uploaded_at, row.account, row.paper],
  );
}

/** Accounts that were erased since an instant, the last one last. */
export const erasedSince = ({ db }: ReadModels, since: Instant) =>
  db
    .selectFrom('erased_accounts')
    .select('account')
    .where('erased_at', '>=', since)
    .orderBy('erased_at')
    .orderBy('account')
    .execute();

/** Changes of name that were approved before an instant and not charged since: a process ended. */
export const nameChangesLeft = ({ db }: ReadModels, before: Instant) =>
  db
    .selectFrom('name_changes')
    .select(['account', 'paper'])
    .where('charged', '=', 0)
    .where('approved_at', '<', before)
    .orderBy('approved_at')
    .orderBy('account')
    .orderBy('paper')
    .limit(1000)
    .execute();
