import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { parse } from 'yaml';
import { CATALOGUE_SCHEMA } from './catalogue-schema.js';
import { readCatalogue } from './catalogue-yaml.js';

const fits = new Ajv2020({ allowUnionTypes: true }).compile(CATALOGUE_SCHEMA);
const EXAMPLE = /```yaml\n([\s\S]*?)```/.exec(
  readFileSync('docs/how-to/set-up-the-provider.md', 'utf8'),
)![1]!;
const price = (product: string, list = 'name: a, valid_from: 2026-01-01') =>
  `price_lists: [{ ${list}, products: [{ ${product} }] }]`;
const GOOD = 'code: a, kind: option, name_ja: あ, name_en: a, monthly: 1.5';

describe('the published schema of a catalogue file', () => {
  it.each([
    ['the example of the guide', EXAMPLE],
    ['a small list', price(GOOD)],
    [
      'every field',
      price(
        'code: a, kind: number, name_ja: あ, name_en: a, description_ja: い, description_en: b, ' +
          'monthly: "1", initial: 2, pro_rated: true, tax_category: reduced, end: end_of_next_month, ' +
          'most: 3, campaign: true, corporate_only: true, single: true, for_numbers: ["03", 0570], ' +
          'capabilities: [reaches_020], self_service: false',
      ),
    ],
  ])('takes %s, as the reader does', (_what, text) => {
    expect(readCatalogue('c.yaml', text).problems).toEqual([]);
    expect([fits(parse(text)), fits.errors]).toEqual([true, null]);
  });

  it.each([
    ['an unknown section', 'prices: []'],
    ['an unknown field', price(`${GOOD}, price: 1`)],
    ['an unknown field of a list', price(GOOD, 'name: a, valid_from: 2026-01-01, from: 1')],
    ['no first day', price(GOOD, 'name: a')],
    ['no product', 'price_lists: [{ name: a, valid_from: 2026-01-01, products: [] }]'],
    ['an unknown kind', price(GOOD.replace('option', 'box'))],
    ['a code in capitals', price(GOOD.replace('code: a', 'code: A'))],
    ['a price below zero', price(GOOD.replace('1.5', '-1'))],
    ['a price in words', price(GOOD.replace('1.5', 'dear'))],
    ['a flag in words', price(`${GOOD}, single: "yes"`)],
    ['none at most', price(`${GOOD}, most: 0`)],
    ['an unknown capability', price(`${GOOD}, capabilities: [flies]`)],
    ['an unknown policy', 'policies: [{ name: x, value: 1, valid_from: 2026-01-01 }]'],
  ])('refuses %s, as the reader does', (_what, text) => {
    expect(readCatalogue('c.yaml', text).problems).not.toEqual([]);
    expect(fits(parse(text))).toBe(false);
  });
});
