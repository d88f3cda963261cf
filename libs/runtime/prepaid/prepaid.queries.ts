import { type AccountId, BusinessDay, BusinessMonth, Instant, Money, MoneyTotal } from '#kernel';
import { balanceAt, type LotFacts, type WalletEvent, type WalletState, wallet, walletStream } from '#ledger';
import { decodeEvent } from '../engine/codecs.js';
import type { Facts } from '../engine/facts.js';
import type { ReadModels } from '../projecting/read-models.js';
import type { BalanceView, LotView } from './prepaid.shapes.js';
import type { Wallets } from './wallets.js';

interface MonthRead {
  readonly state: WalletState;
  readonly next: BusinessMonth | null;
}

/** The month that a wallet has come to, as far as the read model knows. */
export const lastMonthOf = async (
  { db }: ReadModels,
  account: AccountId,
): Promise<BusinessMonth | undefined> =>
  (await db.selectFrom('wallets').select('month').where('account', '=', account).executeTakeFirst())?.month;

export const walletTotals = ({ db }: ReadModels) => db.selectFrom('wallets').selectAll().execute();

async function methodsOfLots({ db }: ReadModels, account: AccountId): Promise<Map<string, string>> {
  const rows = await db.selectFrom('lots').select(['lot', 'method']).where('account', '=', account).execute();
  return new Map(rows.map(row => [row.lot, row.method]));
}

export const lotOf = ({ db }: ReadModels, account: AccountId, lot: string) =>
  db.selectFrom('lots').selectAll().where('account', '=', account).where('lot', '=', lot).executeTakeFirst();

/** Lots that were spent, in part at least, and are valid on a day; the named ones whatever became of them. */
export const lotsToReturnTo = (
  { db }: ReadModels,
  { account, day, named }: { account: AccountId; day: BusinessDay; named: readonly string[] },
): Promise<LotFacts[]> =>
  db
    .selectFrom('lots')
    .select(['lot', 'kind', 'issued_at as issuedAt', 'expires_on as expiresOn', 'credited'])
    .where('account', '=', account)
    .where(({ eb, or, and }) =>
      or([
        and([eb('expires_on', '>=', day), eb('remaining', '<', eb.ref('credited'))]),
        ...(named.length > 0 ? [eb('lot', 'in', [...new Set(named)])] : []),
      ]),
    )
    .execute();

/** Accounts with value in lots that expired on a day of `from` to the day before `today`, ids ascending. */
export async function accountsWithLotsDue(
  { db }: ReadModels,
  { from, today, after, limit }: { from: BusinessDay; today: BusinessDay; after: string; limit: number },
): Promise<AccountId[]> {
  const rows = await db
    .selectFrom('lots')
    .select('account')
    .distinct()
    .where('remaining', '>', Money.zero)
    .where('expires_on', '>=', from)
    .where('expires_on', '<', today)
    .where('account', '>', after as AccountId)
    .orderBy('account')
    .limit(limit)
    .execute();
  return rows.map(row => row.account);
}

/** Accounts that owe something and are served all the same, ids ascending. */
export async function debtorsServed(
  { db }: ReadModels,
  { after, limit }: { after: string; limit: number },
): Promise<AccountId[]> {
  const rows = await db
    .selectFrom('wallets')
    .select('account')
    .where('receivable', '>', MoneyTotal.zero)
    .where('suspended_since', 'is', null)
    .where('account', '>', after as AccountId)
    .orderBy('account')
    .limit(limit)
    .execute();
  return rows.map(row => row.account);
}

/** Fees and purchases of a kind and category that were debited in a month, oldest first. */
export const debitsOfLine = (
  { db }: ReadModels,
  of: { account: AccountId; month: BusinessMonth; kind: string; category: string },
) =>
  db
    .selectFrom('prepaid_history')
    .select(['ref', 'net'])
    .where('account', '=', of.account)
    .where('item', '=', of.kind)
    .where('detail', '=', of.category)
    .where('at', '>=', BusinessMonth.start(of.month))
    .where('at', '<=', BusinessMonth.end(of.month))
    .orderBy('position')
    .execute();

const positionsWith = ({ db }: ReadModels, ref: string) =>
  db.selectFrom('prepaid_history').select('position').where('ref', '=', ref).orderBy('position');

/** Where the history of an account has the thing with this id, the oldest first. */
export const positionsOf = (readModels: ReadModels, account: AccountId, ref: string) =>
  positionsWith(readModels, ref).where('account', '=', account).execute();

/** As `positionsOf`, the first one in whichever account. */
export const firstPositionOf = (readModels: ReadModels, ref: string) =>
  positionsWith(readModels, ref).executeTakeFirst();

/** Which of some kinds of things an account has under this id. */
export const itemsNamed = (
  { db }: ReadModels,
  account: AccountId,
  { name, items }: { name: string; items: readonly string[] },
) =>
  db
    .selectFrom('prepaid_history')
    .select('item')
    .distinct()
    .where('account', '=', account)
    .where('ref', '=', name)
    .where('item', 'in', items)
    .execute();

/** Reversals after a position of the log, up to another one. */
export const reversalsBetween = (
  { db }: ReadModels,
  account: AccountId,
  { after, to }: { after: number; to: number },
) =>
  db
    .selectFrom('prepaid_history')
    .select('position')
    .where('account', '=', account)
    .where('item', '=', 'reversal')
    .where('position', '>', after)
    .where('position', '<=', to)
    .orderBy('position')
    .execute();

/** Answers about prepaid value. Balances come from the wallet itself, lists from read models. */
export class PrepaidQueries {
  constructor(
    private readonly wallets: Wallets,
    private readonly readModels: ReadModels,
    private readonly facts: Facts,
  ) {}

  async balance(account: AccountId, asOf?: Instant): Promise<BalanceView | undefined> {
    const known = await this.facts.account(account);
    if (!known) return undefined;
    const now = asOf ?? this.wallets.runner.clock.now();
    // Now is everything decided so far, also by a machine whose clock is ahead of this one.
    const state = await this.stateAsOf(account, BusinessMonth.ofDay(known.openedOn), asOf ?? null);
    const funds = balanceAt(state, now);
    const methods = await methodsOfLots(this.readModels, account);
    return {
      account,
      asOf: Instant.text(now),
      posted: MoneyTotal.text(funds.posted),
      held: MoneyTotal.text(funds.held),
      available: MoneyTotal.text(funds.available),
      receivable: Money.text(funds.receivable),
      suspendedSince: funds.suspendedSince && Instant.text(funds.suspendedSince),
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
    const seen = (await lastMonthOf(this.readModels, account)) ?? first;
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
}
