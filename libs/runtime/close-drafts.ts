import { daysOf, daysOfYear, incomingDiscountOf, policyInForce } from '#contracts';
import { drawInvoice, type InvoiceDraft } from '#invoicing';
import { type AccountId, BusinessDay, BusinessMonth, Instant, type Rejection } from '#kernel';
import { balanceAt, type CloseBillingMonth, monthUsage, type WalletState } from '#ledger';
import type { Clock } from '#ports';
import type { Facts } from './facts.js';
import type { PrepaidQueries } from './prepaid.queries.js';

export const refusal = (code: string, message: string, details?: Record<string, string>): Rejection =>
  details ? { code, message, details } : { code, message };

/** Draws what a close of an account's month would issue and book; nothing here writes. */
export class CloseDrafts {
  constructor(
    private readonly clock: Clock,
    private readonly facts: Facts,
    private readonly queries: PrepaidQueries,
  ) {}

  async draw(account: AccountId, month: BusinessMonth, state: WalletState): Promise<InvoiceDraft> {
    const known = (await this.facts.account(account))!;
    const issuer = await this.facts.issuer();
    const policies = await this.facts.policies();
    const lastDay = BusinessMonth.lastDay(month);
    const available = policyInForce(policies, 'invoice.available-business-day', lastDay);
    const closed = policyInForce(policies, 'provider.closed-days', lastDay);
    const counted = BusinessDay.plus(lastDay, 1);
    const yearEnd = policyInForce(policies, 'provider.year-end-days', counted);
    return drawInvoice({
      account,
      recipient: { name: known.name, honorific: '御中', postalCode: '', address: '' },
      issuer,
      month,
      usage: monthUsage(state, month),
      incomingDiscountPerMinute: incomingDiscountOf(known, month),
      extraLines: [],
      policy: {
        name: available.reference,
        totalRounding: 'half_up',
        availableFromBusinessDay: Number.parseInt(available.value, 10),
        closedDays: daysOf(closed.value, 'provider.closed-days'),
        yearEndDays: daysOfYear(yearEnd.value),
      },
    });
  }

  /** What the wallet is asked to book for a draft. */
  bookingOf(draft: InvoiceDraft, invoice: string | null): CloseBillingMonth {
    const { basis, discounts, total } = draft.close;
    const now = this.clock.now();
    return { type: 'CloseBillingMonth', now, month: draft.month, basis, discounts, total, invoice };
  }

  /** A call that began in the month and still runs is waited for, up to the longest possible call. */
  async callsRunning(state: WalletState, month: BusinessMonth): Promise<Rejection | undefined> {
    const longest = await this.facts.wholeNumber('calls.max-duration-s', BusinessMonth.lastDay(month));
    const until = Instant.plusMs(BusinessMonth.end(month), longest * 1000);
    if (this.clock.now() > until) return undefined;
    const running = balanceAt(state, this.clock.now()).holds.filter(
      hold => hold.heldAt <= BusinessMonth.end(month),
    );
    if (running.length === 0) return undefined;
    return refusal('CALLS_RUNNING', 'calls of the month are still running', {
      calls: String(running.length),
      until: Instant.text(until),
    });
  }

  /** The wallet as it is, without opening one. */
  async stateNow(account: AccountId): Promise<WalletState> {
    const known = (await this.facts.account(account))!;
    return this.queries.stateAsOf(account, BusinessMonth.ofDay(known.openedOn), null);
  }
}
