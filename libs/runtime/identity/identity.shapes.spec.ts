import type { z } from 'zod';
import { Instant } from '#kernel';
import { SoftAuthenticator, totpCodeAt } from '#testing';
import { type Browser, PASSWORD, type SignInHome, signInHome } from '../../../test/support/sign-in.js';
import { allOf, pageOf } from '../engine/shapes.js';
import * as shapes from './identity.shapes.js';

const WHY = { 'X-Reason': 'shapes' };

describe('what identity really answers', () => {
  let home: SignInHome;
  beforeAll(async () => {
    home = await signInHome();
  }, 30_000);
  afterAll(() => home.close());

  /** A shape strips what it does not know, so equal means: all is described, and nothing is missing. */
  async function fits<Schema extends z.ZodType>(
    shape: Schema,
    asked: ReturnType<Browser['send']>,
    status = 200,
  ): Promise<z.output<Schema>> {
    const answer = await asked;
    expect([answer.status, answer.status < 300 ? '' : answer.text]).toEqual([status, '']);
    expect(shape.parse(answer.json)).toEqual(answer.json);
    return answer.json as z.output<Schema>;
  }

  it('has the shape that the document promises: from the password to the language', async () => {
    const browser = home.browser();
    const first = await fits(shapes.Session, browser.signIn('account', 'A1-login'), 201);
    const { contact, methods } = first.secondStep!.contacts[0]!;
    await fits(shapes.SentCode, browser.send('POST', '/session/codes', { contact, method: methods[0] }));
    const waiting = await fits(shapes.Session, browser.send('GET', '/session'));
    expect(waiting.secondStep?.sent?.masked).toBe('A***@example.jp');
    const outbox = await fits(allOf(shapes.OutboxMessage), browser.send('GET', '/outbox'));
    expect(outbox.rows).toHaveLength(1);
    await fits(shapes.Session, browser.enterCode(await browser.readCode()));
    await fits(shapes.Session, browser.send('PUT', '/session/language', { language: 'en' }));
    expect((await browser.send('GET', '/me')).json).toEqual({
      ...{ key: null, role: 'customer', level: 'account', account: 'A1' },
      ...{ label: expect.any(String), now: expect.stringMatching(/^2026-11-04T10:.*\+09:00$/) },
    });
    const { rows } = await fits(allOf(shapes.OwnSession), browser.send('GET', '/sessions'));
    const current = rows.find(row => row.current)!;
    await fits(shapes.EndedSession, browser.send('DELETE', `/sessions/${current.session}`));
  });

  it('has the shape that the document promises: contacts, login id, password', async () => {
    const browser = home.browser();
    await browser.signInWhole('account', 'A2-login');
    await fits(shapes.Security, browser.send('GET', '/security'));
    const phone = { kind: 'phone', value: '09012345678' };
    const added = await fits(shapes.Contact, browser.send('POST', '/security/contacts', phone), 201);
    expect(added.masked).toBe('--5678');
    await fits(shapes.RemovedContact, browser.send('DELETE', `/security/contacts/${added.contact}`));
    const next = { next: 'A2-other' };
    await fits(shapes.ChangedLoginId, browser.send('POST', '/security/login-id', next));
    const passwords = { current: PASSWORD, next: 'Another-Pass-1' };
    await fits(shapes.ChangedLogin, browser.send('POST', '/security/password', passwords));
    const unasked = await browser.send('POST', '/session/password', { password: PASSWORD });
    expect([unasked.status, unasked.json['code']]).toEqual([409, 'NOT_IN_THIS_STAGE']);
    await fits(shapes.EndedSession, browser.send('DELETE', '/session'));
    const forgot = { level: 'account', loginId: 'A2-other' };
    await fits(shapes.Accepted, browser.send('POST', '/password-reminders', forgot), 202);
  });

  it('has the shape that the document promises: an authenticator app and a passkey', async () => {
    const browser = home.browser();
    await browser.signInWhole('staff', 'approver');
    const { secret } = await fits(shapes.TotpSecret, browser.send('POST', '/security/totp'));
    const codeIn = (minutes: number): string => {
      home.plusMinutes(minutes);
      return totpCodeAt(secret, Math.floor(home.product.now() / 30_000));
    };
    await fits(shapes.Enrolled, browser.send('POST', '/security/totp/confirm', { code: codeIn(0) }));
    const question = await fits(shapes.PasskeyQuestion, browser.send('POST', '/security/passkeys/options'));
    const authenticator = new SoftAuthenticator('localhost', 'http://localhost:3000');
    const made = { label: 'key', response: authenticator.register(question['challenge'] as string) };
    const passkey = await fits(shapes.Passkey, browser.send('POST', '/security/passkeys', made), 201);
    const security = await fits(shapes.Security, browser.send('GET', '/security'));
    expect(security).toMatchObject({ totp: {}, passkeys: [{ label: 'key' }] });

    const byApp = home.browser();
    expect((await byApp.signIn('staff', 'approver')).json['secondStep']).toMatchObject({ totp: true });
    const code = codeIn(1);
    expect((await byApp.send('POST', '/session/totp', { code })).json['stage']).toBe('signed_in');
    const byKey = home.browser();
    await byKey.signIn('staff', 'approver');
    const replayed = await byKey.send('POST', '/session/totp', { code });
    expect([409, 422]).toContain(replayed.status);
    const asked = await fits(shapes.PasskeyQuestion, byKey.send('POST', '/session/passkey/options'));
    const response = authenticator.signIn(asked['challenge'] as string);
    await fits(shapes.Session, byKey.send('POST', '/session/passkey', { response }));
    await fits(
      shapes.RemovedPasskey,
      byKey.send('DELETE', `/security/passkeys/${encodeURIComponent(passkey.passkey)}`),
    );
    await fits(shapes.ChangedLogin, byKey.send('DELETE', '/security/totp'));
    expect(Instant.text(home.product.now())).toMatch(/^2026-11-04T10:01/);
  });

  it('has the shape that the document promises: circles and uniques', async () => {
    const browser = home.browser();
    await browser.signInWhole('account', 'A1-login');
    const made = { name: '倉庫', password: PASSWORD };
    const { circle } = await fits(shapes.Circle, browser.send('POST', '/accounts/A1/circles', made), 201);
    expect(circle).toMatch(/^\d{10}$/);
    const at = `/accounts/A1/circles/${circle}`;
    const { unique } = await fits(shapes.Unique, browser.send('POST', `${at}/uniques`, made), 201);
    const numbers = { numbers: ['05099990001'] };
    await fits(shapes.Unique, browser.send('PUT', `/accounts/A1/uniques/${unique}/numbers`, numbers));
    await fits(shapes.Unique, browser.send('PUT', `/accounts/A1/uniques/${unique}/numbers`, numbers));
    await fits(shapes.Circle, browser.send('PUT', `${at}/forced-change`, { value: 'warn' }));
    await fits(shapes.Circle, browser.send('PUT', `${at}/forced-change`, { value: 'warn' }));
    await fits(shapes.Circle, browser.send('GET', at));
    const { loginId } = await fits(
      shapes.Circle,
      browser.send('PUT', `${at}/forced-change`, { value: 'force' }),
    );
    const forced = home.browser();
    expect((await forced.signIn('circle', loginId)).json['stage']).toBe('password_change');
    expect((await forced.send('GET', '/accounts/A1/calls')).json['code']).toBe('WRONG_STAGE');
    const same = await forced.send('POST', '/session/password', { password: PASSWORD });
    expect([same.status, same.json['code']]).toEqual([422, 'PASSWORD_UNCHANGED']);
    const renewed = { password: 'Another-Pass-2' };
    const after = await fits(shapes.Session, forced.send('POST', '/session/password', renewed));
    expect(after.stage).toBe('signed_in');
    await fits(allOf(shapes.Circle), browser.send('GET', '/accounts/A1/circles'));
    await fits(allOf(shapes.Unique), browser.send('GET', `${at}/uniques`));
    const strange = await browser.send('PUT', `/accounts/A1/uniques/${unique}/numbers`, {
      numbers: ['05010000002'],
    });
    expect([strange.status, strange.json['code']]).toEqual([422, 'NUMBER_NOT_OF_ACCOUNT']);
    const nowhere = await browser.send('GET', '/accounts/A1/circles/0000000000/uniques');
    expect([nowhere.status, nowhere.json['code']]).toEqual([404, 'NO_SUCH_CIRCLE']);
  });

  it('has the shape that the document promises: help for somebody who cannot get in', async () => {
    const support = home.browser();
    await support.signInWhole('staff', 'support');
    const logins = await fits(pageOf(shapes.AccountLogin), support.send('GET', '/accounts/A2/logins'));
    const { login, contacts } = logins.rows[0]!;
    const path = `/logins/${login}/contacts/${contacts[0]!.contact}/remove`;
    const why = await support.send('POST', path, {});
    expect([why.status, why.json['field']]).toEqual([400, 'X-Reason']);
    await fits(shapes.ChangedLogin, support.send('POST', path, {}, WHY));
    const twice = await support.send('POST', path, {}, WHY);
    expect([twice.status, twice.json['code']]).toEqual([404, 'NO_SUCH_CONTACT']);
    const nowhere = await support.send('GET', '/accounts/A9/logins');
    expect([nowhere.status, nowhere.json['code']]).toEqual([404, 'NO_SUCH_ACCOUNT']);

    const admin = home.browser();
    await admin.signInWhole('staff', 'admin');
    const { rows } = await fits(allOf(shapes.Staff), admin.send('GET', '/staff'));
    const idOf = (role: string) => rows.find(row => row.loginId === role)!.login;
    const factors = (role: string) => `/logins/${idOf(role)}/second-factors/remove`;
    const own = await admin.send('POST', factors('admin'), {}, WHY);
    expect([own.status, own.json['code']]).toEqual([409, 'OWN_LOGIN']);
    expect((await admin.send('POST', factors('auditor'), {}, WHY)).json).toMatchObject({ unchanged: true });
    const high = await support.send('POST', `/logins/${idOf('admin')}/contacts/x/remove`, {}, WHY);
    expect([high.status, high.json['code']]).toEqual([403, 'ADMIN_ONLY']);
  });

  it('has the shape that the document promises: staff and what they did', async () => {
    const admin = home.browser();
    await admin.signInWhole('staff', 'admin');
    const clerk = { loginId: 'clerk', name: '受付', role: 'support', password: PASSWORD };
    const { login } = await fits(shapes.Staff, admin.send('POST', '/staff', clerk, WHY), 201);
    const again = await admin.send('POST', '/staff', clerk, WHY);
    expect([again.status, again.json['code']]).toEqual([409, 'LOGIN_ID_TAKEN']);
    const role = { role: 'billing' };
    await fits(shapes.Staff, admin.send('PUT', `/staff/${login}/role`, role, WHY));
    await fits(shapes.ChangedLogin, admin.send('POST', `/staff/${login}/disable`, {}, WHY));
    expect((await home.browser().signIn('staff', 'clerk')).status).toBe(401);
    await fits(allOf(shapes.Staff), admin.send('GET', '/staff'));
    const acts = await fits(pageOf(shapes.StaffAct), admin.send('GET', '/staff-acts?limit=2'));
    expect(acts.rows).toHaveLength(2);
    expect(acts.rows[0]).toMatchObject({ reason: 'shapes', name: 'admin', address: '127.0.0.1' });
    const { next } = acts;
    const more = await fits(pageOf(shapes.StaffAct), admin.send('GET', `/staff-acts?limit=2&cursor=${next}`));
    expect(more.rows[0]?.position).toBeLessThan(acts.rows[1]!.position);
  });
});
