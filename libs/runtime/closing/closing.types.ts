import type { InvoiceDocument, UsageStatement } from '#invoicing';
import type { AccountId, BusinessDay, BusinessMonth, Money } from '#kernel';
import type { Answer, Caller, Page, PageRequest, Progress } from '../product.views.js';
import type { CloseReport, Difference, InvoiceRow, MonthSuspense } from './closing.shapes.js';

/** By date, amount and counterparty, ranges, any of them together (J-12). All bounds are inclusive. */
export interface InvoiceSearch {
  readonly account?: AccountId;
  readonly month?: BusinessMonth;
  /** Of the invoice's date. */
  readonly from?: BusinessDay;
  readonly to?: BusinessDay;
  /** Of its total in yen, tax included. */
  readonly least?: Money;
  readonly most?: Money;
  /** Part of the name or id of the account it is addressed to. */
  readonly counterparty?: string;
}

export interface CloseInput {
  readonly month: BusinessMonth;
  /** Every account without it. */
  readonly account?: AccountId;
  /** Only say what the run would do now, refusals included. */
  readonly dryRun: boolean;
  /** Why the month is closed before its longest possible call can have ended; kept on an event. */
  readonly forced?: string;
}

export interface ClosingService {
  run(input: CloseInput, caller: Caller, progress?: Progress): Promise<Answer<CloseReport>>;
  statement(account: AccountId, month: BusinessMonth): Promise<UsageStatement | undefined>;
  invoices(request?: PageRequest & InvoiceSearch): Promise<Page<InvoiceRow>>;
  invoice(number: string): Promise<InvoiceDocument | undefined>;
  /** The calls of the month that no statement and no invoice has: they wait on the suspense list. */
  suspended(month: BusinessMonth): Promise<MonthSuspense>;
  /** Differences between CDRs, ledger, statements and invoices of the month; empty when all agree. */
  reconcile(month: BusinessMonth): Promise<readonly Difference[]>;
}
