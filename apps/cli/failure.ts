import { CommanderError } from 'commander';
import {
  detailsOf,
  type FillingsFor,
  type InvalidInput,
  type Language,
  type ProblemKind,
  problem,
  problemSaid,
  type Rejection,
  type SaidProblem,
  type Sentence,
  saidOf,
} from '#kernel';
import type { FileProblem } from '#runtime';
import { factInJapanese } from './words.js';

/** What a command ends with: done; refused, or a difference found; wrong usage or malformed input. */
export const EXIT = { done: 0, refused: 1, usage: 2 } as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** A refusal: nothing is wrong with the words, the answer is no. Exit code 1. */
export class Refused extends Error {
  override readonly name = 'Refused';
  constructor(
    readonly code: string,
    readonly said: Sentence,
  ) {
    super(said.en);
  }

  /** `throw Refused.as(commandRefusals.NO_STORE, { directory })` */
  static as<Code extends string, En extends string>(
    kind: ProblemKind<Code, En>,
    ...values: FillingsFor<En>
  ): Refused {
    return new Refused(kind.code, problemSaid(problem(kind, ...values)));
  }

  /** The sentence, and the facts that it does not name. */
  static of(rejection: Rejection): Refused {
    const { code, refusal } = rejection;
    const facts = Object.entries(detailsOf(rejection) ?? {}).filter(
      ([name]) => !refusal.en.includes(`{${name}}`),
    );
    const { ja, en } = saidOf(rejection);
    if (facts.length === 0) return new Refused(code, { ja, en });
    const inEnglish = facts.map(([name, value]) => `${name} ${value}`).join(', ');
    const inJapanese = facts.map(([name, value]) => `${factInJapanese(name)} ${value}`).join('、');
    return new Refused(code, { ja: `${ja}（${inJapanese}）`, en: `${en} (${inEnglish})` });
  }
}

/** Words that do not go together, beyond what commander checks. Exit code 2. */
export class WrongUsage extends Error {
  override readonly name = 'WrongUsage';
  private constructor(readonly said: Sentence) {
    super(said.en);
  }

  /** `throw WrongUsage.of(usageProblems.REQUIRED_HERE, { option: 'out' })` */
  static of<Code extends string, En extends string>(
    kind: ProblemKind<Code, En>,
    ...values: FillingsFor<En>
  ): WrongUsage {
    return new WrongUsage(problemSaid(problem(kind, ...values)));
  }
}

/** A file from outside with faults: they are named, of very many the first ones. Exit code 2. */
export class BadFile extends Error {
  override readonly name = 'BadFile';
  /** @param more problems beyond those that are named */
  constructor(
    readonly problems: readonly FileProblem[],
    readonly more = 0,
  ) {
    super(linesOf(problems, more, 'en').join('\n'));
  }
}

/** `tariff.csv:7: price: must be ...` */
export function problemText(
  { file, line, field, problem, problemJa }: FileProblem,
  language: Language,
): string {
  return `${file}:${line}: ${field ? `${field}: ` : ''}${language === 'ja' ? problemJa : problem}`;
}

function linesOf(problems: readonly FileProblem[], more: number, language: Language): string[] {
  const rest = language === 'ja' ? `ほかに${more}件の問題があります。` : `and ${more} more problems`;
  return [...problems.map(problem => problemText(problem, language)), ...(more > 0 ? [rest] : [])];
}

export interface Failure {
  readonly exit: ExitCode;
  /** `CODE: message` per line; empty when it was said already. */
  readonly text: string;
}

/** The `code` of an error of the operating system or of ours; undefined for anything else. */
export const codeOf = (error: unknown): string | undefined =>
  typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string'
    ? error.code
    : undefined;

const isError = (error: unknown): error is Error =>
  typeof error === 'object' && error !== null && 'name' in error && 'message' in error;

/** Commander says its own sentence (the field is in it); help and version are no failures. */
function ofCommander(error: CommanderError): Failure {
  return { exit: error.exitCode === 0 ? EXIT.done : EXIT.usage, text: '' };
}

/** `amount: must be ...` */
function ofField(error: Error, language: Language): string {
  const { field, said } = error as InvalidInput;
  return `${field}: ${problemSaid(said)[language]}`;
}

/** What a store says of itself is a problem in both languages; anything else is said by whoever threw it. */
function wordsOf(error: Error & { readonly said?: SaidProblem | Sentence }, language: Language): string {
  const { said } = error;
  if (said === undefined) return error.message;
  return ('kind' in said ? problemSaid(said) : said)[language];
}

/**
 * What an error means to the caller. By name, not by class: the same error may come from another bundle of
 * code.
 */
export function failureOf(
  error: unknown,
  { debug = false, language = 'en' }: { readonly debug?: boolean; readonly language?: Language } = {},
): Failure {
  if (error instanceof CommanderError) return ofCommander(error);
  if (!isError(error)) return { exit: EXIT.refused, text: `INTERNAL: ${String(error)}` };
  const code = codeOf(error);
  if (code === 'EPIPE') return { exit: EXIT.done, text: '' };
  switch (error.name) {
    case 'InvalidInput':
      return { exit: EXIT.usage, text: `${code ?? 'INVALID_INPUT'}: ${ofField(error, language)}` };
    case 'Refused':
    case 'SealBroken':
      return {
        exit: EXIT.refused,
        text: `${code}: ${(error as Error & Pick<Refused, 'said'>).said[language]}`,
      };
    case 'WrongUsage':
      return { exit: EXIT.usage, text: `USAGE: ${(error as WrongUsage).said[language]}` };
    case 'BadFile': {
      const { problems, more } = error as BadFile;
      const lines = linesOf(problems, more, language).map(line => `INVALID_FILE: ${line}`);
      return { exit: EXIT.usage, text: lines.join('\n') };
    }
    default: {
      const text = `${code ?? 'INTERNAL'}: ${wordsOf(error, language)}`;
      return { exit: EXIT.refused, text: debug && error.stack ? `${text}\n${error.stack}` : text };
    }
  }
}
