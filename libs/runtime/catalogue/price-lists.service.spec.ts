import { BusinessDay, parseAccountId } from '#kernel';
import { JourneyApi, type JourneyHome, SimulatedClock } from '#testing';
import { embeddedHome } from '../../../test/support/journeys.js';
import { assignPriceList, listProducts } from '../accounts/accounts.use-cases.js';
import { ask, perform } from '../engine/use-case.js';
import type { Caller } from '../product.views.js';
import type { ProductView } from './catalogue.shapes.js';
import {
  compareCatalogue,
  importCatalogue,
  listPriceLists,
  listTariffs,
  showPriceList,
} from './catalogue.use-cases.js';

interface Prices {
  readonly from: string;
  readonly name?: string;
  readonly extension?: string;
  readonly areas?: string;
  readonly more?: string;
}
const section = ({ from, name = 'standard', extension = '500', areas = '"03"', more = '' }: Prices) =>
  `  - name: ${name}
    valid_from: ${from}
    products:
      - { code: unique.extension, kind: unique, name_ja: 内線, name_en: Extension, monthly: ${extension} }
      - { code: number.03, kind: number, name_ja: 番号, name_en: Number, monthly: 300, for_numbers: [${areas}] }
${more}`;
const list = (...prices: Prices[]): string => `price_lists:\n${prices.map(section).join('')}`;

let home: JourneyHome;
const clock = new SimulatedClock('2026-12-01T09:00:00.000+09:00');
beforeAll(async () => {
  home = await embeddedHome(clock);
});
afterAll(() => home.end());

let sequence = 0;
const caller = (commandId = `p-${++sequence}`): Caller => ({ actor: { id: 'staff:tanaka' }, commandId });
const sent = (text: string) => ({ file: 'p.yaml', text });
const bring = (text: string, by = caller()) => perform(home.product, importCatalogue, sent(text), by);
const compare = (text: string) =>
  ask(home.product, compareCatalogue, { ...sent(text), whose: 'staff:tanaka' });
const day = (text: string): BusinessDay => BusinessDay.parse(text);
const priceOn = async (on: string, priceList = 'standard') => {
  const found = await ask(home.product, showPriceList, { priceList, on: day(on) });
  return found && [found.version, found.products[0]!.monthly];
};
const head = async () => (await home.product.health()).head;

describe('price lists, over a year', () => {
  it('begin with a version that may hold since long', async () => {
    expect(await bring(list({ from: '2026-01-01' }))).toMatchObject({
      problems: [],
      imported: ['price_list standard 2026-01-01'],
    });
    expect(await priceOn('2025-12-31')).toBeUndefined();
    expect(await priceOn('2026-01-01')).toEqual([1, '500']);
    expect(await priceOn('2199-12-31')).toEqual([1, '500']);
  });

  it('stay as they are when the same file comes again, under another id as well', async () => {
    const before = await head();
    expect(await bring(list({ from: '2026-01-01' }))).toMatchObject({ problems: [] });
    expect(await compare(list({ from: '2026-01-01' }))).toMatchObject({
      changes: [],
      problems: [],
      priceLists: [{ version: 2, replaces: 1, added: [], removed: [], changed: [], unchanged: 2 }],
    });
    expect(await head()).toBe(before);
  });

  it('never change a day that is over, and nothing of such a file is imported', async () => {
    const before = await head();
    const text = `issuer:\n  name: 台帳\n${list({ from: '2026-11-30', extension: '600' })}`;
    const refused = { problems: [{ line: 4, field: 'valid_from', code: 'PRICES_OF_THE_PAST' }] };
    expect(await compare(text)).toMatchObject({ changes: [], ...refused });
    expect(await bring(text)).toMatchObject({ imported: [], ...refused });
    expect(await head()).toBe(before);
  });

  it('refuse a file whose second version would be of the past once its first is there', async () => {
    const before = await head();
    const [a, b] = [
      { name: 'new', from: '2025-01-01' },
      { name: 'new', from: '2025-07-01', extension: '9' },
    ];
    const refused = { problems: [{ line: 7, field: 'valid_from', code: 'PRICES_OF_THE_PAST' }] };
    expect(await compare(list(a, b))).toMatchObject(refused);
    expect(await bring(list(a, b))).toMatchObject(refused);
    expect(await head()).toBe(before);
  });

  it('name before an import every product and field that changes, with both values', async () => {
    const more =
      '      - { code: fax, kind: fax, name_ja: FAX, name_en: FAX, monthly: 980.5, initial: 1500 }\n';
    const text = list({ from: '2027-04-01', extension: '550.0001', areas: '"03", "072"', more });
    const before = await head();
    const { problems, changes, priceLists } = await compare(text);
    expect({ problems, changes }).toEqual({
      problems: [],
      changes: ['price_list standard 2027-04-01'],
    });
    const [diff] = priceLists;
    expect(diff).toMatchObject({
      priceList: 'standard',
      version: 2,
      replaces: 1,
      validFrom: '2027-04-01',
      validUntil: null,
      unchanged: 0,
      removed: [],
      added: [{ code: 'fax', monthly: '980.5', initial: '1500' }],
    });
    expect(
      diff!.changed.map(({ from, to, fields }) => [
        to.code,
        fields.map(field => [field, ...[from, to].map(one => one[field as keyof ProductView])]),
      ]),
    ).toEqual([
      ['unique.extension', [['monthly', '500', '550.0001']]],
      ['number.03', [['forNumbers', ['03'], ['03', '072']]]],
    ]);
    expect(await head()).toBe(before);
    await bring(text);
    expect(await priceOn('2027-03-31')).toEqual([1, '500']);
    expect(await priceOn('2027-04-01')).toEqual([2, '550.0001']);
  });

  it('take a version in between, which holds until the one that was there before', async () => {
    const text = list({ from: '2027-01-01', extension: '520' });
    expect((await compare(text)).priceLists).toMatchObject([
      { version: 3, replaces: 1, validFrom: '2027-01-01', validUntil: '2027-03-31' },
    ]);
    await bring(text);
    expect(
      await Promise.all(['2026-12-31', '2027-01-01', '2027-03-31', '2027-04-01'].map(on => priceOn(on))),
    ).toEqual([
      [1, '500'],
      [3, '520'],
      [3, '520'],
      [2, '550.0001'],
    ]);
  });

  it('take back what was announced, until its first day is over', async () => {
    clock.moveTo('2026-12-31T23:59:59.999+09:00');
    await bring(list({ from: '2027-01-01', extension: '510' }));
    expect(await priceOn('2027-01-01')).toEqual([4, '510']);
    clock.moveTo('2027-01-01T23:59:59.999+09:00');
    await bring(list({ from: '2027-01-01', extension: '505' }));
    clock.moveTo('2027-01-02T00:00:00.000+09:00');
    expect(await bring(list({ from: '2027-01-01', extension: '500' }))).toMatchObject({
      problems: [{ code: 'PRICES_OF_THE_PAST', problemJa: expect.stringContaining('2027-01-02') }],
    });
    expect(await priceOn('2027-01-01')).toEqual([5, '505']);
  });

  it('stand for resellers beside the standard, several versions in one file', async () => {
    const [a, b] = [
      { name: 'reseller-a', from: '2020-01-01', extension: '400' },
      { name: 'reseller-a', from: '2028-01-01' },
    ];
    expect((await compare(list(a, b))).priceLists).toMatchObject([
      { version: 1, replaces: null, added: [{ monthly: '400' }, {}], changed: [] },
      { version: 2, replaces: 1, added: [], changed: [{ from: { monthly: '400' }, to: { monthly: '500' } }] },
    ]);
    expect(await bring(list(a, b))).toMatchObject({
      problems: [],
      imported: [{}, {}].map(() => expect.any(String)),
    });
    expect(await priceOn('2027-12-31', 'reseller-a')).toEqual([1, '400']);
    expect(await priceOn('2028-01-01', 'reseller-a')).toEqual([2, '500']);
  });

  it('are listed with what becomes of each version on a day', async () => {
    const states = async (on: string) => {
      const { rows } = await ask(home.product, listPriceLists, { on: day(on) });
      return rows.map(({ priceList, version, state, validFrom, validUntil }) =>
        [priceList, version, state, validFrom, validUntil].join(' '),
      );
    };
    expect(await states('2027-01-02')).toEqual([
      'reseller-a 2 coming 2028-01-01 ',
      'reseller-a 1 in_force 2020-01-01 2027-12-31',
      'standard 5 in_force 2027-01-01 2027-03-31',
      'standard 4 replaced 2027-01-01 2027-03-31',
      'standard 3 replaced 2027-01-01 2027-03-31',
      'standard 2 coming 2027-04-01 ',
      'standard 1 past 2026-01-01 2026-12-31',
    ]);
    expect((await states('2027-04-01'))[5]).toBe('standard 2 in_force 2027-04-01 ');
    expect((await states('2025-12-31'))[6]).toBe('standard 1 coming 2026-01-01 2026-12-31');
  });

  it('come in one file with tariffs, and the difference names both', async () => {
    const text = `${list({ from: '2029-01-01', name: 'other' })}tariffs:
  - { tariff: std, prefix: "03", destination: 東京, category: 一般通話, connect_fee: 0, price: 8, per_s: 180,
      first_increment_s: 180, increment_s: 180, valid_from: 2020-01-01 }
`;
    expect(await compare(text)).toMatchObject({
      changes: ['tariff std', 'price_list other 2029-01-01'],
      parts: ['tariff', 'price_list'],
      tariffs: [{ tariff: 'std', added: [{ prefix: '03' }] }],
      priceLists: [{ priceList: 'other' }],
    });
    expect((await ask(home.product, listTariffs, {})).rows).toEqual([]);
  });

  it('with a fault are not compared either', async () =>
    expect(await compare(list({ from: '2029-01-01', extension: 'many' }))).toMatchObject({
      changes: [],
      tariffs: [],
      priceLists: [],
      problems: [{ file: 'p.yaml', line: 5, field: 'monthly' }],
    }));
});

describe('what an account can buy', () => {
  const A1 = parseAccountId('A1');
  const products = async (on: string) => {
    const found = await ask(home.product, listProducts, { account: A1, on: day(on) });
    return found && [found.priceList, found.products.map(({ code, monthly }) => `${code} ${monthly}`)];
  };
  const assign = (priceList: string) =>
    perform(home.product, assignPriceList, { account: A1, priceList }, caller());

  it('has the prices of its list, the standard until it is given another', async () => {
    const api = new JourneyApi(home.product, home.directory);
    await api.tariff('03,一般通話,8,180,standard');
    await api.openAccount('A1', '2025-01-01').expecting('NumberClaimed', 'AccountOpened', 'NumberAssigned');
    expect(await products('2025-12-31')).toBeUndefined();
    expect(await products('2027-01-02')).toEqual(['standard', ['unique.extension 505', 'number.03 300']]);
    expect(await assign('nothing')).toMatchObject({ rejection: { code: 'NO_SUCH_PRICE_LIST' } });
    expect(await assign('reseller-a')).toMatchObject({ kind: 'done' });
    expect(await assign('reseller-a')).toMatchObject({ kind: 'nothing' });
    expect(await products('2027-01-01')).toMatchObject(['standard', {}]);
    expect(await products('2027-01-02')).toEqual(['reseller-a', ['unique.extension 400', 'number.03 300']]);
  });

  it('is without what only staff sell', async () => {
    const more = '      - { code: charge, kind: per_number, name_ja: 料金, name_en: Charge, monthly: 2 }\n';
    await bring(list({ name: 'reseller-a', from: '2027-02-01', more }));
    expect(await products('2027-02-01')).toEqual(['reseller-a', ['unique.extension 500', 'number.03 300']]);
  });
});
