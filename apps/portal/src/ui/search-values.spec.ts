import { askedIn, given, type SearchField, wrongIn } from './search-values.js';

const fields: readonly SearchField[] = [
  { name: 'from', label: '', type: 'date' },
  { name: 'to', label: '', type: 'date' },
  { name: 'least', label: '', type: 'amount' },
  {
    name: 'kind',
    label: '',
    choices: [
      ['', 'any'],
      ['out', 'out'],
    ],
  },
];
const typed = (values: Readonly<Record<string, string>>) => given(fields, name => values[name] ?? '');

describe('a search', () => {
  it('is what stands in the address, else what is usual; a choice that there is not is none', () => {
    expect(askedIn(fields, { to: '2026-10-05', kind: 'sideways' }, { from: '2026-10-01' })).toEqual({
      ...{ from: '2026-10-01', to: '2026-10-05', least: '', kind: '' },
    });
    expect(askedIn(fields, { from: '', kind: 'out' }, { from: '2026-10-01' })).toEqual({
      ...{ from: '', to: '', least: '', kind: 'out' },
    });
  });

  it('reads amounts as people type them', () =>
    expect(typed({ least: ' ￥１，０００円 ', from: ' 2026-10-01 ' })).toEqual({
      ...{ from: '2026-10-01', to: '', least: '1000', kind: '' },
    }));

  it.each([
    [
      { from: '2026-10-05', to: '2026-10-01' },
      { name: 'to', text: 'turned' },
    ],
    [{ from: '2026-10-05', to: '2026-10-05' }, null],
    [{ from: '2026-10-05' }, null],
    [{ least: '12a' }, { name: 'least', text: 'badAmount' }],
    [{ least: '1.00001' }, { name: 'least', text: 'badAmount' }],
    [{}, null],
  ])('%j is asked for, or said to be wrong: %j', (values, wrong) =>
    expect(wrongIn(fields, typed(values))).toEqual(wrong),
  );
});
