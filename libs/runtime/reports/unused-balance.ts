import { type AccountId, BusinessDay, BusinessMonth, MoneyTotal } from '#kernel';
import { closingBalance, type UnusedValue, UnusedValues, type ValueByKind } from '#ledger';
import type { PrepaidQueries } from '../prepaid/prepaid.queries.js';
import type { ReadModels } from '../projecting/read-models.js';
import type { UnusedBalanceView } from './reports.shapes.js';

const ACCOUNTS_AT_ONCE = 500;

const texts = ({ paid, bonus }: ValueByKind) => ({
  paid: MoneyTotal.text(paid),
  bonus: MoneyTotal.text(bonus),
  all: MoneyTotal.text(MoneyTotal.add(paid, bonus)),
});

const viewOf = (asOf: BusinessDay, { total, byIssueDay, byAge }: UnusedValue): UnusedBalanceView => ({
  asOf: BusinessDay.text(asOf),
  total: texts(total),
  byIssueDay: byIssueDay.map(row => ({ issuedOn: BusinessDay.text(row.issuedOn), ...texts(row) })),
  byAge: byAge.map(({ days, ...row }) => ({ days, ...texts(row) })),
});

/**
 * What all customers have not used, as it stood at the end of a day: each wallet is read from its own events,
 * so a day of the past is what it was, whatever has happened since.
 */
export class UnusedBalance {
  constructor(
    private readonly readModels: ReadModels,
    private readonly queries: Pick<PrepaidQueries, 'stateAsOf'>,
  ) {}

  async asOf(day: BusinessDay): Promise<UnusedBalanceView> {
    const values = new UnusedValues(day);
    for await (const { account, openedOn } of this.accounts()) {
      const first = BusinessMonth.ofDay(openedOn);
      const state = await this.queries.stateAsOf(account, first, BusinessDay.end(day));
      if (state.phase === 'unopened') continue;
      for (const lot of closingBalance(state).lots) values.add(lot);
    }
    return viewOf(day, values.sums());
  }

  private async *accounts(): AsyncGenerator<{ account: AccountId; openedOn: BusinessDay }> {
    for (let after = '' as AccountId; ; ) {
      const rows = await this.readModels.db
        .selectFrom('accounts')
        .select(['account', 'opened_on'])
        .where('account', '>', after)
        .orderBy('account')
        .limit(ACCOUNTS_AT_ONCE)
        .execute();
      for (const row of rows) yield { account: row.account, openedOn: row.opened_on };
      if (rows.length < ACCOUNTS_AT_ONCE) return;
      after = rows.at(-1)!.account;
    }
  }
}
