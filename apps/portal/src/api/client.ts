import createClient, { createFinalURL, defaultPathSerializer, type Middleware } from 'openapi-fetch';
import type { components, paths } from '../../api/schema.js';
import { OFFLINE, Problem, problemIn } from './problem.js';

// The one way to the API: paths, fields and answers are those of its OpenAPI document, so that a wrong one of
// them does not compile.

/** The answers of the API by their names in its OpenAPI document. */
export type Schemas = components['schemas'];

type Verb = 'GET' | 'POST' | 'PUT' | 'DELETE';
/** A route of the API that takes a verb: `/api/v1/accounts/{account}`. */
export type Path<V extends Verb = 'GET'> = {
  [P in keyof paths]: paths[P] extends { [M in Lowercase<V>]: object } ? P : never;
}[keyof paths];
type Operation<V extends Verb, P extends Path<V>> = paths[P][Lowercase<V>];

/** What fills a route in: the names of its path, and its query. What is empty is not sent. */
type Params<O> = O extends { parameters: infer A extends { path?: unknown; query?: unknown } }
  ? Pick<A, 'path' | 'query'>
  : never;
type Body<O> = O extends { requestBody: { content: { 'application/json': infer B } } }
  ? { readonly body: B }
  : { readonly body?: never };
/** The commands that need a key say so. */
type Keyed<O> = O extends { parameters: { header: { 'Idempotency-Key': string } } }
  ? { readonly command: Partial<Command> & Pick<Command, 'key'> }
  : { readonly command?: Partial<Command> };
type Success = 200 | 201 | 202;
type Json<R> = R extends { content: { 'application/json': infer A } } ? A : never;

/** The JSON that a route answers. */
export type AnswerOf<P extends Path<V>, V extends Verb = 'GET'> =
  Operation<V, P> extends { responses: infer R } ? Json<R[keyof R & Success]> : never;
/** The JSON that a command takes. */
export type BodyOf<V extends Verb, P extends Path<V>> = Body<Operation<V, P>>['body'];
/** What fills a route in. */
export type Asking<P extends Path<V>, V extends Verb = 'GET'> = Params<Operation<V, P>>;
type Sending<V extends Verb, P extends Path<V>> = Params<Operation<V, P>> &
  Body<Operation<V, P>> &
  Keyed<Operation<V, P>>;

/** What goes with a command beside its body. */
export interface Command {
  /** Why staff change something; it is kept with the events for ever. Empty: nobody was asked. */
  readonly reason: string;
  /** Made once per form, so that a repeat of a lost answer has no second effect. */
  readonly key: string;
  /** Approval or API key of the second person. */
  readonly approver?: string;
  /** The server is to tell of the same posting of minutes ago. */
  readonly asksRepeat?: boolean;
}

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

/** A wrong password is no end of a session. */
const SIGN_IN = /^\/api\/v1\/(session|sessions|password-reminders|password-resets)(\/|$)/;

/** What a request that changes something carries; what is empty is left out. */
export function commandHeaders(command: Partial<Command> = {}): Readonly<Record<string, string>> {
  const { reason = '', key, approver = '', asksRepeat } = command;
  const all = {
    'X-Csrf-Token': known.csrfToken,
    'X-Reason': encodeURIComponent(reason),
    'Idempotency-Key': key,
    'X-Approver-Key': approver.trim(),
    'X-Ask-Repeat': asksRepeat && 'yes',
  };
  return Object.fromEntries(Object.entries(all).filter((one): one is [string, string] => Boolean(one[1])));
}

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

/** Sends with the session's cookie; throws a Problem for every answer that is not 2xx. */
async function fetched(request: Request): Promise<Response> {
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

const toProblem: Middleware = { onRequest: ({ request }) => fetched(request) };

/** `from=2026-10-01&most=500`; what is empty is left out. */
export const queryText = (query: object = {}): string =>
  new URLSearchParams(
    Object.entries(query).filter(([, value]) => value !== undefined && value !== ''),
  ).toString();

const ORIGIN = window.location.origin;
const api = createClient({ baseUrl: ORIGIN, querySerializer: queryText });
api.use(toProblem);
/** Without the library's types of routes, which are worked out for all of them at once: ours are above. */
const request = api.request as unknown as (
  verb: string,
  route: string,
  init: object,
) => Promise<{ data?: unknown }>;

interface Plain {
  readonly path?: Record<string, unknown>;
  readonly query?: Record<string, unknown>;
  readonly body?: unknown;
  readonly command?: Partial<Command>;
}

/** The types above have checked what is sent; to the library it is a request like any other. */
async function requested(verb: Verb, route: string, what: Plain, more: RequestInit & { parseAs?: 'blob' }) {
  const { path, query, body } = what;
  const init = { params: { path, query }, body, ...more };
  const { data } = await request(verb.toLowerCase(), route, init);
  return data;
}

/**
 * The answer to a question: `await ask('/api/v1/accounts/{account}', { path: { account } })`.
 * @param signal of a query, so that a question that nobody waits for any more is dropped
 * @throws Problem for every other outcome
 */
export async function ask<P extends Path>(path: P, about: Asking<P>, signal?: AbortSignal) {
  return (await requested('GET', path, about as Plain, { signal })) as AnswerOf<P>;
}

/**
 * Has something done, and gives what the server answers:
 * `await send('POST', '/api/v1/staff', { body: { … }, command })`.
 * @throws Problem for every other outcome
 */
export async function send<V extends 'POST' | 'PUT' | 'DELETE', P extends Path<V>>(
  verb: V,
  path: P,
  what: Sending<V, P>,
) {
  const plain = what as Plain;
  return (await requested(verb, path, plain, { headers: commandHeaders(plain.command) })) as AnswerOf<P, V>;
}

/**
 * What a command has made.
 * @throws Problem where all was so already: its answer tells of nothing new
 */
export function created<A extends object>(answer: A | Schemas['Unchanged']): A {
  if ('unchanged' in answer) {
    const { code, reason, reasonJa } = answer;
    throw new Problem({ status: 200, code, detail: reason, detailJa: reasonJa });
  }
  return answer;
}

/** Where a route is, filled in: for links, streams and uploads, which `ask` and `send` do not do. */
export function addressOf<P extends Path<V>, V extends Verb = 'GET'>(path: P, about: Asking<P, V>): string {
  const pathSerializer = defaultPathSerializer;
  const params = about as Plain;
  return createFinalURL(path, { baseUrl: ORIGIN, params, querySerializer: queryText, pathSerializer });
}

/** Saves an answer of the API as a file under a name. */
export async function download<P extends Path>(path: P, about: Asking<P>, name: string, accept = '*/*') {
  const headers = { Accept: accept };
  saveAs((await requested('GET', path, about as Plain, { headers, parseAs: 'blob' })) as Blob, name);
}

/** Offers bytes as a file. */
export function saveAs(blob: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
