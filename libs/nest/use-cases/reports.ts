import {
  listCalls,
  showBalanceHistory,
  showDestinationStatement,
  showNumberStatement,
  showUnusedBalance,
  showUsage,
} from '#runtime';
import { queryOf } from './bus.js';

export class ListCalls extends queryOf(listCalls) {}
export class ShowNumberStatement extends queryOf(showNumberStatement) {}
export class ShowDestinationStatement extends queryOf(showDestinationStatement) {}
export class ShowUnusedBalance extends queryOf(showUnusedBalance) {}
export class ShowUsage extends queryOf(showUsage) {}
export class ShowBalanceHistory extends queryOf(showBalanceHistory) {}
