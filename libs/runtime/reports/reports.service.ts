import type { Clock, EventStore } from '#ports';
import { CloseMonths } from '../closing/closes.queries.js';
import type { PrepaidQueries } from '../prepaid/prepaid.queries.js';
import type { ReadModels } from '../projecting/read-models.js';
import { BalanceDays } from './balance-days.queries.js';
import { CallHistory } from './call-search.queries.js';
import { CallStatements } from './call-statements.queries.js';
import { UnusedBalance } from './unused-balance.js';

/** Answers for pages: lists with totals, statements, curves. Nothing is decided with them. */
export const composeReports = (
  readModels: ReadModels,
  events: EventStore,
  clock: Clock,
  queries: PrepaidQueries,
) => ({
  calls: new CallHistory(readModels),
  statements: new CallStatements(readModels, events),
  balances: new BalanceDays(readModels),
  months: new CloseMonths(readModels, clock),
  unused: new UnusedBalance(readModels, queries),
});
export type Reports = Readonly<ReturnType<typeof composeReports>>;
