import process from 'node:process';
import { openSecretBox } from '#adapters/credentials';
import { A1, caller, home, ORIGIN, PASSWORD, resultOf } from '../../../test/support/each-identity-home.js';

/** 太郎 of account A1, and then the store as it is after a restore without `identity.key`. */
async function tarouWithoutKey() {
  const { identity, ports } = home;
  const login = { account: A1, loginId: 'tarou', name: '太郎', password: PASSWORD };
  const contacts = { phone: '09012345678', mail: 'tarou@site.jp' };
  resultOf(await identity.logins.createCustomerLogin({ ...login, ...contacts }, caller()));
  Object.assign(ports, { secrets: openSecretBox([Buffer.alloc(32, 99)]) });
  const [row] = (await identity.care.accountLogins(A1, {}))!.rows;
  return row!;
}

describe('a store whose key is not there', () => {
  it('lists what it cannot open as unreadable', async () => {
    const { loginId, contacts } = await tarouWithoutKey();
    expect([loginId, ...contacts.map(({ masked }) => masked)]).toEqual(Array(3).fill('(unreadable)'));
  });

  it('names the key to whoever needs what was sealed', async () => {
    await tarouWithoutKey();
    const who = { level: 'account', loginId: 'tarou', password: PASSWORD } as const;
    // The second step offers the contacts to send a code to.
    await expect(home.identity.entry.signIn(who, ORIGIN)).rejects.toMatchObject({
      name: 'SealBroken',
      code: 'SECRET_KEY_MISSING',
      message: expect.stringMatching(/the key [0-9a-f]{8}, .*identity\.key/),
      said: { ja: expect.stringMatching(/鍵 [0-9a-f]{8} .*identity\.key/) },
    });
  });

  it('tells nobody by mail, and goes on', async () => {
    const { login, contacts } = await tarouWithoutKey();
    const lost: unknown[] = [];
    const take = (error: unknown) => void lost.push(error);
    process.on('unhandledRejection', take);
    const helper = {
      loginId: 'helper',
      name: '係',
      role: 'support',
      password: PASSWORD,
      mail: 'h@site.jp',
    } as const;
    const staff = resultOf(await home.identity.logins.createStaff(helper, caller())).login;
    const { commandId, actor } = caller('lost telephone');
    const by = { actor: { ...actor, id: `staff:${staff}` }, commandId };
    const contact = contacts.find(({ kind }) => kind === 'phone')!.contact;
    const done = await home.identity.care.withdrawContact({ login, contact }, by);
    await new Promise(resolve => setTimeout(resolve, 20));
    process.off('unhandledRejection', take);
    expect([done.kind, lost, home.messages()]).toEqual(['done', [], []]);
  });
});
