import { type Expression, type ExpressionBuilder, type SqlBool, sql } from 'kysely';
import { type NumberCategory, numberOf } from '#contracts';
import { BusinessDay, type Instant } from '#kernel';
import { keyOfCursor, limitOf, pageOf } from '../engine/paging.js';
import type { Page, PageRequest } from '../product.views.js';
import type { ReadModels, ReadTables } from '../projecting/read-models.js';
import { randomOrder } from './random-order.js';

/** What is asked of the stock (CAT-18). */
export interface NumberFilter {
  readonly category?: NumberCategory;
  readonly kind?: string;
  readonly region?: string;
  readonly city?: string;
  readonly area?: string;
  /** The last four digits. */
  readonly last4?: string;
}

type Range = ReadTables['number_ranges'];
/** Numbers of a range that may fit, by their last four digits. */
interface Slice {
  readonly range: Range;
  readonly from: number;
  readonly to: number;
}
/** A number with what is true of its range. */
export interface Candidate {
  readonly number: string;
  readonly range: Range;
}

/** Candidates are looked up together: a few at first, more where few are free. */
const FEWEST = 64;
const MOST = 2_048;
/** So many ranges are mixed in a random order; of a larger stock one window after the other. */
const WINDOW = 2_000;
const RANGES_AT_ONCE = 500;

type Ranges = ExpressionBuilder<ReadTables, 'number_ranges'>;

/** Conditions on ranges: each holds for all numbers of one, but for their last digits. */
export function fitting(eb: Ranges, filter: NumberFilter): Expression<SqlBool>[] {
  const { category, kind, region, city, area, last4 } = filter;
  const all: Expression<SqlBool>[] = [];
  if (category !== undefined) all.push(eb('category', '=', category));
  if (kind !== undefined) all.push(eb('kind', '=', kind));
  if (region !== undefined) all.push(eb('region', '=', region));
  if (city !== undefined) all.push(eb('city', '=', city));
  if (area !== undefined) all.push(eb('area_code', '=', area));
  if (last4 !== undefined) {
    const suffix = Number.parseInt(last4, 10);
    all.push(eb('first_suffix', '<=', suffix), eb('last_suffix', '>=', suffix));
  }
  return all;
}

/** A block of which all is gone is passed by. */
const notSoldOut = (eb: Ranges): Expression<SqlBool> =>
  eb.exists(
    eb
      .selectFrom('number_blocks')
      .select('number_blocks.block')
      .whereRef('number_blocks.block', '=', 'number_ranges.block')
      .whereRef('number_blocks.sold', '<', 'number_blocks.stocked'),
  );

function sliceOf(range: Range, { last4 }: NumberFilter): Slice {
  if (last4 === undefined) return { range, from: range.first_suffix, to: range.last_suffix };
  const suffix = Number.parseInt(last4, 10);
  return { range, from: suffix, to: suffix };
}

/** Which of some numbers cannot be had at an instant. */
async function goneOf({ db }: ReadModels, numbers: readonly string[], now: Instant): Promise<Set<string>> {
  const rows = await db
    .selectFrom('stock_numbers')
    .select('number')
    .where('number', 'in', numbers)
    .where(({ eb, or }) =>
      or([
        eb('owner', 'is not', null),
        eb('withdrawn', '=', 1),
        eb('free_on', '>', BusinessDay.of(now)),
        eb('reserved_until', '>', now),
      ]),
    )
    .execute();
  return new Set(rows.map(row => row.number));
}

/** Ranges in the order of their numbers, from that of a number on; a few at a time. */
async function* rangesFrom(
  { db }: ReadModels,
  filter: NumberFilter,
  after: readonly [block: string, suffix: number] | undefined,
  all: boolean,
): AsyncGenerator<Range> {
  // The range in which the number stands is not over yet.
  let from = after && { block: after[0], suffix: after[1], whole: false };
  for (;;) {
    const begun = from;
    const ranges = await db
      .selectFrom('number_ranges')
      .selectAll()
      .where(eb => eb.and([...fitting(eb, filter), ...(all ? [] : [notSoldOut(eb)])]))
      .$if(begun !== undefined, query =>
        query.where(({ eb, and, or }) =>
          or([
            eb('block', '>', begun!.block),
            and([eb('block', '=', begun!.block), eb('last_suffix', '>', begun!.suffix)]),
          ]),
        ),
      )
      .orderBy('block')
      .orderBy('first_suffix')
      .limit(RANGES_AT_ONCE)
      .execute();
    yield* ranges;
    const last = ranges.at(-1);
    if (last === undefined || ranges.length < RANGES_AT_ONCE) return;
    from = { block: last.block, suffix: last.last_suffix, whole: true };
  }
}

/** Numbers that may fit, by number. @param all also of blocks that are sold out */
export async function* inOrder(
  readModels: ReadModels,
  filter: NumberFilter,
  after: readonly [block: string, suffix: number] | undefined,
  all: boolean,
): AsyncGenerator<Candidate> {
  for await (const range of rangesFrom(readModels, filter, after, all)) {
    const { from, to } = sliceOf(range, filter);
    const begin = after !== undefined && range.block === after[0] ? Math.max(from, after[1] + 1) : from;
    for (let suffix = begin; suffix <= to; suffix++) yield { number: numberOf(range.block, suffix), range };
  }
}

/** Gathers what comes into groups, each twice as large as the one before. */
export async function* inBatches<Item>(items: AsyncIterable<Item>, first: number): AsyncGenerator<Item[]> {
  let size = Math.min(Math.max(first, FEWEST), MOST);
  let batch: Item[] = [];
  for await (const item of items) {
    batch.push(item);
    if (batch.length < size) continue;
    yield batch;
    batch = [];
    size = Math.min(size * 2, MOST);
  }
  if (batch.length > 0) yield batch;
}

/** A page of numbers that can be had now, by number. */
export async function offeredByNumber(
  readModels: ReadModels,
  filter: NumberFilter,
  request: PageRequest | undefined,
  now: Instant,
): Promise<Page<Candidate>> {
  const limit = limitOf(request);
  const after = keyOfCursor<[string, number]>(request, 2);
  const found: Candidate[] = [];
  const candidates = inOrder(readModels, filter, after, false);
  for await (const batch of inBatches(candidates, limit + 1)) {
    const gone = await goneOf(
      readModels,
      batch.map(({ number }) => number),
      now,
    );
    found.push(...batch.filter(({ number }) => !gone.has(number)));
    if (found.length > limit) break;
  }
  return pageOf(found.slice(0, limit + 1), limit, one => one, keyOfNumber);
}

/** The sort key of a number. */
export const keyOfNumber = ({ number, range }: Candidate): [string, number] => [
  range.block,
  Number.parseInt(number.slice(range.block.length), 10),
];

/** Where a window of ranges begins: behind the last range of the one before, on the first or second lap. */
type Mark = readonly [lap: number, shuffle: number, block: string, first: number];

/** The next ranges in their shuffled order, which begins where the seed says and comes round once. */
async function windowAfter(
  { db }: ReadModels,
  filter: NumberFilter,
  start: number,
  [lap, shuffle, block, first]: Mark,
): Promise<readonly Range[]> {
  return await db
    .selectFrom('number_ranges')
    .selectAll()
    .where(eb => eb.and(fitting(eb, filter)))
    .where('shuffle', lap === 0 ? '>=' : '<', start)
    .where(sql<boolean>`(shuffle, block, first_suffix) > (${shuffle}, ${block}, ${first})`)
    .orderBy('shuffle')
    .orderBy('block')
    .orderBy('first_suffix')
    .limit(WINDOW)
    .execute();
}

/** Blocks of these ranges in which nothing is left. */
async function soldOut({ db }: ReadModels, ranges: readonly Range[]): Promise<ReadonlySet<string>> {
  const rows = await db
    .selectFrom('number_blocks')
    .select('block')
    .where('block', 'in', [...new Set(ranges.map(({ block }) => block))])
    .whereRef('sold', '>=', 'stocked')
    .execute();
  return new Set(rows.map(({ block }) => block));
}

interface Placed extends Candidate {
  readonly place: number;
}

/** The numbers of some ranges, mixed; those of blocks that are sold out only take their places. */
async function* mixed(
  slices: readonly Slice[],
  sold: ReadonlySet<string>,
  seed: number,
  from: number,
): AsyncGenerator<Placed> {
  const ends: number[] = [];
  let size = 0;
  for (const slice of slices) ends.push((size += slice.to - slice.from + 1));
  const order = randomOrder(size, seed);
  for (let place = from; place < size; place++) {
    const at = order(place);
    let low = 0;
    let high = ends.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (ends[middle]! <= at) low = middle + 1;
      else high = middle;
    }
    const { range, to } = slices[low]!;
    if (sold.has(range.block)) continue;
    const suffix = to - (ends[low]! - 1 - at);
    yield { number: numberOf(range.block, suffix), range, place };
  }
}

/** 2^31: seeds and shuffled places are below it. */
export const SEEDS = 0x80000000;

/**
 * A page of numbers that can be had now, in an order that the seed decides and that stays the same from page
 * to page whatever is sold meanwhile. Nothing is sorted: each place of the order is worked out.
 */
export async function offeredAtRandom(
  readModels: ReadModels,
  filter: NumberFilter,
  request: PageRequest & { readonly seed: number },
  now: Instant,
): Promise<Page<Candidate> & { readonly seed: number }> {
  const limit = limitOf(request);
  const key = keyOfCursor<[number, number, number, string, number, number]>(request, 6);
  const seed = key?.[0] ?? request.seed;
  const start = (Math.imul(seed, 0x9e3779b1) >>> 1) % SEEDS;
  let mark: Mark = key ? [key[1], key[2], key[3], key[4]] : [0, -1, '', -1];
  let from = key?.[5] ?? 0;
  const found: { readonly one: Placed; readonly mark: Mark }[] = [];
  for (;;) {
    const ranges = await windowAfter(readModels, filter, start, mark);
    if (ranges.length > 0) {
      const slices = ranges.map(range => sliceOf(range, filter));
      const sold = await soldOut(readModels, ranges);
      for await (const batch of inBatches(mixed(slices, sold, seed, from), limit + 1)) {
        const gone = await goneOf(
          readModels,
          batch.map(({ number }) => number),
          now,
        );
        for (const one of batch) if (!gone.has(one.number)) found.push({ one, mark });
        if (found.length > limit) break;
      }
    }
    if (found.length > limit) break;
    const last = ranges.at(-1);
    if (last !== undefined && ranges.length === WINDOW)
      mark = [mark[0], last.shuffle, last.block, last.first_suffix];
    else if (mark[0] === 0) mark = [1, -1, '', -1];
    else break;
    from = 0;
  }
  const page = pageOf(
    found.slice(0, limit + 1),
    limit,
    ({ one: { number, range } }) => ({ number, range }),
    ({ one, mark: begun }) => [seed, ...begun, one.place + 1],
  );
  return { ...page, seed };
}
