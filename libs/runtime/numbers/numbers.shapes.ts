import { z } from 'zod';
import { CERTIFICATES, NUMBER_CATEGORIES, NUMBER_STANDINGS } from '#contracts';
import { accountText, count, date, shape, text, time, type ViewOf, yen } from '../engine/shapes.js';

const place = { region: text, city: text, areaCode: text };
/** Net, by the standard price list of today; null where it has no such price. */
const prices = { monthly: yen.nullable(), initial: yen.nullable() };
const soldAs = { category: z.enum(NUMBER_CATEGORIES), kind: text, product: text, ...place };

const OfferedNumber = shape(
  'OfferedNumber',
  z.object({
    number: text,
    ...soldAs,
    ...prices,
    reaches020: z.boolean().meta({ description: 'Whether it calls 020 numbers and is called by them.' }),
  }),
);
export type OfferedNumberView = ViewOf<typeof OfferedNumber>;

export const NumberSearchPage = shape(
  'NumberSearchPage',
  z.object({
    rows: z.array(OfferedNumber),
    next: z.string().nullable().meta({ description: 'Cursor of the next page; null on the last.' }),
    seed: z
      .int()
      .nullable()
      .meta({ description: 'Of a random order: the same seed gives the same order again.' }),
  }),
);

export const StockNumber = shape(
  'StockNumber',
  z.object({
    number: text,
    ...soldAs,
    state: z.enum(NUMBER_STANDINGS),
    account: accountText.nullable().meta({ description: 'Who has it, or in whose cart it is.' }),
    until: time.nullable().meta({ description: 'Of a reservation.' }),
    freeOn: date.nullable().meta({ description: 'Of a quarantine: the first day on which it can be had.' }),
    why: text.nullable().meta({ description: 'Why it was taken out of stock.' }),
  }),
);
export type StockNumberView = ViewOf<typeof StockNumber>;

export const NumberPlace = shape(
  'NumberPlace',
  z.object({ category: z.enum(NUMBER_CATEGORIES), kind: text, ...place }),
);
export type NumberPlaceView = ViewOf<typeof NumberPlace>;

export const NumberCount = shape(
  'NumberCount',
  z.object({
    category: z.enum(NUMBER_CATEGORIES),
    kind: text,
    areaCode: text,
    numbers: count,
    available: count,
    reserved: count,
    claimed: count,
    quarantined: count,
    withdrawn: count,
  }),
);
export type NumberCountView = ViewOf<typeof NumberCount>;

export const ImportedNumbers = shape(
  'ImportedNumbers',
  z.object({
    ranges: count.meta({ description: 'Lines of numbers in the file.' }),
    numbers: count.meta({ description: 'Numbers that came into stock, or would.' }),
    known: count.meta({ description: 'Numbers that were in stock already.' }),
    groups: count.meta({ description: 'Groups of overseas numbers that are new or have changed.' }),
  }),
);
export type ImportedNumbersView = ViewOf<typeof ImportedNumbers>;

export const NumberAct = shape('NumberAct', z.object({ number: text }));

const VbaGroup = shape(
  'VbaGroup',
  z.object({
    group: text,
    country: text,
    state: text,
    city: text,
    areaCode: text,
    tollFree: z.boolean(),
    certificate: z.enum(CERTIFICATES).nullable(),
    product: text,
    ...prices,
    stock: count,
  }),
);
export type VbaGroupView = ViewOf<typeof VbaGroup>;

export const VbaGroupPage = shape(
  'VbaGroupPage',
  z.object({
    rows: z.array(VbaGroup),
    next: z.string().nullable().meta({ description: 'Cursor of the next page; null on the last.' }),
    total: count.meta({ description: 'All groups that fit.' }),
  }),
);

export const VbaCountry = shape(
  'VbaCountry',
  z.object({
    country: text,
    state: text,
    certificate: z.boolean().meta({ description: 'Papers are asked for.' }),
  }),
);
