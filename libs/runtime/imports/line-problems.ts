import { type KeptProblem, type ProblemKind, type SaidProblem, valueProblems } from '#kernel';
import { callProblems, csvProblems, formerProblems } from '#rating';
import { pricingProblems } from './call-refusals.js';
import { importProblems } from './problems.js';

/** What can be wrong with a line of a call file: the log keeps the code, the words stand here. */
const KINDS: ReadonlyMap<string, ProblemKind> = new Map(
  [valueProblems, csvProblems, callProblems, formerProblems, pricingProblems, importProblems]
    .flatMap(all => Object.values<ProblemKind>(all))
    .map(kind => [kind.code, kind]),
);

/** What was wrong with a suspended line. A code that only a newer version knows stands for itself. */
export const lineProblem = ({ code, values }: KeptProblem): SaidProblem => ({
  kind: KINDS.get(code) ?? { code, ja: code, en: code },
  values,
});
