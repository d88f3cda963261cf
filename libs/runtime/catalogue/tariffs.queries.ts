import { Instant } from '#kernel';
import type { ReadModels } from '../projecting/read-models.js';
import type { TariffView } from './catalogue.shapes.js';

/** Every published tariff in its newest version. */
export async function publishedTariffs({ db }: ReadModels): Promise<readonly TariffView[]> {
  const rows = await db.selectFrom('tariffs').selectAll().orderBy('tariff').execute();
  return rows.map(row => ({
    tariff: row.tariff,
    version: row.version,
    publishedAt: Instant.text(row.published_at),
    rows: row.row_count,
  }));
}
