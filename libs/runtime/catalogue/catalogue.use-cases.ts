import { z } from 'zod';
import { BusinessDay } from '#kernel';
import { businessDay, words } from '../engine/inputs.js';
import { billing, everyone, helpers } from '../engine/roles.js';
import { allOf } from '../engine/shapes.js';
import { command, query } from '../engine/use-case.js';
import {
  Catalogue,
  ImportedCatalogue,
  PriceList,
  PriceListOn,
  PublishedTariffs,
  ServiceInformation,
  TariffRow,
  TariffView,
} from './catalogue.shapes.js';

/** A file as it was read; its name is what problems and events call it. */
const file = { file: z.string(), text: z.string() };
const onDay = businessDay.optional().meta({ description: 'Today in Japan without it.' });

export const listTariffs = query({
  route: 'GET /tariffs',
  about: { ja: '料金表の一覧（それぞれ最新の版）', en: 'Tariffs, each in its newest version' },
  effect: 'read',
  roles: helpers,
  waits: 'own',
  input: z.strictObject({}),
  cli: { usage: 'tariff list' },
  answer: allOf(TariffView),
  run: async ({ catalogue }) => ({ rows: await catalogue.tariffs() }),
});

export const publishTariffs = command({
  route: 'POST /tariffs',
  byHand: true,
  about: {
    ja: 'tariff.csv の料金表を公開する（すべて、または何も公開しない）',
    en: 'Publish the tariffs of a tariff.csv, all or none',
  },
  description: 'With `dryRun=true` nothing is published: the answer (200) is what the file would change.',
  effect: 'write',
  roles: billing,
  waits: 'log',
  input: z.strictObject(file),
  cli: {
    usage: 'tariff import <file>',
    without: ['text'],
    about: {
      ja: '料金表CSVの公開（それぞれ新しい版として。すべて、または何も公開しない）',
      en: 'Publish the tariffs of a CSV file, each as a new version: all or none',
    },
    creates: true,
  },
  answer: PublishedTariffs,
  status: 201,
  refusals: ['FILE_REFUSED'],
  run: ({ catalogue }, { file: name, text }, caller) => catalogue.importTariffCsv(name, text, caller),
});

/** What `publishTariffs` would change. `whose`: who asks, by its actor's id. */
export const compareTariffs = query({
  about: {
    ja: 'tariff.csv を公開したときの変更点',
    en: 'What the tariffs of a tariff.csv would change',
  },
  effect: 'read',
  roles: [],
  waits: 'log',
  input: z.strictObject({ ...file, whose: z.string() }),
  run: ({ catalogue }, { file: name, text, whose }) => catalogue.compareTariffCsv(name, text, whose),
});

export const showTariff = query({
  route: 'GET /tariffs/:tariff/rows',
  about: {
    ja: '料金表の最新の版の有効な行（ファイルの順）',
    en: 'Rows in force of the newest version, in the order of the file',
  },
  effect: 'read',
  roles: helpers,
  waits: 'log',
  input: z.strictObject({ tariff: words(100) }),
  cli: {
    usage: 'tariff show <tariff>',
    about: { ja: '料金表の行（ファイルの順）', en: 'The rows of a tariff, in the order of its file' },
  },
  answer: allOf(TariffRow),
  sought: 'TARIFF',
  async run({ catalogue }, { tariff }) {
    const rows = await catalogue.tariffRows(tariff);
    return rows && { rows };
  },
});

export const showCatalogue = query({
  route: 'GET /catalogue',
  about: { ja: '発行者と、その日に有効なポリシー', en: 'Issuer and the policies in force on a day' },
  effect: 'read',
  roles: helpers,
  waits: 'log',
  input: z.strictObject({
    on: onDay,
  }),
  answer: Catalogue,
  async run({ catalogue, now }, { on = BusinessDay.of(now()) }) {
    const [issuer, policies] = await Promise.all([catalogue.issuer(), catalogue.policies(on)]);
    return { issuer, policies };
  },
});

export const importCatalogue = command({
  route: 'POST /catalogue',
  byHand: true,
  about: {
    ja: 'catalogue.yaml の取り込み（発行者、ポリシー、料金表、価格表。すべて、または何も取り込まない）',
    en: 'Import a catalogue.yaml: issuer, policies, tariffs and price lists, everything or nothing',
  },
  description: 'With `dryRun=true` nothing is imported: the answer (200) is what the file would change.',
  effect: 'write',
  roles: billing,
  waits: 'log',
  input: z.strictObject(file),
  cli: {
    usage: 'catalogue import <file>',
    without: ['text'],
    about: {
      ja: 'カタログファイルの取り込み（すべて、または何も取り込まない）',
      en: 'Import a catalogue file: everything in it or nothing',
    },
    creates: true,
  },
  answer: ImportedCatalogue,
  status: 201,
  refusals: ['FILE_REFUSED'],
  run: ({ catalogue }, { file: name, text }, caller) => catalogue.importCatalogueYaml(name, text, caller),
});

/** What `importCatalogue` would change. `whose`: who asks, by its actor's id. */
export const compareCatalogue = query({
  about: {
    ja: 'カタログファイルを取り込んだときの変更点（商品と項目ごとに前後の値）',
    en: 'What a catalogue file would change: each product and field with both values',
  },
  effect: 'read',
  roles: [],
  waits: 'log',
  input: z.strictObject({ ...file, whose: z.string() }),
  cli: { usage: 'price compare <file>', without: ['text', 'whose'] },
  run: ({ catalogue }, { file: name, text, whose }) => catalogue.compareCatalogueYaml(name, text, whose),
});

export const listPriceLists = query({
  route: 'GET /price-lists',
  about: {
    ja: '価格表の一覧（すべての版とその日の状態）',
    en: 'Price lists: every version, and what becomes of it on a day',
  },
  effect: 'read',
  roles: helpers,
  waits: 'own',
  input: z.strictObject({ on: onDay }),
  cli: { usage: 'price list' },
  answer: allOf(PriceList),
  run: async ({ catalogue, now }, { on = BusinessDay.of(now()) }) => ({
    rows: await catalogue.priceLists(on),
  }),
});

export const showPriceList = query({
  route: 'GET /price-lists/:priceList',
  about: {
    ja: '価格表の商品と価格（指定した日に適用されるもの）',
    en: 'Products and prices of a list as they hold on a day',
  },
  effect: 'read',
  roles: helpers,
  waits: 'log',
  input: z.strictObject({ priceList: words(64), on: onDay }),
  cli: { usage: 'price show <list>', names: { priceList: 'list' } },
  answer: PriceListOn,
  sought: 'PRICE_LIST',
  run: ({ catalogue, now }, { priceList, on = BusinessDay.of(now()) }) =>
    catalogue.priceListOn(priceList, on),
});

export const showServiceInformation = query({
  route: 'GET /service-information',
  about: {
    ja: '利用規約、障害・メンテナンス情報、マニュアルのページ',
    en: 'The pages of the provider with its terms, incidents and manuals',
  },
  effect: 'read',
  roles: everyone,
  levels: ['account', 'circle', 'unique'],
  waits: 'log',
  input: z.strictObject({}),
  answer: ServiceInformation,
  run: ({ catalogue }) => catalogue.serviceInformation(),
});
