import { type SelectQueryBuilder, sql } from 'kysely';
import { type AccountId, BusinessDay, type Instant, Money, MoneyTotal } from '#kernel';
import { type DestinationClass, destinationClass } from '#rating';
import { keyOfCursor, limitOf, pageOf } from '../engine/paging.js';
import { holdsNumber as holds } from '../engine/sql.js';
import type { PageRequest } from '../product.views.js';
import type { ReadModels, ReadTables } from '../projecting/read-models.js';
import { callRow } from './calls.queries.js';
import type { CallFigures, CallPage, ListedCall } from './reports.shapes.js';
import { categoriesOf } from './usage.queries.js';

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

export type Calls<Row> = SelectQueryBuilder<ReadTables, 'calls', Row>;

/** The other party of a call. */
const OTHER = sql<string>`case when direction = 'out' then to_number else from_number end`;

/** As `PhoneNumber.isExtension`, in SQL: 2 to 5 digits that are no service of another carrier, or `*`. */
const EXTENSION = sql<boolean>`(${OTHER} like '*_%' or (length(${OTHER}) between 2 and 5
  and ${OTHER} >= '0' and ${OTHER} < ':' and not (length(${OTHER}) = 3 and ${OTHER} like '1%')))`;

/** Every category that an account has calls of, with its class. */
export async function classesOf(
  readModels: ReadModels,
  account: AccountId,
): Promise<ReadonlyMap<string, DestinationClass>> {
  const rows = await categoriesOf(readModels, account);
  const exempt = new Set(rows.filter(row => row.tax_category === 'export_exempt').map(row => row.category));
  return new Map(rows.map(({ category }) => [category, destinationClass(category, exempt.has(category))]));
}

/**
 * The calls of an account that a search asks for. All conditions are over the one range of the account's
 * days, in the order of the key: a million rows are looked through in about a tenth of a second.
 */
export function searched<Row>(
  query: Calls<Row>,
  account: AccountId,
  search: CallSearch,
  classes: ReadonlyMap<string, DestinationClass>,
): Calls<Row> {
  const { from, to, direction, number, numbers, caller, callee, party, other, status, scope } = search;
  let found = query.where('account', '=', account);
  if (from !== undefined) found = found.where('started_at', '>=', BusinessDay.start(from));
  if (to !== undefined) found = found.where('started_at', '<=', BusinessDay.end(to));
  if (direction) found = found.where('direction', '=', direction);
  if (numbers) found = found.where('number', 'in', numbers.length > 0 ? [...numbers] : ['']);
  if (number) found = found.where(({ ref }) => holds(ref('number'), number));
  if (caller) found = found.where(({ ref }) => holds(ref('from_number'), caller));
  if (callee) found = found.where(({ ref }) => holds(ref('to_number'), callee));
  if (party)
    found = found.where(({ or, ref }) =>
      or([holds(ref('from_number'), party), holds(ref('to_number'), party)]),
    );
  if (other)
    found = found.where(({ ref }) => {
      const [out, back] = [holds(ref('to_number'), other), holds(ref('from_number'), other)];
      return sql<boolean>`case when direction = 'out' then ${out} else ${back} end`;
    });
  if (status) found = found.where('answered_at', status === 'missed' ? 'is' : 'is not', null);
  if (scope) found = found.where(scope === 'extension' ? EXTENSION : sql<boolean>`not ${EXTENSION}`);
  if (search.class) {
    const wanted = [...classes].filter(([, of]) => of === search.class).map(([category]) => category);
    found = found.where('category', 'in', wanted.length > 0 ? wanted : ['']);
  }
  return found;
}

/** Call ids of which an entry was taken back (reversed), of one account. */
const takenBack = (readModels: ReadModels, account: AccountId) =>
  readModels.db.selectFrom('reversed_calls').select('call_id').where('account', '=', account);

/** Whether this entry was taken back; the one that corrects it stands after the reversal. */
const IS_BACK = sql<boolean>`exists (select 1 from reversed_calls as back where back.account = calls.account
  and back.call_id = calls.call_id and back.position > calls.position)`;

/** Leaves out calls that were taken back: nobody pays for them, no statement counts them. */
export const standing = <Row>(query: Calls<Row>, readModels: ReadModels, account: AccountId): Calls<Row> =>
  query.where(({ eb, or, not }) =>
    or([eb('call_id', 'not in', takenBack(readModels, account)), not(IS_BACK)]),
  );

/** The call history with all of its filters (CDR-01, CDR-02). */
export class CallHistory {
  constructor(private readonly readModels: ReadModels) {}

  /** Newest first; `total` is of the whole search, whatever the page, and asked for with `total`. */
  async page(
    account: AccountId,
    request: PageRequest & CallSearch & { readonly total?: boolean } = {},
  ): Promise<CallPage> {
    const { db } = this.readModels;
    const limit = limitOf(request);
    const after = keyOfCursor<[Instant, number]>(request, 2);
    const classes = request.class ? await classesOf(this.readModels, account) : new Map();
    let query = searched(db.selectFrom('calls').selectAll(), account, request, classes)
      .orderBy('started_at', 'desc')
      .orderBy('position', 'desc')
      .limit(limit + 1);
    if (after) {
      const [startedAt, position] = after;
      query = query
        .where('started_at', '<=', startedAt)
        .where(({ eb, or }) => or([eb('started_at', '<', startedAt), eb('position', '<', position)]));
    }
    const page = pageOf(await query.execute(), limit, callRow, row => [row.started_at, row.position]);
    const back = await this.reversedAmong(
      account,
      page.rows.map(row => row.callId),
    );
    const rows = page.rows.map(row => ({ ...row, reversed: (back.get(row.callId) ?? 0) > row.position }));
    if (!request.total) return { rows, next: page.next, total: null };
    // A search that fits on one page needs not be looked through twice.
    const whole = after === undefined && page.next === null;
    const total = whole ? totalOf(rows) : await this.total(account, request, classes);
    return { rows, next: page.next, total };
  }

  /** The position of the newest reversal of each of these call ids that has one. */
  private async reversedAmong(
    account: AccountId,
    ids: readonly string[],
  ): Promise<ReadonlyMap<string, number>> {
    if (ids.length === 0) return new Map();
    const rows = await takenBack(this.readModels, account)
      .select('position')
      .where('call_id', 'in', ids)
      .execute();
    return new Map(rows.map(row => [row.call_id, row.position]));
  }

  /** Calls and talk of all that is listed; of the money what was not taken back. */
  private async total(
    account: AccountId,
    search: CallSearch,
    classes: ReadonlyMap<string, DestinationClass>,
  ): Promise<CallFigures> {
    const { db } = this.readModels;
    const sums = () =>
      db
        .selectFrom('calls')
        .select(({ fn }) => fn.countAll<number>().as('calls'))
        .select(({ fn }) => fn.sum<number | null>('duration_ms').as('duration_ms'))
        .select(({ fn }) => fn.sum<MoneyTotal | null>('net').as('net'));
    const all = await searched(sums(), account, search, classes).executeTakeFirstOrThrow();
    const anyBack = await takenBack(this.readModels, account).limit(1).execute();
    const back =
      anyBack.length === 0
        ? undefined
        : await searched(sums(), account, search, classes)
            .where('call_id', 'in', takenBack(this.readModels, account))
            .where(IS_BACK)
            .executeTakeFirstOrThrow();
    return {
      calls: all.calls,
      seconds: (all.duration_ms ?? 0) / 1000,
      net: MoneyTotal.text(MoneyTotal.subtract(all.net ?? Money.zero, back?.net ?? Money.zero)),
    };
  }
}

function totalOf(rows: readonly ListedCall[]): CallFigures {
  const paid = rows.filter(row => !row.reversed);
  return {
    calls: rows.length,
    seconds: rows.reduce((sum, row) => sum + row.durationMs, 0) / 1000,
    net: MoneyTotal.text(MoneyTotal.sum(paid.map(row => Money.of(row.net)))),
  };
}
