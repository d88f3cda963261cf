import { BusinessMonth, parseAccountId } from '#kernel';
import type { JourneyCall } from '#testing';
import { journey } from '../support/journeys.js';

const call = (id: string, account: string, at: string): JourneyCall => ({
  id,
  account,
  to: '0312345678',
  at,
  seconds: 60,
});
const opening = ['NumberClaimed', 'AccountOpened', 'NumberAssigned'] as const;

journey('a refused account takes no number, and the numbers have no gap', async ({ clock, api, product }) => {
  await api.tariff('03,固定,8,60,standard');
  for (const account of ['A1', 'B2']) {
    await api.openAccount(account, '2025-01-01').expecting(...opening);
    await api.charge(account, '1000', 'card').expecting('WalletOpened', 'LotCredited');
  }
  clock.to('2025-03-01T09:00:00.000+09:00');
  await api
    .calls(
      call('c1', 'A1', '2025-01-20T10:00:00.000+09:00'),
      call('c2', 'A1', '2025-02-20T10:00:00.000+09:00'),
      call('c3', 'B2', '2025-02-20T10:00:00.000+09:00'),
    )
    .done();
  const first = await api.close('2025-02').done();
  expect(first.accounts).toMatchObject([
    { account: 'A1', outcome: 'refused', rejection: { code: 'EARLIER_MONTH_OPEN' } },
    { account: 'B2', outcome: 'closed', invoice: '202502-000001' },
  ]);
  await api.close('2025-01').done();
  const second = await api.close('2025-02').done();
  expect(second.accounts).toMatchObject([
    { account: 'A1', outcome: 'closed', invoice: '202502-000002' },
    { account: 'B2', outcome: 'already_closed', invoice: '202502-000001' },
  ]);
  const numbers = (await product.closing.invoices({ month: BusinessMonth.parse('2025-02') })).rows;
  expect(numbers.map(row => row.number)).toEqual(['202502-000001', '202502-000002']);
});

journey('a call that was taken back stands on neither the statement nor the invoice', async world => {
  const { clock, api, product } = world;
  await api.tariff('03,固定,8,60,standard');
  await api.openAccount('A1', '2025-01-01').expecting(...opening);
  await api.charge('A1', '1000', 'card').expecting('WalletOpened', 'LotCredited');
  clock.to('2025-01-21T09:00:00.000+09:00');
  await api
    .calls(
      call('c1', 'A1', '2025-01-20T10:00:00.000+09:00'),
      call('c2', 'A1', '2025-01-20T11:00:00.000+09:00'),
    )
    .done();
  await api.reverse('A1', 'c1', 'R1').expecting('DebitReversed');
  const statement = await product.closing.statement(parseAccountId('A1'), BusinessMonth.parse('2025-01'));
  expect(statement!.total).toEqual({ calls: 1, duration: '0:01:00.0', amount: '8' });
  clock.to('2025-02-01T05:00:00.000+09:00');
  await api.close('2025-01').done();
  expect(await product.closing.invoice('202501-000001')).toMatchObject({
    lines: [{ quantity: 1, net: '8' }],
  });
});

journey('the name of a lot stays taken when the lot is spent', async ({ clock, api }) => {
  await api.tariff('03,固定,8,60,standard');
  await api.openAccount('A1', '2025-01-01').expecting(...opening);
  await api.charge('A1', '8.8', 'bonus', { lot: 'L1' }).expecting('WalletOpened', 'LotCredited');
  clock.to('2025-01-21T09:00:00.000+09:00');
  await api.calls(call('c1', 'A1', '2025-01-20T10:00:00.000+09:00')).done();
  clock.to('2025-02-01T05:00:00.000+09:00');
  await api.close('2025-01').done();
  await api.charge('A1', '8.8', 'bonus', { lot: 'L1' }).refused('LOT_EXISTS');
});
