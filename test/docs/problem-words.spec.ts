import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PROBLEM_SENTENCES } from '#runtime';
import { frame as enFrame } from '../../apps/portal/src/words/en/frame.js';
import { security as enSecurity } from '../../apps/portal/src/words/en/security.js';
import { staff as enStaff } from '../../apps/portal/src/words/en/staff.js';
import { fileProblems as en } from '../../apps/portal/src/words/en/staff-file-problems.js';
import { frame as jaFrame } from '../../apps/portal/src/words/ja/frame.js';
import { security as jaSecurity } from '../../apps/portal/src/words/ja/security.js';
import { staff as jaStaff } from '../../apps/portal/src/words/ja/staff.js';
import { fileProblems as ja } from '../../apps/portal/src/words/ja/staff-file-problems.js';

const LANGUAGES = { ja: ja.fileProblems, en: en.fileProblems } as Readonly<
  Record<string, Readonly<Record<string, string>>>
>;
const codes = Object.keys(PROBLEM_SENTENCES).sort();
const namesIn = (text: string, form: RegExp): string[] => [...text.matchAll(form)].map(match => match[1]!);

describe('problems of files in the portal', () => {
  it.each(Object.keys(LANGUAGES))('%s: every code of the server has a sentence, and no other', language =>
    expect(Object.keys(LANGUAGES[language]!).sort()).toEqual(codes),
  );

  it.each(codes)('%s: fills in only what each of its sentences tells', code => {
    const sentences: readonly string[] = PROBLEM_SENTENCES[code as keyof typeof PROBLEM_SENTENCES];
    for (const words of Object.values(LANGUAGES))
      for (const name of namesIn(words[code]!, /\{\{(\w+)\}\}/g))
        for (const sentence of sentences) expect(namesIn(sentence, /\{(\w+)\}/g)).toContain(name);
  });

  it('are Japanese in Japanese and ASCII in English', () => {
    for (const text of Object.values(LANGUAGES['ja']!)) expect(text).toMatch(/[\u3040-\u9fff]/);
    for (const text of Object.values(LANGUAGES['en']!)) expect(text).toMatch(/^[\x20-\x7e]+$/);
  });
});

/** What the portal says of a refusal, in whichever chapter. */
const REFUSALS = {
  ja: { ...jaFrame.problem, ...jaSecurity.problems, ...jaStaff.problems, ...ja.fileProblems },
  en: { ...enFrame.problem, ...enSecurity.problems, ...enStaff.problems, ...en.fileProblems },
} as Readonly<Record<string, Readonly<Record<string, string>>>>;
const rejections = (): string[] => {
  const page = readFileSync(join(import.meta.dirname, '../../docs/reference/rejections.md'), 'utf8');
  return [...new Set([...page.matchAll(/^\| `([A-Z0-9_]+)` \|/gm)].map(match => match[1]!))];
};

describe('refusals in the portal', () => {
  it.each(Object.keys(REFUSALS))('%s: every code of the list of rejections has words', language => {
    const codes = rejections();
    expect(codes.length).toBeGreaterThan(100);
    expect(codes.filter(code => REFUSALS[language]![code] === undefined)).toEqual([]);
  });

  it('are Japanese in Japanese, and have none of it in English', () => {
    for (const code of rejections()) {
      expect(REFUSALS['ja']![code]).toMatch(/[\u3040-\u9fff]/);
      expect(REFUSALS['en']![code]).not.toMatch(/[\u3040-\u9fff]/);
    }
  });
});
