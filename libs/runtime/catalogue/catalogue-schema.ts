import { CAPABILITIES, PRODUCT_ENDS, PRODUCT_KINDS } from '#contracts';
import { TAX_CATEGORIES, TAX_ROUNDINGS } from '#kernel';
import { POLICY_NAMES } from '#policies';
import type { JsonSchema } from '../engine/shapes.js';

const text = (description: string, more: object = {}): JsonSchema => ({
  type: ['string', 'number'],
  description,
  ...more,
});
const yen = (description: string): JsonSchema => ({
  type: ['number', 'string'],
  pattern: '^\\d{1,8}(\\.\\d{1,4})?$',
  minimum: 0,
  maximum: 10_000_000,
  description,
});
const flag = (description: string): JsonSchema => ({ type: 'boolean', description });
const whole = (maximum: number, description: string): JsonSchema => ({
  type: 'integer',
  minimum: 1,
  maximum,
  description,
});
const date = (description: string): JsonSchema => ({
  type: 'string',
  pattern: '^\\d{4}-\\d{2}-\\d{2}$',
  description,
});
const entry = (properties: Readonly<Record<string, JsonSchema>>, ...required: string[]): JsonSchema => ({
  type: 'object',
  properties,
  required,
  additionalProperties: false,
});
const list = (items: JsonSchema, description: string): JsonSchema => ({ type: 'array', items, description });

const product = entry(
  {
    code: text('What contracts and invoices name for ever.', { pattern: '^[a-z0-9._-]{1,60}$' }),
    kind: { enum: PRODUCT_KINDS, description: 'What is sold or charged.' },
    name_ja: text('As it stands on invoices.'),
    name_en: text('As it stands on English pages and invoices.'),
    description_ja: text('For the shop.'),
    description_en: text('For the shop.'),
    monthly: yen('Monthly fee of one unit, net; left out: none.'),
    initial: yen('Once, net; of a device its price.'),
    pro_rated: flag('false: the first month is paid whole. Usual: true where there is a monthly fee.'),
    tax_category: { enum: TAX_CATEGORIES, description: 'standard without it.' },
    end: {
      enum: PRODUCT_ENDS,
      description: 'When a cancelled contract ends; without it as the policy says.',
    },
    most: whole(100_000, 'How many an account buys by itself at most.'),
    per_sheets: whole(10_000, 'Of invoice_posting: the price is that of so many sheets.'),
    campaign: flag('Shown as a campaign price.'),
    corporate_only: flag('For companies only.'),
    single: flag('Owned once.'),
    for_numbers: list(text('An area code, a kind or a country.'), 'Of numbers: what it prices.'),
    capabilities: list({ enum: CAPABILITIES }, 'What it brings along.'),
    self_service: flag('false: sold by staff only.'),
  },
  'code',
  'kind',
  'name_ja',
  'name_en',
);

/** The form of a catalogue file, for editors that check one while it is written. The reader checks more. */
export const CATALOGUE_SCHEMA = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: 'Daicho catalogue',
  description: 'What `daicho catalogue import` takes. Every section may be left out.',
  type: 'object',
  additionalProperties: false,
  properties: {
    issuer: entry(
      {
        name: text('Of the provider, on its invoices.'),
        postal_code: text('On its invoices.'),
        address: text('On its invoices.'),
        registration_number: text('T and 13 digits.', { pattern: '^(T\\d{13})?$' }),
        phone: text('On its invoices.'),
        tax_rounding: { enum: TAX_ROUNDINGS, description: 'half_up without it.' },
      },
      'name',
    ),
    policies: list(
      entry(
        {
          name: { enum: POLICY_NAMES, description: 'docs/reference/policies.md says what they mean.' },
          value: { type: ['string', 'number', 'boolean'], description: 'As the policy takes it.' },
          valid_from: date('From this day on.'),
        },
        'name',
        'value',
        'valid_from',
      ),
      'Rules with a first day.',
    ),
    tariffs: list(
      { type: 'object', additionalProperties: { type: ['string', 'number'] } },
      'Rows with the columns of tariff.csv.',
    ),
    price_lists: list(
      entry(
        {
          name: text('`standard`, or one of a reseller.', { pattern: '^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$' }),
          valid_from: date('The first day of this version; not before today, except of the first.'),
          products: { type: 'array', items: product, minItems: 1, maxItems: 2_000 },
        },
        'name',
        'valid_from',
        'products',
      ),
      'Whole lists: a version replaces what holds from its first day on.',
    ),
  },
} satisfies JsonSchema;
