import { z } from 'zod';
import { PRODUCT_ENDS, PRODUCT_KINDS } from '#contracts';
import { TAX_CATEGORIES } from '#kernel';
import { FileRemark } from '../engine/said.shapes.js';
import { allOf, count, date, shape, text, time, type ViewOf, yen } from '../engine/shapes.js';

export const TariffView = shape(
  'Tariff',
  z.object({ tariff: text, version: count, publishedAt: time, rows: count }),
);
export type TariffView = ViewOf<typeof TariffView>;

const tariffRow = z.record(text, text);
export const TariffRow = shape(
  'TariffRow',
  z.record(text, text).meta({ description: 'The columns of tariff.csv, as text.' }),
);
const TariffDiff = shape(
  'TariffDiff',
  z
    .object({
      tariff: text,
      added: z.array(tariffRow),
      removed: z.array(tariffRow),
      changed: z.array(z.object({ from: tariffRow, to: tariffRow, fields: z.array(text) })),
      unchanged: count,
    })
    .meta({ description: 'What the file would change; rows have the columns of tariff.csv.' }),
);
const TariffDiffs = shape('TariffDiffs', z.object({ tariffs: z.array(TariffDiff) }));
export const PublishedTariffs = z.union([allOf(TariffView), TariffDiffs]);

export const Catalogue = shape(
  'Catalogue',
  z.object({
    issuer: z.record(text, text),
    policies: z.array(z.object({ name: text, value: text, validFrom: text, about: text })),
  }),
);
const Imported = shape(
  'Imported',
  z.object({ imported: z.array(text), importedJa: z.array(text), warnings: z.array(FileRemark) }),
);
export type Imported = ViewOf<typeof Imported>;

const CatalogueProduct = shape(
  'CatalogueProduct',
  z.object({
    code: text,
    kind: z.enum(PRODUCT_KINDS),
    nameJa: text,
    nameEn: text,
    descriptionJa: text,
    descriptionEn: text,
    monthly: yen.nullable().meta({ description: 'Net, of one unit; null: there is none.' }),
    initial: yen.nullable().meta({ description: 'Net, once; of a device its price.' }),
    proRated: z.boolean().meta({ description: 'false: the first month is paid whole.' }),
    taxCategory: z.enum(TAX_CATEGORIES),
    end: z.enum(PRODUCT_ENDS).nullable().meta({ description: 'null: as the policy of the kind says.' }),
    most: count.nullable().meta({ description: 'By self-service and account; null: no limit.' }),
    perSheets: count.nullable().meta({ description: 'Of paper invoices: sheets of one price.' }),
    campaign: z.boolean(),
    corporateOnly: z.boolean(),
    single: z.boolean().meta({ description: 'Owned once.' }),
    forNumbers: z
      .array(text)
      .meta({ description: 'Area codes, kinds or countries of the numbers it prices.' }),
    capabilities: z.array(text),
    selfService: z.boolean().meta({ description: 'false: sold by staff only, or not to be bought.' }),
  }),
);
export type ProductView = ViewOf<typeof CatalogueProduct>;

export const PriceList = shape(
  'PriceList',
  z.object({
    priceList: text,
    version: count,
    state: z
      .enum(['in_force', 'coming', 'past', 'replaced'])
      .meta({ description: 'On the day; replaced: a newer version has the same first day.' }),
    validFrom: date,
    validUntil: date.nullable().meta({ description: 'null: until another version is published.' }),
    products: count,
    publishedAt: time,
  }),
);
export type PriceListView = ViewOf<typeof PriceList>;

export const PriceListOn = shape(
  'PriceListOn',
  z.object({
    priceList: text,
    version: count,
    validFrom: date,
    publishedAt: time,
    products: z.array(CatalogueProduct),
  }),
);
export type PriceListOn = ViewOf<typeof PriceListOn>;

const PriceListDiff = shape(
  'PriceListDiff',
  z
    .object({
      priceList: text,
      version: count.meta({ description: 'The number that it would have.' }),
      replaces: count.nullable().meta({ description: 'The version that holds on the first day without it.' }),
      validFrom: date,
      validUntil: date.nullable().meta({ description: 'From the next day on a published version holds.' }),
      added: z.array(CatalogueProduct),
      removed: z.array(CatalogueProduct),
      changed: z.array(z.object({ from: CatalogueProduct, to: CatalogueProduct, fields: z.array(text) })),
      unchanged: count,
    })
    .meta({ description: 'What a version of a price list would change, product by product.' }),
);
export type PriceListDiff = ViewOf<typeof PriceListDiff>;

/** What stands in a catalogue. */
const CATALOGUE_PARTS = ['issuer', 'policy', 'tariff', 'price_list'] as const;

export const CatalogueChanges = shape(
  'CatalogueChanges',
  z.object({
    changes: z.array(text).meta({ description: 'Everything that an import would change, one by one.' }),
    changesJa: z.array(text).meta({ description: 'The same in Japanese.' }),
    parts: z.array(z.enum(CATALOGUE_PARTS)).meta({ description: 'What each of them changes.' }),
    tariffs: z.array(TariffDiff),
    priceLists: z.array(PriceListDiff),
  }),
);
export type CatalogueChanges = ViewOf<typeof CatalogueChanges>;
export const ImportedCatalogue = z.union([Imported, CatalogueChanges]);

export const ServiceInformation = shape(
  'ServiceInformation',
  z.object({
    terms: z
      .array(
        z.object({
          url: text,
          notifiedOn: date.meta({ description: 'The day on which customers were told of them.' }),
          objectUntil: date.meta({ description: 'The last day on which a customer may object.' }),
          accepted: z.boolean().meta({ description: 'Whoever has not objected is bound by them.' }),
        }),
      )
      .meta({ description: 'The newest first.' }),
    incidents: text.nullable().meta({ description: 'The page of the provider.' }),
    manuals: text.nullable().meta({ description: 'The page of the provider.' }),
  }),
);
export type ServiceInformationView = ViewOf<typeof ServiceInformation>;
