import { isOneOf, namesOf } from './names.js';

describe('the names of a union', () => {
  const names = namesOf<'b' | 'a'>({ b: 1, a: 1 });
  it('stand in the order in which they are offered', () => expect(names).toEqual(['b', 'a']));
  it('are told from other texts', () =>
    expect(['a', 'c', undefined].map(text => isOneOf(names, text))).toEqual([true, false, false]));
});
