import type { LoginLevel } from '#identity';
import { Instant, Money } from '#kernel';
import { buy, offerProducts } from '../../../test/support/contracts-home.js';
import {
  A1,
  caller,
  codeOf,
  home,
  ORIGIN,
  PASSWORD,
  restart,
  resultOf,
} from '../../../test/support/each-identity-home.js';

const FIRST_PASSWORD = `${PASSWORD}-first`;

const signIn = (level: LoginLevel, loginId: string) =>
  home.identity.entry.signIn(
    { level, loginId, password: level === 'unique' ? FIRST_PASSWORD : PASSWORD },
    ORIGIN,
  );
const opens = async (cookie: string) => (await home.identity.entry.authenticate(cookie)) !== undefined;

/** An account with a circle and a terminal in contract, and a login of each. */
async function customer() {
  const { identity, product } = home;
  await offerProducts(product);
  const at = Instant.parse('2026-10-01T09:00:00.000+09:00');
  const paid = { account: A1, amount: Money.of('100000'), method: 'card', at, lot: 'lot-1' } as const;
  resultOf(await product.prepaid.charge(paid, caller()));
  const own = { account: A1, loginId: 'tarou@site.jp', name: '太郎', password: PASSWORD };
  resultOf(await identity.logins.createCustomerLogin(own, caller()));
  const { circle } = resultOf(
    await identity.circles.createCircle(
      { account: A1, name: '本社', loginId: 'honsha', password: PASSWORD },
      caller(),
    ),
  );
  const items = [['unique.extension', 1]] as const;
  const { contracts } = await buy(product, 'order-1', { account: A1, circle, items });
  const [{ unique } = { unique: '' }] = await identity.circles.uniques(A1, circle);
  const lower = { account: A1, circle, unique, password: FIRST_PASSWORD };
  resultOf(await identity.circles.resetLowerPassword(lower, caller()));
  return { circle, unique, contracts: [...contracts] };
}
type Customer = Awaited<ReturnType<typeof customer>>;

const ENDS = {
  contract: (of: Customer) =>
    home.product.contracts.cancel({ account: A1, contracts: of.contracts }, caller()),
  circle: (of: Customer) => home.product.contracts.cancelCircle({ account: A1, circle: of.circle }, caller()),
  account: () => home.product.contracts.cancelAccount(A1, caller()),
};
const LEVELS = ['account', 'circle', 'unique'] as const;
const loginIdOf = (level: (typeof LEVELS)[number], { unique }: Customer) =>
  ({ account: 'tarou@site.jp', circle: 'honsha', unique })[level];

describe('the login of what ends', () => {
  it.each([
    ['contract', '2026-11-30', ['unique']],
    ['circle', '2026-10-31', ['circle', 'unique']],
    ['account', '2026-11-30', ['circle', 'unique']],
  ] as const)('opens nothing from 00:00:00 on: %s', async (what, last, over) => {
    const of = await customer();
    resultOf(await ENDS[what](of));
    home.clock.moveTo(`${last}T23:59:59.998+09:00`);
    const cookies = new Map<string, string>();
    for (const level of LEVELS)
      cookies.set(level, resultOf(await signIn(level, loginIdOf(level, of))).cookie);
    home.clock.moveTo(`${last}T23:59:59.999+09:00`);
    for (const level of LEVELS) {
      expect([level, await opens(cookies.get(level)!)]).toEqual([level, true]);
      expect([level, codeOf(await signIn(level, loginIdOf(level, of)))]).toEqual([level, 'done']);
    }
    // Nobody runs at midnight: no job is done, and none has to be.
    home.clock.plusMs(1);
    for (const restarted of [false, true]) {
      if (restarted) await restart();
      for (const level of LEVELS) {
        const ended = over.some(one => one === level);
        expect([level, await opens(cookies.get(level)!)]).toEqual([level, !ended]);
        const code = codeOf(await signIn(level, loginIdOf(level, of)));
        expect([level, code]).toEqual([level, ended ? 'SIGN_IN_REFUSED' : 'done']);
      }
    }
    const live = await home.identity.entry.authenticate(cookies.get('account')!);
    expect(live!.view.accountOver).toBe(what === 'account');
  });

  it('goes on when the end is undone before', async () => {
    const of = await customer();
    resultOf(await ENDS.contract(of));
    home.clock.moveTo('2026-11-30T22:00:00.000+09:00');
    const undone = { account: A1, contracts: of.contracts };
    resultOf(await home.product.contracts.undo(undone, caller()));
    home.clock.moveTo('2026-12-01T00:00:00.000+09:00');
    const { cookie } = resultOf(await signIn('unique', of.unique));
    expect(await opens(cookie)).toBe(true);
  });

  it('is refused as an unknown one is', async () => {
    const of = await customer();
    resultOf(await ENDS.contract(of));
    home.clock.moveTo('2026-12-01T00:00:00.000+09:00');
    expect(await signIn('unique', of.unique)).toEqual(await signIn('unique', '9999999999'));
  });
});
