import { versionOn } from '#contracts';
import { BusinessDay, Instant } from '#kernel';
import type { ReadModels } from '../projecting/read-models.js';
import type { PriceListView } from './catalogue.shapes.js';
import { lastDay } from './price-lists.js';

/** Every version of every price list by name, the newest first, and what becomes of each on a day. */
export async function priceListVersions(
  { db }: ReadModels,
  day: BusinessDay,
): Promise<readonly PriceListView[]> {
  const found = await db
    .selectFrom('price_list_versions')
    .selectAll()
    .orderBy('price_list')
    .orderBy('version')
    .execute();
  const versions = found.map(row => ({ ...row, validFrom: row.valid_from }));
  const lists = Map.groupBy(versions, row => row.price_list);
  return [...lists.values()].flatMap(list => {
    const inForce = versionOn(list, day);
    const firstDays = list.map(({ validFrom }) => validFrom);
    return list.toReversed().map((row): PriceListView => {
      const until = lastDay(firstDays, row.validFrom);
      const isReplaced = list.some(
        ({ validFrom, version }) => validFrom === row.validFrom && version > row.version,
      );
      return {
        priceList: row.price_list,
        version: row.version,
        state:
          row === inForce ? 'in_force' : isReplaced ? 'replaced' : row.validFrom > day ? 'coming' : 'past',
        validFrom: BusinessDay.text(row.validFrom),
        validUntil: until === null ? null : BusinessDay.text(until),
        products: row.product_count,
        publishedAt: Instant.text(row.published_at),
      };
    });
  });
}
