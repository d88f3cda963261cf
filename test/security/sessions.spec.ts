import { cookieFor } from '../support/fake-sessions.js';
import { PASSWORD, type SignInHome, signInHome } from '../support/sign-in.js';

const COOKIE = /^daicho_session=[0-9a-f]{24}\.[\w-]{43}; Path=\/api\/v1; HttpOnly; SameSite=Lax$/;

describe('a session', () => {
  let home: SignInHome;
  beforeAll(async () => {
    home = await signInHome();
  }, 30_000);
  afterAll(() => home.close());

  it('begins with the password, and is whole after the second step', async () => {
    const browser = home.browser();
    const first = await browser.signIn('staff', 'admin');
    expect([first.status, first.json['stage']]).toEqual([201, 'second_step']);
    expect(first.headers.getSetCookie()).toEqual([expect.stringMatching(COOKIE)]);
    expect(first.headers.get('Cache-Control')).toContain('no-');
    expect((await browser.send('GET', '/staff')).json).toMatchObject({ code: 'WRONG_STAGE', status: 403 });
    await browser.sendCode();
    const second = await browser.enterCode(await browser.readCode());
    expect([second.status, second.json['stage'], second.json['role']]).toEqual([200, 'signed_in', 'admin']);
    const staff = await browser.send('GET', '/staff');
    expect((staff.json['rows'] as object[]).length).toBe(5);
  });

  it('is never one that was known before: fixation leads nowhere', async () => {
    const victim = home.browser();
    victim.cookie = cookieFor('admin');
    await victim.signIn('account', 'A1-login');
    const [beforeStep, csrfBefore] = [victim.cookie, victim.csrf];
    expect(beforeStep).not.toBe(cookieFor('admin'));
    await victim.sendCode();
    await victim.enterCode(await victim.readCode());
    expect(victim.cookie).not.toBe(beforeStep);
    expect(victim.cookie?.split('.')[0]).not.toBe(beforeStep?.split('.')[0]);
    expect(victim.csrf).not.toBe(csrfBefore);
    const attacker = home.browser();
    for (const planted of [beforeStep, cookieFor('admin')]) {
      attacker.cookie = planted;
      const { status, json } = await attacker.send('GET', '/session');
      expect([status, json['code']]).toEqual([401, 'NO_SESSION']);
    }
    const third = home.browser();
    third.cookie = victim.cookie;
    const again = await third.signIn('account', 'A1-login');
    expect(again.status).toBe(201);
    expect(third.cookie).not.toBe(victim.cookie);
  });

  it('is taken from the browser when it signs out, and opens nothing any more', async () => {
    const browser = home.browser();
    await browser.signInWhole('unique', 'first-unique');
    const { cookie, csrf } = browser;
    const out = await browser.send('DELETE', '/session');
    expect(out.status).toBe(200);
    const [cleared] = out.headers.getSetCookie();
    expect(cleared).toMatch(/^daicho_session=; Path=\/api\/v1; Expires=Thu, 01 Jan 1970/);
    Object.assign(browser, { cookie, csrf });
    expect((await browser.send('GET', '/session')).status).toBe(401);
  });

  it('is seen and ended by its own login only', async () => {
    const [one, other, stranger] = [home.browser(), home.browser(), home.browser()];
    await one.signInWhole('account', 'A1-login');
    home.plusMinutes(2);
    await other.signInWhole('account', 'A1-login');
    home.plusMinutes(2);
    await stranger.signInWhole('account', 'A2-login');
    const { json } = await other.send('GET', '/sessions');
    const rows = json['rows'] as { session: string; current: boolean }[];
    const id = one.cookie?.slice('daicho_session='.length).split('.')[0];
    expect(rows.find(row => row.current)?.session).not.toBe(id);
    expect(rows.map(row => row.session)).toContain(id);
    const refused = await stranger.send('DELETE', `/sessions/${id}`);
    expect([refused.status, refused.json['code']]).toEqual([404, 'NO_SUCH_SESSION']);
    expect((await one.send('GET', '/session')).status).toBe(200);
    expect((await other.send('DELETE', `/sessions/${id}`)).status).toBe(200);
    expect((await one.send('GET', '/session')).status).toBe(401);
  });

  it('ends with all others when the password is changed elsewhere', async () => {
    const [one, other] = [home.browser(), home.browser()];
    await one.signInWhole('unique', 'second-unique');
    await other.signInWhole('unique', 'second-unique');
    const wrong = await other.send('POST', '/security/password', {
      current: 'Wrong-0000',
      next: 'New-Pass-1',
    });
    expect([wrong.status, wrong.json['code'], wrong.json['field']]).toEqual([
      422,
      'CURRENT_PASSWORD_WRONG',
      'current',
    ]);
    const weak = await other.send('POST', '/security/password', { current: PASSWORD, next: 'short' });
    expect([weak.json['code'], weak.json['field']]).toEqual(['PASSWORD_TOO_SHORT', 'next']);
    const body = { current: PASSWORD, next: 'New-Pass-1' };
    expect((await other.send('POST', '/security/password', body)).status).toBe(200);
    expect((await one.send('GET', '/session')).status).toBe(401);
    expect((await home.browser().signIn('unique', 'second-unique')).status).toBe(401);
    expect((await home.browser().signIn('unique', 'second-unique', 'New-Pass-1')).status).toBe(201);
  });

  it('ends by itself, unused or old', async () => {
    const browser = home.browser();
    await browser.signInWhole('staff', 'auditor');
    home.plusMinutes(29);
    expect((await browser.send('GET', '/session')).status).toBe(200);
    home.plusMinutes(31);
    const over = await browser.send('GET', '/session');
    expect([over.status, over.json['code']]).toEqual([401, 'NO_SESSION']);
    expect(over.headers.getSetCookie()[0]).toContain('Expires=Thu, 01 Jan 1970');
  });

  it('of staff who look at a customer is read-only, recorded, and sees what the customer sees', async () => {
    const support = home.browser();
    await support.signInWhole('staff', 'support');
    const bare = await support.send('POST', '/session/enter', { account: 'A1' });
    expect([bare.status, bare.json['code']]).toEqual([422, 'REASON_REQUIRED']);
    const why = { 'X-Reason': encodeURIComponent('お客様の依頼') };
    const entered = await support.send('POST', '/session/enter', { account: 'A1' }, why);
    expect(entered.json['viewing']).toMatchObject({ account: 'A1', readOnly: true });
    expect((await support.send('GET', '/accounts/A1/balance')).status).toBe(200);
    expect((await support.send('GET', '/accounts/A2/balance')).status).toBe(404);
    expect((await support.send('GET', '/staff-acts')).status).toBe(404);
    const body = { name: '新しい', password: PASSWORD };
    const write = await support.send('POST', '/accounts/A1/circles', body, why);
    expect([write.status, write.json['code']]).toEqual([403, 'READ_ONLY_VIEW']);
    expect((await support.send('POST', '/session/leave')).json['viewing']).toBeNull();
    const admin = home.browser();
    await admin.signInWhole('staff', 'admin');
    const acts = (await admin.send('GET', '/staff-acts')).json['rows'] as Record<string, unknown>[];
    const act = acts.find(({ type }) => String(type).includes('CustomerViewed'));
    expect(act).toMatchObject({ reason: 'お客様の依頼', name: 'support', address: '127.0.0.1' });
  });

  it('cannot be carried upward or sideways', async () => {
    const circle = home.browser();
    await circle.signInWhole('circle', 'first');
    for (const to of [{ account: 'A1' }, { account: 'A2' }, { circle: '0000000000' }, {}]) {
      const { status } = await circle.send('POST', '/session/enter', to);
      expect([403, 404]).toContain(status);
    }
    const second = home.browser();
    await second.signInWhole('circle', 'second');
    const { json } = await second.send('GET', '/session');
    const refused = await circle.send('POST', '/session/enter', { circle: json['circle'] });
    expect([403, 404]).toContain(refused.status);
  });
});

describe('the cookie of a session', () => {
  it('is Secure behind a proxy that is believed, and there only', async () => {
    const tls = { 'X-Forwarded-Proto': 'https' };
    const trusting = await signInHome({ trustProxy: ['loopback'] });
    const [plain, secure] = await Promise.all(
      [{}, tls].map(headers => trusting.browser(headers).signIn('unique', 'first-unique')),
    );
    expect(plain!.headers.getSetCookie()[0]).not.toContain('Secure');
    expect(secure!.headers.getSetCookie()[0]).toContain('; Secure');
    const near = trusting.browser({ 'X-Forwarded-For': '203.0.113.9, 198.51.100.7' });
    await near.signInWhole('unique', 'second-unique');
    const [own] = (await near.send('GET', '/sessions')).json['rows'] as { address: string }[];
    // The last one before the proxy: what stands in front of it anybody could have written.
    expect(own?.address).toBe('198.51.100.7');
    await trusting.close();
    const careless = await signInHome();
    const faked = await careless.browser(tls).signIn('unique', 'first-unique');
    expect(faked.headers.getSetCookie()[0]).not.toContain('Secure');
    await careless.close();
    const always = await signInHome({ cookieSecure: true });
    const safe = await always.browser().signIn('unique', 'first-unique');
    expect(safe.headers.getSetCookie()[0]).toContain('; Secure');
    await always.close();
  }, 60_000);
});
