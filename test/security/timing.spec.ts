import process from 'node:process';
import { type SignInHome, signInHome } from '../support/sign-in.js';

/** Tries of one kind: with both kinds fewer than an address has, and fewer per login than lock it. */
const TRIES = 16;
const KNOWN = ['admin', 'billing', 'support'];

const medianOf = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1]!;

describe('how long a refused sign-in takes', () => {
  let home: SignInHome;
  beforeAll(async () => {
    home = await signInHome();
  }, 30_000);
  afterAll(() => home.close());

  /**
   * Work of this process, in milliseconds of its processors: a busy machine makes it wait, not work. The
   * server and its hashes run in this process.
   */
  async function workOf(loginId: string): Promise<number> {
    const before = process.cpuUsage();
    const { status, json } = await home.browser().signIn('staff', loginId, 'Wrong-Pass-0');
    const { user, system } = process.cpuUsage(before);
    expect([status, json['code']]).toEqual([401, 'SIGN_IN_REFUSED']);
    return (user + system) / 1000;
  }

  it('tells nobody whether there is such a login', async () => {
    await workOf('warm-up');
    const [known, unknown]: [number[], number[]] = [[], []];
    for (let i = 0; i < TRIES; i++) {
      // In turns, so that whatever else the machine does meets both alike.
      known.push(await workOf(KNOWN[i % KNOWN.length]!));
      unknown.push(await workOf(`nobody-${i % KNOWN.length}`));
    }
    const ratio = medianOf(unknown) / medianOf(known);
    expect(ratio).toBeGreaterThan(0.6);
    expect(ratio).toBeLessThan(1.6);
  }, 60_000);

  it('is that of a hash, for both', async () => {
    const [cheap, hashed]: [number[], number[]] = [[], []];
    for (let i = 0; i < 9; i++) {
      const before = process.cpuUsage();
      await home.server.send('GET', '/api/v1/session');
      const { user, system } = process.cpuUsage(before);
      cheap.push((user + system) / 1000);
      hashed.push(await workOf(`nobody-at-all-${i}`));
    }
    expect(medianOf(hashed)).toBeGreaterThan(medianOf(cheap) * 2);
  });
});
