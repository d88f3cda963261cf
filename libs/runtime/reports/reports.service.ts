import type { AccountId, BusinessDay, BusinessMonth } from '#kernel';
import type { Clock, EventStore } from '#ports';
import { CloseMonths } from '../closing/closes.queries.js';
import type { PageRequest, Progress } from '../product.views.js';
import type { ReadModels } from '../projecting/read-models.js';
import { BalanceDays } from './balance-days.queries.js';
import { CallHistory } from './call-search.queries.js';
import { CallStatements } from './call-statements.queries.js';
import type { CallSearch, ReportService } from './reports.types.js';

/** What pages ask for, each question with a reader of its own. */
export class Reports implements ReportService {
  private readonly history: CallHistory;
  private readonly statements: CallStatements;
  private readonly balances: BalanceDays;
  private readonly months: CloseMonths;

  constructor(readModels: ReadModels, events: EventStore, clock: Clock) {
    this.history = new CallHistory(readModels);
    this.statements = new CallStatements(readModels, events);
    this.balances = new BalanceDays(readModels);
    this.months = new CloseMonths(readModels, clock);
  }

  calls(account: AccountId, request?: PageRequest & CallSearch & { readonly total?: boolean }) {
    return this.history.page(account, request);
  }

  numberStatement(account: AccountId, search?: CallSearch) {
    return this.statements.byNumber(account, search);
  }

  destinationStatement(account: AccountId, search?: CallSearch) {
    return this.statements.byDestination(account, search);
  }

  usage(account: AccountId, month: BusinessMonth, numbers?: readonly string[]) {
    return this.statements.byDay(account, month, numbers);
  }

  balanceHistory(account: AccountId, from: BusinessDay, to: BusinessDay) {
    return this.balances.between(account, from, to);
  }

  closeMonths() {
    return this.months.all();
  }

  closeMonth(month: BusinessMonth) {
    return this.months.one(month);
  }

  closeReport(month: BusinessMonth, request?: PageRequest) {
    return this.months.report(month, request);
  }

  watchClose(month: BusinessMonth, progress: Progress, options: Parameters<ReportService['watchClose']>[2]) {
    return this.months.watch(month, progress, options);
  }
}
