import { type TariffEvent, tariffEvents } from '#contracts';
import { Instant } from '#kernel';
import { rowsAfter } from '#testing';
import { tariffs } from './tariffs.projection.js';

const now = Instant.parse('2026-10-01T09:30:00.000+09:00');
const rows = [{ prefix: '03', price: '8' }];
const published = (version: number, hash: string): TariffEvent => ({
  type: 'TariffPublished',
  at: now,
  tariff: 'std',
  version,
  hash,
  rows,
});

describe('the list of tariffs', () => {
  it('shows the newest version of each and the number of its rows', () => {
    const told = (event: TariffEvent) => ({ type: tariffEvents.codec.encode(event).type, event });
    const grown = { ...published(2, 'h2'), rows: [...rows, ...rows] };
    expect(rowsAfter(tariffs, told(published(1, 'h1')), told(grown))).toEqual({
      tariffs: [{ tariff: 'std', version: 2, published_at: now, row_count: 2 }],
    });
  });
});
