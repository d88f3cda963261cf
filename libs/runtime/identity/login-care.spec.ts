import { parseAccountId } from '#kernel';
import { totpCodeAt } from '#testing';
import {
  A1,
  caller,
  codeOf,
  type IdentityHome,
  identityHome,
  liveOf,
  ORIGIN,
  PASSWORD,
  resultOf,
} from '../../../test/support/identity-home.js';
import type { Helper } from './login-admin.types.js';

let home: IdentityHome;
beforeEach(async () => {
  home = await identityHome();
});
afterEach(() => home.end());

const SUPPORT: Helper = { login: 'support', isAdmin: false };
const ADMIN: Helper = { login: 'admin', isAdmin: true };
const signIn = (level: 'account' | 'staff', loginId: string, password = PASSWORD) =>
  home.identity.signIn({ level, loginId, password }, ORIGIN);
const rows = async (limit?: number, cursor?: string) =>
  (await home.identity.accountLogins(A1, { ...(limit && { limit }), ...(cursor && { cursor }) }))!;
const settled = () => new Promise(resolve => setTimeout(resolve, 20));
const told = (words: string) => home.messages().filter(({ text }) => text.includes(words));

/** 太郎 of account A1, with a telephone and a mail address. */
async function tarou(): Promise<{ login: string; phone: string; mail: string }> {
  const given = { account: A1, loginId: 'tarou', name: '太郎', password: PASSWORD };
  const { login } = resultOf(
    await home.identity.createCustomerLogin(
      { ...given, phone: '09012345678', mail: 'tarou@site.jp' },
      caller(),
    ),
  );
  const [of] = (await rows()).rows;
  const [phone, mail] = of!.contacts;
  return { login, phone: phone!.contact, mail: mail!.contact };
}

/** Through password and a code by mail. */
async function signedIn(contact: string) {
  const half = await liveOf(home, await signIn('account', 'tarou'));
  resultOf(await home.identity.sendCode(half, { contact, method: 'mail' }));
  const code = /\d{6}/.exec(home.messages()[0]!.text)![0];
  const { cookie } = resultOf(await home.identity.verifyCode(half, code, ORIGIN));
  return cookie;
}

const tanaka = async () =>
  resultOf(
    await home.identity.createStaff(
      { loginId: 'tanaka', name: '田中', role: 'billing', password: PASSWORD, mail: 'tanaka@site.jp' },
      caller(),
    ),
  ).login;

describe('the logins of an account', () => {
  it('are those of the account, its circles and uniques, with masked contacts and no secrets', async () => {
    const { login } = await tarou();
    home.clock.plusMs(1000);
    const made = { account: A1, name: '倉庫', password: PASSWORD };
    const { circle } = resultOf(await home.identity.createCircle(made, caller()));
    home.clock.plusMs(1000);
    const { unique } = resultOf(await home.identity.createUnique({ ...made, circle }, caller()));
    const all = (await rows()).rows;
    expect(all.map(row => [row.level, row.circle, row.unique])).toEqual([
      ['account', null, null],
      ['circle', circle, null],
      ['unique', circle, unique],
    ]);
    expect(all[0]).toEqual({
      login,
      level: 'account',
      circle: null,
      unique: null,
      loginId: 'tarou',
      name: '太郎',
      disabled: false,
      lockedUntil: null,
      contacts: [
        { contact: expect.any(String), kind: 'phone', masked: '--5678' },
        { contact: expect.any(String), kind: 'mail', masked: 't***@site.jp' },
      ],
      lastSignInAt: null,
      passwordChangedAt: '2026-10-01T09:30:00.000+09:00',
    });
    const first = await rows(2);
    const second = await rows(2, first.next!);
    expect([...first.rows, ...second.rows]).toEqual(all);
    expect(second.next).toBeNull();
    expect(await home.identity.accountLogins(parseAccountId('A9'))).toBeUndefined();
  });

  it('say when one was signed in last: after its second step, not after its password', async () => {
    const { mail } = await tarou();
    home.clock.plusMs(60_000);
    await signIn('account', 'tarou');
    expect((await rows()).rows[0]!.lastSignInAt).toBeNull();
    home.clock.plusMs(60_000);
    await signedIn(mail);
    expect((await rows()).rows[0]!.lastSignInAt).toBe('2026-10-01T09:32:00.000+09:00');
  });

  it('say until when one is locked after wrong passwords, and no more once it is unlocked', async () => {
    const { login } = await tarou();
    for (let tried = 0; tried < 20; tried++) await signIn('account', 'tarou', 'Wrong!pass');
    const { lockedUntil } = (await rows()).rows[0]!;
    expect(lockedUntil! > '2026-10-01T09:30').toBe(true);
    expect(codeOf(await signIn('account', 'tarou'))).toBe('TOO_MANY_ATTEMPTS');
    resultOf(await home.identity.unlockLogin(login, caller()));
    expect((await rows()).rows[0]!.lockedUntil).toBeNull();
  });
});

describe('a contact that support withdraws', () => {
  it('gets no code any more; sessions and links end, the other contacts are told once', async () => {
    const { login, phone, mail } = await tarou();
    const cookie = await signedIn(mail);
    await home.identity.remindPassword({ level: 'account', loginId: 'tarou' }, ORIGIN);
    await settled();
    const token = decodeURIComponent(/token=(\S+)/.exec(home.messages()[0]!.text)![1]!);
    const lost = caller('携帯電話の紛失');
    const input = { login, contact: phone, by: SUPPORT };
    resultOf(await home.identity.withdrawContact(input, lost));
    resultOf(await home.identity.withdrawContact(input, lost));
    await settled();
    expect(await home.identity.authenticate(cookie)).toBeUndefined();
    const reset = await home.identity.resetPassword({ token, password: 'Another!1' }, ORIGIN);
    expect(codeOf(reset)).toBe('RESET_REFUSED');
    expect((await rows()).rows[0]!.contacts).toMatchObject([{ contact: mail }]);
    expect(told('連絡先: --5678').map(({ to }) => to)).toEqual(['tarou@site.jp']);
    const half = await liveOf(home, await signIn('account', 'tarou'));
    expect(codeOf(await home.identity.sendCode(half, { contact: phone, method: 'sms' }))).toBe(
      'NO_SUCH_CONTACT',
    );
    const [act] = (await home.identity.staffActs({ limit: 1 })).rows;
    expect(act).toMatchObject({ type: 'identity.ContactWithdrawn.v1', reason: '携帯電話の紛失' });
  });

  it('is told nothing itself', async () => {
    const { login, mail } = await tarou();
    resultOf(await home.identity.withdrawContact({ login, contact: mail, by: SUPPORT }, caller()));
    await settled();
    expect(told('連絡先削除')).toEqual([]);
  });

  it.each([
    ['NO_SUCH_LOGIN', 'nobody', SUPPORT],
    ['NO_SUCH_CONTACT', 'customer', SUPPORT],
    ['ADMIN_ONLY', 'staff', SUPPORT],
    ['ADMIN_ONLY', 'staff', { login: null, isAdmin: false }],
    ['OWN_LOGIN', 'own', SUPPORT],
    ['OWN_LOGIN', 'own', ADMIN],
  ] as const)('is refused with %s for %s', async (code, whose, by) => {
    const { login: customer } = await tarou();
    const staff = await tanaka();
    const login = { nobody: 'nobody', customer, staff, own: staff }[whose];
    const helper = whose === 'own' ? { ...by, login: staff } : by;
    const input = { login, contact: '0000000000', by: helper };
    expect(codeOf(await home.identity.withdrawContact(input, caller()))).toBe(code);
  });
});

describe('second factors that an admin withdraws', () => {
  const withdraw = (login: string, by: Helper) =>
    home.identity.withdrawSecondFactors({ login, by }, caller('機種変更'));

  it('open nothing any more: the sign-in asks for a code by mail, and its owner is told', async () => {
    const login = await tanaka();
    const half = await liveOf(home, await signIn('staff', 'tanaka'));
    const { contact } = half.view.secondStep!.contacts[0]!;
    resultOf(await home.identity.sendCode(half, { contact, method: 'mail' }));
    const code = /\d{6}/.exec(home.messages()[0]!.text)![0];
    const opened = await home.identity.verifyCode(half, code, ORIGIN);
    const live = await liveOf(home, opened);
    const { secret } = resultOf(await home.identity.enrolTotp(live));
    const step = Math.floor(home.clock.now() / 30_000);
    resultOf(await home.identity.confirmTotp(live, totpCodeAt(secret, step)));
    resultOf(await home.identity.newPasskeyOptions(live));
    resultOf(await home.identity.addPasskey(live, { label: 'PC', response: 'c-register' }));
    resultOf(await withdraw(login, ADMIN));
    await settled();
    expect(await home.identity.authenticate(resultOf(opened).cookie)).toBeUndefined();
    const { secondStep } = (await liveOf(home, await signIn('staff', 'tanaka'))).view;
    expect(secondStep).toMatchObject({ totp: false, passkey: false, contacts: [{ kind: 'mail' }] });
    expect(told('認証アプリとパスキーを解除').map(({ to }) => to)).toEqual(['tanaka@site.jp']);
    expect(codeOf(await withdraw(login, ADMIN))).toBe('nothing');
  });

  it('are never the own ones, nor those of a customer', async () => {
    const [staff, { login: customer }] = [await tanaka(), await tarou()];
    expect([
      codeOf(await withdraw(staff, { login: staff, isAdmin: true })),
      codeOf(await withdraw(staff, SUPPORT)),
      codeOf(await withdraw(customer, ADMIN)),
      codeOf(await withdraw('nobody', ADMIN)),
    ]).toEqual(['OWN_LOGIN', 'ADMIN_ONLY', 'STAFF_ONLY', 'NO_SUCH_LOGIN']);
  });
});
