import { z } from 'zod';
import { FileRemark } from '../engine/said.shapes.js';
import { allOf, count, shape, text, time, type ViewOf } from '../engine/shapes.js';

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
export const Imported = shape(
  'Imported',
  z.object({ imported: z.array(text), warnings: z.array(FileRemark) }),
);
