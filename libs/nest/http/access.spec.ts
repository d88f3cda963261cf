import { asSession, type FakeSession, SESSIONS } from '../../../test/support/fake-sessions.js';
import {
  callerIn,
  fakeProduct,
  type Received,
  serving,
  type TestServer,
  TOKENS,
} from '../../../test/support/http-server.js';
import { ASKERS, type Asker, isOwn, TABLE } from './access.fixture.js';
import { ACCESS } from './access.js';

const SEGMENTS: Readonly<Record<string, string>> = {
  account: 'A1',
  month: '2026-10',
  circle: '0000000001',
  unique: '0000000002',
};
const pathOf = (route: string, segments = SEGMENTS): string =>
  `/api/v1${route.split(' ')[1]!.replace(/\{(\w+)\}/g, (_, name: string) => segments[name] ?? 'x')}`;
const methodOf = (route: string): string => route.split(' ')[0]!;
const HEADERS = { 'X-Reason': 'a test of access', 'Idempotency-Key': 'access-1' };
const isKey = (asker: Asker): asker is `key:${keyof typeof TOKENS}` => asker.startsWith('key:');

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

function ask(asker: Asker, route: string, segments = SEGMENTS, headers: object = HEADERS): Promise<Received> {
  const proof = isKey(asker)
    ? { Authorization: `Bearer ${TOKENS[asker.slice(4) as keyof typeof TOKENS]}` }
    : asSession(asker);
  return server.send(methodOf(route), pathOf(route, segments), { headers: { ...headers, ...proof } });
}

/** What the guard refuses with; undefined for whatever passed it. */
const GUARDED = new Set(['NO_SUCH_RESOURCE', 'ROLE_NOT_ALLOWED', 'SESSION_ONLY', 'WRONG_STAGE']);
function refusalOf({ status, json }: Received): string | undefined {
  const code = String(json['code']);
  if (status === 401 || GUARDED.has(code) || code === 'READ_ONLY_VIEW') return `${status} ${code}`;
  return undefined;
}

/** How everybody else is refused: customers are told that there is no such thing. */
function expectedRefusal(asker: Asker, route: string): string | RegExp {
  if (isKey(asker) && isOwn(route)) return '403 SESSION_ONLY';
  if (asker === 'key:customer') return '404 NO_SUCH_RESOURCE';
  if (isKey(asker)) return '403 ROLE_NOT_ALLOWED';
  if (asker === 'secondStep') return /^403 (ROLE_NOT_ALLOWED|WRONG_STAGE)$/;
  if (asker === 'passwordChange') return /^(404 NO_SUCH_RESOURCE|403 WRONG_STAGE)$/;
  if (asker === 'viewer' && !isOwn(route)) return /^(404 NO_SUCH_RESOURCE|403 READ_ONLY_VIEW)$/;
  // A step that is behind is no secret.
  if (isOwn(route) && route.startsWith('POST /session/')) return '403 WRONG_STAGE';
  return SESSIONS[asker].role === 'customer' ? '404 NO_SUCH_RESOURCE' : '403 ROLE_NOT_ALLOWED';
}

describe('access', () => {
  it('has an expectation here and a row in the access table for every route of the API', () => {
    expect(routes.toSorted()).toEqual(Object.keys(TABLE).toSorted());
    const rows = Object.keys(ACCESS).map(route => route.replace(/:(\w+)/g, '{$1}'));
    expect(routes.toSorted()).toEqual(rows.toSorted());
  });

  it.each(Object.keys(TABLE).filter(route => TABLE[route] !== 'anybody'))(
    '%s: refuses everyone without a live key or session',
    async route => {
      const before = fake.asked.length;
      const secret = '0'.repeat(43);
      const nobody = [
        {},
        { Authorization: 'Bearer dk_unknown' },
        { Authorization: 'Bearer ' },
        { Cookie: `daicho_session=s-nobody.${secret}` },
        { Cookie: 'daicho_session=../../etc' },
        { Cookie: `daicho_session=s-admin.${'1'.repeat(43)}` },
      ];
      for (const proof of nobody) {
        const { status, json, headers } = await server.send(methodOf(route), pathOf(route), {
          headers: { ...HEADERS, ...proof },
        });
        const keyless =
          !('Cookie' in proof) && (!isOwn(route) || proof.Authorization === 'Bearer dk_unknown');
        expect([status, json['code']]).toEqual([401, keyless ? 'NO_VALID_KEY' : 'NO_SESSION']);
        expect(headers.get('WWW-Authenticate') ?? '').toContain(keyless ? 'Bearer' : '');
      }
      expect(fake.asked.length).toBe(before);
    },
  );

  it.each(Object.entries(TABLE))('%s: lets in whom it should, and nobody else', async (route, allowed) => {
    for (const asker of ASKERS) {
      const refusal = refusalOf(await ask(asker, route));
      if (allowed === 'anybody' || allowed.includes(asker)) {
        expect([asker, refusal]).toEqual([asker, undefined]);
      } else {
        const pattern = expectedRefusal(asker, route);
        const expected = typeof pattern === 'string' ? pattern : expect.stringMatching(pattern);
        expect([asker, refusal]).toEqual([asker, expected]);
      }
    }
  });

  it.each(Object.keys(TABLE).filter(route => /\{(account|circle|unique)\}/.test(route)))(
    "%s: hides what is another's from customers",
    async route => {
      const before = fake.asked.length;
      const strange = [...route.matchAll(/\{(account|circle|unique)\}/g)].map(([, name]) => name!);
      for (const name of strange) {
        const segments = { ...SEGMENTS, [name]: name === 'account' ? 'A2' : '0000000009' };
        const askers: Asker[] = name === 'account' ? ['key:customer', 'account', 'viewer'] : [];
        for (const asker of [...askers, 'circle', 'unique', 'below'] as const) {
          const { status, json } = await ask(asker, route, segments);
          expect([asker, status, json['code']]).toEqual([asker, 404, 'NO_SUCH_RESOURCE']);
        }
      }
      expect(fake.asked.length).toBe(before);
    },
  );

  it('lets an account that is over read what it reads, and change only how it signs in', async () => {
    const own = Object.entries(TABLE).filter(([, allowed]) => allowed.includes('account'));
    for (const [route] of own) {
      const sent = { headers: { ...HEADERS, ...asSession('over') } };
      const { status, json } = await server.send(methodOf(route), pathOf(route), sent);
      const refused = status === 403 && json['code'] === 'ACCOUNT_OVER';
      const changes =
        !route.startsWith('GET ') && ACCESS[route.replace(/\{(\w+)\}/g, ':$1')]!.effect !== 'read';
      expect([route, refused]).toEqual([route, changes && !isOwn(route)]);
    }
  });

  /** Confined to the numbers of whoever asks. */
  const CALLS = /\/(calls|number-statement|destination-statement|usage)$/;
  it.each(Object.keys(TABLE).filter(route => /\{account\}/.test(route) && TABLE[route]!.includes('circle')))(
    '%s: knows of which circle',
    async route => {
      if (CALLS.test(route) || /\{circle\}/.test(route)) return;
      const sent = route.startsWith('GET') ? '?circle=0000000009' : '';
      const { Cookie, ...rest } = asSession('circle') as Record<string, string>;
      const strange = await server.send(methodOf(route), `${pathOf(route)}${sent}`, {
        headers: { ...HEADERS, ...rest, Cookie: Cookie! },
        ...(sent === '' && { body: { circle: '0000000009' } }),
      });
      expect([strange.status, strange.json['code']]).toEqual([404, 'NO_SUCH_RESOURCE']);
    },
  );

  it("confines a customer's lists to its own account", async () => {
    const own = await ask('account', 'GET /invoices');
    expect(own.status).not.toBe(404);
    expect(fake.asked.at(-1)).toEqual({ useCase: 'closing.invoices', args: [{ limit: 50, account: 'A1' }] });
    for (const asker of ['key:customer', 'account', 'viewer'] as const) {
      expect((await ask(asker, 'GET /invoices?account=A2')).status).toBe(404);
      await ask(asker, 'GET /accounts?search=A2');
      expect(fake.asked.at(-1)).toEqual({ useCase: 'accounts.get', args: ['A1'] });
    }
  });

  it('passes every word of an invoice search on (J-12)', async () => {
    const words = 'month=2025-10&from=2025-10-01&to=2025-10-31&least=1&most=2.5&counterparty=%E4%BE%8B';
    await server.send('GET', `/api/v1/invoices?${words}`, { token: TOKENS.auditor });
    const search = { month: 24309, from: 20362, to: 20392, least: 10_000, most: 25_000, counterparty: '例' };
    expect(fake.asked.at(-1)).toEqual({ useCase: 'closing.invoices', args: [{ limit: 50, ...search }] });
  });
});

const changing = Object.entries(TABLE).filter(
  ([route]) => !route.startsWith('GET ') && !isOwn(route) && TABLE[route] !== 'anybody',
) as [string, readonly Asker[]][];
const without = (header: keyof typeof HEADERS): object =>
  Object.fromEntries(Object.entries(HEADERS).filter(([name]) => name !== header));

describe('what staff change', () => {
  it.each(changing)('%s: asks staff for a reason, and nobody else', async (route, allowed) => {
    for (const asker of allowed) {
      const { status, json } = await ask(asker, route, SEGMENTS, without('X-Reason'));
      const staff = asker === 'key:staff' || (!isKey(asker) && SESSIONS[asker].role !== 'customer');
      const asked = status === 400 && json['field'] === 'X-Reason';
      expect([asker, asked]).toEqual([asker, staff]);
    }
  });

  it.each(Object.keys(ACCESS).filter(route => ACCESS[route]!.effect === 'money'))(
    '%s: asks for an Idempotency-Key',
    async template => {
      const route = template.replace(/:(\w+)/g, '{$1}');
      const { status, json } = await ask('admin', route, SEGMENTS, without('Idempotency-Key'));
      expect([status, json['field']]).toEqual([400, 'Idempotency-Key']);
    },
  );

  it('carries who it was and why', async () => {
    const why = encodeURIComponent('お客様の電話による');
    const sent = { headers: { ...asSession('support'), 'X-Reason': why } };
    await server.send('POST', '/api/v1/logins/l-1/unlock', sent);
    expect(fake.asked.at(-1)?.useCase).toBe('logins.unlockLogin');
    expect(callerIn(fake.asked.at(-1)!).actor).toEqual({
      id: 'login:l-support',
      reason: 'お客様の電話による',
    });
  });
});

describe('a request of a session', () => {
  const sessionOnly: FakeSession[] = ['account', 'admin'];
  it.each(sessionOnly)('of %s needs the CSRF token for whatever changes something', async name => {
    const unsafe = routes.filter(route => !route.startsWith('GET ') && TABLE[route] !== 'anybody');
    const before = fake.asked.length;
    for (const route of unsafe) {
      for (const token of [undefined, '', 'wrong', `${asSession(name)['X-Csrf-Token']}x`]) {
        const { Cookie } = asSession(name) as { Cookie: string };
        const headers = { ...HEADERS, Cookie, ...(token !== undefined && { 'X-Csrf-Token': token }) };
        const { status, json } = await server.send(methodOf(route), pathOf(route), { headers });
        expect([route, status, json['code']]).toEqual([route, 403, 'CSRF_TOKEN_MISSING_OR_WRONG']);
      }
    }
    expect(fake.asked.length).toBe(before);
  });

  it.each([
    [{ Origin: 'https://evil.example' }],
    [{ Origin: 'null' }],
    [{ 'Sec-Fetch-Site': 'cross-site' }],
    [{ Origin: 'http://127.0.0.1:1' }],
  ])('from another site (%j) is refused, also before anybody is signed in', async foreign => {
    const before = fake.asked.length;
    for (const route of routes.filter(one => !one.startsWith('GET '))) {
      const headers = { ...HEADERS, ...asSession('admin'), ...foreign } as Record<string, string>;
      const { status, json } = await server.send(methodOf(route), pathOf(route), { headers });
      expect([route, status, json['code']]).toEqual([route, 403, 'FOREIGN_ORIGIN']);
    }
    expect(fake.asked.length).toBe(before);
  });

  it('from our own page passes', async () => {
    const own = { ...asSession('admin'), Origin: server.url, 'Sec-Fetch-Site': 'same-origin' };
    const headers = { ...HEADERS, ...own };
    const { status } = await server.send('POST', '/api/v1/session/leave', { headers });
    expect(status).toBe(200);
  });
});
