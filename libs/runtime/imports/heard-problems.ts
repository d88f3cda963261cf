import { inBoth, type ProblemKind, type ToldProblem, valueProblems } from '#kernel';
import { callProblems, csvProblems } from '#rating';
import { pricingProblems } from './call-refusals.js';
import { importProblems } from './problems.js';

/**
 * The log keeps the sentence of a suspended line in English, for ever (`rating.CdrSuspended.v1`), and the
 * read model of the list is made of it: here, and nowhere else, a sentence is heard back, so that the list
 * can be read in Japanese too. Sentences of former versions stand below beside what they are called today.
 */
const FORMER: readonly (readonly [sentence: string, ProblemKind])[] = [
  ['must not be empty', valueProblems.EMPTY],
  ['is longer than {most} characters', valueProblems.TOO_LONG],
  ['must be printable ASCII characters without spaces', valueProblems.NOT_AN_ID],
];

const KINDS = [importProblems, pricingProblems, callProblems, csvProblems, valueProblems].flatMap(all =>
  Object.values<ProblemKind>(all),
);

const patternOf = (sentence: string): RegExp =>
  new RegExp(
    `^${sentence
      .split(/\{(\w+)\}/)
      .map((part, i) => (i % 2 === 1 ? `(?<${part}>.+?)` : part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')))
      .join('')}$`,
    's',
  );

const fixedPart = (sentence: string): number => sentence.replace(/\{\w+\}/g, '').length;

/** What says the most without its names is tried first: `must be {type}` fits almost anything. */
const PATTERNS = [...FORMER, ...KINDS.map(kind => [kind.en, kind] as const)]
  .sort(([one], [other]) => fixedPart(other) - fixedPart(one))
  .map(([sentence, kind]) => [patternOf(sentence), kind] as const);

/** What a stored sentence says in Japanese, and its code; nothing for one that nobody says any more. */
export function heardProblem(sentence: string): Partial<Omit<ToldProblem, 'problem'>> {
  for (const [pattern, kind] of PATTERNS) {
    const found = pattern.exec(sentence);
    if (!found) continue;
    const values = { ...found.groups };
    return { problemJa: inBoth(kind, values).ja, code: kind.code, values };
  }
  return {};
}
