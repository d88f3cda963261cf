import type { AccountId, BusinessDay } from '#kernel';
import type { LotFacts } from '#ledger';
import type { ReadStore } from '#ports';

/**
 * What is known of lots for ever, spent or not: a wallet forgets a spent lot, and needs its facts again when
 * something comes back to it.
 */
export class SpentLots {
  constructor(private readonly readModels: ReadStore) {}

  /** Lots of the account that were spent, in part at least, and are valid on `day`. */
  async spent(account: AccountId, day: BusinessDay): Promise<LotFacts[]> {
    const query = this.readModels.db
      .selectFrom('lots')
      .select(['lot', 'kind', 'issued_at as issuedAt', 'expires_on as expiresOn', 'credited'])
      .where('account', '=', account)
      .where('expires_on', '>=', day)
      .whereRef('remaining', '<', 'credited');
    return (await query.execute()) as LotFacts[];
  }

  /** These lots, whatever became of them. */
  async named(account: AccountId, lots: readonly string[]): Promise<LotFacts[]> {
    if (lots.length === 0) return [];
    const found = await this.readModels.db
      .selectFrom('lots')
      .select(['lot', 'kind', 'issued_at as issuedAt', 'expires_on as expiresOn', 'credited'])
      .where('account', '=', account)
      .where('lot', 'in', [...new Set(lots)])
      .execute();
    return found as LotFacts[];
  }
}
