import { parseAccountId } from '#kernel';
import { type Browser, PASSWORD, type SignInHome, signInHome } from '../support/sign-in.js';
import { callerOf } from '../support/small-provider.js';

const NEXT = 'Newpass!2';
const A1 = parseAccountId('A1');
const MONTH = 'from=2026-11-01&to=2026-11-30';

describe('what a session has to show again', () => {
  let home: SignInHome;
  beforeAll(async () => {
    home = await signInHome();
  }, 30_000);
  afterAll(() => home.close());

  const signedIn = async (level: 'account' | 'circle' | 'unique' | 'staff', loginId: string) => {
    const browser = home.browser();
    const { json } = await browser.signInWhole(level, loginId);
    expect(json['stage']).toBe('signed_in');
    return browser;
  };
  const outcome = async (browser: Browser, method: string, path: string, body?: unknown) => {
    const { status, json } = await browser.send(method, path, body);
    return json['code'] === undefined ? status : `${status} ${json['code']}`;
  };

  it('asks for the password again, ten minutes after it, before what protects a login changes', async () => {
    const browser = await signedIn('staff', 'billing');
    const guarded: readonly (readonly [method: string, path: string, body?: object])[] = [
      ['POST', '/security/login-id', { next: 'billing-2' }],
      ['POST', '/security/contacts', { kind: 'phone', value: '09087654321' }],
      ['DELETE', '/security/contacts/0000000001'],
      ['POST', '/security/totp'],
      ['DELETE', '/security/totp'],
      ['POST', '/security/passkeys/options'],
      ['POST', '/security/passkeys', { label: 'PC', response: {} }],
      ['DELETE', '/security/passkeys/x'],
    ];
    const all = async () => {
      const answers: unknown[] = [];
      for (const [method, path, body] of guarded)
        answers.push([method, path, await outcome(browser, method, path, body)]);
      return answers;
    };
    home.plusMinutes(11);
    expect(await all()).toEqual(guarded.map(([method, path]) => [method, path, '403 REAUTHENTICATE']));
    expect(await outcome(browser, 'GET', '/security')).toBe(200);
    const confirm = (password: string) => outcome(browser, 'POST', '/session/confirm', { password });
    expect(await confirm('Wrong!pass1')).toBe('422 CURRENT_PASSWORD_WRONG');
    expect(await outcome(browser, 'POST', '/security/totp')).toBe('403 REAUTHENTICATE');
    expect(await confirm(PASSWORD)).toBe(200);
    expect(JSON.stringify(await all())).not.toContain('REAUTHENTICATE');
    home.plusMinutes(11);
    expect(await outcome(browser, 'POST', '/security/login-id', { next: 'b-3' })).toBe('403 REAUTHENTICATE');
  }, 30_000);

  it('AUT-07, AUT-08: shows calls and statements after a second step, to a registered contact', async () => {
    const account = await signedIn('account', 'A1-login');
    const { json: circle } = await account.send('POST', '/accounts/A1/circles', {
      name: '新宿',
      loginId: 'no-contact',
      password: PASSWORD,
    });
    expect(circle['loginId']).toBe('no-contact');
    const browser = home.browser();
    const { json } = await browser.signIn('circle', 'no-contact');
    expect(json).toMatchObject({ stage: 'signed_in', verified: false, secondStep: { contacts: [] } });
    const statements = [
      ...['number-statement', 'destination-statement'].map(path => `/accounts/A1/${path}?${MONTH}`),
      '/accounts/A1/usage?month=2026-10',
      '/accounts/A1/calls',
    ];
    for (const path of statements)
      expect([path, await outcome(browser, 'GET', path)]).toEqual([path, '403 SECOND_STEP_REQUIRED']);
    expect(await outcome(browser, 'GET', '/me')).toBe(200);
    const contact = { kind: 'phone', value: '09087654321' };
    expect(await outcome(browser, 'POST', '/security/contacts', contact)).toBe(201);
    const before = browser.cookie;
    expect((await browser.sendCode()).status).toBe(200);
    const passed = await browser.enterCode(await browser.readCode());
    expect(passed.json).toMatchObject({ stage: 'signed_in', verified: true, secondStep: null });
    expect(browser.cookie).not.toBe(before);
    for (const path of statements) expect([path, await outcome(browser, 'GET', path)]).toEqual([path, 200]);
    // One step is enough, and another sign-in asks for it at once.
    expect((await browser.sendCode()).json['code']).toBeDefined();
    expect((await home.browser().signIn('circle', 'no-contact')).json['stage']).toBe('second_step');
  }, 30_000);

  it('AUT-08: asks the login of an account for the step too, and never a key or who only looks', async () => {
    const made = { account: A1, loginId: 'bare', name: 'x', password: PASSWORD };
    await home.product.identity.logins.createCustomerLogin(made, callerOf('bare'));
    const browser = home.browser();
    await browser.signIn('account', 'bare');
    const guarded = ['calls', 'usage?month=2026-10', 'statements/2026-10', `number-statement?${MONTH}`];
    for (const path of guarded)
      expect([path, await outcome(browser, 'GET', `/accounts/A1/${path}`)]).toEqual([
        path,
        '403 SECOND_STEP_REQUIRED',
      ]);
    for (const path of ['balance', 'history', 'circles'])
      expect([path, await outcome(browser, 'GET', `/accounts/A1/${path}`)]).toEqual([path, 200]);
    const key = await home.product.keys.create({ role: 'customer', account: A1, label: 'x' }, callerOf('k'));
    if (key.kind !== 'done') throw new Error(JSON.stringify(key));
    const { token } = key.value;
    const viewer = await signedIn('staff', 'support');
    await viewer.send('POST', '/session/enter', { account: 'A1' }, { 'X-Reason': 'a question' });
    for (const path of guarded) {
      const { status } = await home.server.send('GET', `/api/v1/accounts/A1/${path}`, { token });
      const seen = await outcome(viewer, 'GET', `/accounts/A1/${path}`);
      expect([path, status, seen]).toEqual([path, 200, 200]);
    }
  }, 30_000);

  it('gives a lower login another password, which it must change; never sideways or to itself', async () => {
    const circles = await home.product.identity.circles.circles(A1);
    const circleOf = (loginId: string) => circles.find(one => one.loginId === loginId)!.circle;
    const [first, second] = [circleOf('first'), circleOf('second')];
    const [unique] = await home.product.identity.circles.uniques(A1, first);
    const { unique: id } = unique!;
    const account = await signedIn('account', 'A1-login');
    const circle = await signedIn('circle', 'first');
    const lower = await signedIn('unique', 'first-unique');
    const paths = (of: string) => `/accounts/A1/circles/${of}`;
    const body = { unique: id, password: NEXT };
    for (const [browser, path, what, expected] of [
      [circle, `${paths(first)}/password`, { password: NEXT }, '404 NO_SUCH_RESOURCE'],
      [circle, `${paths(second)}/unique-password`, body, '404 NO_SUCH_RESOURCE'],
      [lower, `${paths(first)}/unique-password`, body, '404 NO_SUCH_RESOURCE'],
      [account, `${paths(second)}/unique-password`, body, '404 NO_SUCH_UNIQUE'],
      [account, `${paths(first)}/password`, { password: 'short' }, '422 PASSWORD_TOO_SHORT'],
      [circle, `${paths(first)}/unique-password`, body, 200],
      [account, `${paths(first)}/password`, { password: NEXT }, 200],
    ] as const)
      expect([path, await outcome(browser, 'PUT', path, what)]).toEqual([path, expected]);
    for (const [browser, level, loginId] of [
      [circle, 'circle', 'first'],
      [lower, 'unique', 'first-unique'],
    ] as const) {
      expect(await outcome(browser, 'GET', '/session')).toBe('401 NO_SESSION');
      expect((await home.browser().signIn(level, loginId)).status).toBe(401);
      home.plusMinutes(1);
      const again = home.browser();
      expect((await again.signIn(level, loginId, NEXT)).json['stage']).toBe('second_step');
      await again.sendCode();
      expect((await again.enterCode(await again.readCode())).json['stage']).toBe('password_change');
    }
  }, 30_000);

  it('ACC-13: sends no reset link to circles and uniques, and answers alike', async () => {
    const links = () =>
      home.product.identity.logins.outbox()!.filter(({ text }) => text.includes('token=')).length;
    const before = links();
    for (const [level, loginId] of [
      ['circle', 'first'],
      ['unique', 'first-unique'],
      ['account', 'A1-login'],
    ] as const) {
      const { status, json } = await home.browser().send('POST', '/password-reminders', { level, loginId });
      expect([status, json]).toEqual([202, {}]);
    }
    await new Promise(resolve => setTimeout(resolve, 20));
    expect(links()).toBe(before + 1);
  });

  it('takes the same key with another password for another request', async () => {
    const { identity } = home.product;
    const circle = { account: A1, name: '鍵', password: PASSWORD };
    const staff = { loginId: 'key-staff', name: '鍵', role: 'support', mail: null } as const;
    const made = [
      (password: string) => identity.circles.createCircle({ ...circle, password }, callerOf('key-circle')),
      (password: string) => identity.logins.createStaff({ ...staff, password }, callerOf('key-login')),
    ];
    for (const make of made) {
      const one = await make(PASSWORD);
      expect(one.kind).toBe('done');
      expect(await make(PASSWORD)).toMatchObject({ kind: 'done', replayed: true });
      expect(await make(NEXT)).toMatchObject({ rejection: { code: 'IDEMPOTENCY_KEY_REUSED' } });
    }
  });
});
