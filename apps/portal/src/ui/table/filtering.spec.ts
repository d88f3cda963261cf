import { finder, found } from './filtering.js';

const rows = ['株式会社あおぞら 03-1234-5678', 'ミドリ ＡＢＣ 0501234', 'abc 別'];
const hits = (words: string): readonly number[] =>
  found(rows, row => row, words).map(row => rows.indexOf(row));

describe('the filter of a table', () => {
  it.each([
    ['abc', [1, 2]],
    ['ＡＢＣ', [1, 2]],
    ['abc ミドリ', [1]],
    ['ミドリ　abc', [1]],
    ['050-1234', [1]],
    ['+81 50 1234', [1]],
    ['あおぞら', [0]],
    ['nobody', []],
  ])('finds with %j the rows %j: every word, whatever its width or case, or the number', (words, expected) =>
    expect(hits(words)).toEqual(expected),
  );

  it('is none where nothing is asked', () => {
    expect(finder(' 　')).toBeNull();
    expect(found(rows, row => row, '')).toBe(rows);
  });
});
