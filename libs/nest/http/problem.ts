import { detailsOf, InvalidInput, type Rejection, saidOf } from '#kernel';
import { HasherBusy, HeavyWorkBusy, HeavyWorkTooMuch, SealBroken, StoreUnavailable } from '#ports';
import { saidProblem } from '#runtime';

/** One entry of a problem that names several fields. */
export interface FieldProblem {
  readonly field: string;
  readonly problem: string;
  /** What the problem says without its language; see `saidProblem`. */
  readonly code?: string;
  readonly values?: Readonly<Record<string, string>>;
}

/** RFC 9457 problem details, as sent. `code` is the one thing a program should compare. */
export interface ProblemBody {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly code: string;
  readonly detail: string;
  /** The first bad field, as the sender knows it. */
  readonly field?: string;
  readonly errors?: readonly FieldProblem[];
  /** How many problems there are beyond `errors`, which of many names the first ones. */
  readonly moreErrors?: number;
  /** Facts of a refusal a caller can act on, e.g. `{ "available": "120" }`. */
  readonly details?: Readonly<Record<string, string>>;
}

/**
 * An answer that is a problem. Thrown by the HTTP layer only, and only to end the handling of one request.
 */
export class Problem extends Error {
  override readonly name = 'Problem';
  constructor(
    readonly status: number,
    readonly code: string,
    readonly detail: string,
    readonly more: Pick<ProblemBody, 'field' | 'errors' | 'moreErrors' | 'details'> & {
      readonly retryAfterS?: number;
    } = {},
  ) {
    super(detail);
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

/** A refusal of the product as a problem. */
export function refused(rejection: Rejection): Problem {
  const { code, refusal } = rejection;
  const { status, field } = refusal;
  const details = detailsOf(rejection);
  return new Problem(status, code, saidOf(rejection).en, {
    ...(field !== undefined && { field }),
    ...(details && { details }),
    ...retryAfter(status, details),
  });
}

export const notFound = (code: string, detail: string): Problem => new Problem(404, code, detail);

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

/** A value of the request that is not as it should be. */
export const badField = (field: string, problem: string, code = 'INVALID_INPUT'): Problem =>
  new Problem(400, code, `${field}: ${problem}`, { field, errors: [{ field, problem }] });

function ofStatus(status: number, message: string): Problem {
  if (status === 404) return notFound('NO_SUCH_ROUTE', 'there is nothing at this address');
  if (status === 413) return new Problem(413, 'BODY_TOO_LARGE', 'the body is larger than allowed here');
  // All else that is malformed is checked by schemas: what is left could not be read at all.
  if (status === 400 && /decode param/.test(message)) return badField('path', 'is not percent-encoded UTF-8');
  if (status === 400) return badField('body', 'is not valid JSON', 'INVALID_JSON');
  return new Problem(status, 'INVALID_REQUEST', 'the request cannot be read');
}

/**
 * Any error as a problem. What is not known becomes a 500 that tells nothing of the inside; the caller logs
 * it.
 */
export function problemOf(error: unknown): Problem {
  if (error instanceof Problem) return error;
  if (error instanceof InvalidInput) {
    return badField(error.field, error.problem, error.code);
  }
  if (error instanceof StoreUnavailable) {
    const detail = 'the store takes no writes at the moment; nothing was done, try again';
    return new Problem(503, error.code, detail, { retryAfterS: 5 });
  }
  if (error instanceof SealBroken) return new Problem(503, error.code, error.message);
  if (error instanceof HasherBusy) {
    const detail = 'too many people sign in at this moment; nothing was done, try again';
    return new Problem(503, 'TOO_BUSY', detail, { retryAfterS: 5 });
  }
  if (error instanceof HeavyWorkBusy)
    return new Problem(503, 'TOO_MUCH_AT_ONCE', error.message, { retryAfterS: 5 });
  if (error instanceof HeavyWorkTooMuch) return new Problem(422, 'TOO_MUCH_WORK', error.message);
  const thrown = typeof error === 'object' && error !== null ? error : {};
  if (isAborted(thrown)) return badField('body', 'broke off before its end', 'BODY_INCOMPLETE');
  const status = statusIn(thrown);
  if (status !== undefined) return ofStatus(status, error instanceof Error ? error.message : '');
  return new Problem(500, 'INTERNAL_ERROR', 'something went wrong here; the request id leads to the log');
}

/** The body to send. */
export function bodyOf(problem: Problem): ProblemBody {
  const { retryAfterS: _header, errors, ...more } = problem.more;
  return {
    type: `urn:daicho:problem:${problem.code.toLowerCase().replaceAll('_', '-')}`,
    title: TITLES[problem.status] ?? 'Problem',
    status: problem.status,
    code: problem.code,
    detail: problem.detail,
    ...more,
    ...(errors && { errors: errors.map(one => ({ ...one, ...saidProblem(one.problem) })) }),
  };
}
