import type { AccountId, BusinessDay, BusinessMonth } from '#kernel';
import type { DestinationClass } from '#rating';
import type { CloseMonth, MonthReport } from '../closing/closing.shapes.js';
import type { PageRequest, Progress } from '../product.views.js';
import type {
  BalancePoint,
  CallPage,
  DestinationStatement,
  NumberStatement,
  UsageByDay,
} from './reports.shapes.js';

/** What a call search asks for, all of it together (CDR-01, CDR-02). Days are inclusive, by the start. */
export interface CallSearch {
  readonly from?: BusinessDay;
  readonly to?: BusinessDay;
  readonly direction?: 'out' | 'in';
  /** Part of the account's own number. */
  readonly number?: string;
  /** Only calls of these own numbers, exactly: a login that may see no others. */
  readonly numbers?: readonly string[];
  /** Part of the number that called, and of the one that was called. */
  readonly caller?: string;
  readonly callee?: string;
  /** Part of either number. */
  readonly party?: string;
  /** Part of the number of the other party. */
  readonly other?: string;
  readonly class?: DestinationClass;
  /** Extensions (内線) have 2 to 5 digits. */
  readonly scope?: 'outside' | 'extension';
  readonly status?: 'answered' | 'missed';
}

/** Answers for pages: lists with totals, statements, curves. Nothing is decided with them. */
export interface ReportService {
  calls(
    account: AccountId,
    request?: PageRequest & CallSearch & { readonly total?: boolean },
  ): Promise<CallPage>;
  /** `search.number` is part of the own number. */
  numberStatement(account: AccountId, search?: CallSearch): Promise<NumberStatement>;
  destinationStatement(account: AccountId, search?: CallSearch): Promise<DestinationStatement>;
  usage(account: AccountId, month: BusinessMonth, numbers?: readonly string[]): Promise<UsageByDay>;
  /** @throws InvalidInput when the range is turned round or longer than 400 days */
  balanceHistory(account: AccountId, from: BusinessDay, to: BusinessDay): Promise<readonly BalancePoint[]>;
  /** Newest first, from the month of the first account on. */
  closeMonths(): Promise<readonly CloseMonth[]>;
  closeMonth(month: BusinessMonth): Promise<CloseMonth>;
  closeReport(month: BusinessMonth, request?: PageRequest): Promise<MonthReport>;
  /**
   * Tells how far the close of a month is, wherever it runs, until it is closed, nothing has moved for
   * `quietMs`, or the signal ends it.
   */
  watchClose(
    month: BusinessMonth,
    progress: Progress,
    options: { readonly signal: AbortSignal; readonly everyMs?: number; readonly quietMs?: number },
  ): Promise<CloseMonth>;
}
