import { type PriceListEvent, priceListEvents } from '#contracts';
import { BusinessDay, Instant } from '#kernel';
import { rowsAfter } from '#testing';
import { priceLists } from './price-lists.projection.js';

const at = Instant.parse('2026-10-01T09:30:00.000+09:00');
const published = (version: number, validFrom: string): PriceListEvent => ({
  type: 'PriceListPublished',
  at,
  priceList: 'standard',
  version,
  validFrom: BusinessDay.parse(validFrom),
  hash: `h${version}`,
  products: [],
});

describe('the list of price lists', () => {
  it('keeps every version with its first day', () => {
    const told = (event: PriceListEvent) => ({ type: priceListEvents.codec.encode(event).type, event });
    const row = { price_list: 'standard', published_at: at, product_count: 0 };
    expect(rowsAfter(priceLists, told(published(1, '2026-01-01')), told(published(2, '2027-01-01')))).toEqual(
      {
        price_list_versions: [
          { ...row, version: 1, valid_from: BusinessDay.parse('2026-01-01') },
          { ...row, version: 2, valid_from: BusinessDay.parse('2027-01-01') },
        ],
      },
    );
  });
});
