import { countsOf } from './contracts-counts.js';
import type { Contract } from './contracts-questions.js';

const contract = (id: string, more: Partial<Contract> = {}): Contract => ({
  ...{ contract: id, order: 'O1', product: 'number.03', kind: 'number', quantity: 1, circle: null },
  ...{ nameJa: '国内電話番号', nameEn: 'Domestic number', unique: null, number: null, monthly: '300' },
  reaches020: null,
  ...{ since: '2026-10-01', status: 'active', endsOn: null, undoUntil: null },
  ...more,
});

describe('contracts by product', () => {
  it('are counted with those that end with this month apart from those that end later (HIS-03)', () => {
    const counts = countsOf(
      [
        contract('1'),
        contract('2', { status: 'ending', endsOn: '2026-11-30' }),
        contract('3', { status: 'ending', endsOn: '2026-12-31' }),
        contract('4', { product: 'trunk2', kind: 'trunk' }),
      ],
      '2026-11',
    );
    expect(
      counts.map(({ product, count, endingNow, endingLater }) => [product, count, endingNow, endingLater]),
    ).toEqual([
      ['number.03', 3, 1, 1],
      ['trunk2', 1, 0, 0],
    ]);
  });

  it('leave out what is over', () =>
    expect(countsOf([contract('1', { status: 'ended', endsOn: '2026-11-30' })], '2026-12')).toEqual([]));
});
