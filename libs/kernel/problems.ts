import {
  type Filling,
  type Fillings,
  inBoth,
  inWords,
  type NamesIn,
  type Sentence,
  withCodes,
} from './sentence.js';

/** What is said of a kind of problem with a value from outside: once. `{name}` stands for a filling. */
export interface ProblemSaid<En extends string = string> extends Sentence {
  readonly en: En;
  /** Answers have this code instead of INVALID_INPUT. */
  readonly named?: true;
}

export interface ProblemKind<Code extends string = string, En extends string = string>
  extends ProblemSaid<En> {
  readonly code: Code;
}

type SaidByCode = Readonly<Record<string, ProblemSaid>>;

export type ProblemKinds<All extends SaidByCode> = {
  readonly [Code in keyof All & string]: ProblemKind<Code, All[Code]['en']>;
};

/** Declares what can be wrong with the values that one place reads. */
export const defineProblems = <const All extends SaidByCode>(all: All): ProblemKinds<All> =>
  withCodes(all) as ProblemKinds<All>;

/** A problem of one value: what is wrong, and what stands for the names of its sentence. */
export interface SaidProblem<Code extends string = string> {
  readonly kind: ProblemKind<Code>;
  readonly values: Fillings;
}

export type FillingsFor<En extends string> = [NamesIn<En>] extends [never]
  ? [values?: Fillings]
  : [values: Readonly<Record<NamesIn<En>, Filling>>];

const NONE: Fillings = {};

/** A problem as a value; nothing is formatted. */
export const problem = <Code extends string, En extends string>(
  kind: ProblemKind<Code, En>,
  ...[values]: FillingsFor<En>
): SaidProblem<Code> => ({ kind, values: values ?? NONE });

/** A problem as the log keeps it: from its code and values it is said again in any language. */
export interface KeptProblem {
  readonly code: string;
  readonly values: Fillings;
}

export const keptProblem = ({ kind, values }: SaidProblem): KeptProblem => ({ code: kind.code, values });

/** What a problem says, in both languages. */
export const problemSaid = ({ kind, values }: SaidProblem): Sentence => inBoth(kind, values);

export const problemInEnglish = ({ kind, values }: SaidProblem): string => inWords(kind, values, 'en');

/** A problem as answers tell it: in both languages, and by its code with what differs in its sentence. */
export interface ToldProblem {
  readonly problem: string;
  readonly problemJa: string;
  readonly code: string;
  readonly values: Readonly<Record<string, string>>;
}

export function toldProblem(said: SaidProblem): ToldProblem {
  const { ja, en } = problemSaid(said);
  const values = Object.fromEntries(
    Object.entries(said.values).map(([name, one]) => [name, typeof one === 'object' ? one.en : String(one)]),
  );
  return { problem: en, problemJa: ja, code: said.kind.code, values };
}
