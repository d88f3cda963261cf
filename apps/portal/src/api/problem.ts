/** What is wrong with one field, or one place of a file. */
export interface FieldProblem {
  readonly field: string;
  readonly problem: string;
  readonly problemJa?: string;
  /** The same without its language, where it has a code. */
  readonly code?: string;
}

/** What the API answers when it does not do what was asked (RFC 9457, application/problem+json). */
export interface ProblemBody {
  readonly status: number;
  readonly code: string;
  readonly detail: string;
  readonly detailJa?: string;
  readonly field?: string;
  readonly errors?: readonly FieldProblem[];
  /** How many there are beyond `errors`. */
  readonly moreErrors?: number;
  readonly details?: Readonly<Record<string, string>>;
}

/** Thrown by every request that was not done. Compare `code`; `detail` is for people. */
export class Problem extends Error {
  constructor(
    readonly body: ProblemBody,
    /** Seconds after which a repeat makes sense (`Retry-After`), when the server says. */
    readonly retryAfterS: number | null = null,
  ) {
    super(body.detail);
    this.name = 'Problem';
  }
  get code(): string {
    return this.body.code;
  }
  get status(): number {
    return this.body.status;
  }
}

/** The server could not be reached at all. */
export const OFFLINE = 'OFFLINE';

/** A failed answer as a Problem, whatever came instead of problem+json. */
export async function problemIn(response: Response): Promise<Problem> {
  const given = (await response.json().catch(() => ({}))) as Partial<ProblemBody>;
  const after = /^\d+$/.exec(response.headers.get('Retry-After') ?? '')?.[0];
  const body = {
    ...given,
    status: response.status,
    code: given.code ?? `HTTP_${response.status}`,
    detail: given.detail ?? response.statusText,
  };
  return new Problem(body, after === undefined ? null : Number(after));
}

/** Whether an error means that nobody is signed in (any more). */
export const isSignedOut = (error: unknown): boolean => error instanceof Problem && error.status === 401;

/** Headers that a form has a field for. */
const FIELDS: Readonly<Record<string, string>> = { 'X-Approver-Key': 'approver' };

/** What is wrong with each field of a form. */
export function fieldErrors(error: unknown): readonly FieldProblem[] {
  if (!(error instanceof Problem)) return [];
  const { errors, field, detail, detailJa } = error.body;
  if (errors) return [...new Map(errors.map(one => [one.field, one])).values()];
  return field === undefined
    ? []
    : [
        {
          field: FIELDS[field] ?? field,
          problem: detail,
          ...(detailJa !== undefined && { problemJa: detailJa }),
        },
      ];
}
