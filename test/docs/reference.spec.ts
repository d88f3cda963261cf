import { readFileSync } from 'node:fs';
import type { Refusal } from '#kernel';
import { STORED_TYPES } from '#runtime';
import { openApiText } from '../support/openapi-text.js';
import { ALL_FINDINGS, ALL_REFUSALS, referencePages, storedTypes } from '../support/reference.js';
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

  it('says every refusal once, with a status and a sentence in both languages', () => {
    const said = new Map<string, Refusal>();
    for (const all of Object.values<Readonly<Record<string, Refusal>>>(ALL_REFUSALS))
      for (const [code, refusal] of Object.entries(all)) {
        const { ja, en } = refusal;
        expect(said.get(code) ?? refusal).toBe(refusal);
        said.set(code, refusal);
        expect([code, refusal.code]).toEqual([code, code]);
        expect([code, ja]).toEqual([code, expect.stringMatching(/[\u3040-\u9fff].*。$/)]);
        expect([code, en]).toEqual([code, expect.stringMatching(/^[A-Z].*(\.|\{\w+\})$/)]);
        // What is filled in is filled in in English as well: its names are those that are checked.
        const names = (text: string) => [...new Set(text.match(/\{\w+\}/g))].sort();
        expect([code, names(ja).filter(name => !names(en).includes(name))]).toEqual([code, []]);
      }
    expect(said.size).toBeGreaterThan(120);
  });

  it('says every finding of an audit in both languages, with the same names in both', () => {
    for (const [code, { ja, en }] of Object.values(ALL_FINDINGS).flatMap(all => Object.entries(all))) {
      const names = (text: string) => [...new Set(text.match(/\{\w+\}/g))].sort();
      expect([code, names(ja)]).toEqual([code, names(en)]);
      expect([code, ja === en]).toEqual([code, false]);
    }
  });

  it('tells of everybody who refuses', () =>
    expect(Object.keys(REJECTING).sort()).toEqual(Object.keys(ALL_REFUSALS).sort()));

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
