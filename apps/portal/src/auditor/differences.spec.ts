import { differencesIn } from './differences.js';
import type { Found } from './questions.js';

const found = (row: Found['row']) =>
  differencesIn({ code: 'X', values: {}, position: null, row, problem: '', problemJa: '' }, 'ほかに7件');

describe('what a replay has found', () => {
  it('of a row is shown field by field', () => {
    const cells = [
      { column: 'calls', live: '5', replayed: '4' },
      { column: 'why', live: '', replayed: null },
    ];
    const key = { account: 'A1', usage_month: '24309' };
    const row = 'account=A1 usage_month=24309';
    expect(found({ table: 'usage', key, standsIn: 'both', cells })).toEqual([
      { table: 'usage', row, field: 'calls', live: '5', replayed: '4' },
      { table: 'usage', row, field: 'why', live: '', replayed: null },
    ]);
  });

  it.each([
    ['live', true, false],
    ['replay', false, true],
  ] as const)(
    'of a row that stands in one of the books (%s) names its table and key',
    (standsIn, live, replayed) =>
      expect(found({ table: 'lots', key: { lot: 'L1' }, standsIn, cells: [] })).toEqual([
        { table: 'lots', row: 'lot=L1', field: '', live, replayed },
      ]),
  );

  it('of no row is said in its place', () =>
    expect(found(null)).toEqual([{ table: '', row: 'ほかに7件', field: '', live: '', replayed: '' }]));
});
