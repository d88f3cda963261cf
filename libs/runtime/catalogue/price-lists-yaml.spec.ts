import { BusinessDay, Money, problemInEnglish } from '#kernel';
import { readCatalogue } from './catalogue-yaml.js';

const GOOD = `price_lists:
  - name: standard
    valid_from: 2026-12-01
    products:
      - code: unique.extension
        kind: unique
        name_ja: 内線端末
        name_en: Extension terminal
        monthly: 500
        initial: 1000.0001
      - code: number.domestic
        kind: number
        name_ja: 国内電話番号
        name_en: Domestic number
        monthly: 300
        end: end_of_current_month
        most: 29
        campaign: true
        for_numbers: [03, "06"]
        capabilities:
          - reaches_020
`;
const POSTING = `      - code: invoice.posting
        kind: invoice_posting
        name_ja: 請求書発送
        name_en: Invoice by post
        monthly: 100
        per_sheets: 10
`;
const read = (text: string) => readCatalogue('p.yaml', text);
const toldIn = (text: string) =>
  read(text).problems.map(({ line, field, problem }) => [line, field, problem.kind.code]);

describe('a price list in a catalogue file', () => {
  it('gives its products; what is not said has its standard, and 03 keeps its zero', () => {
    expect(read(GOOD).problems).toEqual([]);
    const [list, ...more] = read(GOOD).priceLists;
    expect(more).toEqual([]);
    expect(list).toMatchObject({
      priceList: 'standard',
      validFrom: BusinessDay.parse('2026-12-01'),
      line: 2,
    });
    expect(list!.products).toEqual([
      {
        code: 'unique.extension',
        kind: 'unique',
        nameJa: '内線端末',
        nameEn: 'Extension terminal',
        descriptionJa: '',
        descriptionEn: '',
        monthly: Money.of('500'),
        initial: Money.of('1000.0001'),
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
      },
      expect.objectContaining({
        monthly: Money.of('300'),
        initial: null,
        end: 'end_of_current_month',
        most: 29,
        campaign: true,
        forNumbers: ['03', '06'],
        capabilities: ['reaches_020'],
      }),
    ]);
  });

  it('of posted invoices: 100 yen per 10 sheets, never a part of a month (PR-10, PR-11)', () => {
    const [, , posting] = read(`${GOOD}${POSTING}`).priceLists[0]!.products;
    expect(posting).toMatchObject({ monthly: Money.of('100'), perSheets: 10, proRated: false });
  });

  it.each([
    ['per_number', 'monthly: 2', { proRated: false, selfService: false }],
    ['recording_gb', 'monthly: 500', { proRated: false, selfService: false }],
    ['shipping', 'initial: 800', { proRated: false, selfService: false }],
    ['device', 'initial: 9800', { proRated: false, selfService: true }],
    ['option', 'monthly: 500', { proRated: true, selfService: true }],
  ])('takes for a product of kind %s what is usual', (kind, price, standard) => {
    const fields = `kind: ${kind}, name_ja: あ, name_en: a, ${price}`;
    const text = `price_lists: [{ name: a, valid_from: 2026-01-01, products: [{ code: a, ${fields} }] }]`;
    expect(read(text)).toMatchObject({ problems: [], priceLists: [{ products: [standard] }] });
  });

  it('may stand there in several versions, and beside other lists', () => {
    const later = GOOD.slice(GOOD.indexOf('\n') + 1).replace('2026-12-01', '2027-01-01');
    const other = later.replace('standard', 'reseller-a');
    expect(read(`${GOOD}${later}${other}`).problems).toEqual([]);
    expect(read(`${GOOD}${later}${other}`).priceLists.map(({ line }) => line)).toEqual([2, 22, 42]);
  });

  type Fault = readonly [line: number, field: string | null, code: string];
  it.each<[what: string, text: string, faults: readonly Fault[]]>([
    ['that is a text', 'price_lists: dear\n', [[1, 'price_lists', 'NOT_A_LIST']]],
    ['of texts', 'price_lists: [dear]\n', [[1, 'price_lists', 'NOT_AN_ENTRY']]],
    [
      'without anything',
      'price_lists:\n  - {}\n',
      [
        [2, 'name', 'REQUIRED'],
        [2, 'valid_from', 'REQUIRED'],
        [2, 'products', 'NO_PRODUCTS'],
      ],
    ],
    [
      'with a field of another name',
      GOOD.replace('valid_from', 'from'),
      [
        [3, 'from', 'UNKNOWN_ENTRY'],
        [2, 'valid_from', 'REQUIRED'],
      ],
    ],
    [
      'with a wrong name',
      GOOD.replace('name: standard', 'name: a b'),
      [[2, 'name', 'NOT_A_PRICE_LIST_NAME']],
    ],
    ['from no day', GOOD.replace('12-01', '12-32'), [[3, 'valid_from', 'NOT_A_DATE']]],
    [
      'without products',
      `${GOOD.slice(0, GOOD.indexOf('    products'))}    products: []\n`,
      [[4, 'products', 'NO_PRODUCTS']],
    ],
    ['with a product that is a text', `${GOOD}      - dear\n`, [[22, 'products', 'NOT_AN_ENTRY']]],
    ['with an unknown field', GOOD.replace('initial', 'price'), [[10, 'price', 'UNKNOWN_ENTRY']]],
    ['with a field twice', GOOD.replace('initial: 1000.0001', 'monthly: 1'), [[10, null, 'KEY_TWICE']]],
    ['with five decimals', GOOD.replace('1000.0001', '1000.00001'), [[10, 'initial', 'NOT_AN_AMOUNT']]],
    ['with a price in words', GOOD.replace(': 500', ': five'), [[9, 'monthly', 'NOT_AN_AMOUNT']]],
    ['with a price below zero', GOOD.replace(': 500', ': -1'), [[9, 'monthly', 'TOO_SMALL']]],
    ['with a price that is a list', GOOD.replace(': 500', ': [5]'), [[9, 'monthly', 'NOT_A_SINGLE_VALUE']]],
    ['of an unknown kind', GOOD.replace('kind: unique', 'kind: box'), [[6, 'kind', 'NOT_ONE_OF']]],
    ['with a kind in capitals', GOOD.replace('kind: unique', 'kind: Unique'), [[6, 'kind', 'NOT_ONE_OF']]],
    ['without a kind', GOOD.replace('        kind: unique\n', ''), [[5, 'kind', 'REQUIRED']]],
    ['without a name', GOOD.replace('        name_en: Domestic number\n', ''), [[11, 'name_en', 'REQUIRED']]],
    ['with an empty name', GOOD.replace('内線端末', '""'), [[7, 'name_ja', 'REQUIRED']]],
    [
      'with yes for true',
      GOOD.replace('campaign: true', 'campaign: yes'),
      [[18, 'campaign', 'NOT_YES_OR_NO']],
    ],
    ['with half a unit', GOOD.replace('most: 29', 'most: 2.5'), [[17, 'most', 'NOT_A_WHOLE_NUMBER']]],
    ['with an end of its own', GOOD.replace('end_of_current_month', 'at once'), [[16, 'end', 'NOT_ONE_OF']]],
    [
      'with a tax of its own',
      GOOD.replace('initial: 1000.0001', 'tax_category: ten'),
      [[10, 'tax_category', 'NOT_ONE_OF']],
    ],
    ['with numbers as a text', GOOD.replace('[03, "06"]', '03'), [[19, 'for_numbers', 'NOT_A_LIST']]],
    [
      'with numbers in numbers',
      GOOD.replace('[03, "06"]', '[[03]]'),
      [[19, 'for_numbers', 'NOT_A_SINGLE_VALUE']],
    ],
    ['with numbers of no group', GOOD.replace('[03, "06"]', '[]'), [[19, 'for_numbers', 'NEEDED_OF_KIND']]],
    [
      'with an unknown capability',
      GOOD.replace('reaches_020', 'flies'),
      [[21, 'capabilities', 'NOT_ONE_OF']],
    ],
    [
      'with a product twice',
      GOOD.replace('number.domestic', 'unique.extension'),
      [[11, 'code', 'PRODUCT_TWICE']],
    ],
    [
      'with posting of no sheets',
      `${GOOD}${POSTING.replace('sheets: 10', 'sheets: 0')}`,
      [[27, 'per_sheets', 'NOT_A_WHOLE_NUMBER']],
    ],
    [
      'with posting without sheets',
      `${GOOD}${POSTING.replace('        per_sheets: 10\n', '')}`,
      [[22, 'per_sheets', 'NEEDED_OF_KIND']],
    ],
    [
      'twice from one day',
      `${GOOD}${GOOD.slice(GOOD.indexOf('\n') + 1)}`,
      [[22, 'valid_from', 'PRICE_LIST_TWICE']],
    ],
  ])('%s is refused, line and field named', (_what, text, faults) => {
    expect(toldIn(text)).toEqual(faults);
    for (const { problem } of read(text).problems) expect(problemInEnglish(problem)).not.toMatch(/[{}]/);
    expect(read(text).priceLists.length).toBeLessThanOrEqual(2);
  });

  it('with numbers that two products price is refused', () => {
    const twice = GOOD.slice(GOOD.indexOf('      - code: number')).replace('number.domestic', 'number.more');
    expect(toldIn(`${GOOD}${twice}`)).toEqual([
      [22, 'for_numbers', 'NUMBERS_PRICED_TWICE'],
      [22, 'for_numbers', 'NUMBERS_PRICED_TWICE'],
    ]);
  });

  it('of too many products or lists is refused before they are read', () => {
    const list = (products: string) => `{ name: a, valid_from: 2026-01-01, products: [${products}] }`;
    const many = (count: number, one: string) => Array.from({ length: count }, () => one).join(',\n ');
    expect(toldIn(`price_lists: [${list(many(2001, '{ a: 1 }'))}]\n`)).toEqual([
      [2001, 'products', 'TOO_MANY_PRODUCTS'],
    ]);
    expect(toldIn(`price_lists: [${many(101, list('{ a: 1 }'))}]\n`)).toEqual([
      [101, 'price_lists', 'TOO_MANY_PRICE_LISTS'],
    ]);
  });
});
