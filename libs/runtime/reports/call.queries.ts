import { type AccountId, BusinessMonth, Instant, Money, type TaxCategory } from '#kernel';
import type { ReadStore } from '#ports';
import { keyOfCursor, limitOf, pageOf } from '../engine/paging.js';
import { holdsNumber } from '../engine/text-search.js';
import type { CallRow, Page, PrepaidService } from '../product.js';

/** A row of `calls`. */
export interface CallRecord {
  started_at: Instant;
  position: number;
  call_id: string;
  direction: 'out' | 'in';
  from_number: string;
  to_number: string;
  from_written: string | null;
  to_written: string | null;
  answered_at: Instant | null;
  ended_at: Instant;
  duration_ms: number;
  hangup_cause: string;
  category: string;
  destination: string;
  charged_seconds: number;
  net: Money;
  tax: Money;
  tax_category: TaxCategory;
  billing_month: BusinessMonth;
}

/** Answers about single calls. */
export class CallQueries {
  constructor(private readonly readModels: ReadStore) {}

  /** Newest first. */
  async calls(account: AccountId, request?: Parameters<PrepaidService['calls']>[1]): Promise<Page<CallRow>> {
    const limit = limitOf(request);
    const after = keyOfCursor(request, 2) as [number, number] | undefined;
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
      query = query.where(({ or }) => or([holdsNumber('from_number', part), holdsNumber('to_number', part)]));
    }
    const found = (await query.execute()) as CallRecord[];
    return pageOf(found, limit, callRow, row => [row.started_at, row.position]);
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
