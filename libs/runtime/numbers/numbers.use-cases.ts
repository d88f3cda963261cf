import { z } from 'zod';
import { NUMBER_CATEGORIES, NUMBER_STANDINGS } from '#contracts';
import {
  DEFAULT_LIMIT,
  described,
  given,
  paging,
  phoneNumber,
  reason,
  saying,
  wholeNumber,
  words,
} from '../engine/inputs.js';
import { billing, everyone, helpers } from '../engine/roles.js';
import { allOf, pageOf } from '../engine/shapes.js';
import { command, query } from '../engine/use-case.js';
import { SEEDS } from './number-search.queries.js';
import {
  ImportedNumbers,
  NumberAct,
  NumberCount,
  NumberPlace,
  NumberSearchPage,
  StockNumber,
  VbaCountry,
  VbaGroupPage,
} from './numbers.shapes.js';
import { numberProblems } from './problems.js';

const digits = (form: RegExp) =>
  z
    .string()
    .normalize('NFKC')
    .trim()
    .refine(text => form.test(text), saying(numberProblems.NOT_DIGITS))
    .meta({ pattern: form.source });

/** What a search is narrowed down by (CAT-18). */
const filter = {
  category: described(z.enum(NUMBER_CATEGORIES).optional(), {
    ja: '番号種別。',
    en: 'What the number is sold as.',
  }),
  kind: described(words(16).optional(), {
    ja: '種別の管理記号。例: STA, KDU',
    en: 'Management symbol, like STA or KDU.',
  }),
  region: described(words(60).optional(), {
    ja: '都道府県、または地域。',
    en: 'Prefecture, or part of the world.',
  }),
  city: described(words(60).optional(), { ja: '市区町村、または国。', en: 'City, or country.' }),
  area: described(digits(/^\d{1,10}$/).optional(), { ja: '市外局番。例: 03', en: 'Area code, like 03.' }),
  last4: described(digits(/^\d{4}$/).optional(), { ja: '下4桁。', en: 'The last four digits.' }),
};

/** Circles buy as accounts do. */
const buyers = ['account', 'circle'] as const;

export const searchNumbers = query({
  route: 'GET /numbers',
  about: { ja: '購入できる電話番号の検索', en: 'Search the numbers that can be bought now' },
  description: 'A random order is that of its seed, and stays the same from page to page.',
  effect: 'read',
  roles: everyone,
  levels: buyers,
  waits: 'own',
  input: z.strictObject({
    ...filter,
    sort: described(z.enum(['number', 'random']).default('number'), { ja: '並び順。', en: 'Order.' }),
    seed: described(wholeNumber(SEEDS - 1).optional(), {
      ja: 'ランダム順を繰り返すための値。前の結果の seed。',
      en: 'Gives a random order again: `seed` of an earlier answer.',
      short: 'n',
    }),
    ...paging,
  }),
  cli: { usage: 'number search' },
  answer: NumberSearchPage,
  run: ({ numbers }, { limit = DEFAULT_LIMIT, sort, ...search }) =>
    numbers.search({ limit, sort, ...given(search) }),
});

export const listNumberPlaces = query({
  route: 'GET /numbers/places',
  about: {
    ja: '電話番号の種別・地域・市外局番の一覧（検索の選択肢）',
    en: 'Kinds, regions and area codes of numbers: what a search can be narrowed down to',
  },
  effect: 'read',
  roles: everyone,
  levels: buyers,
  waits: 'own',
  input: z.strictObject({}),
  answer: allOf(NumberPlace),
  run: async ({ numbers }) => ({ rows: await numbers.places() }),
});

export const listNumbers = query({
  route: 'GET /numbers/stock',
  about: {
    ja: '在庫の電話番号の一覧（状態と持ち主つき）',
    en: 'Numbers of the stock with their state and whose they are',
  },
  effect: 'read',
  roles: helpers,
  waits: 'own',
  input: z.strictObject({
    ...filter,
    state: described(z.enum(NUMBER_STANDINGS).optional(), { ja: '状態。', en: 'State.' }),
    ...paging,
  }),
  cli: { usage: 'number list' },
  answer: pageOf(StockNumber),
  run: ({ numbers }, { limit = DEFAULT_LIMIT, ...search }) => numbers.list({ limit, ...given(search) }),
});

export const countNumbers = query({
  route: 'GET /numbers/counts',
  about: {
    ja: '在庫の電話番号の数（種別・市外局番・状態別）',
    en: 'How many numbers there are, by kind, area code and state',
  },
  effect: 'read',
  roles: helpers,
  waits: 'own',
  input: z.strictObject({}),
  cli: { usage: 'number counts' },
  answer: allOf(NumberCount),
  run: async ({ numbers }) => ({ rows: await numbers.counts() }),
});

export const importNumbers = command({
  route: 'POST /numbers/import',
  byHand: true,
  about: {
    ja: 'numbers.csv の電話番号、または海外電話番号グループを在庫に入れる（すべて、または何も入れない）',
    en: 'Take the numbers of a CSV file, or groups of overseas numbers, into stock: all or none',
  },
  description:
    'Columns `first,last,kind,product,region,city,area_code[,category]`, or ' +
    '`group,country,state,city,area_code,toll_free,certificate,product,stock`. What is in stock already ' +
    'stays as it is. With `dryRun=true` nothing is written (200).',
  effect: 'write',
  roles: billing,
  waits: 'log',
  input: z.strictObject({
    file: z.string(),
    text: z.string(),
    dryRun: described(z.boolean().default(false), {
      ja: '何も変更せず、結果だけを表示する。',
      en: 'Tell what would happen, and do nothing.',
    }),
  }),
  cli: {
    usage: 'number import <file>',
    without: ['text'],
    about: {
      ja: '電話番号CSV、または海外電話番号グループCSVの取り込み（すべて、または何も取り込まない）',
      en: 'Take the numbers of a CSV file, or groups of overseas numbers, into stock: all or none',
    },
    creates: true,
  },
  answer: ImportedNumbers,
  status: 201,
  refusals: ['FILE_REFUSED', 'NUMBERS_STOCKED_OTHERWISE', 'VBA_GROUP_OVERSOLD'],
  blames: { first: 'body', stock: 'body' },
  run: ({ numbers }, { file, text, dryRun }, caller) => numbers.importFile(file, text, caller, { dryRun }),
});

export const withdrawNumber = command({
  route: 'POST /numbers/:telephone/withdraw',
  about: { ja: '電話番号を在庫から外す', en: 'Take a number out of stock' },
  effect: 'write',
  roles: billing,
  waits: 'log',
  input: z.strictObject({ telephone: phoneNumber, reason }),
  cli: { usage: 'number withdraw <number>', names: { telephone: 'number' } },
  answer: NumberAct,
  unchanged: true,
  refusals: ['NUMBER_NOT_IN_STOCK', 'NUMBER_IN_USE'],
  blames: { number: 'telephone' },
  run: ({ numbers }, { telephone, reason: why }, caller) => numbers.withdraw(telephone, why, caller),
});

export const restockNumber = command({
  route: 'POST /numbers/:telephone/restock',
  about: { ja: '外した電話番号を在庫に戻す', en: 'Put a number back that was taken out of stock' },
  effect: 'write',
  roles: billing,
  waits: 'log',
  input: z.strictObject({ telephone: phoneNumber }),
  cli: { usage: 'number restock <number>', names: { telephone: 'number' } },
  answer: NumberAct,
  unchanged: true,
  refusals: ['NUMBER_NOT_IN_STOCK'],
  blames: { number: 'telephone' },
  run: ({ numbers }, { telephone }, caller) => numbers.restock(telephone, caller),
});

export const listVbaGroups = query({
  route: 'GET /vba-groups',
  about: {
    ja: '海外電話番号グループの一覧（在庫数つき）',
    en: 'Groups of overseas numbers with what is in stock of each',
  },
  effect: 'read',
  roles: everyone,
  levels: buyers,
  waits: 'own',
  input: z.strictObject({
    country: described(words(60).optional(), { ja: '国名。', en: 'Country.' }),
    state: described(words(60).optional(), { ja: '州名。', en: 'State.' }),
    city: described(words(60).optional(), { ja: '都市名。', en: 'City.' }),
    tollFree: described(z.enum(['yes', 'no']).optional(), {
      ja: '着信課金。',
      en: 'Whether the called one pays.',
    }),
    ...paging,
    page: described(wholeNumber(100_000).optional(), {
      ja: 'ページ番号。1から始まる。cursor の代わりに使う（VBA-05）。',
      en: 'Number of the page from 1 on, in place of a cursor (VBA-05).',
      short: 'page',
    }),
  }),
  cli: { usage: 'number groups' },
  answer: VbaGroupPage,
  run: ({ numbers }, { limit = DEFAULT_LIMIT, tollFree, ...search }) =>
    numbers.vba.list({
      limit,
      ...given(search),
      ...(tollFree !== undefined && { tollFree: tollFree === 'yes' }),
    }),
});

export const listVbaCountries = query({
  route: 'GET /vba-groups/countries',
  about: {
    ja: '海外電話番号の国と州の一覧（証明書の要否つき）',
    en: 'Countries and states of overseas numbers, and where papers are asked for',
  },
  effect: 'read',
  roles: everyone,
  levels: buyers,
  waits: 'own',
  input: z.strictObject({}),
  answer: allOf(VbaCountry),
  run: async ({ numbers }) => ({ rows: await numbers.vba.countries() }),
});
