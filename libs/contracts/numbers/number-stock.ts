import {
  type CodeOf,
  type Decider,
  defineEvents,
  defineRefusals,
  defineUnchanged,
  type EventOf,
  event,
  fact,
  happened,
  Instant,
  nothing,
  type Outcome,
  rejected,
} from '#kernel';

/** What a number is sold as (CAT-18 ①). */
export const NUMBER_CATEGORIES = [
  ...(['domestic', 'free_call', 'navi_dial', 'special', 'overseas'] as const),
  /** 070, 080, 090, and since 2026-05 also 060. */
  'mobile',
] as const;
export type NumberCategory = (typeof NUMBER_CATEGORIES)[number];

/**
 * What numbers that begin so are sold as (`0120`), or those of so many digits (`060/11`: 06 is Osaka);
 * `none` where nobody sells them. It is a policy, so it has its dates.
 */
export type NumberPlan = Readonly<Record<string, string>>;

/** What a number is sold as by the plan: by its longest beginning, domestic without one; null: not at all. */
export function categoryIn(plan: NumberPlan, number: string): NumberCategory | null {
  for (let length = number.length; length > 0; length--) {
    const beginning = number.slice(0, length);
    const word = plan[`${beginning}/${number.length}`] ?? plan[beginning];
    if (word === 'none') return null;
    if (word !== undefined) return NUMBER_CATEGORIES.find(one => one === word)!;
  }
  return 'domestic';
}

/** What is true of every number of a range in stock: what it is sold as, and where it is at home. */
export interface NumberStock {
  readonly category: NumberCategory;
  /** 種別, a management symbol of the provider: STA, KDU, KVA … (CAT-19). */
  readonly kind: string;
  /** Code of the product that prices it. */
  readonly product: string;
  /** Prefecture, or part of the world; empty where the number has no home. */
  readonly region: string;
  readonly city: string;
  readonly areaCode: string;
}

/**
 * Whether numbers of a kind reach 020 numbers: the only difference that kinds make (CAT-20, X-08).
 * @param beginnings how the kinds begin that do, as the policy says
 */
export const reaches020 = (kind: string, beginnings: readonly string[]): boolean =>
  beginnings.some(beginning => kind.startsWith(beginning));

const stockFacts = {
  category: fact.oneOf(...NUMBER_CATEGORIES),
  kind: fact.text,
  product: fact.text,
  region: fact.text,
  city: fact.text,
  areaCode: fact.text,
};

/**
 * Events of `numberBlock-<number without its last four digits>`: which of ten thousand numbers are in stock.
 * A number has no event of its own until something happens to it (ADR 0021).
 */
export const numberBlockEvents = defineEvents(
  { context: 'contracts', stream: 'numberBlock-<digits>' },
  {
    NumbersStocked: event(
      { block: fact.text, first: fact.text, last: fact.text, ...stockFacts },
      {
        word: {
          ja: '電話番号の範囲を在庫に入れた。',
          en: 'A range of numbers came into stock; each may be sold from now on.',
        },
        sentence: {
          ja: '電話番号 {first}〜{last}（種別 {kind}、商品 {product}）を在庫に入れた。',
          en: 'Numbers {first} to {last} (kind {kind}, product {product}) came into stock.',
        },
      },
    ),
  },
);
export type NumberBlockEvent = EventOf<typeof numberBlockEvents>;

/** A range within one block. */
export interface StockNumbers extends NumberStock {
  readonly block: string;
  readonly first: string;
  readonly last: string;
}
export type NumberBlockCommand = { readonly now: Instant; readonly type: 'StockNumbers' } & StockNumbers;

export const numberBlockRefusals = defineRefusals({
  NUMBERS_STOCKED_OTHERWISE: {
    status: 409,
    field: 'first',
    ja: '電話番号 {first}〜{last} は別の内容で既に在庫にあります。',
    en: 'Numbers {first} to {last} are in stock already, as something else.',
  },
});
export type NumberBlockRejection = CodeOf<typeof numberBlockRefusals>;

const numberBlockUnchanged = defineUnchanged({
  STOCKED_ALREADY: {
    ja: 'これらの電話番号は、既に在庫にあります。',
    en: 'these numbers are in stock already',
  },
});

/** Numbers by their last four digits, both included. */
interface StockedRange {
  readonly from: number;
  readonly to: number;
  readonly stock: NumberStock;
}
/** In order; no two overlap. */
export interface NumberBlockState {
  readonly ranges: readonly StockedRange[];
}

/** Digits that tell the numbers of one block apart. */
const SUFFIX_DIGITS = 4;
export const BLOCK_SIZE = 10 ** SUFFIX_DIGITS;

export const blockOf = (number: string): string => number.slice(0, -SUFFIX_DIGITS);
export const suffixOf = (number: string): number => Number.parseInt(number.slice(-SUFFIX_DIGITS), 10);
export const numberOf = (block: string, suffix: number): string =>
  block + String(suffix).padStart(SUFFIX_DIGITS, '0');
export const numberBlockStream = (block: string): string => `numberBlock-${block}`;

/** Whether a number can be in stock at all: extensions and services are in no block. */
export const mayBeStocked = (number: string): boolean =>
  number.length > SUFFIX_DIGITS + 1 && number.startsWith('0');

const stockOf = ({ category, kind, product, region, city, areaCode }: NumberStock): NumberStock => ({
  category,
  kind,
  product,
  region,
  city,
  areaCode,
});

const isSame = (one: NumberStock, other: NumberStock): boolean =>
  one.category === other.category &&
  one.kind === other.kind &&
  one.product === other.product &&
  one.region === other.region &&
  one.city === other.city &&
  one.areaCode === other.areaCode;

/** Index of the first range that ends at or after a suffix. */
function firstFrom(ranges: readonly StockedRange[], suffix: number): number {
  let low = 0;
  let high = ranges.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ranges[middle]!.to < suffix) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** What a number is sold as; null for one that never came into stock. */
export function stockedAs({ ranges }: NumberBlockState, number: string): NumberStock | null {
  const suffix = suffixOf(number);
  const found = ranges[firstFrom(ranges, suffix)];
  return found !== undefined && found.from <= suffix ? found.stock : null;
}

type Decision = Outcome<NumberBlockEvent, NumberBlockRejection>;

/** What is in stock already, as the same, is left out: a file may be imported again, also a longer one. */
function decide(command: NumberBlockCommand, { ranges }: NumberBlockState): Decision {
  const { now: at, block, first, last } = command;
  const stock = stockOf(command);
  const end = suffixOf(last);
  const gaps: { from: number; to: number }[] = [];
  let next = suffixOf(first);
  for (let i = firstFrom(ranges, next); i < ranges.length && ranges[i]!.from <= end; i++) {
    const known = ranges[i]!;
    if (!isSame(known.stock, stock)) {
      const overlap = {
        first: numberOf(block, Math.max(known.from, next)),
        last: numberOf(block, Math.min(known.to, end)),
      };
      return rejected(numberBlockRefusals.NUMBERS_STOCKED_OTHERWISE, overlap);
    }
    if (known.from > next) gaps.push({ from: next, to: known.from - 1 });
    next = known.to + 1;
  }
  if (next <= end) gaps.push({ from: next, to: end });
  if (gaps.length === 0) return nothing(numberBlockUnchanged.STOCKED_ALREADY);
  return happened(
    ...gaps.map(
      ({ from, to }): NumberBlockEvent => ({
        type: 'NumbersStocked',
        at,
        block,
        first: numberOf(block, from),
        last: numberOf(block, to),
        ...stock,
      }),
    ),
  );
}

const evolve = ({ ranges }: NumberBlockState, event: NumberBlockEvent): NumberBlockState => {
  const from = suffixOf(event.first);
  const range = { from, to: suffixOf(event.last), stock: stockOf(event) };
  return { ranges: ranges.toSpliced(firstFrom(ranges, from), 0, range) };
};

export const numberBlock: Decider<
  NumberBlockCommand,
  NumberBlockEvent,
  NumberBlockState,
  NumberBlockRejection
> = {
  name: 'numberBlock',
  fresh: () => ({ ranges: [] }),
  decide,
  evolve,
};
