import { CIRCLE, PERSON, PNG } from '../support/person.js';
import { type SignInHome, signInHome } from '../support/sign-in.js';
import { callerOf } from '../support/small-provider.js';

const AT = '2026-11-01T10:00:00.000+09:00';
const CALL = {
  callId: 'c1',
  number: '05012345678',
  from: '05012345678',
  to: '0312345678',
  startedAt: AT,
  answeredAt: AT,
  endedAt: '2026-11-01T10:01:00.000+09:00',
};
const LOGIN = { name: '見本', password: 'Kagi-4711-xyzzy' };
/** What a command is sent where the examples of the document are not enough. */
const BODIES: Readonly<Record<string, object>> = {
  'PUT /accounts/{account}/tariff': { tariff: 'std' },
  'POST /accounts/{account}/charges': { amount: '3000', method: 'card' },
  'POST /accounts/{account}/corrections': { call: 'c1', reason: 'wrong', answeredAt: null },
  'POST /accounts/{account}/holds/{hold}/settle': CALL,
  'POST /accounts/{account}/logins': { ...LOGIN, loginId: 'nobody-login' },
  'POST /accounts/{account}/circles': LOGIN,
  'POST /accounts/{account}/circles/{circle}/uniques': LOGIN,
  'PUT /accounts/{account}/circles/{circle}/forced-change': { value: 'warn' },
  'PUT /accounts/{account}/circles/{circle}/password': { password: LOGIN.password },
  'PUT /accounts/{account}/circles/{circle}/unique-password': { unique: 'u1', password: LOGIN.password },
  'PUT /accounts/{account}/uniques/{unique}/numbers': { numbers: ['05012345678'] },
  'POST /accounts/{account}/contracts/{contract}/measurements': { month: '2025-10', amount: 1 },
  'POST /accounts/{account}/cancellations': { contracts: ['0000000000-01'] },
  'POST /accounts/{account}/cancellations/undo': { contracts: ['0000000000-01'] },
  'POST /accounts/{account}/cancellations/units': { product: 'trunk2.channel', count: 1 },
  'POST /accounts/{account}/cancellations/units/undo': { product: 'trunk2.channel', count: 1 },
  'PUT /accounts/{account}/circles/{circle}/allotments/{pool}': { allotted: [] },
  'PUT /accounts/{account}/cart/{line}': { quantity: 2 },
  'PUT /accounts/{account}/cart/{line}/devices': { uniques: [] },
  'PUT /accounts/{account}/circle-statement': { shown: true },
  'PUT /accounts/{account}/promotion-mails': { wanted: false },
  'PUT /accounts/{account}/party/{part}': PERSON,
  'POST /accounts/{account}/payments': { method: 'card', amount: '3000' },
  'PUT /accounts/{account}/circles/{circle}/data': CIRCLE,
};
const SEGMENTS: Readonly<Record<string, string>> = {
  account: 'NOBODY',
  hold: 'h1',
  month: '2026-10',
  circle: '0000000001',
  unique: '0000000002',
  contract: '0000000000-01',
  part: 'contract',
  order: '0000000000',
  line: '1',
  shipment: '0000000000-S1',
  device: '0000000000-line-1-1',
  payment: 't0000000000000000',
};

interface Parameter {
  readonly in: string;
  readonly name: string;
}
interface Body {
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, { example?: unknown; enum?: readonly unknown[] }>>;
}
interface Operation {
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: Body }>> };
}
type Paths = Readonly<Record<string, Readonly<Record<string, Operation>>>>;

/** What has to be sent, with the example of each field. */
function exampleOf({ requestBody }: Operation): object {
  const { required = [], properties = {} } = requestBody?.content['application/json']?.schema ?? {};
  return Object.fromEntries(
    required.map(name => [name, properties[name]?.example ?? properties[name]?.enum?.[0] ?? 'x']),
  );
}

describe('an account that does not exist', () => {
  let home: SignInHome;
  let token: string;
  let routes: { readonly route: string; readonly body: object }[];
  beforeAll(async () => {
    home = await signInHome();
    const key = await home.product.keys.create({ role: 'staff', account: null, label: 'k' }, callerOf('key'));
    if (key.kind !== 'done') throw new Error('no key');
    token = key.value.token;
    const { json } = await home.server.send('GET', '/api/openapi.json');
    routes = Object.entries(json['paths'] as Paths).flatMap(([path, methods]) =>
      Object.entries(methods)
        .filter(
          ([, { parameters = [] }]) =>
            path.includes('{account}') || parameters.some(one => one.name === 'account'),
        )
        // The log is searched, also for what never was.
        .filter(() => !path.endsWith('/events'))
        .map(([method, operation]) => {
          const route = `${method.toUpperCase()} ${path.replace('/api/v1', '')}`;
          return { route, body: BODIES[route] ?? exampleOf(operation) };
        }),
    );
  }, 60_000);
  afterAll(() => home.close());

  it('is answered with 404 NO_SUCH_ACCOUNT on every route that names one', async () => {
    const answers: [string, number, unknown][] = [];
    const { origin } = new URL(home.server.url);
    const picture = async (path: string) => {
      const headers = {
        Authorization: `Bearer ${token}`,
        'X-Reason': 'a%20test',
        'Content-Type': 'image/png',
      };
      const url = `${origin}/api/v1${path}?kind=passport`;
      const answer = await fetch(url, { method: 'POST', headers, body: PNG });
      return { status: answer.status, json: (await answer.json()) as Record<string, unknown> };
    };
    for (const [n, { route, body }] of routes.entries()) {
      const [method, template] = route.split(' ') as [string, string];
      const path = template.replace(/\{(\w+)\}/g, (_all, name: string) => SEGMENTS[name] ?? 'x');
      const query = template.includes('{account}') ? '' : '?account=NOBODY';
      const { status, json } =
        route === 'POST /accounts/{account}/papers'
          ? await picture(path)
          : await home.server.send(method, `/api/v1${path}${query}`, {
              token,
              headers: { 'X-Reason': 'a test', 'Idempotency-Key': `unknown-${n}` },
              ...(method !== 'GET' && { body }),
            });
      answers.push([route, status, json['code']]);
    }
    expect(answers.length).toBeGreaterThan(30);
    expect(answers.filter(([, status, code]) => status !== 404 || code !== 'NO_SUCH_ACCOUNT')).toEqual([]);
  }, 60_000);
});
