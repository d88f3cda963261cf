import { cursorOf, keyOfCursor, limitOf, pageOf } from './paging.js';

describe('a page', () => {
  it.each([
    [undefined, 100],
    [{}, 100],
    [{ limit: 1 }, 1],
    [{ limit: 1_000 }, 1_000],
  ])('of %j has at most %i rows', (request, limit) => expect(limitOf(request)).toBe(limit));

  it.each([0, -1, 1.5, 1_001, Number.NaN])('of %p rows is refused', limit =>
    expect(() => limitOf({ limit })).toThrow('limit: must be a whole number from 1 to 1000'),
  );

  it('says whether there is another one, and where it begins', () => {
    const page = (found: readonly number[]) =>
      pageOf(
        found,
        2,
        n => n * 10,
        n => [n],
      );
    expect(page([])).toEqual({ rows: [], next: null });
    expect(page([1, 2])).toEqual({ rows: [10, 20], next: null });
    expect(page([1, 2, 3])).toEqual({ rows: [10, 20], next: cursorOf([2]) });
  });
});

describe('a cursor', () => {
  it.each([[[7]], [['A1']], [[202510, '202510-000001']], [['日本', -1]]])('of %j is read again', key =>
    expect(keyOfCursor({ cursor: cursorOf(key) }, key.length)).toEqual(key),
  );

  it('is not needed for the first page', () => {
    expect(keyOfCursor(undefined, 1)).toBeUndefined();
    expect(keyOfCursor({ limit: 5 }, 1)).toBeUndefined();
  });

  it.each([
    ['of a page of another list', cursorOf([1, 2])],
    ['that holds no key', Buffer.from('"x"').toString('base64url')],
    ['that holds a fraction', Buffer.from('[1.5]').toString('base64url')],
    ['that holds something else', Buffer.from('[null]').toString('base64url')],
    ['that holds NUL', cursorOf(['a\u0000'])],
    ['that is not ours', 'not-a-cursor'],
    ['of nothing', ''],
  ])('%s is refused', (_what, cursor) =>
    expect(() => keyOfCursor({ cursor }, 1)).toThrow('cursor: must be the `next` of an earlier page'),
  );
});
