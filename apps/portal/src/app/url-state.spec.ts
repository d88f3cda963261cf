import { parseSearch, stringifySearch } from './url-state.js';

describe('what stands behind the ? of an address', () => {
  it('is text, also where it looks like a number', () =>
    expect(parseSearch('?callee=0501234&from=2026-10-01&q=a+%2B81')).toEqual({
      ...{ callee: '0501234', from: '2026-10-01', q: 'a +81' },
    }));

  it.each([
    [{}, ''],
    [{ month: '', state: undefined }, ''],
    [{ month: '2026-10', q: 'あ b' }, '?month=2026-10&q=%E3%81%82+b'],
  ])('%j is written as %j; what is empty is left out', (search, text) =>
    expect(stringifySearch(search)).toBe(text),
  );

  it('is read as it was written', () => {
    const search = { q: '100% & =?', 'calls.sort': '-started' };
    expect(parseSearch(stringifySearch(search))).toEqual(search);
  });
});
