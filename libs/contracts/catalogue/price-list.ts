import {
  BusinessDay,
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
  problemSaid,
  rejected,
} from '#kernel';
import { type Product, problemsOf, productFacts } from './product.js';

/** Events of `priceList-<name>`: each publication is the whole list, a new version with a first day. */
export const priceListEvents = defineEvents(
  { context: 'contracts', stream: 'priceList-<name>' },
  {
    PriceListPublished: event(
      {
        priceList: fact.text,
        /** Counts from 1. */
        version: fact.whole,
        /** In force from this day on, until a version with a later first day. */
        validFrom: fact.day,
        /** SHA-256 of the products' canonical JSON. */
        hash: fact.text,
        products: fact.listOf(fact.record(productFacts)),
      },
      {
        word: {
          ja: '価格表を新しい版として公開した。適用開始日から有効になる。',
          en: 'A price list was published, whole, as a new version that holds from `validFrom` on.',
        },
        sentence: {
          ja: '価格表 {priceList} の第{version}版（{products}商品）を {validFrom} から適用として公開した。',
          en:
            'Version {version} of price list {priceList} was published with {products} product(s), ' +
            'in force from {validFrom}.',
        },
      },
    ),
  },
);
export type PriceListEvent = EventOf<typeof priceListEvents>;

export type PriceListCommand = {
  readonly type: 'PublishPriceList';
  readonly now: Instant;
  readonly priceList: string;
  readonly validFrom: BusinessDay;
  readonly hash: string;
  readonly products: readonly Product[];
};

export const priceListRefusals = defineRefusals({
  PRICE_LIST_EMPTY: {
    status: 422,
    ja: '価格表には1つ以上の商品が必要です。',
    en: 'A price list needs at least one product.',
  },
  PRODUCT_TWICE: {
    status: 422,
    ja: '商品 {product} が価格表に2回あります。',
    en: 'Product {product} stands twice in the price list.',
  },
  NUMBERS_PRICED_TWICE: {
    status: 422,
    ja: '電話番号の区分 {numbers} の価格が2つあります（{first}、{second}）。',
    en: 'Numbers {numbers} have two prices, of {first} and of {second}.',
  },
  PRODUCT_WRONG: {
    status: 422,
    ja: '商品 {product} の {field} が正しくありません（{problem}）。',
    en: 'Product {product} is wrong: {field} {problem}.',
  },
  PRICES_OF_THE_PAST: {
    status: 422,
    field: 'validFrom',
    ja: '{validFrom} は過ぎた日です。公開済みの価格表は {today} 以降の価格だけを変更できます。',
    en: 'Prices of {validFrom} cannot change any more: the day is over. They can from {today} on.',
  },
});
/** Why a command may have nothing to do. */
const priceListUnchanged = defineUnchanged({
  SAME_PRICES: {
    ja: 'その日には、既にこの内容が適用されます。',
    en: 'these prices hold on that day already',
  },
});
export type PriceListRejection = CodeOf<typeof priceListRefusals>;

export interface PriceListVersion {
  /** Counts from 1. */
  readonly version: number;
  readonly validFrom: BusinessDay;
  readonly hash: string;
  readonly products: readonly Product[];
  readonly publishedAt: Instant;
}

export interface PriceListState {
  /** In the order of publication. */
  readonly versions: readonly PriceListVersion[];
}

/** The list of every account that was given no other. */
export const STANDARD_PRICE_LIST = 'standard';

export const priceListStream = (name: string): string => `priceList-${name}`;

/** Of versions in the order of publication: the newest first day by then, and of those the newest. */
export function versionOn<Version extends { readonly validFrom: BusinessDay }>(
  versions: readonly Version[],
  day: BusinessDay,
): Version | undefined {
  let found: Version | undefined;
  for (const one of versions)
    if (one.validFrom <= day && (found === undefined || one.validFrom >= found.validFrom)) found = one;
  return found;
}

/** The version in force on a day. */
export const priceListOn = ({ versions }: PriceListState, day: BusinessDay): PriceListVersion | undefined =>
  versionOn(versions, day);

type Decision = Outcome<PriceListEvent, PriceListRejection>;

/** What no single product shows: one that stands twice, numbers with two prices. */
function togetherWrong(products: readonly Product[]): Decision | undefined {
  const codes = new Set<string>();
  const priced = new Map<string, string>();
  for (const { code, kind, forNumbers } of products) {
    if (codes.has(code)) return rejected(priceListRefusals.PRODUCT_TWICE, { product: code });
    codes.add(code);
    for (const numbers of forNumbers) {
      const first = priced.get(`${kind} ${numbers}`);
      if (first !== undefined)
        return rejected(priceListRefusals.NUMBERS_PRICED_TWICE, { numbers, first, second: code });
      priced.set(`${kind} ${numbers}`, code);
    }
  }
  return undefined;
}

function decide(command: PriceListCommand, state: PriceListState): Decision {
  const { now: at, priceList, validFrom, hash, products } = command;
  if (products.length === 0) return rejected(priceListRefusals.PRICE_LIST_EMPTY);
  for (const product of products) {
    const [wrong] = problemsOf(product);
    if (wrong) {
      const { field } = wrong;
      const details = { product: product.code, field, problem: problemSaid(wrong.problem) };
      return rejected(priceListRefusals.PRODUCT_WRONG, details);
    }
  }
  const together = togetherWrong(products);
  if (together) return together;
  if (priceListOn(state, validFrom)?.hash === hash) return nothing(priceListUnchanged.SAME_PRICES);
  const today = BusinessDay.of(at);
  if (state.versions.length > 0 && validFrom < today) {
    return rejected(priceListRefusals.PRICES_OF_THE_PAST, {
      validFrom: BusinessDay.text(validFrom),
      today: BusinessDay.text(today),
    });
  }
  return happened<PriceListEvent>({
    type: 'PriceListPublished',
    at,
    priceList,
    version: state.versions.length + 1,
    validFrom,
    hash,
    products,
  });
}

export const priceList: Decider<PriceListCommand, PriceListEvent, PriceListState, PriceListRejection> = {
  name: 'priceList',
  fresh: () => ({ versions: [] }),
  decide,
  evolve: ({ versions }, { version, validFrom, hash, products, at }) => ({
    versions: [...versions, { version, validFrom, hash, products, publishedAt: at }],
  }),
};
