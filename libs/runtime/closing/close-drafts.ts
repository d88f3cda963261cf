import { incomingDiscountOf } from '#contracts';
import { composeInvoice, type InvoiceDraft } from '#invoicing';
import { type AccountId, BusinessDay, BusinessMonth, Instant, type Rejection, rejection } from '#kernel';
import {
  balanceAt,
  type CloseBillingMonth,
  discountsDue,
  type LotFacts,
  monthUsage,
  openBooks,
  talksOf,
  type WalletState,
  wallet,
} from '#ledger';
import { policyInForce, policyOf } from '#policies';
import type { Clock } from '#ports';
import { feeLines } from '../contracts/fee-lines.js';
import type { MonthlyFees } from '../contracts/monthly-fees.js';
import type { Facts } from '../engine/facts.js';
import type { PrepaidQueries } from '../prepaid/prepaid.queries.js';
import { lastCallEndsAt } from './close-time.js';
import { closingRefusals } from './refusals.js';

/** What a close of an account's month finds: why it is refused, or what it issues and books. */
export type CloseOutlook =
  | { readonly kind: 'refused'; readonly rejection: Rejection }
  | { readonly kind: 'draft'; readonly draft: InvoiceDraft };

/** Composes what a close of an account's month would issue and book; nothing here writes. */
export class CloseDrafts {
  constructor(
    private readonly clock: Clock,
    private readonly facts: Facts,
    private readonly queries: PrepaidQueries,
    private readonly fees: Pick<MonthlyFees, 'missing' | 'costsOf'>,
  ) {}

  async compose(account: AccountId, month: BusinessMonth, state: WalletState): Promise<InvoiceDraft> {
    const known = (await this.facts.account(account))!;
    const issuer = await this.facts.issuer();
    const policies = await this.facts.policies();
    const lastDay = BusinessMonth.lastDay(month);
    const usage = monthUsage(state, month);
    return composeInvoice({
      account,
      recipient: { name: known.name, honorific: '御中', postalCode: '', address: '' },
      issuer,
      month,
      usage,
      discounts: discountsDue(talksOf(state), month, of => incomingDiscountOf(known, of)),
      extraLines: [{ name: 'contracts', lines: feeLines(await this.fees.costsOf(account, month), usage) }],
      policy: {
        name: policyInForce(policies, 'invoice.available-business-day', lastDay).reference,
        totalRounding: 'half_up',
        availableFromBusinessDay: policyOf(policies, 'invoice.available-business-day', lastDay),
        closedDays: policyOf(policies, 'provider.closed-days', lastDay),
        yearEndDays: policyOf(policies, 'provider.year-end-days', BusinessDay.plus(lastDay, 1)),
      },
    });
  }

  /**
   * What a close would do with the wallet in this state. The preview and the run both ask here, and nowhere
   * else: what the one says the other does, refusals included.
   */
  async outlook(account: AccountId, month: BusinessMonth, state: WalletState): Promise<CloseOutlook> {
    const running = await this.callsRunning(state, month);
    if (running) return { kind: 'refused', rejection: running };
    const debit = await this.fees.missing(account, month);
    if (debit !== undefined)
      return { kind: 'refused', rejection: rejection(closingRefusals.FEES_NOT_DEBITED, { debit }) };
    const draft = await this.compose(account, month, state);
    if (draft.unbooked.length > 0)
      return { kind: 'refused', rejection: rejection(closingRefusals.LINES_NOT_BOOKED) };
    const refused = await this.refusedByWallet(account, draft, state);
    return refused ? { kind: 'refused', rejection: refused } : { kind: 'draft', draft };
  }

  /**
   * Why the wallet will not book the draft. A wallet whose stream is of an earlier month is asked as it would
   * be in the month of the close: turning streams changes nothing but the stream.
   */
  private async refusedByWallet(
    account: AccountId,
    draft: InvoiceDraft,
    state: WalletState,
  ): Promise<Rejection | undefined> {
    const opened = BusinessMonth.ofDay((await this.facts.account(account))!.openedOn);
    const books = state.phase === 'unopened' ? openBooks(account, opened, null) : state;
    const booking = this.bookingOf(draft, '', []);
    const outcome = wallet.decide(booking, books);
    if (outcome.kind !== 'rejected') return undefined;
    const { code, details } = outcome.rejection;
    if (code !== 'MONTH_OVER') return outcome.rejection;
    const turned = wallet.decide(booking, { ...books, month: BusinessMonth.parse(String(details!['next'])) });
    return turned.kind === 'rejected' ? turned.rejection : undefined;
  }

  /** What the wallet is asked to book for a draft. */
  bookingOf(draft: InvoiceDraft, invoice: string | null, lots: readonly LotFacts[]): CloseBillingMonth {
    const { basis, discounts, rates, total } = draft.close;
    const { month } = draft;
    const now = this.clock.now();
    return { type: 'CloseBillingMonth', now, month, basis, discounts, rates, total, invoice, lots };
  }

  /** A call that began in the month and still runs is waited for, up to the longest possible call. */
  async callsRunning(state: WalletState, month: BusinessMonth): Promise<Rejection | undefined> {
    const longest = await this.facts.policy('calls.max-duration-s', BusinessMonth.lastDay(month));
    const until = lastCallEndsAt(month, longest);
    if (this.clock.now() > until) return undefined;
    const running = balanceAt(state, this.clock.now()).holds.filter(
      hold => hold.heldAt <= BusinessMonth.end(month),
    );
    if (running.length === 0) return undefined;
    return rejection(closingRefusals.CALLS_RUNNING, {
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
