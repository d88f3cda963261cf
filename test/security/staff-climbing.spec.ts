import { request } from 'node:http';
import { parseAccountId } from '#kernel';
import { type Browser, type SignInHome, signInHome } from '../support/sign-in.js';
import { callerOf } from '../support/small-provider.js';

const WHY = { 'X-Reason': 'a test' };

describe('an admin', () => {
  let home: SignInHome;
  let admin: Browser;
  let logins: { login: string; loginId: string }[];
  beforeAll(async () => {
    home = await signInHome();
    admin = home.browser();
    await admin.signInWhole('staff', 'admin');
    logins = (await admin.send('GET', '/staff')).json['rows'] as typeof logins;
  }, 30_000);
  afterAll(() => home.close());
  const idOf = (loginId: string): string => logins.find(row => row.loginId === loginId)!.login;

  it('neither changes its own role nor switches itself off: there is always one left', async () => {
    const own = idOf('admin');
    for (const [method, path, body] of [
      ['PUT', `/staff/${own}/role`, { role: 'billing' }],
      ['POST', `/staff/${own}/disable`, undefined],
    ] as const) {
      const answer = await admin.send(method, path, body, WHY);
      expect([path, answer.status, answer.json['code']]).toEqual([path, 409, 'OWN_LOGIN']);
    }
    expect((await admin.send('GET', '/staff')).status).toBe(200);
  });

  it.each(['billing', 'approver', 'support', 'auditor'])('%s makes itself none', async role => {
    const browser = home.browser();
    await browser.signInWhole('staff', role);
    for (const [method, path, body] of [
      ['PUT', `/staff/${idOf(role)}/role`, { role: 'admin' }],
      ['POST', `/staff/${idOf('admin')}/disable`, undefined],
      ['POST', '/staff', { loginId: 'another', name: 'x', role: 'admin', password: 'Kagi-4711-x' }],
      ['POST', '/keys', { role: 'staff', label: 'x' }],
    ] as const) {
      const answer = await browser.send(method, path, body, WHY);
      expect([path, answer.json['code']]).toEqual([path, 'ROLE_NOT_ALLOWED']);
    }
  });

  it("gives a customer's login no role of staff", async () => {
    const made = await home.product.identity.logins.createCustomerLogin(
      { account: parseAccountId('A1'), loginId: 'climber', name: 'x', password: 'Kagi-4711-x' },
      callerOf('climber'),
    );
    if (made.kind !== 'done') throw new Error(JSON.stringify(made));
    const answer = await admin.send('PUT', `/staff/${made.value.login}/role`, { role: 'admin' }, WHY);
    expect([answer.status, answer.json['code']]).toEqual([403, 'STAFF_ONLY']);
  });

  it('exports no hash of a password, no seal and no secret over HTTP', async () => {
    const { status, text } = await admin.send('GET', '/audit/export?format=jsonl');
    expect(status).toBe(200);
    expect(text).toContain('"passwordHash":"(hidden)"');
    expect(text).not.toContain('$argon2');
    for (const name of ['secretHash', 'loginIdSealed', 'loginIdHash', 'originSealed', 'mac'])
      expect([name, text.includes(`"${name}":"`) && !text.includes(`"${name}":"(hidden)"`)]).toEqual([
        name,
        false,
      ]);
  });

  it('watches no more than a few things at once, and a stop of the server survives that', async () => {
    const { hostname, port } = new URL(home.server.url);
    const statuses: number[] = [];
    const requests = Array.from({ length: 12 }, () => {
      const sent = request({
        ...{ hostname, port, path: '/api/v1/closes/2026-10/progress', agent: false },
        headers: { Cookie: admin.cookie, Accept: 'text/event-stream' },
      });
      const answered = new Promise<void>(resolve => {
        sent.on('response', ({ statusCode }) => {
          statuses.push(statusCode ?? 0);
          resolve();
        });
      });
      sent.on('error', () => {}).end();
      return { sent, answered };
    });
    await Promise.all(requests.map(({ answered }) => answered));
    expect(statuses.filter(status => status === 200)).toHaveLength(6);
    expect(statuses.filter(status => status === 429)).toHaveLength(6);
    for (const { sent } of requests) sent.destroy();
  });
});
