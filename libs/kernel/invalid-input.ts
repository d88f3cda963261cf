import {
  type FillingsFor,
  type ProblemKind,
  problem,
  problemInEnglish,
  type SaidProblem,
} from './problems.js';

const unnamed = (en: string): SaidProblem => ({
  kind: { code: 'MALFORMED', ja: `形式が正しくありません（${en}）。`, en },
  values: {},
});

/**
 * A value from outside that is not of the allowed form. The edges turn it into problem+json or exit code 2.
 */
export class InvalidInput extends Error {
  override readonly name = 'InvalidInput';
  readonly code: string;
  /** What is wrong and which form is allowed, in one English sentence without personal data. */
  readonly problem: string;
  /** The same without its language. */
  readonly said: SaidProblem;

  /**
   * @param field the name of the field as the sender knows it, e.g. `amount` or `line 7, start`
   * @param what is wrong: `new InvalidInput('amount', problems.TOO_LONG, { most: 5 })`
   */
  constructor(field: string, what: SaidProblem);
  /** As programmers and operators read it: what no form and no file of a customer meets. */
  constructor(field: string, what: string, code?: string);
  constructor(
    readonly field: string,
    what: string | SaidProblem,
    code?: string,
  ) {
    const said = typeof what === 'string' ? unnamed(what) : what;
    const words = problemInEnglish(said);
    super(`${field}: ${words}`);
    this.problem = words;
    this.said = said;
    this.code = code ?? (said.kind.named ? said.kind.code : 'INVALID_INPUT');
  }

  /** `throw InvalidInput.of('raw', problems.TOO_LONG, { most: 4096 })` */
  static of<Code extends string, En extends string>(
    field: string,
    kind: ProblemKind<Code, En>,
    ...values: FillingsFor<En>
  ): InvalidInput {
    return new InvalidInput(field, problem(kind, ...values));
  }
}

/**
 * For the default arm of an exhaustive switch: a compile error when a case is missing, a bug when it is ever
 * reached.
 */
export function assertNever(value: never): never {
  throw new Error(`unexpected: ${JSON.stringify(value)}`);
}
