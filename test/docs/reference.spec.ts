import { readFileSync } from 'node:fs';
import { STORED_TYPES } from '#runtime';
import { openApiText } from '../support/openapi-text.js';
import { ENUMERATED, referencePages, rejectionMessages, storedTypes } from '../support/reference.js';
import { REJECTING } from '../support/reference-words.js';

describe('the generated reference', () => {
  it.each(Object.entries(referencePages()))('%s is what the code says (npm run docs)', (path, text) =>
    expect(readFileSync(path, 'utf8')).toBe(text),
  );

  it('docs/reference/openapi.json is what the server answers (npm run docs)', async () =>
    expect(readFileSync('docs/reference/openapi.json', 'utf8')).toBe(await openApiText()));

  it('has words for every stored type, in both languages, and for no other', () => {
    expect([...STORED_TYPES.keys()].sort()).toEqual(storedTypes().sort());
    for (const { type, ja, en, stream } of STORED_TYPES.values()) {
      expect([type, ja]).toEqual([type, expect.stringMatching(/[\u3040-\u9fff].*。$/)]);
      expect([type, en]).toEqual([type, expect.stringMatching(/^[A-Z].*\.$/)]);
      expect([type, stream]).toEqual([type, expect.stringMatching(/^[a-zA-Z]+(-|$)/)]);
    }
  });

  it.each(Object.entries(ENUMERATED))(
    'has a message for every rejection of %s, and no other',
    (decider, codes) => expect([...rejectionMessages(decider).keys()].sort()).toEqual([...codes].sort()),
  );

  it('tells of every decider', () =>
    expect(Object.keys(REJECTING)).toEqual([...Object.keys(ENUMERATED), 'product']));

  it('knows the refusals of the product beside those of its deciders', () => {
    const page = referencePages()['docs/reference/rejections.md']!;
    for (const code of [
      'IDEMPOTENCY_KEY_REUSED',
      'MONTH_NOT_OVER',
      'CALLS_RUNNING',
      'NO_SUCH_DEBIT',
      'NO_RATE',
    ])
      expect(page).toContain(`| \`${code}\` |`);
  });
});

describe('the changelog', () => {
  it('names every event and its newest version under its Events heading', () => {
    const changelog = readFileSync('CHANGELOG.md', 'utf8');
    const unreleased = changelog.slice(changelog.indexOf('### Events'));
    const heading = unreleased.slice(
      0,
      unreleased.indexOf('\n## ') < 0 ? undefined : unreleased.indexOf('\n## '),
    );
    const named = [...heading.matchAll(/`([a-z]+\.[A-Z][A-Za-z]+\.v\d+)`/g)].map(match => match[1]!);
    expect(named.sort()).toEqual(storedTypes().sort());
  });
});
