import {
  detailsOf,
  InvalidInput,
  problem,
  type Rejection,
  rejection,
  type SaidProblem,
  type Sentence,
  saidOf,
  type ToldProblem,
  toldProblem,
} from '#kernel';
import { HasherBusy, HeavyWorkBusy, HeavyWorkTooMuch, SealBroken, StoreUnavailable } from '#ports';
import { bodyProblems, httpRefusals, storeRefusal } from './refusals.js';

/** One entry of a problem that names several fields. */
export type FieldProblem = { readonly field: string } & ToldProblem;

/** RFC 9457 problem details, as sent. `code` is the one thing a program should compare. */
export interface ProblemBody {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly code: string;
  readonly detail: string;
  readonly detailJa: string;
  /** The first bad field, as the sender knows it. */
  readonly field?: string;
  readonly errors?: readonly FieldProblem[];
  /** How many problems there are beyond `errors`, which of many names the first ones. */
  readonly moreErrors?: number;
  /** Facts of a refusal a caller can act on, e.g. `{ "available": "120" }`. */
  readonly details?: Readonly<Record<string, string>>;
}

type More = Pick<ProblemBody, 'field' | 'errors' | 'moreErrors' | 'details'> & {
  readonly retryAfterS?: number;
};

/**
 * An answer that is a problem. Thrown by the HTTP layer only, and only to end the handling of one request.
 */
export class Problem extends Error {
  override readonly name = 'Problem';
  constructor(
    readonly status: number,
    readonly code: string,
    readonly said: Sentence,
    readonly more: More = {},
  ) {
    super(said.en);
  }
}

const TITLES: Readonly<Record<number, string>> = {
  400: 'Malformed request',
  401: 'Not signed in',
  403: 'Not allowed',
  404: 'Not found',
  405: 'Method not allowed',
  408: 'Too slow',
  409: 'Refused',
  413: 'Too large',
  415: 'Unsupported media type',
  422: 'Refused',
  429: 'Too many attempts',
  500: 'Internal error',
  503: 'Temporarily unavailable',
  507: 'Out of space',
};

/** When to come back, as the refusal itself says; a second later where only the moment was bad. */
function retryAfter(status: number, details: ProblemBody['details']): { readonly retryAfterS?: number } {
  const said = details?.['retryAfterS'];
  if (said !== undefined && /^\d{1,9}$/.test(said)) return { retryAfterS: Number.parseInt(said, 10) };
  return status === 503 || status === 429 ? { retryAfterS: 1 } : {};
}

/** A refusal as a problem. */
export function refused(rejection: Rejection, more: More = {}): Problem {
  const { code, refusal } = rejection;
  const { status, field } = refusal;
  const details = detailsOf(rejection);
  return new Problem(status, code, saidOf(rejection), {
    ...(field !== undefined && { field }),
    ...(details && { details }),
    ...retryAfter(status, details),
    ...more,
  });
}

/** The sender went away before its body was complete. */
const isAborted = (error: object): boolean =>
  'code' in error && (error.code === 'ERR_STREAM_PREMATURE_CLOSE' || error.code === 'ECONNRESET');

/** The status of what Nest, Express or the body parser threw, when it is the sender's fault. */
function statusIn(error: object): number | undefined {
  const status: unknown =
    'getStatus' in error && typeof error.getStatus === 'function'
      ? error.getStatus()
      : 'status' in error && error.status;
  return typeof status === 'number' && status >= 400 && status < 500 ? status : undefined;
}

/** Values of the request that are not as they should be, the first of them named in the sentence. */
export function badFields(errors: readonly FieldProblem[], code = 'INVALID_INPUT'): Problem {
  const [{ field, problem, problemJa }] = errors as [FieldProblem];
  const said = { ja: `${field}：${problemJa}`, en: `${field}: ${problem}` };
  return new Problem(400, code, said, { field, errors });
}

/** A value of the request that is not as it should be. */
export const badField = (field: string, said: SaidProblem): Problem =>
  badFields([{ field, ...toldProblem(said) }], said.kind.named ? said.kind.code : undefined);

function ofStatus(status: number, message: string): Problem {
  if (status === 404) return refused(rejection(httpRefusals.NO_SUCH_ROUTE));
  if (status === 413) return refused(rejection(httpRefusals.BODY_TOO_LARGE));
  // All else that is malformed is checked by schemas: what is left could not be read at all.
  if (status === 400 && /decode param/.test(message))
    return badField('path', problem(bodyProblems.NOT_DECODED));
  if (status === 400) return badField('body', problem(bodyProblems.INVALID_JSON));
  const { code, ...said } = httpRefusals.INVALID_REQUEST;
  return new Problem(status, code, said);
}

/** What the ports and the tools of identity throw for this moment. */
function ofPort(error: unknown): Problem | undefined {
  const soon = { retryAfterS: 5 };
  if (error instanceof StoreUnavailable) return new Problem(503, error.code, storeRefusal, soon);
  if (error instanceof SealBroken) return new Problem(503, error.code, error.said);
  if (error instanceof HasherBusy) return refused(rejection(httpRefusals.TOO_BUSY), soon);
  if (error instanceof HeavyWorkBusy) return refused(rejection(httpRefusals.TOO_MUCH_AT_ONCE), soon);
  if (error instanceof HeavyWorkTooMuch) return refused(rejection(httpRefusals.TOO_MUCH_WORK));
  return undefined;
}

/**
 * Any error as a problem. What is not known becomes a 500 that tells nothing of the inside; the caller logs
 * it.
 */
export function problemOf(error: unknown): Problem {
  if (error instanceof Problem) return error;
  if (error instanceof InvalidInput) return badField(error.field, error.said);
  const known = ofPort(error);
  if (known) return known;
  const thrown = typeof error === 'object' && error !== null ? error : {};
  if (isAborted(thrown)) return badField('body', problem(bodyProblems.BODY_INCOMPLETE));
  const status = statusIn(thrown);
  if (status !== undefined) return ofStatus(status, error instanceof Error ? error.message : '');
  return refused(rejection(httpRefusals.INTERNAL_ERROR));
}

/** The body to send. */
export function bodyOf({ status, code, said, more }: Problem): ProblemBody {
  const { retryAfterS: _header, ...rest } = more;
  return {
    type: `urn:daicho:problem:${code.toLowerCase().replaceAll('_', '-')}`,
    title: TITLES[status] ?? 'Problem',
    status,
    code,
    detail: said.en,
    detailJa: said.ja,
    ...rest,
  };
}
