import { globSync, readFileSync } from 'node:fs';

/** How the note of staff on an account is called, in whichever room. */
const WORDS = [
  ...['AccountNoted', 'NoteAccount', 'addNote', 'AddNote', 'listNotes', 'ListNotes', 'NoteView'],
  'noteConsequence',
];
const NAMES = new RegExp(String.raw`\b(${WORDS.join('|')})\b|'note add'|/notes\b`);
/** Written by `npm run docs`. */
const GENERATED = /^apps\/portal\/api\//;
const AT_MOST = 15;

/** The files of the list in CONTRIBUTING.md under "How to add a command". */
function listed(): string[] {
  const text = readFileSync('CONTRIBUTING.md', 'utf8');
  const chapter = text.slice(text.indexOf('### How to add a command')).split('\n\n')[2]!;
  const cells = chapter.split('\n').flatMap(row => row.split('|')[1]?.match(/`[^`]+`/g) ?? []);
  return cells.map(cell => cell.slice(1, -1)).map(file => file.replace(/^words\//, 'apps/portal/src/words/'));
}

describe('a command that was added', () => {
  it('is named in the files that CONTRIBUTING lists, and in no registry besides', () => {
    const sources = globSync('{apps,libs,migrations,test}/**/*.{ts,tsx,json}', {
      exclude: ['**/node_modules/**', '**/dist/**', 'test/docs/touch-list.spec.ts'],
    });
    const naming = sources.filter(path => !GENERATED.test(path) && NAMES.test(readFileSync(path, 'utf8')));
    expect(naming.sort()).toEqual(listed().sort());
  });

  it(`touches at most ${AT_MOST} files, tests included`, () =>
    expect(listed().length).toBeLessThanOrEqual(AT_MOST));
});
