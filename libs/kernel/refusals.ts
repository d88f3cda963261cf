import { inBoth, type NamesIn, type Sentence, withCodes } from './sentence.js';

/**
 * How HTTP answers a refusal. 409: not in the present state; 422: never as it stands; 404: there is no such
 * thing; 401, 403: not to this one; 429: not so soon, not so often; 503: not at this moment; the others are
 * those of a request that cannot be read.
 */
export type Status = 400 | 401 | 403 | 404 | 405 | 408 | 409 | 413 | 415 | 422 | 429 | 500 | 503 | 507;

/** What is said of a code of refusals: once, beside whoever refuses. `{name}` stands for a detail. */
export interface RefusalSaid<En extends string = string> extends Sentence {
  readonly status: Status;
  readonly en: En;
  /**
   * The field of the request that it blames, as most requests call it; a use case whose request does
   * not says so in its `blames`.
   */
  readonly field?: string;
}

export interface Refusal<Code extends string = string, En extends string = string> extends RefusalSaid<En> {
  readonly code: Code;
}

type SaidByCode = Readonly<Record<string, RefusalSaid>>;

/** The refusals of one decider or service, in the order in which they are asked. */
export type Refusals<All extends SaidByCode> = {
  readonly [Code in keyof All & string]: Refusal<Code, All[Code]['en']>;
};

/** The codes of refusals. */
export type CodeOf<All> = keyof All & string;

/**
 * Declares the refusals of one decider or service. One that is declared elsewhere is named, not repeated:
 * `{ NO_SUCH_ACCOUNT: common.NO_SUCH_ACCOUNT }`.
 */
export const defineRefusals = <const All extends SaidByCode>(all: All): Refusals<All> =>
  withCodes(all) as Refusals<All>;

/** Facts of a refusal, by name: texts, or words that differ by language. */
export type Details = Readonly<Record<string, string | Sentence>>;
/** A refusal, as a value: nothing happened, and why. What it says and its status are those of `refusal`. */
export interface Rejection<Code extends string = string> {
  readonly code: Code;
  /** What is declared of the code, beside whoever refuses. */
  readonly refusal: Refusal<Code>;
  /** Facts a caller can act on, e.g. `{ available: '120' }`; some are words that differ by language. */
  readonly details?: Details;
}

type Needed<En extends string> = [NamesIn<En>] extends [never]
  ? [details?: Details]
  : [details: Readonly<Record<NamesIn<En>, string | Sentence>> & Details];

/**
 * A refusal as a value. Nothing is formatted: `saidOf` does it, where somebody reads it.
 * @param details facts that a caller can act on; those that the sentence names are among them
 */
export function rejection<Code extends string, En extends string>(
  refusal: Refusal<Code, En>,
  ...[details]: Needed<En>
): Rejection<Code> {
  const { code } = refusal;
  return details ? { code, refusal, details } : { code, refusal };
}

/** Nothing happened: as a decider answers it, and as a service does. */
export interface Rejected<Code extends string = string> {
  readonly kind: 'rejected';
  readonly rejection: Rejection<Code>;
}

export const rejected = <Code extends string, En extends string>(
  refusal: Refusal<Code, En>,
  ...needed: Needed<En>
): Rejected<Code> => ({ kind: 'rejected', rejection: rejection(refusal, ...needed) });

/** What a refusal says, in both languages. */
export const saidOf = ({ refusal, details }: Rejection): Sentence => inBoth(refusal, details ?? {});

/** The facts of a refusal as texts, in English: what programs read. */
export const detailsOf = ({ details }: Rejection): Readonly<Record<string, string>> | undefined =>
  details &&
  Object.fromEntries(
    Object.entries(details).map(([name, fact]) => [name, typeof fact === 'string' ? fact : fact.en]),
  );
