import type { TariffEvent } from '#contracts';
import { column, type Instant, projection, table } from '#kernel';

const tariffsTable = table({
  name: 'tariffs',
  columns: {
    tariff: 'text',
    version: 'integer',
    published_at: column.integer<Instant>(),
    row_count: 'integer',
  },
  key: ['tariff'],
});

/** Which tariffs are published, newest version. */
export const tariffs = projection({
  name: 'tariffs',
  version: 1,
  tables: [tariffsTable],
  handles: ['contracts.TariffPublished.v1'],
  apply({ event }, rows) {
    const { tariff, version, at, rows: published } = event as TariffEvent;
    rows.merge('tariffs', { tariff }, { set: { version, published_at: at, row_count: published.length } });
  },
});
