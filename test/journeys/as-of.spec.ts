import { Instant, parseAccountId } from '#kernel';
import type { JourneyCall } from '#testing';
import { journey } from '../support/journeys.js';

const A1 = parseAccountId('A1');
const call = (id: string, at: string, seconds = 61): JourneyCall => ({
  id,
  account: 'A1',
  to: '0312345678',
  at,
  seconds,
});
const OPENING = ['NumberClaimed', 'AccountOpened', 'NumberAssigned'];
const charged = (...turned: readonly string[]) => [
  'CdrImportStarted',
  ...turned,
  'CallCharged',
  'CdrImportCompleted',
];

journey(
  'a refused command turns nothing: no stream is begun or ended for it',
  async ({ clock, api, product }) => {
    await api.tariff('03,一般通話,8,180,standard');
    await api.openAccount('A1', '2025-01-01').expecting(...OPENING);
    // Nothing was ever decided: a refusal does not even open the wallet.
    await api.hold('A1', 'h1', '10').refused('INSUFFICIENT_FUNDS');
    await api.charge('A1', '3000', 'bank_transfer', { lot: 'L1' }).expecting('WalletOpened', 'LotCredited');
    clock.to('2025-02-03T09:00:00.000+09:00');
    const { head } = await product.health();
    await api.hold('A1', 'h1', '5000').refused('INSUFFICIENT_FUNDS');
    const nothing = { account: A1, hold: 'none' };
    const caller = { actor: { id: 'switch' }, commandId: 'release' };
    expect(await product.prepaid.releaseHold(nothing, caller)).toMatchObject({ kind: 'nothing' });
    expect(await product.prepaid.expireDue(A1, { ...caller, commandId: 'sweep' })).toMatchObject({
      kind: 'nothing',
    });
    expect((await product.health()).head).toBe(head);
    // So the late call of January is decided in January.
    await api.calls(call('late', '2025-01-31T22:00:00.000+09:00')).expecting(...charged());
    expect(await api.balance('A1', '2025-01-31T23:59:59.999+09:00')).toMatchObject({ posted: '2991.2' });
  },
);

journey('as of an instant counts what was decided by then, in whichever stream it stands', async walk => {
  const { clock, api, product } = walk;
  await api.tariff('03,一般通話,8,180,standard');
  await api.openAccount('A1', '2025-01-01').expecting(...OPENING);
  await api.charge('A1', '3000', 'bank_transfer', { lot: 'L1' }).expecting('WalletOpened', 'LotCredited');
  // A file in whose last call the wallet's month turns; what follows was decided at its instant, too.
  clock.to('2025-03-05T09:00:00.000+09:00');
  const sweep = await product.prepaid.expireDue(A1, { actor: { id: 'job' }, commandId: 'sweep' });
  expect(sweep).toMatchObject({ kind: 'nothing' });
  await api.calls(call('c1', '2025-01-20T10:00:00.000+09:00')).expecting(...charged());
  await api
    .calls(call('c2', '2025-02-20T10:00:00.000+09:00'))
    .expecting(...charged('WalletClosed', 'WalletOpened'));
  const at = async (asOf: string) => {
    const trial = await product.prepaid.trialBalance(A1, Instant.parse(asOf));
    const usage = trial.rows.find(row => row.ledgerAccount === 'usage_revenue:一般通話');
    return [(await api.balance('A1', asOf)).posted, usage?.credit ?? '0'];
  };
  expect(await at('2025-01-20T09:00:00.000+09:00')).toEqual(['3000', '0']);
  expect(await at('2025-01-31T23:59:59.999+09:00')).toEqual(['2991.2', '8']);
  expect(await at('2025-02-28T23:59:59.999+09:00')).toEqual(['2982.4', '16']);
  for (const asOf of ['2025-01-25T00:00:00.000+09:00', '2025-02-10T00:00:00.000+09:00'])
    expect(await product.audit.replay({ asOf: Instant.parse(asOf) })).toMatchObject({
      ok: true,
      problems: [],
    });
});

journey(
  'the sweep dates breakage at midnight and brings the wallet no further',
  async ({ clock, api, product }) => {
    await api.tariff('03,一般通話,8,180,standard');
    await api.openAccount('A1', '2025-01-01').expecting(...OPENING);
    clock.to('2025-01-10T15:00:00.000+09:00');
    await api.charge('A1', '500', 'bank_transfer', { lot: 'L1' }).expecting('WalletOpened', 'LotCredited');
    clock.to('2025-02-10T15:00:00.000+09:00');
    await api
      .charge('A1', '300', 'bank_transfer', { lot: 'L2' })
      .expecting('WalletClosed', 'WalletOpened', 'LotCredited');
    clock.to('2025-03-10T15:00:00.000+09:00');
    await api
      .charge('A1', '3000', 'bank_transfer', { lot: 'L3' })
      .expecting('WalletClosed', 'WalletOpened', 'LotCredited');
    // L1 is worthless from 2025-07-10, L2 from 2025-08-10; the sweep comes a week late.
    clock.to('2025-08-17T04:00:00.000+09:00');
    await api.expireDue('A1').expecting('WalletClosed', 'WalletOpened', 'LotExpired', 'LotExpired');
    const { rows } = await product.prepaid.history(A1, { limit: 2 });
    expect(rows.map(row => [row.at, row.amount, row.ref])).toEqual([
      ['2025-08-10T00:00:00.000+09:00', '-300', 'L2'],
      ['2025-07-10T00:00:00.000+09:00', '-500', 'L1'],
    ]);
    // The stream of August tells what July lost.
    const july = await product.prepaid.trialBalance(A1, Instant.parse('2025-07-20T00:00:00.000+09:00'));
    expect(july.rows.find(row => row.ledgerAccount === 'breakage')?.credit).toBe('500');
    // A call of the days between, reported now, is decided at its own end.
    await api.calls(call('c1', '2025-08-12T10:00:00.000+09:00')).expecting(...charged());
    expect(await api.balance('A1', '2025-08-12T09:00:00.000+09:00')).toMatchObject({ posted: '3000' });
    expect(await api.balance('A1', '2025-08-13T09:00:00.000+09:00')).toMatchObject({ posted: '2991.2' });
    expect(
      await product.audit.replay({ asOf: Instant.parse('2025-07-20T00:00:00.000+09:00') }),
    ).toMatchObject({
      ok: true,
      problems: [],
    });
  },
);
