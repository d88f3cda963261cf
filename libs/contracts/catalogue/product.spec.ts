import { Money, problemSaid } from '#kernel';
import { product } from './product.fixture.js';
import { CAPABILITIES, PRODUCT_KINDS, type Product, problemsOf } from './product.js';

const extension = product('unique.extension');
const posting: Partial<Product> = {
  kind: 'invoice_posting',
  monthly: Money.of('100'),
  initial: null,
  proRated: false,
  perSheets: 10,
};
const device: Partial<Product> = { kind: 'device', monthly: null, proRated: false };

describe('a product', () => {
  it.each<[string, Partial<Product>]>([
    ['with both fees', {}],
    ['with a monthly fee only', { initial: null }],
    ['that costs nothing, which is a price', { monthly: Money.zero, initial: null }],
    ['with four decimals', { monthly: Money.of('0.0001') }],
    ['at the limit of a price', { monthly: Money.of('10000000') }],
    ['with the longest code', { code: 'a'.repeat(60) }],
    ['of numbers', { kind: 'number', forNumbers: ['03', '06', 'special'] }],
    ['of overseas numbers', { kind: 'vba_number', forNumbers: ['US', 'US.toll_free'] }],
    ['of posting, per ten sheets (PR-10)', posting],
    ['that is a device', device],
    ['with every capability', { capabilities: CAPABILITIES }],
    ['of which one has 29 at most', { most: 29 }],
    ['called like a pool that it is of', { code: 'fax', capabilities: ['adds_fax'] }],
  ])('%s is right', (_what, change) => expect(problemsOf({ ...extension, ...change })).toEqual([]));

  it.each<[string, Partial<Product>, string, string]>([
    ['a code in capitals', { code: 'Unique' }, 'code', 'NOT_A_PRODUCT_CODE'],
    ['a code of 61 characters', { code: 'a'.repeat(61) }, 'code', 'NOT_A_PRODUCT_CODE'],
    ['no code', { code: '' }, 'code', 'NOT_A_PRODUCT_CODE'],
    ['the name of a pool of calls', { code: 'calls', capabilities: ['allotted'] }, 'code', 'NAME_OF_POOL'],
    ['the name of a pool of FAX', { code: 'fax', capabilities: ['allotted'] }, 'code', 'NAME_OF_POOL'],
    ['no Japanese name', { nameJa: ' ' }, 'nameJa', 'REQUIRED'],
    ['no English name', { nameEn: '' }, 'nameEn', 'REQUIRED'],
    ['a name of 101 characters', { nameJa: 'あ'.repeat(101) }, 'nameJa', 'TOO_LONG'],
    ['a name with what is not seen', { nameEn: 'a\u200b' }, 'nameEn', 'HIDDEN_CHARACTER'],
    ['a description of 501 characters', { descriptionJa: 'あ'.repeat(501) }, 'descriptionJa', 'TOO_LONG'],
    ['a price below zero', { monthly: Money.of('-0.0001') }, 'monthly', 'TOO_SMALL'],
    ['a price above the limit', { initial: Money.of('10000000.0001') }, 'initial', 'AMOUNT_TOO_LARGE'],
    ['no price at all', { monthly: null, initial: null, proRated: false }, 'monthly', 'NO_PRICE'],
    ['pro-rata of no monthly fee', { monthly: null }, 'proRated', 'PRO_RATED_WITHOUT_MONTHLY'],
    ['none of it for anybody', { most: 0 }, 'most', 'NOT_A_WHOLE_NUMBER'],
    ['half a unit at most', { most: 1.5 }, 'most', 'NOT_A_WHOLE_NUMBER'],
    ['posting without its sheets', { ...posting, perSheets: null }, 'perSheets', 'NEEDED_OF_KIND'],
    ['posting of no sheets', { ...posting, perSheets: 0 }, 'perSheets', 'NOT_A_WHOLE_NUMBER'],
    ['sheets of another kind', { perSheets: 10 }, 'perSheets', 'NOT_OF_KIND'],
    ['posting without a price', { ...posting, monthly: null }, 'monthly', 'NEEDED_OF_KIND'],
    ['a device with a monthly fee', { ...device, monthly: Money.of('1') }, 'monthly', 'NOT_OF_KIND'],
    ['a device without a price', { ...device, initial: null }, 'initial', 'NEEDED_OF_KIND'],
    ['numbers of no group', { kind: 'number' }, 'forNumbers', 'NEEDED_OF_KIND'],
    ['groups of numbers of another kind', { forNumbers: ['03'] }, 'forNumbers', 'NOT_OF_KIND'],
    ['a group with a blank', { kind: 'number', forNumbers: ['0 3'] }, 'forNumbers', 'NOT_A_NUMBER_GROUP'],
    ['a group twice', { kind: 'number', forNumbers: ['03', '03'] }, 'forNumbers', 'NAMED_TWICE'],
    ['an unknown capability', { capabilities: ['flies'] }, 'capabilities', 'NOT_ONE_OF'],
    ['a capability twice', { capabilities: ['adds_call', 'adds_call'] }, 'capabilities', 'NAMED_TWICE'],
  ])('with %s is wrong, and it is said where', (_what, change, field, code) => {
    const found = problemsOf({ ...extension, ...change });
    expect(found.map(one => [one.field, one.problem.kind.code])).toEqual([[field, code]]);
    const { ja, en } = problemSaid(found[0]!.problem);
    for (const text of [ja, en]) expect(text).not.toMatch(/[{}]/);
  });

  it('tells everything that is wrong, not the first only', () =>
    expect(
      problemsOf({ ...extension, code: 'A', nameJa: '', monthly: Money.of('-1') }).map(({ field }) => field),
    ).toEqual(['code', 'nameJa', 'monthly']));

  it('is of one of the kinds that the manual sells', () => expect(PRODUCT_KINDS).toHaveLength(14));
});
