import { sql } from 'kysely';
import { type NumberStanding, standingOfNumber } from '#contracts';
import { BusinessDay, Instant } from '#kernel';
import { keyOfCursor, limitOf, pageOf } from '../engine/paging.js';
import type { Page, PageRequest } from '../product.views.js';
import type { ReadModels, ReadTables } from '../projecting/read-models.js';
import {
  type Candidate,
  fitting,
  inBatches,
  inOrder,
  keyOfNumber,
  type NumberFilter,
} from './number-search.queries.js';
import type { NumberCountView, NumberPlaceView, StockNumberView } from './numbers.shapes.js';

type Told = ReadTables['stock_numbers'];
type State = StockNumberView['state'];

function stateOf(row: Told | undefined, now: Instant): State {
  if (row === undefined) return 'available';
  const { owner, withdrawn, free_on: freeOn, reserved_until: until } = row;
  return standingOfNumber({ owner, withdrawn: withdrawn === 1, freeOn, reserved: { until } }, now);
}

function viewOf({ number, range }: Candidate, row: Told | undefined, now: Instant): StockNumberView {
  const state = stateOf(row, now);
  return {
    number,
    category: range.category,
    kind: range.kind,
    product: range.product,
    region: range.region,
    city: range.city,
    areaCode: range.area_code,
    state,
    account: (state === 'claimed' ? row?.owner : state === 'reserved' ? row?.reserved_for : null) ?? null,
    until: state === 'reserved' && row ? Instant.text(row.reserved_until) : null,
    freeOn: state === 'quarantined' && row ? BusinessDay.text(row.free_on) : null,
    why: (state === 'withdrawn' ? row?.why : null) ?? null,
  };
}

/** `standingOfNumber` of a row, as SQL. */
const stateIn = (now: Instant) =>
  sql<NumberStanding>`case when n.owner is not null then 'claimed' when n.withdrawn = 1 then 'withdrawn'
    when n.free_on > ${BusinessDay.of(now)} then 'quarantined'
    when n.reserved_until > ${now} then 'reserved' else 'available' end`;

/** Numbers of the stock by number, whatever became of them: for staff. */
export async function stockPage(
  readModels: ReadModels,
  request: (PageRequest & NumberFilter & { readonly state?: State }) | undefined,
  now: Instant,
): Promise<Page<StockNumberView>> {
  const { state, limit: _limit, cursor: _cursor, ...filter } = request ?? {};
  if (state !== undefined && state !== 'available')
    return pageOfState(readModels, { ...request, state }, now);
  const limit = limitOf(request);
  const after = keyOfCursor<[string, number]>(request, 2);
  const found: { one: Candidate; row: Told | undefined }[] = [];
  for await (const batch of inBatches(inOrder(readModels, filter, after, state === undefined), limit + 1)) {
    const told = await toldOf(
      readModels,
      batch.map(({ number }) => number),
    );
    for (const one of batch) {
      const row = told.get(one.number);
      if (state === undefined || stateOf(row, now) === state) found.push({ one, row });
    }
    if (found.length > limit) break;
  }
  return pageOf(
    found.slice(0, limit + 1),
    limit,
    ({ one, row }) => viewOf(one, row, now),
    ({ one }) => keyOfNumber(one),
  );
}

async function toldOf({ db }: ReadModels, numbers: readonly string[]): Promise<ReadonlyMap<string, Told>> {
  const rows = await db.selectFrom('stock_numbers').selectAll().where('number', 'in', numbers).execute();
  return new Map(rows.map(row => [row.number, row]));
}

/** Numbers in a state that only comes of something that happened: of those alone there are rows. */
async function pageOfState(
  readModels: ReadModels,
  request: PageRequest & NumberFilter & { readonly state: State },
  now: Instant,
): Promise<Page<StockNumberView>> {
  const { state, limit: _limit, cursor: _cursor, ...filter } = request;
  const limit = limitOf(request);
  const after = keyOfCursor<[string, number]>(request, 2);
  const { last4, ...ofRange } = filter;
  const rows = await readModels.db
    .selectFrom('number_ranges')
    .innerJoin('stock_numbers as n', join =>
      join
        .onRef('n.block', '=', 'number_ranges.block')
        .onRef('n.suffix', '>=', 'number_ranges.first_suffix')
        .onRef('n.suffix', '<=', 'number_ranges.last_suffix'),
    )
    .selectAll('number_ranges')
    .select(['n.number', 'n.suffix', 'n.owner', 'n.reserved_for', 'n.reserved_until'])
    .select(['n.free_on', 'n.withdrawn', 'n.why'])
    .where(eb => eb.and(fitting(eb as never, ofRange)))
    .where(stateIn(now), '=', state)
    .$if(last4 !== undefined, query => query.where('n.suffix', '=', Number.parseInt(last4!, 10)))
    .$if(after !== undefined, query =>
      query.where(sql<boolean>`(n.block, n.suffix) > (${after?.[0]}, ${after?.[1]})`),
    )
    .orderBy('n.block')
    .orderBy('n.suffix')
    .limit(limit + 1)
    .execute();
  return pageOf(
    rows,
    limit,
    row => viewOf({ number: row.number, range: row }, row, now),
    row => [row.block, row.suffix],
  );
}

/** Where what can be bought is at home: what a search can be narrowed down to. */
export async function numberPlaces({ db }: ReadModels): Promise<readonly NumberPlaceView[]> {
  const rows = await db
    .selectFrom('number_ranges')
    .select(['category', 'kind', 'region', 'city', 'area_code'])
    .distinct()
    .orderBy('category')
    .orderBy('region')
    .orderBy('area_code')
    .orderBy('city')
    .orderBy('kind')
    .limit(5_000)
    .execute();
  return rows.map(({ area_code: areaCode, ...row }) => ({ ...row, areaCode }));
}

/** How many numbers there are of each kind and area, and what became of them. */
export async function numberCounts({ db }: ReadModels, now: Instant): Promise<readonly NumberCountView[]> {
  const kinds = ['category', 'kind', 'area_code'] as const;
  const all = await db
    .selectFrom('number_ranges')
    .select(kinds)
    .select(sql<number>`sum(last_suffix - first_suffix + 1)`.as('numbers'))
    .groupBy(kinds)
    .orderBy('category')
    .orderBy('area_code')
    .orderBy('kind')
    .execute();
  const state = stateIn(now);
  const told = await db
    .selectFrom('number_ranges')
    .innerJoin('stock_numbers as n', join =>
      join
        .onRef('n.block', '=', 'number_ranges.block')
        .onRef('n.suffix', '>=', 'number_ranges.first_suffix')
        .onRef('n.suffix', '<=', 'number_ranges.last_suffix'),
    )
    .select(kinds)
    .select([state.as('standing'), sql<number>`count(*)`.as('numbers')])
    .groupBy([...kinds, 'standing'])
    .execute();
  const keyOf = (row: { category: string; kind: string; area_code: string }) =>
    `${row.category} ${row.kind} ${row.area_code}`;
  const counts = new Map(told.map(row => [`${keyOf(row)} ${row.standing}`, Number(row.numbers)]));
  return all.map(row => {
    const numbers = Number(row.numbers);
    const of = (standing: NumberStanding) => counts.get(`${keyOf(row)} ${standing}`) ?? 0;
    const gone = {
      reserved: of('reserved'),
      claimed: of('claimed'),
      quarantined: of('quarantined'),
      withdrawn: of('withdrawn'),
    };
    const available = numbers - gone.reserved - gone.claimed - gone.quarantined - gone.withdrawn;
    return { category: row.category, kind: row.kind, areaCode: row.area_code, numbers, available, ...gone };
  });
}
