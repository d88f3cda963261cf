import { BusinessDay, Money, parseAccountId } from '#kernel';
import { type IdentityHome, identityHome } from '../../../test/support/identity-home.js';
import type { Caller } from '../product.views.js';

const account = parseAccountId('SU-1');
let home: IdentityHome;
let sequence = 0;
const caller = (): Caller => ({ actor: { id: 'staff:tanaka' }, commandId: `s-${++sequence}` });

beforeAll(async () => {
  home = await identityHome();
});
afterAll(() => home.end());

it('an account says its price list and since when it is suspended, and its history that it was', async () => {
  const { accounts, prepaid } = home.product;
  home.clock.moveTo('2026-10-05T12:00:00.000+09:00');
  const opened = {
    ...{ account, name: '株式会社SU', openedOn: BusinessDay.parse('2026-10-01') },
    ...{ numbers: [], tariff: 'std', incomingDiscount: Money.zero },
  };
  await accounts.open(opened, caller());
  const taken = { account, adjustment: 'debt', amount: Money.of('-100'), reason: '調整', approvedBy: null };
  expect(await prepaid.adjust(taken, caller())).toMatchObject({ kind: 'done' });
  expect(await accounts.get(account)).toMatchObject({ priceList: 'standard', suspendedSince: null });
  home.clock.moveTo('2026-12-20T10:00:00.000+09:00');
  expect(await prepaid.suspendOverdue(account, caller())).toMatchObject({ kind: 'done' });
  const since = '2026-12-20T10:00:00.000+09:00';
  expect(await accounts.get(account)).toMatchObject({ suspendedSince: since });
  expect((await accounts.list({ search: 'SU-1' })).rows).toMatchObject([
    { priceList: 'standard', suspendedSince: since },
  ]);
  const paid = { account, amount: Money.of('5000'), method: 'card' as const };
  expect(await prepaid.charge(paid, caller())).toMatchObject({ kind: 'done' });
  expect(await accounts.get(account)).toMatchObject({ suspendedSince: null });
  const { rows } = await prepaid.history(account, { limit: 10 });
  expect(rows.map(({ item, amount }) => [item, amount])).toEqual([
    ['resumed', '0'],
    ['receivable_paid', '-100'],
    ['charge', '5000'],
    ['suspended', '0'],
    ['adjustment', '0'],
  ]);
});
