import { BusinessDay, Instant, Money } from '#kernel';
import { specOf } from '#testing';
import {
  type PriceListCommand,
  type PriceListEvent,
  priceList,
  priceListOn,
  priceListRefusals,
  priceListStream,
} from './price-list.js';
import type { Product } from './product.js';

const at = Instant.parse('2026-12-01T00:00:00.000+09:00');
const day = (text: string): BusinessDay => BusinessDay.parse(text);

const product = (code: string, monthly: string, change: Partial<Product> = {}): Product => ({
  code,
  kind: 'unique',
  nameJa: '内線端末',
  nameEn: 'Extension terminal',
  descriptionJa: '',
  descriptionEn: '',
  monthly: Money.of(monthly),
  initial: null,
  proRated: true,
  taxCategory: 'standard',
  end: null,
  most: null,
  perSheets: null,
  campaign: false,
  corporateOnly: false,
  single: false,
  forNumbers: [],
  capabilities: [],
  selfService: true,
  ...change,
});
const numbers = (code: string, ...forNumbers: string[]): Product =>
  product(code, '300', { kind: 'number', forNumbers });

interface Of {
  readonly validFrom: string;
  readonly hash?: string;
  readonly products?: readonly Product[];
  readonly now?: Instant;
}
const PRODUCTS = [product('unique.extension', '500')];
const publish = ({ validFrom, hash = 'h1', products = PRODUCTS, now = at }: Of): PriceListCommand => ({
  type: 'PublishPriceList',
  now,
  priceList: 'standard',
  validFrom: day(validFrom),
  hash,
  products,
});
const published = (version: number, { validFrom, hash = 'h1', products = PRODUCTS }: Of): PriceListEvent => ({
  type: 'PriceListPublished',
  at,
  priceList: 'standard',
  version,
  validFrom: day(validFrom),
  hash,
  products,
});
const { given } = specOf(priceList);
const first = published(1, { validFrom: '2020-01-01' });

describe('a price list', () => {
  it('is published whole, versions counted from 1; the first may hold since long', () => {
    given()
      .when(publish({ validFrom: '2020-01-01' }))
      .then(first);
    given(first)
      .when(publish({ validFrom: '2027-01-01', hash: 'h2' }))
      .then(published(2, { validFrom: '2027-01-01', hash: 'h2' }));
  });

  it('with the prices that hold on that day is published already, also when the day is over', () => {
    const second = published(2, { validFrom: '2026-12-01', hash: 'h2' });
    for (const validFrom of ['2020-01-01', '2026-11-30'])
      given(first, second).when(publish({ validFrom })).thenNothing('these prices hold on that day already');
    given(first, second)
      .when(publish({ validFrom: '2027-01-01' }))
      .then(published(3, { validFrom: '2027-01-01' }));
  });

  it.each<[string, string, Instant]>([
    ['yesterday', '2026-11-30', at],
    ['the day that ended a millisecond ago', '2026-11-30', Instant.plusMs(at, 1)],
    ['years ago', '2020-01-02', at],
    ['before the first', '2019-12-31', at],
  ])(
    'never changes %s: PRICES_OF_THE_PAST',
    (_what, validFrom, now) =>
      void given(first)
        .when(publish({ validFrom, hash: 'h2', now }))
        .thenRejected('PRICES_OF_THE_PAST'),
  );

  it('changes today, to the last millisecond of the day', () => {
    const now = Instant.parse('2026-11-30T23:59:59.999+09:00');
    const today = { validFrom: '2026-11-30', hash: 'h2' };
    given(first)
      .when(publish({ ...today, now }))
      .then({ ...published(2, today), at: now });
  });

  it.each<[string, readonly Product[], string]>([
    ['no product', [], 'PRICE_LIST_EMPTY'],
    ['a product twice', [product('a', '1'), product('b', '1'), product('a', '2')], 'PRODUCT_TWICE'],
    ['a product that is wrong', [product('A', '1')], 'PRODUCT_WRONG'],
    ['two prices of 03', [numbers('n1', '03', '06'), numbers('n2', '011', '03')], 'NUMBERS_PRICED_TWICE'],
  ])('with %s is refused, the first as well', (_what, products, code) => {
    given()
      .when(publish({ validFrom: '2026-12-01', products }))
      .thenRejected(code as 'PRODUCT_TWICE');
    expect(Object.keys(priceListRefusals)).toContain(code);
  });

  it('prices a group of numbers once for each kind of them', () => {
    const both = [numbers('n', '0800'), product('v', '1', { kind: 'vba_number', forNumbers: ['0800'] })];
    given()
      .when(publish({ validFrom: '2026-12-01', products: both }))
      .then(published(1, { validFrom: '2026-12-01', products: both }));
    expect(priceListStream('standard')).toBe('priceList-standard');
  });
});

describe('the version in force', () => {
  const versions: readonly [version: number, validFrom: string][] = [
    [1, '2026-01-01'],
    [2, '2026-04-01'],
    [3, '2026-07-01'],
    // Published later for an earlier day, and again for the same day.
    [4, '2026-05-01'],
    [5, '2026-07-01'],
  ];
  const state = versions.reduce(
    (so, [version, validFrom]) =>
      priceList.evolve(so, published(version, { validFrom, hash: `h${version}` })),
    priceList.fresh(),
  );

  it.each<[string, number | undefined]>([
    ['2025-12-31', undefined],
    ['2026-01-01', 1],
    ['2026-03-31', 1],
    ['2026-04-01', 2],
    ['2026-04-30', 2],
    ['2026-05-01', 4],
    ['2026-06-30', 4],
    ['2026-07-01', 5],
    ['2199-12-31', 5],
  ])('on %s is version %s', (on, version) => expect(priceListOn(state, day(on))?.version).toBe(version));

  it('of a list that was never published is none', () =>
    expect(priceListOn(priceList.fresh(), day('2026-01-01'))).toBeUndefined());
});
