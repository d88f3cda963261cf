import { BusinessMonth, Money, parseAccountId } from '#kernel';
import type { Journey, JourneyCall } from '#testing';
import { journey } from '../support/journeys.js';

const A1 = parseAccountId('A1');
const call = (id: string, to: string, at: string, seconds = 60): JourneyCall => ({
  id,
  account: 'A1',
  to,
  at,
  seconds,
});
const opening = ['NumberClaimed', 'AccountOpened', 'NumberAssigned'] as const;
const closing = [
  ...['CloseRunStarted', 'InvoiceNumberAssigned', 'CloseDrafted', 'BillingMonthClosed'],
  ...['InvoiceIssued', 'MonthClosed', 'AccountClosed', 'CloseRunCompleted'],
];
/** A close that books a rounding difference before the month is over. */
const closingRounded = closing.flatMap(name =>
  name === 'BillingMonthClosed' ? ['RoundingDifferenceBooked', name] : [name],
);

async function withFunds({ api }: Journey, ...tariff: readonly string[]): Promise<void> {
  await api.tariff(...tariff);
  await api.openAccount('A1', '2025-01-01').expecting(...opening);
  await api.charge('A1', '20000', 'card', { lot: 'L1' }).expecting('WalletOpened', 'LotCredited');
}

/** [case, price of the one call, its tax, the total, what makes the debits equal the invoice]. */
const ROUNDINGS = [
  ['DECISIONS: 10,594.11 (RT-14)', '10594.11', '1059', '11653', '-0.521'],
  ['TX-05: 5.05', '5.05', '1', '6', '0.445'],
  ['TX-06: 999.95', '999.95', '100', '1100', '0.055'],
] as const;

for (const [name, net, tax, total, difference] of ROUNDINGS) {
  journey(`${name} is taxed once and the debits are brought to the invoice`, async world => {
    const { clock, api, books, product } = world;
    await withFunds(world, `001,特別,${net},60,standard`);
    clock.to('2025-01-20T12:00:00.000+09:00');
    await api
      .calls(call('c1', '0012345678', '2025-01-20T10:00:00.000+09:00'))
      .expecting('CdrImportStarted', 'CallCharged', 'CdrImportCompleted');
    clock.to('2025-02-01T05:00:00.000+09:00');
    const report = await api.close('2025-01').expecting(...closingRounded);
    expect(report.accounts).toMatchObject([
      { outcome: 'closed', invoice: '202501-000001', net, tax, total, roundingDifference: difference },
    ]);
    expect(await books.standing('rounding_difference')).toBe(Money.text(Money.negate(Money.of(difference))));
    const left = Money.subtract(Money.of('20000'), Money.of(total));
    expect(await api.balance('A1')).toMatchObject({ posted: Money.text(left), receivable: '0' });
    // Again, also by another request: nothing follows, the answer is the same.
    const again = await api.close('2025-01').expecting();
    expect(again.accounts).toMatchObject([{ outcome: 'already_closed', total }]);
    expect((await product.closing.invoices()).rows).toHaveLength(1);
  });
}

journey("a late call becomes next month's usage of the earlier month", async world => {
  const { clock, api, product } = world;
  await withFunds(world, '03,一般通話,8,180,standard');
  clock.to('2025-01-20T12:00:00.000+09:00');
  await api
    .calls(call('c1', '0312345678', '2025-01-20T10:00:00.000+09:00', 181))
    .expecting('CdrImportStarted', 'CallCharged', 'CdrImportCompleted');
  clock.to('2025-02-01T09:00:00.000+09:00');
  await api.close('2025-01').expecting(...closingRounded);
  const january = await product.closing.invoice('202501-000001');

  clock.to('2025-02-10T12:00:00.000+09:00');
  await api
    .calls(
      call('late', '0312345678', '2025-01-31T23:00:00.000+09:00', 61),
      call('c2', '0312345678', '2025-02-10T10:00:00.000+09:00', 61),
    )
    .expecting(
      ...['CdrImportStarted', 'CallCharged', 'WalletClosed', 'WalletOpened', 'CallCharged'],
      'CdrImportCompleted',
    );
  clock.to('2025-03-01T09:00:00.000+09:00');
  await api.close('2025-02').expecting(...closingRounded);
  const february = await product.closing.invoice('202502-000001');
  // J-10: a line of its own for the month in which it happened; the closed invoice is what it was (J-02).
  expect(february!.lines).toMatchObject([
    { category: '一般通話', usageMonth: '2025-02', quantity: 1, net: '8' },
    { category: '一般通話', usageMonth: '2025-01', quantity: 1, net: '8' },
  ]);
  expect(february).toMatchObject({ net: '16', tax: '2', total: '18' });
  expect(await product.closing.invoice('202501-000001')).toEqual(january);
  const statement = await product.closing.statement(A1, BusinessMonth.parse('2025-01'));
  expect(statement).toMatchObject({ total: { calls: 2 } });
});

journey('months are closed in their order', async world => {
  const { clock, api } = world;
  await withFunds(world, '03,一般通話,8,180,standard');
  await api.close('2025-01').refused('MONTH_NOT_OVER');
  clock.to('2025-02-20T12:00:00.000+09:00');
  await api
    .calls(
      call('c1', '0312345678', '2025-01-20T10:00:00.000+09:00'),
      call('c2', '0312345678', '2025-02-20T10:00:00.000+09:00'),
    )
    .expecting(
      ...['CdrImportStarted', 'CallCharged', 'WalletClosed', 'WalletOpened', 'CallCharged'],
      'CdrImportCompleted',
    );
  clock.to('2025-03-01T09:00:00.000+09:00');
  // Who is refused takes no number and leaves no draft.
  const refused = await api.close('2025-02').expecting('CloseRunStarted');
  expect(refused.accounts).toMatchObject([
    { outcome: 'refused', invoice: null, rejection: { code: 'EARLIER_MONTH_OPEN' } },
  ]);
  await api.close('2025-01').expecting(...closingRounded);
  const done = await api.close('2025-02').expecting(...closingRounded.slice(1));
  expect(done.accounts).toMatchObject([{ outcome: 'closed', invoice: '202502-000001' }]);
});
