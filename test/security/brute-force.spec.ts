import { hostWith, ran } from '../../apps/cli/spec-support.fixture.js';
import { type Browser, type SignInHome, signInHome } from '../support/sign-in.js';
import { callerOf } from '../support/small-provider.js';

const WRONG = 'Wrong-Pass-0';

describe('guessing', () => {
  let home: SignInHome;
  let later = 1;
  beforeAll(async () => {
    home = await signInHome();
  }, 30_000);
  afterAll(() => home.close());
  /** Far enough that no try of an earlier test counts any more. */
  beforeEach(() => home.at(`2026-11-${String(4 + later++ * 2).padStart(2, '0')}T10:00:00.000+09:00`));

  it('passwords of one login ends after ten tries, for the right one too, after a restart too', async () => {
    for (let tried = 0; tried < 10; tried++) {
      const { status, json } = await home.browser().signIn('account', 'A1-login', WRONG);
      expect([tried, status, json['code']]).toEqual([tried, 401, 'SIGN_IN_REFUSED']);
    }
    const locked = await home.browser().signIn('account', 'A1-login');
    expect([locked.status, locked.json['code']]).toEqual([429, 'TOO_MANY_ATTEMPTS']);
    const seconds = Number(locked.headers.get('Retry-After'));
    expect(seconds).toBeGreaterThan(0);
    expect(seconds).toBeLessThanOrEqual(900);
    await home.restart();
    expect((await home.browser().signIn('account', 'A1-login')).status).toBe(429);
    home.plusMinutes(16);
    expect((await home.browser().signIn('account', 'A1-login')).status).toBe(201);
  }, 30_000);

  it('passwords of many at once gives no try more', async () => {
    const guesses = Array.from({ length: 20 }, () => home.browser().signIn('account', 'A2-login', WRONG));
    const statuses = (await Promise.all(guesses)).map(({ status }) => status);
    expect(statuses.filter(status => status === 401)).toHaveLength(10);
    expect(statuses.filter(status => status === 429)).toHaveLength(10);
  });

  it('a login that is locked is unlocked by support, with a reason', async () => {
    for (let tried = 0; tried < 10; tried++) await home.browser().signIn('staff', 'billing', WRONG);
    expect((await home.browser().signIn('staff', 'billing')).status).toBe(429);
    const admin = home.browser();
    await admin.signInWhole('staff', 'admin');
    const rows = (await admin.send('GET', '/staff')).json['rows'] as { login: string; role: string }[];
    const { login } = rows.find(({ role }) => role === 'billing')!;
    const support = home.browser();
    await support.signInWhole('staff', 'support');
    expect((await support.send('POST', `/logins/${login}/unlock`)).json['field']).toBe('X-Reason');
    const why = { 'X-Reason': 'a phone call' };
    expect((await support.send('POST', `/logins/${login}/unlock`, undefined, why)).status).toBe(200);
    expect((await home.browser().signIn('staff', 'billing')).status).toBe(201);
  });

  it('names of logins tells nothing: unknown ones are refused and locked alike', async () => {
    const unknown: unknown[] = [];
    const known: unknown[] = [];
    for (let tried = 0; tried < 11; tried++) {
      for (const [loginId, answers] of [
        ['nobody', unknown],
        ['approver', known],
      ] as const) {
        const { status, json, headers } = await home.browser().signIn('staff', loginId, WRONG);
        const names = [...headers.keys()].filter(name => name !== 'x-request-id');
        answers.push({ status, json, names });
      }
    }
    expect(unknown).toEqual(known);
    expect(unknown.at(-1)).toMatchObject({ status: 429 });
  });

  it('from one address ends after fifty tries, whatever addresses it says it has', async () => {
    for (let tried = 0; tried < 50; tried++) {
      const liar = home.browser({ 'X-Forwarded-For': `198.51.100.${tried}` });
      expect((await liar.signIn('staff', `guess-${tried}`, WRONG)).status).toBe(401);
    }
    expect((await home.browser().signIn('staff', 'admin')).status).toBe(429);
  }, 30_000);
});

describe('guessing from somewhere else', () => {
  let home: SignInHome;
  let tried = 0;
  beforeAll(async () => {
    home = await signInHome({ trustProxy: ['loopback'] });
    const fewer = 'policies:\n  - {name: identity.login-tries-anywhere, value: 30, valid_from: 2026-10-01}\n';
    const done = await home.product.catalogue.importCatalogueYaml('c.yaml', fewer, callerOf('fewer'));
    expect(done.imported).toHaveLength(1);
  }, 30_000);
  afterAll(() => home.close());
  const at = (address: string) => home.browser({ 'X-Forwarded-For': address });
  const statusAt = async (address: string, loginId: string, password?: string) =>
    (await at(address).signIn('staff', loginId, password)).status;
  /** Ten wrong ones from each of so many networks of strangers. */
  async function strangers(networks: number, loginId: string): Promise<number[]> {
    const statuses: number[] = [];
    for (let network = 0; network < networks; network++)
      for (let i = 0; i < 10; i++)
        statuses.push(await statusAt(`203.0.${113 + tried + network}.${i}`, loginId, WRONG));
    tried += networks;
    return statuses;
  }

  it('locks its own network and shuts nobody out of theirs', async () => {
    expect(await strangers(1, 'billing')).toEqual(Array(10).fill(401));
    expect(await statusAt('203.0.113.77', 'billing')).toBe(429);
    expect(await statusAt('2001:db8::1', 'billing')).toBe(201);
    expect(await statusAt('198.51.100.7', 'billing')).toBe(201);
    expect(await statusAt('203.0.113.78', 'billing')).toBe(429);
    for (let i = 0; i < 10; i++) await statusAt(`2001:db8:1:2::${i}`, 'support', WRONG);
    expect(await statusAt('2001:db8:1:2:ffff::7', 'support')).toBe(429);
    expect(await statusAt('2001:db8:1:3::7', 'support')).toBe(201);
  }, 60_000);

  it('from many networks is slowed for all but those that the login came from before', async () => {
    expect((await at('192.0.2.1').signInWhole('staff', 'approver')).json['stage']).toBe('signed_in');
    home.plusMinutes(20);
    const statuses = await strangers(4, 'approver');
    expect(statuses.filter(status => status === 401)).toHaveLength(30);
    expect(statuses.slice(30)).toEqual(Array(10).fill(429));
    expect(await statusAt('198.51.100.7', 'approver')).toBe(429);
    expect(await statusAt('192.0.2.200', 'approver')).toBe(201);
    home.plusMinutes(20);
    expect(await statusAt('198.51.100.7', 'approver')).toBe(201);
  }, 60_000);

  it('is told apart for names that are no login in no way', async () => {
    home.plusMinutes(60);
    const of = async (loginId: string) => [
      ...(await strangers(1, loginId)),
      await statusAt('198.51.100.9', loginId, WRONG),
    ];
    expect(await of('nobody')).toEqual(await of('auditor'));
  }, 60_000);

  it('is forgotten when staff unlock the login on the machine, who and why stand in the log', async () => {
    home.plusMinutes(60);
    await strangers(4, 'admin');
    expect(await statusAt('198.51.100.7', 'admin')).toBe(429);
    const host = hostWith(home.product);
    expect((await ran(['staff', 'unlock', 'admin'], host)).exit).toBe(2);
    const unlocked = await ran(['staff', 'unlock', 'admin', '--reason', '本人から電話'], host);
    expect([unlocked.exit, unlocked.err]).toEqual([0, '']);
    expect(await statusAt('198.51.100.7', 'admin')).toBe(201);
    const { rows } = await home.product.eventLog.list({ type: 'identity.AttemptsCleared.v1', limit: 500 });
    expect(rows.find(({ reason }) => reason === '本人から電話')).toMatchObject({ actor: 'cli:tester' });
  }, 60_000);
});

describe('guessing codes', () => {
  let home: SignInHome;
  beforeAll(async () => {
    home = await signInHome();
  }, 30_000);
  afterAll(() => home.close());

  async function waiting(loginId: string): Promise<{ browser: Browser; code: string }> {
    const browser = home.browser();
    await browser.signIn('staff', loginId);
    await browser.sendCode();
    return { browser, code: await browser.readCode() };
  }
  const wrongFor = (code: string, i: number): string =>
    String((Number(code) + 1 + i) % 1_000_000).padStart(6, '0');

  it('ends after five tries, also with the right one, also after a restart', async () => {
    const { browser, code } = await waiting('admin');
    for (let i = 0; i < 5; i++) {
      const { status, json } = await browser.enterCode(wrongFor(code, i));
      expect([i, status, json['code']]).toEqual([i, 422, 'CODE_WRONG']);
    }
    await home.restart();
    const { status, json } = await browser.enterCode(code);
    expect([status, json['code']]).toEqual([409, 'TOO_MANY_TRIES']);
    expect((await browser.send('GET', '/staff')).status).toBe(403);
    home.plusMinutes(2);
    await browser.sendCode();
    expect((await browser.enterCode(await browser.readCode())).json['stage']).toBe('signed_in');
  }, 30_000);

  it('takes a code once, and none of another session', async () => {
    const [one, other] = [await waiting('billing'), await waiting('approver')];
    expect((await one.browser.enterCode(other.code)).status).toBe(422);
    const before = { cookie: one.browser.cookie, csrf: one.browser.csrf };
    expect((await one.browser.enterCode(one.code)).status).toBe(200);
    Object.assign(one.browser, before);
    const again = await one.browser.enterCode(one.code);
    expect([401, 409]).toContain(again.status);
  });

  it('takes no code that is old', async () => {
    const { browser, code } = await waiting('auditor');
    home.plusMinutes(11);
    const { status, json } = await browser.enterCode(code);
    expect([status, json['code']]).toEqual([409, 'CODE_EXPIRED']);
  });

  it.each(['12345', '1234567', '１２３４５６', '12 456', 'abcdef', '', '-12345'])(
    'names what is no code at all: %j (ID-17)',
    async malformed => {
      const browser = home.browser();
      await browser.signIn('account', 'A1-login');
      const { status, json } = await browser.enterCode(malformed);
      expect([status, json['field'], json['code']]).toEqual([400, 'code', 'CODE_MALFORMED']);
    },
  );

  it('sends no flood of codes', async () => {
    const { browser } = await waiting('support');
    const soon = await browser.sendCode();
    expect([soon.status, soon.json['code']]).toEqual([429, 'RESEND_TOO_SOON']);
    expect(Number(soon.headers.get('Retry-After'))).toBeGreaterThan(0);
    const statuses: number[] = [];
    for (let i = 0; i < 6; i++) {
      home.plusMinutes(2);
      const fresh = home.browser();
      await fresh.signIn('staff', 'support');
      statuses.push((await fresh.sendCode()).status);
    }
    expect(statuses).toEqual([200, 200, 200, 200, 429, 429]);
  });
});
