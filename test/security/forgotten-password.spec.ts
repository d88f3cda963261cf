import type { LoginLevel } from '#identity';
import { PASSWORD, type SignInHome, signInHome } from '../support/sign-in.js';
import { callerOf } from '../support/small-provider.js';

/** Known, unknown, of a level that is not reminded, of another level. */
const ASKED: readonly (readonly [LoginLevel, string])[] = [
  ['staff', 'admin'],
  ['staff', 'nobody'],
  ['unique', 'first-unique'],
  ['account', 'admin'],
];
const NEXT = 'Brand-New-Pass-1';

describe('a forgotten password', () => {
  let home: SignInHome;
  beforeAll(async () => {
    home = await signInHome();
  }, 30_000);
  afterAll(() => home.close());

  const remind = (level: LoginLevel, loginId: string) =>
    home.browser().send('POST', '/password-reminders', { level, loginId });
  const reset = (token: string, password = NEXT) =>
    home.browser().send('POST', '/password-resets', { token, password });

  /** Links that were mailed to an address, newest first; mails go out after the answer. */
  async function linksTo(address: string, atLeast: number): Promise<string[]> {
    for (let looked = 0; looked < 100; looked++) {
      const mails = (home.product.identity.logins.outbox() ?? []).filter(({ to }) => to === address);
      const links = mails.flatMap(({ text }) => /token=([\w.%-]+)/.exec(text)?.[1] ?? []);
      if (links.length >= atLeast) return links.map(decodeURIComponent);
      await new Promise(resolve => setTimeout(resolve, 20));
    }
    throw new Error(`no ${atLeast} links were mailed to ${address}`);
  }

  it('is replaced by the link of the mail, once; all sessions of the login end', async () => {
    const before = home.browser();
    await before.signInWhole('account', 'A1-login');
    expect((await remind('account', 'A1-login')).status).toBe(202);
    const [token = ''] = await linksTo('A1@example.jp', 1);
    const weak = await reset(token, 'weak');
    expect([weak.status, weak.json['code']]).toEqual([422, 'PASSWORD_TOO_SHORT']);
    expect((await reset(token)).status).toBe(200);
    expect((await before.send('GET', '/session')).status).toBe(401);
    expect((await home.browser().signIn('account', 'A1-login')).status).toBe(401);
    expect((await home.browser().signIn('account', 'A1-login', NEXT)).status).toBe(201);
    const again = await reset(token, 'Other-Pass-12');
    expect([again.status, again.json['code']]).toEqual([422, 'RESET_REFUSED']);
  });

  it('is not replaced by an older link, an old one, or one that was made up', async () => {
    await remind('account', 'A2-login');
    await linksTo('A2@example.jp', 1);
    home.plusMinutes(5);
    await remind('account', 'A2-login');
    const [newest = '', older = ''] = await linksTo('A2@example.jp', 2);
    const [login] = newest.split('.');
    home.plusMinutes(61);
    const tokens = [older, newest, `${login}.${'a'.repeat(43)}`, 'x', '../..', `${newest}x`];
    for (const token of tokens) {
      const { status, json } = await reset(token);
      expect([token, status, json['code']]).toEqual([token, 422, 'RESET_REFUSED']);
    }
    expect((await home.browser().signIn('account', 'A2-login', PASSWORD)).status).toBe(201);
  });

  it('is answered alike for every login, known or not, with a mail address or not', async () => {
    const answers: [number, string, string[]][] = [];
    for (const [level, loginId] of ASKED) {
      const { status, text, headers } = await remind(level, loginId);
      answers.push([status, text, [...headers.keys()].toSorted()]);
    }
    expect(answers).toEqual(answers.map(() => [202, '{}', answers[0]![2]]));
  });

  it('takes as many writes whoever is asked for, so that no clock tells which logins there are', async () => {
    home.plusMinutes(120);
    await home.product.identity.logins.createStaff(
      { loginId: 'mailless', name: 'x', role: 'billing', password: PASSWORD, mail: null },
      callerOf('mailless'),
    );
    const head = async () => (await home.product.health()).head;
    const written: [string, number][] = [];
    for (const [level, loginId] of [...ASKED, ['staff', 'mailless'] as const])
      for (let i = 0; i < 7; i++) {
        const before = await head();
        await remind(level, loginId);
        written.push([`${loginId} ${i}`, (await head()) - before]);
      }
    // The address, the login id and the link; beyond the five of an hour only the address.
    const expected = written.map(([who], n) => [who, n % 7 < 5 ? 3 : 1]);
    expect(written).toEqual(expected);
  });

  it('sends no flood of mails, and says nothing of it', async () => {
    for (let i = 0; i < 12; i++) expect((await remind('staff', 'billing')).status).toBe(202);
    await remind('staff', 'support');
    await linksTo('support@example.jp', 1);
    expect((await linksTo('billing@example.jp', 1)).length).toBeLessThanOrEqual(5);
  });
});
