import type { StaffRole } from '#identity';
import { parseAccountId } from '#kernel';
import type { Caller } from '#runtime';
import { totpCodeAt } from '#testing';
import {
  A1,
  caller,
  codeOf,
  home,
  liveOf,
  ORIGIN,
  PASSWORD,
  resultOf,
} from '../../../test/support/each-identity-home.js';

/** A login of staff of this role. */
const staffOf = async (role: StaffRole, loginId = `the-${role}`) =>
  resultOf(
    await home.identity.logins.createStaff(
      { loginId, name: role, role, password: PASSWORD, mail: `${loginId}@site.jp` },
      caller(),
    ),
  ).login;
/** Somebody of staff who helps. */
const by = (login: string, reason?: string): Caller => {
  const { actor, commandId } = caller(reason);
  return { actor: { ...actor, id: `staff:${login}` }, commandId };
};
const signIn = (level: 'account' | 'staff', loginId: string, password = PASSWORD) =>
  home.identity.entry.signIn({ level, loginId, password }, ORIGIN);
const rows = async (limit?: number, cursor?: string) =>
  (await home.identity.care.accountLogins(A1, { ...(limit && { limit }), ...(cursor && { cursor }) }))!;
const settled = () => new Promise(resolve => setTimeout(resolve, 20));
const told = (words: string) => home.messages().filter(({ text }) => text.includes(words));

/** 太郎 of account A1, with a telephone and a mail address. */
async function tarou(): Promise<{ login: string; phone: string; mail: string }> {
  const given = { account: A1, loginId: 'tarou', name: '太郎', password: PASSWORD };
  const { login } = resultOf(
    await home.identity.logins.createCustomerLogin(
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
  resultOf(await home.identity.secondStep.sendCode(half, { contact, method: 'mail' }));
  const code = /\d{6}/.exec(home.messages()[0]!.text)![0];
  const { cookie } = resultOf(await home.identity.secondStep.verifyCode(half, code, ORIGIN));
  return cookie;
}

const tanaka = () => staffOf('billing', 'tanaka');

describe('the logins of an account', () => {
  it('are those of the account, its circles and uniques, with masked contacts and no secrets', async () => {
    const { login } = await tarou();
    home.clock.plusMs(1000);
    const made = { account: A1, name: '倉庫', password: PASSWORD };
    const { circle } = resultOf(await home.identity.circles.createCircle(made, caller()));
    home.clock.plusMs(1000);
    const { unique } = resultOf(await home.identity.circles.createUnique({ ...made, circle }, caller()));
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
    expect(await home.identity.care.accountLogins(parseAccountId('A9'))).toBeUndefined();
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
    resultOf(await home.identity.logins.unlockLogin(login, caller()));
    expect((await rows()).rows[0]!.lockedUntil).toBeNull();
  });
});

describe('a contact that support withdraws', () => {
  it('gets no code any more; sessions and links end, the other contacts are told once', async () => {
    const { login, phone, mail } = await tarou();
    const cookie = await signedIn(mail);
    await home.identity.reminders.remindPassword({ level: 'account', loginId: 'tarou' }, ORIGIN);
    await settled();
    const token = decodeURIComponent(/token=(\S+)/.exec(home.messages()[0]!.text)![1]!);
    const lost = by(await staffOf('support'), '携帯電話の紛失');
    const input = { login, contact: phone };
    resultOf(await home.identity.care.withdrawContact(input, lost));
    resultOf(await home.identity.care.withdrawContact(input, lost));
    await settled();
    expect(await home.identity.entry.authenticate(cookie)).toBeUndefined();
    const reset = await home.identity.reminders.resetPassword({ token, password: 'Another!1' }, ORIGIN);
    expect(codeOf(reset)).toBe('RESET_REFUSED');
    expect((await rows()).rows[0]!.contacts).toMatchObject([{ contact: mail }]);
    expect(told('連絡先: --5678').map(({ to }) => to)).toEqual(['tarou@site.jp']);
    const half = await liveOf(home, await signIn('account', 'tarou'));
    expect(codeOf(await home.identity.secondStep.sendCode(half, { contact: phone, method: 'sms' }))).toBe(
      'NO_SUCH_CONTACT',
    );
    const [act] = (await home.identity.logins.staffActs({ limit: 1 })).rows;
    expect(act).toMatchObject({ type: 'identity.ContactWithdrawn.v1', reason: '携帯電話の紛失' });
  });

  it('is told nothing itself', async () => {
    const { login, mail } = await tarou();
    resultOf(
      await home.identity.care.withdrawContact({ login, contact: mail }, by(await staffOf('support'))),
    );
    await settled();
    expect(told('連絡先削除')).toEqual([]);
  });

  it.each([
    ['NO_SUCH_LOGIN', 'nobody', 'support'],
    ['NO_SUCH_CONTACT', 'customer', 'support'],
    ['NO_SUCH_CONTACT', 'staff', 'admin'],
    ['ADMIN_ONLY', 'staff', 'support'],
    ['ADMIN_ONLY', 'staff', 'key'],
    ['OWN_LOGIN', 'own', 'support'],
    ['OWN_LOGIN', 'own', 'admin'],
  ] as const)('is refused with %s for %s, asked by %s', async (code, whose, helper) => {
    const { login: customer } = await tarou();
    const staff = await tanaka();
    const own = helper === 'key' ? '' : await staffOf(helper);
    const login = { nobody: 'nobody', customer, staff, own }[whose];
    const input = { login, contact: '0000000000' };
    const asked = home.identity.care.withdrawContact(input, helper === 'key' ? caller() : by(own));
    expect(codeOf(await asked)).toBe(code);
  });
});

describe('second factors that an admin withdraws', () => {
  const withdraw = (login: string, helper: string) =>
    home.identity.care.withdrawSecondFactors(login, by(helper, '機種変更'));

  it('open nothing any more: the sign-in asks for a code by mail, and its owner is told', async () => {
    const login = await tanaka();
    const half = await liveOf(home, await signIn('staff', 'tanaka'));
    const { contact } = half.view.secondStep!.contacts[0]!;
    resultOf(await home.identity.secondStep.sendCode(half, { contact, method: 'mail' }));
    const code = /\d{6}/.exec(home.messages()[0]!.text)![0];
    const opened = await home.identity.secondStep.verifyCode(half, code, ORIGIN);
    const live = await liveOf(home, opened);
    const { secret } = resultOf(await home.identity.security.enrolTotp(live));
    const step = Math.floor(home.clock.now() / 30_000);
    resultOf(await home.identity.security.confirmTotp(live, totpCodeAt(secret, step)));
    resultOf(await home.identity.security.newPasskeyOptions(live));
    resultOf(await home.identity.security.addPasskey(live, { label: 'PC', response: 'c-register' }));
    const admin = await staffOf('admin');
    resultOf(await withdraw(login, admin));
    await settled();
    expect(await home.identity.entry.authenticate(resultOf(opened).cookie)).toBeUndefined();
    const { secondStep } = (await liveOf(home, await signIn('staff', 'tanaka'))).view;
    expect(secondStep).toMatchObject({ totp: false, passkey: false, contacts: [{ kind: 'mail' }] });
    expect(told('認証アプリとパスキーを解除').map(({ to }) => to)).toEqual(['tanaka@site.jp']);
    expect(codeOf(await withdraw(login, admin))).toBe('nothing');
  });

  it('are never the own ones, nor those of a customer', async () => {
    const [staff, { login: customer }] = [await tanaka(), await tarou()];
    const [support, admin] = [await staffOf('support'), await staffOf('admin')];
    expect([
      codeOf(await withdraw(admin, admin)),
      codeOf(await withdraw(staff, support)),
      codeOf(await withdraw(customer, admin)),
      codeOf(await withdraw('nobody', admin)),
    ]).toEqual(['OWN_LOGIN', 'ADMIN_ONLY', 'STAFF_ONLY', 'NO_SUCH_LOGIN']);
  });
});
