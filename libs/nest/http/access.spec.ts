import type { Role } from '#identity';
import { ROLES } from '#identity';
import { fakeProduct, serving, type TestServer, TOKENS } from '../../../test/support/http-server.js';
import { ACCESS } from './access.js';

type Expected = Readonly<Record<Role, number>>;
const ALL: Expected = { staff: 200, customer: 200, auditor: 200, job: 200 };
/** Everyone but customers, who are told that there is no such thing. */
const INSIDE: Expected = { staff: 200, customer: 404, auditor: 200, job: 200 };
const STAFF: Expected = { staff: 200, customer: 404, auditor: 403, job: 403 };
const MACHINES: Expected = { staff: 200, customer: 404, auditor: 403, job: 200 };
const WATCHERS: Expected = { staff: 200, customer: 404, auditor: 200, job: 403 };

/**
 * What each role gets from each route; 200 stands for "let through": any answer but 401, 403 and
 * NO_SUCH_RESOURCE.
 */
const TABLE: Readonly<Record<string, Expected>> = {
  'GET /me': ALL,
  'POST /accounts': STAFF,
  'GET /accounts': ALL,
  'GET /accounts/{account}': ALL,
  'POST /accounts/{account}/numbers': STAFF,
  'PUT /accounts/{account}/tariff': STAFF,
  'PUT /accounts/{account}/incoming-discount': STAFF,
  'GET /accounts/{account}/balance': ALL,
  'GET /accounts/{account}/history': ALL,
  'GET /accounts/{account}/calls': ALL,
  'POST /accounts/{account}/charges': STAFF,
  'POST /accounts/{account}/adjustments': STAFF,
  'POST /accounts/{account}/reversals': STAFF,
  'POST /accounts/{account}/holds': MACHINES,
  'POST /accounts/{account}/holds/{hold}/extend': MACHINES,
  'POST /accounts/{account}/holds/{hold}/settle': MACHINES,
  'POST /accounts/{account}/holds/{hold}/release': MACHINES,
  'GET /accounts/{account}/statements/{month}': ALL,
  'GET /invoices': ALL,
  'GET /invoices/{number}': ALL,
  'GET /invoices/{number}/pdf': ALL,
  'POST /closes': MACHINES,
  'GET /reconciliations/{month}': INSIDE,
  'GET /tariffs': INSIDE,
  'POST /tariffs': STAFF,
  'GET /tariffs/{tariff}/rows': INSIDE,
  'GET /catalogue': INSIDE,
  'POST /catalogue': STAFF,
  'POST /cdr-imports': MACHINES,
  'GET /cdr-imports': INSIDE,
  'GET /suspense': INSIDE,
  'POST /suspense/retry': MACHINES,
  'POST /suspense/discard': STAFF,
  'GET /trial-balance': INSIDE,
  'GET /explanations/{id}': INSIDE,
  'GET /audit/verify': WATCHERS,
  'GET /audit/replay': WATCHERS,
  'GET /audit/export': WATCHERS,
  'GET /jobs': INSIDE,
  'POST /jobs/{name}/{key}/retry': STAFF,
  'POST /jobs/{name}/{key}/discard': STAFF,
  'GET /keys': WATCHERS,
  'POST /keys': STAFF,
  'DELETE /keys/{key}': STAFF,
};

const SEGMENTS: Readonly<Record<string, string>> = { account: 'A1', month: '2026-10' };
const pathOf = (route: string, segments = SEGMENTS): string =>
  `/api/v1${route.split(' ')[1]!.replace(/\{(\w+)\}/g, (_, name: string) => segments[name] ?? 'x')}`;
const methodOf = (route: string): string => route.split(' ')[0]!;
const HEADERS = { 'X-Reason': 'a test of access', 'Idempotency-Key': 'access-1' };

let server: TestServer;
let routes: string[];
const fake = fakeProduct();

beforeAll(async () => {
  server = await serving(fake.product);
  const { json } = await server.send('GET', '/api/openapi.json');
  routes = Object.entries(json['paths'] as Record<string, object>).flatMap(([path, methods]) =>
    Object.keys(methods).map(method => `${method.toUpperCase()} ${path.replace('/api/v1', '')}`),
  );
});
afterAll(() => server.close());

describe('access', () => {
  it('has an expectation here and a row in the access table for every route of the API', () => {
    expect(routes.toSorted()).toEqual(Object.keys(TABLE).toSorted());
    const rows = Object.keys(ACCESS).map(route => route.replace(/:(\w+)/g, '{$1}'));
    expect(routes.toSorted()).toEqual(rows.toSorted());
  });

  it.each(Object.keys(TABLE))('%s: refuses everyone without a live key', async route => {
    const before = fake.asked.length;
    for (const token of [undefined, 'dk_unknown', '']) {
      const sending = token === undefined ? { headers: HEADERS } : { token, headers: HEADERS };
      const { status, json, headers } = await server.send(methodOf(route), pathOf(route), sending);
      expect([status, json['code']]).toEqual([401, 'NO_VALID_KEY']);
      expect(headers.get('WWW-Authenticate')).toContain('Bearer');
    }
    expect(fake.asked.length).toBe(before);
  });

  it.each(Object.entries(TABLE))('%s: lets in whom it should', async (route, expected) => {
    for (const role of ROLES) {
      const sending = { token: TOKENS[role], headers: HEADERS };
      const { status, json } = await server.send(methodOf(route), pathOf(route), sending);
      const refusal = status === 403 || json['code'] === 'NO_SUCH_RESOURCE' || status === 401;
      expect([role, refusal ? status : 200]).toEqual([role, expected[role]]);
    }
  });

  it.each(Object.keys(TABLE).filter(route => route.includes('{account}')))(
    "%s: hides other accounts from a customer's key",
    async route => {
      const before = fake.asked.length;
      const path = pathOf(route, { ...SEGMENTS, account: 'A2' });
      const { status, json } = await server.send(methodOf(route), path, {
        token: TOKENS.customer,
        headers: HEADERS,
      });
      expect([status, json['code']]).toEqual([404, 'NO_SUCH_RESOURCE']);
      expect(fake.asked.length).toBe(before);
    },
  );

  it("confines a customer's lists to its own account", async () => {
    const own = await server.send('GET', '/api/v1/invoices', { token: TOKENS.customer });
    expect(own.status).not.toBe(404);
    expect(fake.asked.at(-1)).toEqual({ useCase: 'closing.invoices', args: [{ limit: 50, account: 'A1' }] });
    const other = await server.send('GET', '/api/v1/invoices?account=A2', { token: TOKENS.customer });
    expect(other.status).toBe(404);
    await server.send('GET', '/api/v1/accounts?search=A2', { token: TOKENS.customer });
    expect(fake.asked.at(-1)).toEqual({ useCase: 'accounts.get', args: ['A1'] });
  });

  it('passes every word of an invoice search on (J-12)', async () => {
    const words = 'month=2025-10&from=2025-10-01&to=2025-10-31&least=1&most=2.5&counterparty=%E4%BE%8B';
    await server.send('GET', `/api/v1/invoices?${words}`, { token: TOKENS.auditor });
    const search = { month: 24309, from: 20362, to: 20392, least: 10_000, most: 25_000, counterparty: '例' };
    expect(fake.asked.at(-1)).toEqual({ useCase: 'closing.invoices', args: [{ limit: 50, ...search }] });
  });

  it.each(Object.entries(ACCESS).filter(([, row]) => row.effect !== 'read'))(
    '%s: asks staff for a reason',
    async (route, row) => {
      const path = pathOf(route.replace(/:(\w+)/g, '{$1}'));
      const { 'X-Reason': _reason, ...rest } = HEADERS;
      const { status, json } = await server.send(methodOf(route), path, {
        token: TOKENS.staff,
        headers: rest,
      });
      expect([status, json['field']]).toEqual([400, 'X-Reason']);
      if (row.roles.includes('job')) {
        const asJob = await server.send(methodOf(route), path, { token: TOKENS.job, headers: rest });
        expect(asJob.json['field']).not.toBe('X-Reason');
      }
    },
  );

  it.each(Object.entries(ACCESS).filter(([, row]) => row.effect === 'money'))(
    '%s: asks for an Idempotency-Key',
    async route => {
      const path = pathOf(route.replace(/:(\w+)/g, '{$1}'));
      const headers = { 'X-Reason': 'a test' };
      const { status, json } = await server.send(methodOf(route), path, { token: TOKENS.staff, headers });
      expect([status, json['field']]).toEqual([400, 'Idempotency-Key']);
    },
  );
});
