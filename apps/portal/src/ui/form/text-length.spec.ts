import { cutAt, isWithin } from './text-length.js';

describe('the length of a text', () => {
  it.each([
    ['a'.repeat(500), true],
    ['a'.repeat(501), false],
    // Two halves each for a browser, one character for who reads it.
    ['𠮷'.repeat(500), true],
    ['𠮷'.repeat(501), false],
    // The mark is typed after its letter.
    ['か\u3099'.repeat(500), true],
    [` ${'あ'.repeat(500)}\n`, true],
    ['', true],
  ])('is counted in characters, as the server counts (%#)', (text, fits) =>
    expect(isWithin(text, 500)).toBe(fits),
  );

  it('is cut by a browser only where it is too long in any way of counting', () => {
    expect([cutAt(500), cutAt(undefined)]).toEqual([2000, undefined]);
    expect('か\u3099'.repeat(500).length).toBeLessThanOrEqual(cutAt(500)!);
  });
});
