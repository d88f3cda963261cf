import { parseAccountId } from '#kernel';
import type { Product } from '#runtime';
import type { JourneyApi, JourneyCall } from '#testing';
import { journey } from '../support/journeys.js';
import { callFacts } from '../support/wallets.js';

const call = (id: string, at = '2025-01-20T10:00:00.000+09:00', seconds = 61): JourneyCall => ({
  id,
  account: 'A1',
  to: '0312345678',
  at,
  seconds,
});

/** One account with a lot of 1,000 yen and 100 of it held as `h1`, on the morning of 2025-01-20. */
async function heldFor(
  { clock, api }: { clock: { to(time: string): void }; api: JourneyApi },
  ...holds: readonly string[]
): Promise<void> {
  await api.tariff('03,一般通話,8,180,standard');
  await api.openAccount('A1', '2025-01-01').expecting('NumberClaimed', 'AccountOpened', 'NumberAssigned');
  await api.charge('A1', '1000', 'card', { lot: 'L1' }).expecting('WalletOpened', 'LotCredited');
  clock.to('2025-01-20T10:00:00.000+09:00');
  for (const hold of holds) await api.hold('A1', hold, '100').expecting('FundsHeld');
  clock.to('2025-01-20T10:05:00.000+09:00');
}
const imported = (...inside: readonly string[]) => ['CdrImportStarted', ...inside, 'CdrImportCompleted'];

/** Settles a call from a hold, under a command id and with a length. */
const settling =
  (product: Product) =>
  (commandId: string, seconds: number, id = 'c1', hold = 'h1') =>
    product.prepaid.settleHold(
      { account: parseAccountId('A1'), hold, call: callFacts(id, '2025-01-20T10:00', seconds) },
      { actor: { id: 'switch' }, commandId },
    );

journey('a settlement that finds its call imported frees its hold', async ({ clock, api, books }) => {
  await heldFor({ clock, api }, 'h1');
  await api.calls(call('c1')).expecting(...imported('CallCharged'));
  expect(await api.balance('A1')).toMatchObject({ posted: '991.2', held: '100' });
  expect(await api.settle('h1', call('c1')).expecting('HoldReleased')).toMatchObject({
    hold: 'h1',
    net: '8',
    tax: '0.8',
  });
  expect(await api.balance('A1')).toMatchObject({ posted: '991.2', held: '0', available: '991.2' });
  // Told again, it changes nothing.
  await api.settle('h1', call('c1')).expecting();
  await books.toBalance();
});

journey(
  'a settlement that is refused as another body frees its hold too',
  async ({ clock, api, product }) => {
    await heldFor({ clock, api }, 'h1');
    await api.calls(call('c1')).expecting(...imported('CallCharged'));
    expect(await settling(product)('s1', 62)).toMatchObject({
      kind: 'rejected',
      rejection: { code: 'IDEMPOTENCY_KEY_REUSED' },
    });
    expect(await api.balance('A1')).toMatchObject({ posted: '991.2', held: '0', available: '991.2' });
  },
);

journey(
  'every hold that is named for a known call is freed, once',
  async ({ clock, api, product, books }) => {
    await heldFor({ clock, api }, 'h1', 'h2', 'h3', 'h4');
    await api.settle('h1', call('c1')).expecting('CallCharged');
    // The call was settled from h1; nobody but who names h2 will ever free it.
    expect(await api.settle('h2', call('c1')).expecting('HoldReleased')).toMatchObject({
      hold: 'h1',
      net: '8',
    });
    await api.settle('h2', call('c1')).expecting();
    expect(await api.balance('A1')).toMatchObject({ held: '200' });
    await api.calls(call('c2')).expecting(...imported('CallCharged'));
    await api.settle('h3', call('c2')).expecting('HoldReleased');
    expect(await settling(product)('s1', 62, 'c2', 'h4')).toMatchObject({
      rejection: { code: 'IDEMPOTENCY_KEY_REUSED' },
    });
    expect(await api.balance('A1')).toMatchObject({ held: '0' });
    await books.toBalance();
  },
);

journey('a call that is told again leaves the name of its hold to the next call', async ({ clock, api }) => {
  await heldFor({ clock, api }, 'h1');
  await api.settle('h1', call('c1')).expecting('CallCharged');
  await api.hold('A1', 'h1', '50').expecting('FundsHeld');
  await api.settle('h1', call('c1')).expecting();
  expect(await api.balance('A1')).toMatchObject({ held: '50' });
});

journey('the CDR of a call frees the hold that is named after the call', async ({ clock, api }) => {
  await heldFor({ clock, api }, 'c1', 'c2', 'c3');
  const unanswered = { ...call('c2'), seconds: 0 };
  await api.calls(call('c1'), unanswered).expecting(...imported('CallNoted', 'CallCharged'));
  expect(await api.balance('A1')).toMatchObject({ posted: '991.2', held: '100' });
  // Charged before its hold was even asked for: the file that finds it known frees it.
  await api.settle('none', call('c4')).expecting('CallCharged');
  await api.hold('A1', 'c4', '50').expecting('FundsHeld');
  await api.calls(call('c4')).expecting('CdrImportStarted', 'HoldReleased', 'CdrImportCompleted');
  expect(await api.balance('A1')).toMatchObject({ held: '100' });
});

journey('two settlements at once charge once and leave no hold', async ({ clock, api, product }) => {
  await heldFor({ clock, api }, 'h1');
  const told = settling(product);
  const [first, second] = await Promise.all([told('s1', 61), told('s2', 61)]);
  expect(first).toMatchObject({ value: { hold: 'h1', net: '8' }, replayed: false });
  expect(second).toMatchObject({ value: { hold: 'h1', net: '8' }, replayed: true });
  expect(await api.balance('A1')).toMatchObject({ posted: '991.2', held: '0' });
});

journey('the hold of a finished call keeps no expired value and no close waiting', async ({ clock, api }) => {
  await api.tariff('03,一般通話,8,180,standard');
  await api.openAccount('A1', '2025-01-01').expecting('NumberClaimed', 'AccountOpened', 'NumberAssigned');
  clock.to('2025-01-04T10:00:00.000+09:00');
  await api.charge('A1', '1000', 'card', { lot: 'L1' }).expecting('WalletOpened', 'LotCredited');
  // Its last day is 2025-07-03.
  clock.to('2025-06-30T23:58:00.000+09:00');
  await api.hold('A1', 'h1', '100').expecting('WalletClosed', 'WalletOpened', 'FundsHeld');
  clock.to('2025-07-01T00:10:00.000+09:00');
  await api
    .calls(call('c1', '2025-06-30T23:59:00.000+09:00'))
    .expecting('CdrImportStarted', 'WalletClosed', 'WalletOpened', 'CallCharged', 'CdrImportCompleted');
  const forced = api.close('2025-06', 'A1', '試験').expecting('CloseRunStarted', 'CloseForced');
  await expect(forced).resolves.toMatchObject({
    accounts: [{ outcome: 'refused', rejection: { code: 'CALLS_RUNNING' } }],
  });
  clock.to('2025-07-04T00:00:00.000+09:00');
  await api.expireDue('A1').expecting('LotExpired');
  await api.settle('h1', call('c1', '2025-06-30T23:59:00.000+09:00')).expecting('HoldReleased', 'LotExpired');
  expect(await api.balance('A1')).toMatchObject({ posted: '0', held: '0', available: '0' });
});

journey(
  'a settlement after a reversal corrects the call as a call file would',
  async ({ clock, api, product, books }) => {
    await heldFor({ clock, api }, 'h1', 'h2');
    await api.calls(call('c1')).expecting(...imported('CallCharged'));
    await api.reverse('A1', 'c1', '秒数の誤り').expecting('DebitReversed');
    const told = settling(product);
    // 200 seconds are 16 yen: the next entry of the call, settled from its hold.
    expect(await told('s1', 200)).toMatchObject({
      value: { hold: 'h1', net: '16', tax: '1.6' },
      replayed: false,
    });
    expect(await api.balance('A1')).toMatchObject({ posted: '982.4', held: '100' });
    expect(await told('s2', 200)).toMatchObject({ value: { hold: 'h1', net: '16' }, replayed: true });
    expect(await told('s3', 300)).toMatchObject({ rejection: { code: 'IDEMPOTENCY_KEY_REUSED' } });
    // What was recorded first stands as it was, taken back.
    expect(await api.settle('h2', call('c1')).expecting('HoldReleased')).toMatchObject({ net: '8' });
    expect(await api.balance('A1')).toMatchObject({ posted: '982.4', held: '0' });
    await books.toBalance();
  },
);
