import { differencesIn } from './differences.js';

describe('what a replay says', () => {
  it('of a row is told field by field', () =>
    expect(
      differencesIn('usage account=A1 usage_month=24309: calls 5 / replay 4, net 80000 / replay 1'),
    ).toEqual([
      { table: 'usage', row: 'account=A1 usage_month=24309', field: 'calls', live: '5', replayed: '4' },
      { table: 'usage', row: 'account=A1 usage_month=24309', field: 'net', live: '80000', replayed: '1' },
    ]));

  it.each([
    ['not in the replay', '', null],
    ['only in the replay', null, ''],
  ])('of a row that is %s names its table and key', (said, live, replayed) =>
    expect(differencesIn(`lots account=A1 lot=L1: ${said}`)).toEqual([
      { table: 'lots', row: 'account=A1 lot=L1', field: '', live, replayed },
    ]),
  );

  it('of a balance then is one of its account', () =>
    expect(
      differencesIn('A1: posted as of 2026-10-05T00:00:00.000+09:00 is 10.5, the replay gives 11'),
    ).toEqual([{ table: 'wallets', row: 'A1', field: 'posted', live: '10.5', replayed: '11' }]));

  it.each(['and 7 more', 'lots account=A1: something else'])('in other words stays as it is: %s', problem =>
    expect(differencesIn(problem)).toEqual([{ table: '', row: problem, field: '', live: '', replayed: '' }]),
  );
});
