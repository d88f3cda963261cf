import { printable, printProblem, readName, unprintable } from './index.js';
import { problemInEnglish } from './problems.js';

const printed = { printed: true };

describe('a name that stands on documents', () => {
  it.each([
    ['kanji of names', '𠮷野家 槗本 髙﨑'],
    ['a kanji with a selector of its form', '葛\u{e0100}城市'],
    ['Hangul, also in its parts', `한글 ${'한글'.normalize('NFD')}`],
    ['simplified Chinese', '汉们'],
    ['accents, also typed after their letter', 'Zoë Zoe\u0308'],
    ['half-width kana', 'ｶﾌﾞｼｷｶﾞｲｼｬ'],
    ['signs and ancient ligatures', '㈱①Ⅲ№℡〒〓'],
    ['emoji of one, of several and with a form', '😀 👨‍👩‍👧 ☎\ufe0f'],
    ['Cyrillic and Greek', 'Ω Я'],
  ])('may hold %s', (_what, text) => expect(unprintable(text)).toEqual([]));

  it.each([
    ['Arabic', 'ع株式会社', 'ع U+0639'],
    ['Thai and Devanagari', 'ไท द', 'ไ U+0E44, ท U+0E17, द U+0926'],
    ['what is no character yet', '\u{1fbff}', '\u{1fbff} U+1FBFF'],
    ['the same twice, said once', 'ไไ', 'ไ U+0E44'],
    ['more than five', 'กขคงจฉ', 'ก U+0E01, ข U+0E02, ค U+0E04, ง U+0E07, จ U+0E08, ...'],
  ])('may not hold %s: each is named', (_what, text, named) =>
    expect(problemInEnglish(printProblem(text)!)).toBe(
      `holds a character that invoices and statements cannot show: ${named}`,
    ),
  );

  it('is set composed, without what only chooses a form', () =>
    expect(['か\u3099', '葛\u{e0100}', '☎\ufe0f'].map(printable)).toEqual(['が', '葛', '☎']));
});

describe('a name as it is kept', () => {
  it.each([
    ['か\u3099く', 'がく'],
    ['ハ\u309aン', 'パン'],
    ['𠮷'.repeat(10), '𠮷'.repeat(10)],
    ['か\u3099'.repeat(10), 'が'.repeat(10)],
    ['😀'.repeat(10), '😀'.repeat(10)],
    ['👨‍👩‍👧', '👨‍👩‍👧'],
    [`${'髙'.repeat(10)} `, `${'髙'.repeat(10)} `],
  ])('is composed, and counted in characters: %s', (said, kept) =>
    expect(readName('name', said, 10, printed)).toBe(kept),
  );

  it.each([
    ['𠮷'.repeat(11), 'INVALID_INPUT', /at most 10 characters/],
    ['か\u3099'.repeat(11), 'INVALID_INPUT', /at most 10 characters/],
    ['👨‍👩‍👧👨‍👩‍👧👨‍👩‍👧', 'INVALID_INPUT', /at most 10 characters/],
    ['a\u202eb', 'INVALID_INPUT', /cannot be seen/],
    ['山田ع', 'CHARACTER_NOT_PRINTABLE', /ع U\+0639/],
  ])('is refused: %s', (said, code, problem) => {
    const refused = expect.objectContaining({ field: 'name', code, problem: expect.stringMatching(problem) });
    expect(() => readName('name', said, 10, printed)).toThrow(refused);
  });

  it('may hold what no document can show where it stands on none', () =>
    expect(readName('name', 'سارة', 10)).toBe('سارة'));
});
