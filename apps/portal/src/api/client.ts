import createClient, { type Middleware } from 'openapi-fetch';
import type { paths } from '../../api/schema.js';
import { OFFLINE, Problem, problemIn } from './problem.js';

/** What the client has to know of the session; the session's query keeps it up to date. */
const known = { csrfToken: '' };

/** Told by the session; unsafe requests carry it. */
export function rememberCsrfToken(token: string): void {
  known.csrfToken = token;
}

let signedOut: () => void = () => {};
/** Calls `listener` when the server says that the session has ended. */
export function onSignedOut(listener: () => void): void {
  signedOut = listener;
}

const SAFE = new Set(['GET', 'HEAD']);
/** A wrong password is no end of a session. */
const SIGN_IN = /^\/api\/v1\/(session|sessions|password-reminders|password-resets)(\/|$)/;

/** What every request carries that changes something. */
export const csrfHeaders = (): Readonly<Record<string, string>> =>
  known.csrfToken === '' ? {} : { 'X-Csrf-Token': known.csrfToken };

/** Tells the frame when a problem means that the session has ended. @returns the problem */
export function noticed(problem: Problem, pathname: string): Problem {
  if (problem.status === 401 && !SIGN_IN.test(pathname)) signedOut();
  return problem;
}

/** What turns the direction of writing, or cannot be seen: a name of former times must not change a page. */
const MARKS = /[\u0080-\u009f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff]/g;

async function withoutMarks(response: Response): Promise<Response> {
  if (!/\bjson\b/.test(response.headers.get('Content-Type') ?? '')) return response;
  return new Response((await response.text()).replace(MARKS, ' '), response);
}

/** Sends with the session's cookie and CSRF token; throws a Problem for every answer that is not 2xx. */
async function send(request: Request): Promise<Response> {
  if (!SAFE.has(request.method)) {
    for (const [name, value] of Object.entries(csrfHeaders())) request.headers.set(name, value);
  }
  let response: Response;
  try {
    response = await fetch(request, { cache: 'no-store' });
  } catch (error) {
    if (request.signal.aborted) throw error;
    throw new Problem({ status: 0, code: OFFLINE, detail: '' });
  }
  if (response.ok) return withoutMarks(response);
  throw noticed(await problemIn(response), new URL(request.url).pathname);
}

const toProblem: Middleware = {
  onRequest: ({ request }) => send(request),
};

/**
 * The typed client:
 * `await answered(api.GET('/api/v1/accounts/{account}', { params: { path: { account } } }))`.
 * Pass the `signal` of a query, so that a question that nobody waits for any more is dropped.
 */
export const api = createClient<paths>({ baseUrl: window.location.origin });
api.use(toProblem);

/** An answer as JSON: where a route also writes CSV, its type says text as well. */
export type Json<T> = Exclude<NonNullable<T>, string>;

/** The JSON of an answer; every other outcome was thrown as a Problem. */
export async function answered<T>(pending: Promise<{ data?: T }>): Promise<Json<T>> {
  return (await pending).data as Json<T>;
}

export interface Sending {
  readonly body?: unknown;
  readonly signal?: AbortSignal;
  readonly headers?: Readonly<Record<string, string>>;
}

/**
 * Headers of a command. `reason`: why staff change something; it is kept with the events for ever.
 * `key`: made once per form (`useCommandKey`), so that a repeat of a lost answer has no second effect.
 */
export const commandHeaders = (command: { reason?: string; key?: string }): Record<string, string> => ({
  ...(command.reason !== undefined && { 'X-Reason': encodeURIComponent(command.reason) }),
  ...(command.key !== undefined && { 'Idempotency-Key': command.key }),
});

/** One request by its path below /api/v1, where the type of the answer is known to the caller. */
export async function call<Answer>(method: string, path: string, sending: Sending = {}): Promise<Answer> {
  const { body, signal, headers = {} } = sending;
  const url = new URL(`/api/v1${path}`, window.location.origin);
  const response = await send(
    new Request(url, {
      method,
      headers: { ...headers, ...(body !== undefined && { 'Content-Type': 'application/json' }) },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      ...(signal && { signal }),
    }),
  );
  const text = await response.text();
  return (text === '' ? {} : JSON.parse(text)) as Answer;
}

/** Saves an answer of the API as a file under a name. */
export async function download(path: string, name: string, accept = '*/*'): Promise<void> {
  const url = new URL(`/api/v1${path}`, window.location.origin);
  const response = await send(new Request(url, { headers: { Accept: accept } }));
  saveAs(await response.blob(), name);
}

/** Offers bytes as a file. */
export function saveAs(blob: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
