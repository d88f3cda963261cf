import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { type AccountId, Instant } from '#kernel';
import { type RunningServer, type ServerOptions, startServer } from '#nest';
import type { Answer, Caller, KeyView, Product } from '#runtime';
import { fakeSession } from './fake-sessions.js';

/** What a product was asked: `prepaid.charge` and its arguments. */
export interface Asked {
  readonly useCase: string;
  readonly args: readonly unknown[];
}

const keyOf = (role: KeyView['role'], account: AccountId | null): KeyView => ({
  key: `k-${role}`,
  role,
  account,
  label: role,
  createdAt: '2026-10-01T00:00:00.000+09:00',
  revokedAt: null,
});

export const A1 = 'A1' as AccountId;
/** Tokens of the fake product, one per role; the customer's account is A1. */
export const TOKENS = {
  staff: 'dk_staff',
  customer: 'dk_customer',
  auditor: 'dk_auditor',
  job: 'dk_job',
} as const;
const KEYS: Readonly<Record<string, KeyView>> = {
  [TOKENS.staff]: keyOf('staff', null),
  [TOKENS.customer]: keyOf('customer', A1),
  [TOKENS.auditor]: keyOf('auditor', null),
  [TOKENS.job]: keyOf('job', null),
};

/** Use cases by name; one that is not given answers `done` with what it was asked. */
export type Answers = Readonly<Record<string, (...args: never[]) => unknown>>;

/** What the guard asks by itself. */
const UNSEEN = new Set(['keys.authenticate', 'entry.authenticate', 'circles.numbersOf', 'accounts.known']);

/** A product without a store: it knows four keys and the sessions of
 * `fake-sessions.ts`, remembers what it was asked and answers as it is told. */
export function fakeProduct(answers: Answers = {}): { product: Product; asked: Asked[] } {
  const asked: Asked[] = [];
  const given: Answers = {
    'keys.authenticate': (token: string) => KEYS[token],
    'entry.authenticate': (cookie: string) => fakeSession(cookie),
    'circles.numbersOf': () => ['05012345678'],
    'accounts.known': () => true,
    'audit.export': () =>
      (async function* () {
        yield 'line\n';
      })(),
    ...answers,
  };
  const service = (name: string) =>
    new Proxy(
      {},
      {
        get(_target, useCase) {
          const full = `${name}.${String(useCase)}`;
          return async (...args: readonly unknown[]) => {
            if (!UNSEEN.has(full)) asked.push({ useCase: full, args });
            const answer = given[full] as ((...args: readonly unknown[]) => unknown) | undefined;
            return answer ? answer(...args) : done({ rows: [], next: null });
          };
        },
      },
    );
  const servicesOf = (...names: readonly string[]) =>
    Object.fromEntries(names.map(name => [name, service(name)]));
  const services = servicesOf(
    ...['accounts', 'prepaid', 'catalogue', 'cdr', 'closing', 'audit', 'keys', 'jobs', 'reports', 'eventLog'],
  );
  const identity = servicesOf(
    ...[
      'entry',
      'secondStep',
      'sessions',
      'proof',
      'approvals',
      'security',
      'reminders',
      'circles',
      'logins',
    ],
    'care',
  );
  const product = {
    ...services,
    identity,
    ready: async () => {},
    isRecorded: async () => false,
    now: () => Instant.parse('2026-11-04T10:00:00.000+09:00'),
    health: async () => ({ head: 7, writable: true, reason: null }),
    close: async () => {},
  };
  return { product: product as unknown as Product, asked };
}

export const done = <Value>(value: Value): Answer<Value> => ({
  kind: 'done',
  value,
  position: 7,
  replayed: false,
});
/** The caller among the arguments of a command. */
export const callerIn = ({ args }: Asked): Caller => args.at(-1) as Caller;

export interface TestServer extends RunningServer {
  readonly directory: string;
  /** Lines of the structured log. */
  readonly log: string[];
  /** Ends the server and leaves its directory. */
  stop(): Promise<void>;
  /** A request with a token; `body` that is not text is sent as JSON. */
  send(method: string, path: string, options?: Sending): Promise<Received>;
}
export interface Sending {
  readonly token?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}
export interface Received {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The body read as JSON; the text itself where it is none. */
  readonly json: Record<string, unknown>;
}

async function sendTo(url: string, method: string, path: string, sending: Sending = {}): Promise<Received> {
  const { token, headers = {}, body } = sending;
  const response = await fetch(url + path, {
    method,
    headers: {
      ...(token !== undefined && { Authorization: `Bearer ${token}` }),
      ...(body !== undefined && { 'Content-Type': 'application/json' }),
      ...headers,
    },
    ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  const isJson = /json\b/.test(response.headers.get('Content-Type') ?? '');
  const json = isJson && text !== '' ? (JSON.parse(text) as Record<string, unknown>) : {};
  return { status: response.status, headers: response.headers, text, json };
}

export type ServingOptions = Pick<
  ServerOptions,
  'publicUrl' | 'cookieSecure' | 'trustProxy' | 'portal' | 'arrival'
>;

/** Serves a product on a free port of this machine. `close` also removes the directory it was given. */
export async function serving(
  product: Product,
  directory?: string,
  options: ServingOptions = {},
): Promise<TestServer> {
  const own = directory ?? (await mkdtemp(join(tmpdir(), 'daicho-http-')));
  const log: string[] = [];
  const logger = pino({ level: 'info' }, { write: (line: string) => log.push(line) });
  const server = await startServer({ product, directory: own, port: 0, logger, ...options });
  return {
    url: server.url,
    directory: own,
    log,
    stop: () => server.close(),
    send: (method, path, sending) => sendTo(server.url, method, path, sending),
    close: async () => {
      await server.close();
      await rm(own, { recursive: true, force: true });
    },
  };
}
