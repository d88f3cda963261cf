import { type ProblemKind, valueProblems } from '#kernel';
import { callProblems, csvProblems } from '#rating';
import { catalogueProblems } from '../catalogue/problems.js';
import { identityProblems } from '../identity/refusals.js';
import { pricingProblems } from './call-refusals.js';
import { heardProblem } from './heard-problems.js';
import { importProblems } from './problems.js';

const OF_CALLS = { ...valueProblems, ...csvProblems, ...callProblems, ...pricingProblems, ...importProblems };
const namesIn = (text: string): string[] => [...new Set(text.match(/\{\w+\}/g))].sort();

describe('problems of fields and files', () => {
  const all: readonly ProblemKind[] = [
    ...Object.values<ProblemKind>(OF_CALLS),
    ...Object.values<ProblemKind>(catalogueProblems),
    ...Object.values<ProblemKind>(identityProblems),
  ];

  it.each(all.map(kind => [kind.code, kind] as const))('%s is said in both languages', (_, { ja, en }) => {
    expect(ja).toMatch(/[\u3040-\u9fff]/);
    // What is filled in is filled in in English as well: its names are those that are checked.
    expect(namesIn(ja).filter(name => !namesIn(en).includes(name))).toEqual([]);
    expect(en).toMatch(/^[a-zM{][^\n]*[^.]$/);
  });
});

describe('a sentence of the suspense list', () => {
  it.each(Object.values<ProblemKind>(OF_CALLS).map(kind => [kind.code, kind] as const))(
    'is heard back: %s',
    (code, { en }) => expect(heardProblem(en.replace(/\{\w+\}/g, '1')).code).toBe(code),
  );

  it('keeps what differs in it', () => {
    expect(heardProblem('has 9 fields, the header has 10')).toEqual({
      code: 'FIELD_COUNT',
      values: { fields: '9', columns: '10' },
      problemJa: '項目が9個ありますが、見出し行は10個です。',
    });
  });

  it('of a former version is heard as what it is called today', () => {
    expect(heardProblem('is longer than 64 characters').problemJa).toBe('64文字以内で入力してください。');
    expect(heardProblem('is something new')).toEqual({});
  });
});
