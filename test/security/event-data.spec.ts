import { Money, parseAccountId } from '#kernel';
import { hostWith, ran } from '../../apps/cli/spec-support.fixture.js';
import { type Browser, type SignInHome, STAFF, signInHome } from '../support/sign-in.js';
import { callerOf } from '../support/small-provider.js';

/** What is secret, written down by hand beside what the product declares. */
const SECRET_FIELDS: Readonly<Record<string, readonly string[]>> = {
  'identity.LoginCreated.v1': ['loginIdSealed', 'loginIdHash', 'passwordHash'],
  'identity.PasswordReset.v1': ['passwordHash'],
  'identity.ContactRegistered.v1': ['sealed', 'mac'],
  'identity.PasswordResetRequested.v1': ['tokenHash'],
  'identity.TotpEnrolled.v1': ['sealed'],
  'identity.SignInOriginSeen.v1': ['originMac'],
  'identity.SessionStarted.v1': ['secretHash', 'originSealed'],
  'identity.CodeSent.v1': ['codeMac'],
  'identity.ApiKeyCreated.v1': ['secretHash'],
  'identity.LoginIdClaimed.v1': ['hash'],
};

const A1 = parseAccountId('A1');

interface Stored {
  readonly position: number;
  readonly stream: string;
  readonly type: string;
  readonly data: Readonly<Record<string, string>>;
  readonly meta: { readonly commandId: string };
}

let home: SignInHome;
let log: Stored[];
/** Values that must stand in no answer, each with where it comes from. */
let secrets: [string, string][];
/** Somebody of each role, by a session or a key. */
let askers: [string, (path: string) => Promise<{ status: number; text: string }>][];

/** A log in which every kind of secret stands once at least. */
async function seed(): Promise<void> {
  const admin = home.browser();
  await admin.signInWhole('staff', 'admin');
  await admin.send('POST', '/security/totp');
  await home.browser().send('POST', '/password-reminders', { level: 'staff', loginId: 'billing' });
  const mail = home.product.identity.logins.outbox()!.find(({ to }) => to.startsWith('billing'))!;
  const token = decodeURIComponent(/token=([^&\s]+)/.exec(mail.text)![1]!);
  const reset = { token, password: 'Kagi-4711-new' };
  expect((await home.browser().send('POST', '/password-resets', reset)).status).toBe(200);
  await home.browser().signIn('staff', 'typed-a-passw0rd-here');
  const charge = { account: A1, lot: 'L1', amount: Money.of('1000'), method: 'card' } as const;
  await home.product.prepaid.charge(charge, callerOf('charge-1'));
}

beforeAll(async () => {
  home = await signInHome();
  await seed();
  askers = [];
  const asking = (browser: Browser) => (path: string) => browser.send('GET', path);
  for (const role of STAFF) {
    const browser = home.browser();
    if (role === 'billing') {
      await browser.signIn('staff', role, 'Kagi-4711-new');
      await browser.sendCode();
      await browser.enterCode(await browser.readCode());
    } else await browser.signInWhole('staff', role);
    askers.push([role, asking(browser)]);
  }
  const customer = home.browser();
  await customer.signInWhole('account', 'A1-login');
  askers.push(['customer', asking(customer)]);
  for (const role of ['staff', 'auditor', 'job'] as const) {
    const made = await home.product.keys.create(
      { role, account: null, label: role },
      callerOf(`key-of-${role}`),
    );
    if (made.kind !== 'done') throw new Error(JSON.stringify(made));
    const { token } = made.value;
    askers.push([`key of ${role}`, path => home.server.send('GET', `/api/v1${path}`, { token })]);
  }
  let text = '';
  for await (const piece of home.product.audit.export('jsonl', { withSecrets: true })) text += piece;
  log = text
    .trimEnd()
    .split('\n')
    .map(line => JSON.parse(line) as Stored);
  secrets = log.flatMap(({ type, data }) =>
    (SECRET_FIELDS[type] ?? []).map((field): [string, string] => [`${type} ${field}`, data[field]!]),
  );
  secrets.push(
    ...log
      .flatMap(({ stream }) => stream.match(/^attempts-(?:id|resets)_.*$/) ?? [])
      .map((stream): [string, string] => ['name of attempts', stream.slice(stream.indexOf('_') + 1)]),
  );
}, 60_000);
afterAll(() => home.close());

const leaked = (text: string): string[] =>
  secrets.filter(([, value]) => text.includes(value)).map(([where]) => where);

describe('the data of events', () => {
  it('has every kind of secret in this log', () => {
    const types = new Set(log.map(({ type }) => type));
    expect(Object.keys(SECRET_FIELDS).filter(type => !types.has(type))).toEqual([]);
    expect(secrets.every(([, value]) => value.length > 15)).toBe(true);
  });

  it('tells no secret to anybody on any page of the API', async () => {
    const { circle } = (await home.product.identity.circles.circles(A1))[0]!;
    const segments: Record<string, string> = {
      ...{ account: 'A1', circle, month: '2026-10', number: '202610-000001', tariff: 'std', id: 'L1' },
      position: String(log.length),
    };
    const { json } = await home.server.send('GET', '/api/openapi.json');
    // The progress of a close is a stream that ends with the close; it has figures only.
    const paths = Object.entries(json['paths'] as Record<string, object>).filter(
      ([path, methods]) => 'get' in methods && !path.endsWith('/progress'),
    );
    const routes = paths.map(([path]) => path.replace('/api/v1', ''));
    expect(routes.length).toBeGreaterThan(40);
    for (const route of routes) {
      const path = route.replace(/\{(\w+)\}/g, (_, name: string) => segments[name]!);
      for (const [who, ask] of askers) {
        const { text } = await ask(`${path}${route === '/events' ? '?limit=500' : ''}`);
        expect([route, who, leaked(text)]).toEqual([route, who, []]);
      }
    }
  }, 60_000);

  it('is explained by position and command to those who may read the log, without its secrets', async () => {
    const events = log.filter(({ type }) => type in SECRET_FIELDS);
    for (const [who, ask] of askers) {
      const reads = (await ask('/events')).status === 200;
      expect([who, reads]).toEqual([who, /^(auditor|admin|key of (staff|auditor))$/.test(who)]);
      for (const { position, meta } of events) {
        for (const id of [`#${position}`, meta.commandId]) {
          const { status, text } = await ask(`/explanations/${encodeURIComponent(id)}`);
          expect([who, id, leaked(text)]).toEqual([who, id, []]);
          expect([who, id, status]).toEqual([who, id, reads ? 200 : expect.any(Number)]);
          if (!reads) expect([who, id, [403, 404].includes(status)]).toEqual([who, id, true]);
        }
      }
    }
  }, 60_000);

  it('of money is explained by its own id to whoever works with it, and by position to no more', async () => {
    const { position } = log.find(({ type }) => type === 'ledger.LotCredited.v1')!;
    for (const [who, ask] of askers) {
      const works = !/support|customer/.test(who);
      const reads = (await ask('/events')).status === 200;
      const byId = await ask('/explanations/L1');
      const byPosition = await ask(`/explanations/${encodeURIComponent(`#${position}`)}`);
      expect([who, byId.status === 200, byPosition.status === 200]).toEqual([who, works, reads]);
    }
  });

  it('tells no secret on the command line either, unless all of the log is asked for by name', async () => {
    const host = hostWith(home.product);
    for (const { position } of log.filter(({ type }) => type in SECRET_FIELDS)) {
      const { out, exit } = await ran(['explain', `#${position}`], host);
      expect([position, exit, leaked(out)]).toEqual([position, 0, []]);
    }
    expect(leaked((await ran(['audit', 'export'], host)).out)).toEqual([]);
    const whole = await ran(['audit', 'export', '--with-secrets'], host);
    expect(leaked(whole.out)).toHaveLength(secrets.length);
  }, 60_000);
});
