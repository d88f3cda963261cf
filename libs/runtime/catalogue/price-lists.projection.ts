import type { PriceListEvent } from '#contracts';
import { type BusinessDay, column, type Instant, projection, table } from '#kernel';

const priceListsTable = table({
  name: 'price_list_versions',
  columns: {
    price_list: 'text',
    version: 'integer',
    valid_from: column.integer<BusinessDay>(),
    published_at: column.integer<Instant>(),
    product_count: 'integer',
  },
  key: ['price_list', 'version'],
});

/** Which price lists are published, every version with its first day; what they hold is in their streams. */
export const priceLists = projection({
  name: 'price-lists',
  version: 1,
  tables: [priceListsTable],
  handles: ['contracts.PriceListPublished.v1'],
  apply({ event }, rows) {
    const { priceList, version, validFrom, at, products } = event as PriceListEvent;
    rows.insert('price_list_versions', {
      price_list: priceList,
      version,
      valid_from: validFrom,
      published_at: at,
      product_count: products.length,
    });
  },
});
