import { type CircleEvent, circleEvents } from '#identity';
import { type AccountId, Instant } from '#kernel';
import { rowsAfter } from '#testing';
import { circleList, uniqueList } from './circles.projection.js';

const on = { at: Instant.parse('2026-10-01T09:30:00.000+09:00'), account: 'A1' as AccountId };
const first: CircleEvent = {
  ...on,
  type: 'CircleAdded',
  circle: '0000000001',
  name: '営業部',
  login: 'l1',
  representative: true,
};
const unique: CircleEvent = {
  ...on,
  type: 'UniqueAdded',
  circle: '0000000001',
  unique: '0000000009',
  name: '受付',
  login: 'l9',
};

describe('the lists', () => {
  const told = (event: CircleEvent) => ({ type: circleEvents.codec.encode(event).type, event });

  it('count the uniques of a circle and name the numbers of a unique', () => {
    expect(rowsAfter(circleList, told(first), told(unique))['circles']).toMatchObject([
      { circle: '0000000001', representative: 1, uniques: 1, forced_change: 'none' },
    ]);
    const set = told({ ...on, type: 'UniqueNumbersSet', unique: '0000000009', numbers: ['1', '2'] });
    expect(rowsAfter(uniqueList, told(unique), set)['uniques']).toMatchObject([
      { unique_id: '0000000009', circle: '0000000001', numbers: '1,2' },
    ]);
  });
});
