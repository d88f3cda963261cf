import type { AccountId, BusinessDay, BusinessMonth } from '#kernel';
import type { DestinationClass } from '#rating';
import type { AccountClose, CallRow, Page, PageRequest, Progress } from '../product.views.js';

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

export interface ListedCall extends CallRow {
  /** Taken back since: what it cost was given back. */
  readonly reversed: boolean;
}
export interface CallFigures {
  readonly calls: number;
  /** Talk time, to the millisecond. */
  readonly seconds: number;
  /** Yen without tax. */
  readonly net: string;
}
export interface CallPage extends Page<ListedCall> {
  /** Of the whole search; null unless it was asked for. */
  readonly total: CallFigures | null;
}

/** Yen without tax per class of destination. */
export interface NumberFigures {
  readonly calls: number;
  readonly domestic: string;
  readonly mobile: string;
  readonly overseas: string;
  readonly subtotal: string;
}
/** 電話番号明細 (CDR-03): one row per own number and direction. */
export interface NumberStatement {
  readonly rows: readonly (NumberFigures & { readonly number: string; readonly direction: 'out' | 'in' })[];
  readonly total: NumberFigures;
}

/** A row of 通話先明細 (CDR-04): own number x prefix x unit x price. */
export interface DestinationRow {
  readonly number: string;
  readonly direction: 'out' | 'in';
  readonly prefix: string;
  readonly destination: string;
  readonly category: string;
  /** 課金単位: seconds that `unitPrice` is agreed for (`per_s` of the tariff); empty when it is unknown. */
  readonly unitSeconds: string;
  readonly unitPrice: string;
  readonly calls: number;
  readonly seconds: number;
  readonly subtotal: string;
}
export interface DestinationStatement {
  readonly rows: readonly DestinationRow[];
  readonly total: { readonly calls: number; readonly seconds: number; readonly subtotal: string };
}

/** Answered calls of a month by day and category; every day of the month is there. */
export interface UsageByDay {
  readonly month: string;
  readonly categories: readonly string[];
  readonly days: readonly {
    readonly day: string;
    readonly categories: Readonly<Record<string, CallFigures>>;
  }[];
  readonly total: CallFigures;
}

/** End of a business day: posted = posted of the day before + charged - spent - expired. */
export interface BalancePoint {
  readonly day: string;
  readonly posted: string;
  /** Charges, and adjustments upward. */
  readonly charged: string;
  /** Everything else that left the wallet, less what came back to it. */
  readonly spent: string;
  readonly expired: string;
}

export interface CloseMonth {
  readonly month: string;
  readonly state: 'open' | 'partly_closed' | 'closed';
  /** The month is over: it can be closed. */
  readonly over: boolean;
  /** Accounts that the month is closed for, and those of them that are. */
  readonly accounts: number;
  readonly closed: number;
  readonly invoices: number;
  /** Of the accounts that are closed, tax included. */
  readonly total: string;
  /** When the last of them was closed. */
  readonly closedAt: string | null;
}
export interface MonthReport extends CloseMonth {
  readonly rows: readonly AccountClose[];
  /** Cursor of more accounts; null at their end. */
  readonly next: string | null;
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
