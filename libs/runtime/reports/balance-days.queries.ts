import { sql } from 'kysely';
import { type AccountId, BusinessDay, InvalidInput, MoneyTotal, valueProblems } from '#kernel';
import { businessDayOf } from '../engine/sql.js';
import { type ReadModels } from '../projecting/read-models.js';
import { type BalancePoint } from './reports.shapes.js';

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
  constructor(private readonly readModels: ReadModels) {}

  /** @throws InvalidInput when the range is turned round or longer than 400 days */
  async between(account: AccountId, from: BusinessDay, to: BusinessDay): Promise<readonly BalancePoint[]> {
    if (to < from) throw InvalidInput.of('to', valueProblems.BEFORE_OTHER, { other: 'from' });
    if (to - from >= DAYS_MAX)
      throw InvalidInput.of('to', valueProblems.DAYS_AFTER, { most: DAYS_MAX, other: 'from' });
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
    const kind = sql<DayMoves['kind']>`case when item = 'expiry' then 'expired'
      when item like 'charge:%' or (item = 'adjustment' and amount > 0) then 'charged' else 'spent' end`;
    return this.readModels.db
      .selectFrom('prepaid_history')
      .select(({ ref }) => businessDayOf(ref('at')).as('day'))
      .select([kind.as('kind'), sql<MoneyTotal>`sum(amount)`.as('amount')])
      .where('account', '=', account)
      .where('at', '<=', BusinessDay.end(to))
      .groupBy(({ ref }) => [businessDayOf(ref('at')), kind])
      .execute();
  }

  private async calls(account: AccountId, to: BusinessDay): Promise<DayMoves[]> {
    const rows = await this.readModels.db
      .selectFrom('calls')
      .select(({ ref }) => businessDayOf(ref('decided_at')).as('day'))
      .select(sql<MoneyTotal>`-sum(drawn)`.as('amount'))
      .where('account', '=', account)
      .where('decided_at', '<=', BusinessDay.end(to))
      .groupBy(({ ref }) => businessDayOf(ref('decided_at')))
      .execute();
    return rows.map(row => ({ ...row, kind: 'spent' as const }));
  }
}
