import { PROBLEM_SENTENCES } from '#runtime';
import { fileProblems as en } from '../../apps/portal/src/words/en/staff-file-problems.js';
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
