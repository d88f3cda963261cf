import type { EncodedTariffRow } from './tariff.js';
import { diffTariff } from './tariff-diff.js';

const row = (prefix: string, price: string, more: EncodedTariffRow = {}): EncodedTariffRow => ({
  tariff: 'std',
  prefix,
  price,
  valid_from: '2026-01-01',
  ...more,
});

describe('what a new version of a tariff changes', () => {
  it('is every row that came, went or has another price', () => {
    const before = [row('03', '8', { line: '2' }), row('06', '8', { line: '3' }), row('090', '16')];
    const after = [row('090', '16', { line: '2' }), row('03', '9'), row('050', '8')];
    expect(diffTariff('std', before, after)).toEqual({
      tariff: 'std',
      added: [row('050', '8')],
      removed: [row('06', '8', { line: '3' })],
      changed: [{ from: row('03', '8', { line: '2' }), to: row('03', '9'), fields: ['price'] }],
      unchanged: 1,
    });
  });

  it('takes rows of other seasons and directions for other rows', () => {
    const before = [row('03', '8')];
    const after = [
      row('03', '8'),
      row('03', '5', { from_time: '22:00' }),
      row('03', '5', { direction: 'in' }),
    ];
    expect(diffTariff('std', before, after)).toMatchObject({ removed: [], changed: [], unchanged: 1 });
    expect(diffTariff('std', before, after).added).toHaveLength(2);
  });

  it('is everything for a new tariff, and nothing for the same rows in another order', () => {
    const rows = [row('03', '8'), row('06', '8')];
    expect(diffTariff('new', [], rows)).toMatchObject({ added: rows, unchanged: 0 });
    expect(diffTariff('std', rows, [...rows].reverse())).toMatchObject({
      added: [],
      removed: [],
      unchanged: 2,
    });
  });

  it('names a column that only one of the rows has', () => {
    const [change] = diffTariff('std', [row('03', '8')], [row('03', '8', { first_price: '9' })]).changed;
    expect(change?.fields).toEqual(['first_price']);
  });
});
