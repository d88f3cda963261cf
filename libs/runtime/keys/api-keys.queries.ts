import { type AccountId, Instant } from '#kernel';
import type { ReadModels } from '../projecting/read-models.js';
import type { KeyView } from './keys.shapes.js';

/** Every key, the oldest first. */
export async function apiKeyViews({ db }: ReadModels): Promise<readonly KeyView[]> {
  const rows = await db.selectFrom('api_keys').selectAll().orderBy('created_at').orderBy('key').execute();
  return rows.map(row => ({
    key: row.key,
    role: row.role,
    account: row.account,
    label: row.label,
    createdAt: Instant.text(row.created_at),
    revokedAt: row.revoked_at === null ? null : Instant.text(row.revoked_at),
  }));
}

export const keysOfAccount = ({ db }: ReadModels, account: AccountId) =>
  db.selectFrom('api_keys').select('key').where('account', '=', account).execute();
