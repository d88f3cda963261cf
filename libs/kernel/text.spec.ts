import fc from 'fast-check';
import { charactersIn, harmless, harmlessJson, textProblem } from './index.js';
import { problemInEnglish } from './problems.js';

const BAD: readonly (readonly [what: string, text: string, problem: RegExp])[] = [
  ['NUL', 'a\u0000b', /control/],
  ['a line feed', 'a\nb', /control/],
  ['an escape sequence', 'a\u001b[2Jb', /control/],
  ['a C1 control', 'a\u009bb', /control/],
  ['DEL', 'a\u007fb', /control/],
  ['half a character', 'a\ud800b', /half/],
  ['a right-to-left override', 'a\u202eb', /U\+202E/],
  ['an isolate', 'a\u2066b', /U\+2066/],
  ['a right-to-left mark', 'a\u200fb', /U\+200F/],
  ['a zero-width space', 'a\u200bb', /U\+200B/],
  ['a joiner between letters', 'a\u200db', /U\+200D/],
  ['a byte order mark', 'a\ufeffb', /U\+FEFF/],
  ['a soft hyphen', 'a\u00adb', /U\+00AD/],
  ['a Hangul filler', 'a\u3164b', /U\+3164/],
  ['a tag', 'a\u{e0041}b', /U\+E0041/],
  ['a line separator', 'a\u2028b', /U\+2028/],
  ['no character', 'a\uffffb', /U\+FFFF/],
];
const GOOD = [
  '',
  'Yamada',
  '𠮷野家',
  '髙﨑',
  '葛\u{e0100}城',
  '株式会社　山田',
  '한글',
  '👨‍👩‍👧',
  '🏳️‍🌈',
  '🏃🏽‍♀️',
  'e\u0301',
];

describe('a text that people write', () => {
  it.each(BAD)('with %s is refused', (_what, text, problem) =>
    expect(problemInEnglish(textProblem(text)!)).toMatch(problem),
  );
  it.each(GOOD)('is good: %s', text =>
    expect([textProblem(text), harmless(text)]).toEqual([undefined, text]),
  );

  it.each(BAD)('of former times with %s is shown without it, and its JSON says the same', (_what, text) => {
    expect(harmless(text)).toMatch(/^a *(\[2J)?b$/);
    expect(textProblem(harmless(text))).toBeUndefined();
    const json = harmlessJson(JSON.stringify({ text }));
    expect([textProblem(json), JSON.parse(json)]).toEqual([undefined, { text }]);
  });

  it('has nothing harmful left, whatever it was; lines and tabs stay where they are its own', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), text => {
        expect(textProblem(harmless(text))).toBeUndefined();
        expect(JSON.parse(harmlessJson(JSON.stringify(text)))).toBe(text);
      }),
    );
    expect(harmless('a\tb\r\n\u0007c', { lines: true })).toBe('a\tb\r\n c');
  });

  it('has as many characters as its writer counts', () => expect(charactersIn('𠮷野家')).toBe(3));
});
