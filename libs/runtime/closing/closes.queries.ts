import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { type AccountId, BusinessDay, BusinessMonth, Instant, Money, MoneyTotal } from '#kernel';
import type { Clock } from '#ports';
import { keyOfCursor, limitOf, pageOf } from '../engine/paging.js';
import type { PageRequest, Progress } from '../product.views.js';
import type { ReadModels } from '../projecting/read-models.js';
import type { AccountClose, CloseMonth, MonthReport } from './closing.shapes.js';

/** How often a watched close is looked at, and how long nothing may move before it counts as over. */
const EVERY_MS = 500;
const QUIET_MS = 60_000;

/** Accounts that were open in a month and are not closed for it. */
const unclosed = ({ db }: ReadModels, month: BusinessMonth) =>
  db
    .selectFrom('accounts')
    .where('opened_on', '<=', BusinessMonth.lastDay(month))
    // Who is closed through a later month cannot be closed for this one any more: nothing is left to do.
    .where(
      'account',
      'not in',
      db.selectFrom('closes').select('account').where('month', '>=', BusinessMonth.text(month)),
    );

/** Some accounts that were open in a month and have no close of it. */
export const accountsToClose = ({ db }: ReadModels, month: BusinessMonth, limit: number) =>
  db
    .selectFrom('accounts')
    .select('account')
    .where('opened_on', '<=', BusinessMonth.lastDay(month))
    .where(
      'account',
      'not in',
      db.selectFrom('closes').select('account').where('month', '=', BusinessMonth.text(month)),
    )
    .limit(limit)
    .execute();

/** Which accounts are closed for which of some months. */
export const closesOfMonths = ({ db }: ReadModels, months: readonly BusinessMonth[]) =>
  db
    .selectFrom('closes')
    .select(['account', 'month'])
    .where('month', 'in', months.map(BusinessMonth.text))
    .execute();

/** How far the months are closed, told from read models: the same whichever process closes them. */
export class CloseMonths {
  constructor(
    private readonly readModels: ReadModels,
    private readonly clock: Clock,
  ) {}

  /** Newest first, from the month of the first account on. */
  async all(): Promise<readonly CloseMonth[]> {
    const first = await this.readModels.db
      .selectFrom('accounts')
      .select(({ fn }) => fn.min<BusinessDay | null>('opened_on').as('day'))
      .executeTakeFirst();
    if (!first || first.day === null) return [];
    const months: CloseMonth[] = [];
    const running = BusinessMonth.of(this.clock.now());
    for (let month = running; month >= BusinessMonth.ofDay(first.day); month = BusinessMonth.plus(month, -1))
      months.push(await this.one(month));
    return months;
  }

  async one(month: BusinessMonth): Promise<CloseMonth> {
    const name = BusinessMonth.text(month);
    const done = await this.readModels.db
      .selectFrom('closes')
      .select([
        sql<number>`count(*)`.as('closed'),
        sql<number>`count(invoice)`.as('invoices'),
        sql<MoneyTotal>`coalesce(sum(total), 0)`.as('total'),
        sql<Instant | null>`max(closed_at)`.as('closed_at'),
      ])
      .where('month', '=', name)
      .executeTakeFirstOrThrow();
    const left = await unclosed(this.readModels, month)
      .select(({ fn }) => fn.countAll<number>().as('accounts'))
      .executeTakeFirstOrThrow();
    const over = this.clock.now() > BusinessMonth.end(month);
    const accounts = done.closed + left.accounts;
    return {
      month: name,
      state: over && left.accounts === 0 ? 'closed' : done.closed === 0 ? 'open' : 'partly_closed',
      over,
      accounts,
      closed: done.closed,
      invoices: done.invoices,
      total: MoneyTotal.text(done.total),
      closedAt: done.closed_at === null ? null : Instant.text(done.closed_at),
    };
  }

  /** The accounts that are closed, ids ascending. */
  async report(month: BusinessMonth, request?: PageRequest): Promise<MonthReport> {
    const limit = limitOf(request);
    const after = keyOfCursor<[AccountId]>(request, 1)?.[0];
    let query = this.readModels.db
      .selectFrom('closes')
      .leftJoin('close_drafts', join =>
        join
          .onRef('close_drafts.account', '=', 'closes.account')
          .onRef('close_drafts.month', '=', 'closes.month'),
      )
      .select(['closes.account', 'invoice', 'total', 'net', 'tax', 'rounding'])
      .where('closes.month', '=', BusinessMonth.text(month))
      .orderBy('closes.account')
      .limit(limit + 1);
    if (after !== undefined) query = query.where('closes.account', '>', after);
    const page = pageOf(
      await query.execute(),
      limit,
      (row): AccountClose => ({
        account: row.account,
        outcome: row.invoice === null ? 'nothing_to_bill' : 'closed',
        invoice: row.invoice,
        net: Money.text(row.net ?? Money.zero),
        tax: Money.text(row.tax ?? Money.zero),
        total: Money.text(row.total),
        roundingDifference: Money.text(row.rounding ?? Money.zero),
        rejection: null,
      }),
      row => [row.account],
    );
    return { ...(await this.one(month)), ...page };
  }

  /**
   * Tells how far the close of a month is, wherever it runs, until it is closed, nothing has moved for
   * `quietMs`, or the signal ends it.
   */
  async watch(
    month: BusinessMonth,
    progress: Progress,
    options: { readonly signal: AbortSignal; readonly everyMs?: number; readonly quietMs?: number },
  ): Promise<CloseMonth> {
    const { signal, everyMs = EVERY_MS, quietMs = QUIET_MS } = options;
    let last = -1;
    for (let quiet = 0; ; quiet += everyMs) {
      const now = await this.one(month);
      if (now.closed !== last) {
        progress(now.closed, now.accounts, 'closing');
        last = now.closed;
        quiet = 0;
      }
      if (now.state === 'closed' || quiet >= quietMs || signal.aborted) return now;
      await sleep(everyMs, undefined, { signal }).catch(() => undefined);
    }
  }
}
