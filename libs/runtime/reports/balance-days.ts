import { sql } from 'kysely';
import { type AccountId, BusinessDay, InvalidInput, MoneyTotal } from '#kernel';
import type { ReadStore } from '#ports';
import type { BalancePoint } from './reports.types.js';

const DAYS_MAX = 400;

interface DayMoves {
  readonly day: BusinessDay;
  readonly kind: 'charged' | 'spent' | 'expired';
  /** Effect on the posted value. */
  readonly amount: MoneyTotal;
}

/**
 * What a wallet held at the end of each business day. A wallet's time never goes back, so the sum of its
 * moves up to a day is what `balance` answers for the last instant of that day.
 */
export class BalanceDays {
  constructor(private readonly readModels: ReadStore) {}

  async between(account: AccountId, from: BusinessDay, to: BusinessDay): Promise<readonly BalancePoint[]> {
    if (to < from) throw new InvalidInput('to', 'must not be before from');
    if (to - from >= DAYS_MAX) throw new InvalidInput('to', `must be at most ${DAYS_MAX} days after from`);
    const moves = [...(await this.history(account, to)), ...(await this.calls(account, to))];
    const { add, subtract, negate, text } = MoneyTotal;
    const sumOf = (some: readonly DayMoves[]) => MoneyTotal.sum(some.map(({ amount }) => amount));
    let posted = sumOf(moves.filter(({ day }) => day < from));
    const points: BalancePoint[] = [];
    for (let day = from; day <= to; day = BusinessDay.plus(day, 1)) {
      const own = moves.filter(move => move.day === day);
      const of = (kind: DayMoves['kind']) => sumOf(own.filter(move => move.kind === kind));
      const [charged, spent, expired] = [of('charged'), negate(of('spent')), negate(of('expired'))];
      posted = subtract(add(posted, charged), add(spent, expired));
      points.push({
        day: BusinessDay.text(day),
        posted: text(posted),
        charged: text(charged),
        spent: text(spent),
        expired: text(expired),
      });
    }
    return points;
  }

  private async history(account: AccountId, to: BusinessDay): Promise<DayMoves[]> {
    const day = sql<BusinessDay>`(at + 32400000) / 86400000`;
    const kind = sql<DayMoves['kind']>`case when item = 'expiry' then 'expired'
      when item like 'charge:%' or (item = 'adjustment' and amount > 0) then 'charged' else 'spent' end`;
    const rows = await this.readModels.db
      .selectFrom('prepaid_history')
      .select([day.as('day'), kind.as('kind'), sql<number>`sum(amount)`.as('amount')])
      .where('account', '=', account)
      .where('at', '<=', BusinessDay.end(to))
      .groupBy([day, kind])
      .execute();
    return rows as DayMoves[];
  }

  private async calls(account: AccountId, to: BusinessDay): Promise<DayMoves[]> {
    const day = sql<BusinessDay>`(decided_at + 32400000) / 86400000`;
    const rows = await this.readModels.db
      .selectFrom('calls')
      .select([day.as('day'), sql<number>`-sum(drawn)`.as('amount')])
      .where('account', '=', account)
      .where('decided_at', '<=', BusinessDay.end(to))
      .groupBy(day)
      .execute();
    return (rows as Omit<DayMoves, 'kind'>[]).map(row => ({ ...row, kind: 'spent' as const }));
  }
}
