import { Instant } from '#kernel';
import { openProduct } from '#nest';
import type { Product } from '#runtime';
import { type Received, type Sending, serving, type TestServer } from './http-server.js';
import { temporaryDirectory } from './temporary-directory.js';

/** The real product behind the real server, with a clock that the journey moves and a first key of staff. */
export interface HttpJourney {
  readonly product: Product;
  readonly server: TestServer;
  readonly staff: string;
  /** Moves the clock. */
  at(time: string): void;
  api(method: string, path: string, sending?: Sending): Promise<Received>;
  get(path: string, token?: string, headers?: Readonly<Record<string, string>>): Promise<Received>;
  /** A request of staff with all that it needs; headers of the call win. */
  asStaff(
    method: string,
    path: string,
    body?: unknown,
    headers?: Readonly<Record<string, string>>,
  ): Promise<Received>;
  /** Makes a key and gives its token. */
  keyFor(role: string, account: string | null): Promise<string>;
}

export const rowsOf = (json: Readonly<Record<string, unknown>>): Record<string, unknown>[] =>
  json['rows'] as Record<string, unknown>[];

export async function httpJourney(start: string): Promise<HttpJourney> {
  let now = Instant.parse(start);
  let sequence = 0;
  const directory = temporaryDirectory();
  const product = await openProduct({ directory, clock: { now: () => now } });
  const server = await serving(product, directory);
  const caller = { actor: { id: 'cli:test', reason: 'journey' }, commandId: 'first-key' };
  const first = await product.keys.create({ role: 'staff', account: null, label: 'first' }, caller);
  if (first.kind !== 'done') throw new Error('no first key');
  const staff = first.value.token;

  const api = (method: string, path: string, sending: Sending = {}): Promise<Received> =>
    server.send(method, `/api/v1${path}`, sending);
  const asStaff: HttpJourney['asStaff'] = (method, path, body, headers = {}) =>
    api(method, path, {
      token: staff,
      headers: { 'X-Reason': 'journey', 'Idempotency-Key': `http-${++sequence}`, ...headers },
      ...(body !== undefined && { body }),
    });
  return {
    product,
    server,
    staff,
    at: time => {
      now = Instant.parse(time);
    },
    api,
    get: (path, token = staff, headers = {}) => api('GET', path, { token, headers }),
    asStaff,
    keyFor: async (role, account) => {
      const { json } = await asStaff('POST', '/keys', { role, account, label: role });
      return json['token'] as string;
    },
  };
}
