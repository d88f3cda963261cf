import { type AccountId, BusinessDay, BusinessMonth, Instant, Money, MoneyTotal } from '#kernel';
import { balanceAt, type WalletEvent, type WalletState, wallet, walletStream } from '#ledger';
import type { ReadStore } from '#ports';
import { decodeEvent } from '../engine/codecs.js';
import type { Facts } from '../engine/facts.js';
import type { BalanceView, LotView } from '../product.js';
import type { Wallets } from './wallets.js';

interface MonthRead {
  readonly state: WalletState;
  readonly next: BusinessMonth | null;
}

/** Answers about prepaid value. Balances come from the wallet itself, lists from read models. */
export class PrepaidQueries {
  constructor(
    private readonly wallets: Wallets,
    private readonly readModels: ReadStore,
    private readonly facts: Facts,
  ) {}

  async balance(account: AccountId, asOf?: Instant): Promise<BalanceView | undefined> {
    const known = await this.facts.account(account);
    if (!known) return undefined;
    const now = asOf ?? this.wallets.runner.clock.now();
    // Now is everything decided so far, also by a machine whose clock is ahead of this one.
    const state = await this.stateAsOf(account, BusinessMonth.ofDay(known.openedOn), asOf ?? null);
    const funds = balanceAt(state, now);
    const methods = await this.methodsOf(account);
    return {
      account,
      asOf: Instant.text(now),
      posted: MoneyTotal.text(funds.posted),
      held: MoneyTotal.text(funds.held),
      available: MoneyTotal.text(funds.available),
      receivable: Money.text(funds.receivable),
      lots: funds.lots.map(
        (lot): LotView => ({
          lot: lot.id,
          kind: lot.kind,
          method: methods.get(lot.id) ?? '',
          credited: Money.text(lot.credited),
          remaining: Money.text(lot.posted),
          held: Money.text(lot.held),
          issuedAt: Instant.text(lot.issuedAt),
          expiresOn: BusinessDay.text(lot.expiresOn),
        }),
      ),
    };
  }

  /** Posted, held and owed at an instant, as exact amounts. */
  async fundsAsOf(
    account: AccountId,
    asOf: Instant,
  ): Promise<{ posted: MoneyTotal; receivable: MoneyTotal } | undefined> {
    const known = await this.facts.account(account);
    if (!known) return undefined;
    const state = await this.stateAsOf(account, BusinessMonth.ofDay(known.openedOn), asOf);
    if (state.phase === 'unopened') return { posted: Money.zero, receivable: Money.zero };
    return { posted: MoneyTotal.sum(state.lots.map(lot => lot.posted)), receivable: state.receivable };
  }

  /**
   * The wallet as its events up to an instant, or all of them (null), leave it: each month's stream begins
   * with all that came before. The read models only say where to begin; the streams themselves lead on, also
   * past the month of the instant: a stream that was begun for a later one may hold what was decided before.
   */
  async stateAsOf(account: AccountId, first: BusinessMonth, at: Instant | null): Promise<WalletState> {
    const seen = await this.lastMonth(account, first);
    const wanted = at === null ? null : BusinessMonth.of(at);
    let found: WalletState | undefined;
    let month = Math.max(first, wanted === null ? seen : Math.min(seen, wanted)) as BusinessMonth;
    for (; found === undefined && month >= first; month = BusinessMonth.plus(month, -1)) {
      let next: BusinessMonth | null = month;
      do {
        const read: MonthRead | undefined = await this.readMonth(account, next, at);
        found = read?.state ?? found;
        next = read?.next ?? null;
      } while (next !== null);
    }
    return found ?? wallet.fresh();
  }

  /**
   * One month's stream up to an instant, and the month after it when it ends by then; undefined when there is
   * none.
   */
  private async readMonth(
    account: AccountId,
    month: BusinessMonth,
    at: Instant | null,
  ): Promise<MonthRead | undefined> {
    let state = wallet.fresh();
    let events = 0;
    for await (const stored of this.wallets.runner.events.readStream(walletStream(account, month))) {
      const event = decodeEvent(stored.stream, stored.type, stored.data) as WalletEvent;
      // An opening moves no time: a backfill may lie before the month that its wallet begins with.
      if (at !== null && event.type !== 'WalletOpened' && event.at > at) break;
      if (event.type === 'WalletClosed') return { state, next: event.next };
      state = wallet.evolve(state, event);
      events++;
    }
    return events === 0 ? undefined : { state, next: null };
  }

  private async lastMonth(account: AccountId, first: BusinessMonth): Promise<BusinessMonth> {
    const row = await this.readModels.db
      .selectFrom('wallets')
      .select('month')
      .where('account', '=', account)
      .executeTakeFirst();
    return ((row as { month: BusinessMonth } | undefined)?.month ?? first) as BusinessMonth;
  }

  private async methodsOf(account: AccountId): Promise<Map<string, string>> {
    const rows = await this.readModels.db
      .selectFrom('lots')
      .select(['lot', 'method'])
      .where('account', '=', account)
      .execute();
    return new Map((rows as { lot: string; method: string }[]).map(row => [row.lot, row.method]));
  }
}
