import { sql } from 'kysely';
import { type AccountId, BusinessDay, BusinessMonth, Instant, Money, MoneyTotal } from '#kernel';
import { balanceAt, type WalletEvent, type WalletState, wallet, walletStream } from '#ledger';
import type { ReadStore } from '#ports';
import { decodeEvent } from '../engine/codecs.js';
import type { Facts } from '../engine/facts.js';
import { keyOfCursor, limitOf, pageOf } from '../engine/paging.js';
import type { BalanceView, HistoryRow, LotView, Page, PageRequest } from '../product.js';
import type { Wallets } from './wallets.js';

const HISTORY_JA: Readonly<Record<string, string>> = {
  'charge:card': 'チャージ (クレジットカード)',
  'charge:net_bank': 'チャージ (ネットバンク)',
  'charge:konbini': 'チャージ (コンビニ)',
  'charge:bank_transfer': 'チャージ (銀行振込)',
  'charge:bonus': 'チャージ (ボーナス)',
  call: '通話料金',
  recurring: 'クラウド費用',
  device: '機器購入',
  adjustment: '調整金',
  expiry: '有効期限切れ',
  reversal: '取消',
  discount: '着割',
  rounding: '端数調整',
  receivable_paid: '未収金充当',
  other: 'その他',
};

interface Move {
  readonly position: number;
  readonly at: Instant;
  readonly item: string;
  readonly amount: Money;
  readonly ref: string;
  readonly detail: string;
}

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

  /** Everything that moved the account's posted value: the history and the charged calls. */
  private moves(account: AccountId) {
    const { db } = this.readModels;
    return db
      .selectFrom('prepaid_history')
      .select(['position', 'at', 'item', 'amount', 'ref', 'detail'])
      .where('account', '=', account)
      .unionAll(
        db
          .selectFrom('calls')
          .select([
            'position',
            'decided_at as at',
            sql<string>`'call'`.as('item'),
            sql<number>`-drawn`.as('amount'),
            'call_id as ref',
            sql<string>`coalesce(to_written, to_number)`.as('detail'),
          ])
          .where('account', '=', account)
          .where('net', '>', 0),
      )
      .as('moves');
  }

  /** Newest first, calls among the rest; each row with the posted balance after it. */
  async history(
    account: AccountId,
    request?: PageRequest & { month?: BusinessMonth },
  ): Promise<Page<HistoryRow>> {
    const limit = limitOf(request);
    const after = keyOfCursor(request, 1)?.[0] as number | undefined;
    const { db } = this.readModels;
    const month = request?.month;
    let query = db
      .selectFrom(this.moves(account))
      .selectAll()
      .orderBy('position', 'desc')
      .limit(limit + 1);
    if (after !== undefined) query = query.where('position', '<', after);
    if (month !== undefined)
      query = query.where('at', '>=', BusinessMonth.start(month)).where('at', '<=', BusinessMonth.end(month));
    const found = (await query.execute()) as Move[];
    const top = found[0]?.position ?? 0;
    const posted = await db
      .selectFrom(this.moves(account))
      .select(({ fn }) => fn.sum('amount').as('sum'))
      .where('position', '<=', top)
      .executeTakeFirst();
    let balance = MoneyTotal.fromUnits((posted as { sum: number | bigint | null } | undefined)?.sum ?? 0);
    return pageOf(
      found,
      limit,
      row => {
        const postedAfter = MoneyTotal.text(balance);
        balance = MoneyTotal.subtract(balance, row.amount);
        const item = row.item.startsWith('charge:') ? 'charge' : row.item;
        return {
          at: Instant.text(row.at),
          item,
          itemJa: HISTORY_JA[row.item] ?? row.item,
          amount: Money.text(row.amount),
          postedAfter,
          ref: row.ref,
          detail: row.item.startsWith('charge:') ? row.item.slice('charge:'.length) : row.detail,
          position: row.position,
        };
      },
      row => [row.position],
    );
  }
}
