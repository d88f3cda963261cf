import { sql } from 'kysely';
import { type AccountId, BusinessMonth, Instant, Money, type MoneyTotal, type TaxCategory } from '#kernel';
import { keyOfCursor, limitOf, pageOf } from '../engine/paging.js';
import { holdsNumber } from '../engine/sql.js';
import type { Page, PageRequest } from '../product.views.js';
import type { ReadModels, ReadTables } from '../projecting/read-models.js';
import type { CallRow } from './reports.shapes.js';

export type CallRecord = Readonly<ReadTables['calls']>;

export interface CallsRequest extends PageRequest {
  readonly month?: BusinessMonth;
  readonly direction?: 'out' | 'in';
  /** Part of either number. */
  readonly number?: string;
}

/** Answers about single calls. */
export class CallQueries {
  constructor(private readonly readModels: ReadModels) {}

  /** Newest first. */
  async calls(account: AccountId, request?: CallsRequest): Promise<Page<CallRow>> {
    const limit = limitOf(request);
    const after = keyOfCursor<[Instant, number]>(request, 2);
    let query = this.readModels.db
      .selectFrom('calls')
      .selectAll()
      .where('account', '=', account)
      .orderBy('started_at', 'desc')
      .orderBy('position', 'desc')
      .limit(limit + 1);
    if (after) {
      const [startedAt, position] = after;
      query = query.where(({ eb, or, and }) =>
        or([
          eb('started_at', '<', startedAt),
          and([eb('started_at', '=', startedAt), eb('position', '<', position)]),
        ]),
      );
    }
    const { month, direction, number } = request ?? {};
    if (month !== undefined)
      query = query
        .where('started_at', '>=', BusinessMonth.start(month))
        .where('started_at', '<=', BusinessMonth.end(month));
    if (direction) query = query.where('direction', '=', direction);
    if (number) {
      const part = number.replace(/[\\%_]/g, '');
      query = query.where(({ or, ref }) =>
        or([holdsNumber(ref('from_number'), part), holdsNumber(ref('to_number'), part)]),
      );
    }
    return pageOf(await query.execute(), limit, callRow, row => [row.started_at, row.position]);
  }
}

export const callRow = (row: CallRecord): CallRow => ({
  callId: row.call_id,
  direction: row.direction,
  from: row.from_written ?? row.from_number,
  to: row.to_written ?? row.to_number,
  startedAt: Instant.text(row.started_at),
  answeredAt: row.answered_at === null ? null : Instant.text(row.answered_at),
  endedAt: Instant.text(row.ended_at),
  durationMs: row.duration_ms,
  hangupCause: row.hangup_cause,
  category: row.category,
  destination: row.destination,
  chargedSeconds: row.charged_seconds,
  net: Money.text(row.net),
  tax: Money.text(row.tax),
  taxCategory: row.tax_category,
  billingMonth: BusinessMonth.text(row.billing_month),
  position: row.position,
});

/** What single calls were billed in a month, by account. */
export const billedCalls = ({ db }: ReadModels, month: BusinessMonth) =>
  db
    .selectFrom('calls')
    .select('account')
    .select(({ fn }) => fn.sum<MoneyTotal>('net').as('net'))
    .select(({ fn }) => fn.sum<MoneyTotal>('tax').as('tax'))
    .select(({ fn }) => fn.countAll<number>().as('calls'))
    .where('billing_month', '=', month)
    .groupBy('account')
    .execute();

/** The calls that a line of an invoice adds up, the oldest first. */
export const callsOfLine = (
  { db }: ReadModels,
  line: {
    readonly account: AccountId;
    readonly billingMonth: BusinessMonth;
    readonly usageMonth: BusinessMonth;
    readonly category: string;
    readonly taxCategory: TaxCategory;
  },
  limit: number,
) =>
  db
    .selectFrom('calls')
    .select(['call_id', 'net', 'position', 'started_at', 'duration_ms'])
    .select(sql<string>`coalesce(to_written, to_number)`.as('dialled'))
    .where('account', '=', line.account)
    .where('billing_month', '=', line.billingMonth)
    .where('category', '=', line.category)
    .where('tax_category', '=', line.taxCategory)
    .where('started_at', '>=', BusinessMonth.start(line.usageMonth))
    .where('started_at', '<=', BusinessMonth.end(line.usageMonth))
    .orderBy('started_at')
    .orderBy('position')
    .limit(limit)
    .execute();

/** Where the newest reversal of a call id stands, when it stands after a position. */
export const reversedAfter = async (
  { db }: ReadModels,
  account: AccountId,
  { callId, after }: { readonly callId: string; readonly after: number },
): Promise<number | undefined> =>
  (
    await db
      .selectFrom('reversed_calls')
      .select('position')
      .where('account', '=', account)
      .where('call_id', '=', callId)
      .where('position', '>', after)
      .executeTakeFirst()
  )?.position;
