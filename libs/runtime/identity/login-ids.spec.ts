import type { StaffRole } from '#identity';
import {
  A1,
  caller,
  codeOf,
  home,
  liveOf,
  ORIGIN,
  PASSWORD,
  quickHasher,
  restart,
  resultOf,
} from '../../../test/support/each-identity-home.js';

const later = (minutes: number) => home.clock.plusMs(minutes * 60_000);
const create = (from = caller(), role: StaffRole = 'billing') =>
  home.identity.logins.createStaff(
    { loginId: 'tanaka', name: '田中', role, password: PASSWORD, mail: null },
    from,
  );
const signIn = () =>
  home.identity.entry.signIn({ level: 'staff', loginId: 'tanaka', password: PASSWORD }, ORIGIN);

/** The process ends after the claim: hashing the password is the next thing that is done. */
async function breaksOff(act: () => Promise<unknown>): Promise<void> {
  const { passwords } = home.ports;
  const cut = async (): Promise<never> => {
    throw new Error('cut off');
  };
  Object.assign(home.ports, { passwords: { ...quickHasher, hash: cut } });
  await expect(act()).rejects.toThrow('cut off');
  Object.assign(home.ports, { passwords });
  await restart();
}

describe('a login id that was claimed by a process that ended before it made the login', () => {
  it('is gone on with at once by the same request', async () => {
    const request = caller();
    await breaksOff(() => create(request));
    expect(codeOf(await create(request))).toBe('done');
    expect((await liveOf(home, await signIn())).view.role).toBe('billing');
  });

  it('is free for another request after ten minutes, and then lost to the first', async () => {
    const request = caller();
    await breaksOff(() => create(request));
    later(9);
    expect(codeOf(await create(caller(), 'admin'))).toBe('LOGIN_ID_TAKEN');
    later(1);
    expect(codeOf(await create(caller(), 'admin'))).toBe('done');
    expect(codeOf(await create(request))).toBe('LOGIN_ID_TAKEN');
    expect((await liveOf(home, await signIn())).view.role).toBe('admin');
    expect(await home.identity.logins.staff()).toHaveLength(1);
  });

  it('is never free where there is a login: its owner was about to change to it', async () => {
    const given = { account: A1, loginId: 'tarou', name: '太郎', password: PASSWORD };
    resultOf(await home.identity.logins.createCustomerLogin(given, caller()));
    const from = { level: 'account', loginId: 'tarou', password: PASSWORD } as const;
    const live = await liveOf(home, await home.identity.entry.signIn(from, ORIGIN));
    const { secrets } = home.ports;
    const seal = (): never => {
      throw new Error('cut off');
    };
    Object.assign(home.ports, { secrets: { ...secrets, seal } });
    await expect(home.identity.security.changeLoginId(live, 'hanako')).rejects.toThrow('cut off');
    Object.assign(home.ports, { secrets });
    later(60);
    const other = { ...given, loginId: 'hanako' };
    expect(codeOf(await home.identity.logins.createCustomerLogin(other, caller()))).toBe('LOGIN_ID_TAKEN');
  });

  it('still answers a request that was done as it did, when its login has another id since', async () => {
    const request = caller();
    resultOf(await create(request));
    const live = await liveOf(home, await signIn());
    resultOf(await home.identity.security.changeLoginId(live, 'suzuki'));
    resultOf(await create(caller(), 'admin'));
    expect(await create(request)).toMatchObject({ kind: 'done', replayed: true });
  });
});
