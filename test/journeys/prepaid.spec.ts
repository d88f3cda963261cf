import { Money, parseAccountId } from '#kernel';
import type { JourneyCall } from '#testing';
import { journey } from '../support/journeys.js';

const call = (id: string, to: string, at: string, seconds = 60): JourneyCall => ({
  id,
  account: 'A1',
  to,
  at,
  seconds,
});
/**
 * A call to 0011 costs 1,000 and one to 0016 costs 6,000, untaxed; 03 and 090 as in the worked cases (A9).
 */
const TARIFF = [
  '0011,特別,1000,60,out_of_scope',
  '0016,特別,6000,60,out_of_scope',
  '03,一般通話,8,180,standard',
  '090,携帯通話,16,60,standard',
] as const;

journey('EX-08: two lots, 1,000 spent, each expires at its own midnight', async ({ clock, api, books }) => {
  await api.tariff(...TARIFF);
  await api.openAccount('A1', '2025-01-01').expecting('NumberClaimed', 'AccountOpened', 'NumberAssigned');
  clock.to('2025-01-10T15:00:00.000+09:00');
  await api.charge('A1', '5000', 'bank_transfer', { lot: 'L1' }).expecting('WalletOpened', 'LotCredited');
  clock.to('2025-03-01T15:00:00.000+09:00');
  const second = await api
    .charge('A1', '3000', 'bank_transfer', { lot: 'L2' })
    .expecting('WalletClosed', 'WalletOpened', 'LotCredited');
  expect(second).toMatchObject({ expiresOn: '2025-08-28' });
  clock.to('2025-04-01T12:00:00.000+09:00');
  await api
    .calls(call('c1', '0011234567', '2025-04-01T10:00:00.000+09:00'))
    .expecting('CdrImportStarted', 'WalletClosed', 'WalletOpened', 'CallCharged', 'CdrImportCompleted');
  expect(await api.balance('A1')).toMatchObject({ posted: '7000', available: '7000' });

  // Not a second before midnight, and without any sweep (J-06).
  expect(await api.balance('A1', '2025-07-09T23:59:59.999+09:00')).toMatchObject({ available: '7000' });
  expect(await api.balance('A1', '2025-07-10T00:00:00.000+09:00')).toMatchObject({ available: '3000' });
  clock.to('2025-07-10T00:00:00.000+09:00');
  const due = await api.expireDue('A1').expecting('WalletClosed', 'WalletOpened', 'LotExpired');
  expect(due).toEqual({ expired: '4000' });
  clock.to('2025-08-29T00:00:00.000+09:00');
  await api.expireDue('A1').expecting('WalletClosed', 'WalletOpened', 'LotExpired');
  expect(await api.balance('A1')).toMatchObject({ posted: '0', available: '0', receivable: '0' });
  expect(await books.standing('breakage')).toBe('-7000');
});

journey(
  'EX-09, EX-10: what is spent does not expire; what expired is not refunded',
  async ({ clock, api }) => {
    await api.tariff(...TARIFF);
    await api.openAccount('A1', '2025-01-01').expecting('NumberClaimed', 'AccountOpened', 'NumberAssigned');
    await api
      .charge('A1', '5000', 'bank_transfer', { lot: 'L1', at: '2025-01-10T15:00:00.000+09:00' })
      .refused('IN_THE_FUTURE');
    clock.to('2025-04-01T12:00:00.000+09:00');
    await api
      .charge('A1', '5000', 'bank_transfer', { lot: 'L1', at: '2025-01-10T15:00:00.000+09:00' })
      .expecting('WalletOpened', 'LotCredited');
    await api
      .charge('A1', '3000', 'bank_transfer', { lot: 'L2', at: '2025-03-01T15:00:00.000+09:00' })
      .expecting('WalletClosed', 'WalletOpened', 'LotCredited');
    await api
      .calls(call('c1', '0016234567', '2025-04-01T10:00:00.000+09:00'))
      .expecting('CdrImportStarted', 'WalletClosed', 'WalletOpened', 'CallCharged', 'CdrImportCompleted');
    clock.to('2025-08-29T00:00:00.000+09:00');
    expect(await api.expireDue('A1').expecting('WalletClosed', 'WalletOpened', 'LotExpired')).toEqual({
      expired: '2000',
    });
    // L1 and 1,000 of L2 paid for the call; both are past their day: all is breakage, nothing comes back.
    await api.reverse('A1', 'c1', 'r1').expecting('DebitReversed');
    expect(await api.balance('A1')).toMatchObject({ posted: '0', available: '0', receivable: '0' });
  },
);

journey(
  'a month with a debt: charged late, paid first, refunded to its lot',
  async ({ clock, api, books }) => {
    await api.tariff(...TARIFF);
    await api.openAccount('A1', '2025-01-01').expecting('NumberClaimed', 'AccountOpened', 'NumberAssigned');
    await api.charge('A1', '10', 'bank_transfer', { lot: 'L1' }).expecting('WalletOpened', 'LotCredited');
    clock.to('2025-01-20T12:00:00.000+09:00');
    // RT-04: 181 s to 03 are two units, 16.00; with tax 17.6. Ten are there.
    await api
      .calls(call('c1', '0312345678', '2025-01-20T10:00:00.000+09:00', 181))
      .expecting('CdrImportStarted', 'CallCharged', 'CdrImportCompleted');
    expect(await api.balance('A1')).toEqual({ posted: '0', held: '0', available: '0', receivable: '7.6' });
    await api.hold('A1', 'h1', '1').refused('INSUFFICIENT_FUNDS');
    await books.toBalance();

    await api.charge('A1', '100', 'bank_transfer', { lot: 'L2' }).expecting('LotCredited', 'ReceivablePaid');
    expect(await api.balance('A1')).toMatchObject({ posted: '92.4', receivable: '0' });
    // The call was a mistake: ten return to L1, and what L2 paid for it returns to L2.
    await api.reverse('A1', 'c1', 'r1').expecting('ReceivablePaymentReturned', 'DebitReversed');
    expect(await api.balance('A1')).toMatchObject({ posted: '110', available: '110', receivable: '0' });
    await api.reverse('A1', 'c1', 'r2').refused('ALREADY_REVERSED');
  },
);

journey('a month turns with an open hold', async ({ clock, api }) => {
  await api.tariff(...TARIFF);
  await api.openAccount('A1', '2025-01-01').expecting('NumberClaimed', 'AccountOpened', 'NumberAssigned');
  await api.charge('A1', '1000', 'bank_transfer', { lot: 'L1' }).expecting('WalletOpened', 'LotCredited');
  clock.to('2025-01-31T23:59:00.000+09:00');
  await api.hold('A1', 'h1', '100').expecting('FundsHeld');
  clock.to('2025-02-01T00:00:30.000+09:00');
  // The call began in January and still runs: its month waits for it.
  await api.close('2025-01', 'A1').refused('CLOSE_TOO_EARLY');
  // Forced: what is not known to run is closed; this one is known to.
  const forced = api.close('2025-01', 'A1', '通話なし').expecting('CloseRunStarted', 'CloseForced');
  await expect(forced).resolves.toMatchObject({
    accounts: [{ outcome: 'refused', rejection: { code: 'CALLS_RUNNING' } }],
  });
  await api
    .charge('A1', '500', 'bank_transfer', { lot: 'L2' })
    .expecting('WalletClosed', 'WalletOpened', 'LotCredited');
  expect(await api.balance('A1')).toEqual({
    posted: '1500',
    held: '100',
    available: '1400',
    receivable: '0',
  });
  clock.to('2025-02-01T00:02:00.000+09:00');
  // RT-12: 90 s to 090 are two units, 32.00, and belong to January.
  const settled = await api
    .settle('h1', { ...call('c1', '09012345678', '2025-01-31T23:59:30.000+09:00', 90) })
    .expecting('CallCharged');
  expect(settled).toMatchObject({ net: '32', tax: '3.2' });
  expect(await api.balance('A1')).toMatchObject({ posted: '1464.8', held: '0' });
  const report = await api
    .close('2025-01', undefined, 'その通話も終わった')
    .expecting(
      ...[
        'CloseForced',
        'InvoiceNumberAssigned',
        'CloseDrafted',
        'RoundingDifferenceBooked',
        'BillingMonthClosed',
      ],
      ...['InvoiceIssued', 'MonthClosed', 'AccountClosed', 'CloseRunCompleted'],
    );
  expect(report.accounts).toMatchObject([{ net: '32', tax: '3', total: '35', roundingDifference: '-0.2' }]);
});

journey('an adjustment above the limit needs another person', async ({ api, books }) => {
  await api.tariff(...TARIFF);
  await api.openAccount('A1', '2025-01-01').expecting('NumberClaimed', 'AccountOpened', 'NumberAssigned');
  await api.charge('A1', '1000', 'bank_transfer', { lot: 'L1' }).expecting('WalletOpened', 'LotCredited');
  await api.adjust('A1', 'adj-1', '10000').expecting('Adjusted');
  await api.adjust('A1', 'adj-2', '10000.0001').refused('APPROVAL_REQUIRED');
  await api.adjust('A1', 'adj-2', '10000.0001', 'staff:tanaka').refused('APPROVER_IS_ACTOR');
  await api.adjust('A1', 'adj-2', '10000.0001', 'staff:suzuki').expecting('Adjusted');
  await api.adjust('A1', 'adj-3', '-10000.0001').refused('APPROVAL_REQUIRED');
  await api.adjust('A1', 'adj-3', '-30000', 'staff:suzuki').expecting('Adjusted');
  // 21,000.0001 were there: the rest is owed.
  expect(await api.balance('A1')).toMatchObject({ posted: '0', receivable: '8999.9999' });
  expect(await books.standing('adjustment')).toBe(Money.text(Money.of('-9999.9999')));
});

journey('a call that is settled live and reported by a call file is one charge', async ({ clock, api }) => {
  await api.tariff(...TARIFF);
  await api.openAccount('A1', '2025-01-01').expecting('NumberClaimed', 'AccountOpened', 'NumberAssigned');
  await api.charge('A1', '1000', 'bank_transfer', { lot: 'L1' }).expecting('WalletOpened', 'LotCredited');
  clock.to('2025-01-20T10:00:00.000+09:00');
  await api.hold('A1', 'h1', '100').expecting('FundsHeld');
  const settled = call('c1', '0312345678', '2025-01-20T10:00:00.000+09:00', 61);
  clock.to('2025-01-20T10:02:00.000+09:00');
  await api.settle('h1', settled).expecting('CallCharged');
  const report = await api.calls(settled).expecting('CdrImportStarted', 'CdrImportCompleted');
  expect(report.counts).toMatchObject({ charged: 0, duplicates: 1, suspended: 0 });
  // The switch sends the settlement again: the same answer; with another length it is refused.
  expect(await api.settle('h1', settled).expecting()).toMatchObject({ net: '8', tax: '0.8' });
  await api.settle('h1', { ...settled, seconds: 62 }).refused('IDEMPOTENCY_KEY_REUSED');
  const other = await api
    .calls({ ...settled, seconds: 62 })
    .expecting('CdrImportStarted', 'CdrSuspended', 'CdrImportCompleted');
  expect(other.counts).toMatchObject({ charged: 0, suspended: 1 });
  expect(await api.balance('A1')).toEqual({
    posted: '991.2',
    held: '0',
    available: '991.2',
    receivable: '0',
  });
});

journey(
  'a call of 176 yen meets 100 yen of funds: the history says what is owed, and what paid it',
  async walk => {
    const { clock, api, product, books } = walk;
    await api.tariff('03,一般通話,160,180,standard');
    await api.openAccount('A1', '2025-01-01').expecting('NumberClaimed', 'AccountOpened', 'NumberAssigned');
    await api.charge('A1', '100', 'bank_transfer', { lot: 'L1' }).expecting('WalletOpened', 'LotCredited');
    clock.to('2025-01-20T12:00:00.000+09:00');
    await api
      .calls(call('c1', '0312345678', '2025-01-20T10:00:00.000+09:00', 61))
      .expecting('CdrImportStarted', 'CallCharged', 'CdrImportCompleted');
    await api.charge('A1', '500', 'bank_transfer', { lot: 'L2' }).expecting('LotCredited', 'ReceivablePaid');
    await api.adjust('A1', 'down', '-430').expecting('Adjusted');
    await books.toBalance();
    const account = parseAccountId('A1');
    const told = async () => {
      const { rows } = await product.prepaid.history(account);
      return rows.map(({ item, gross, covered, amount, postedAfter, owed, owedAfter }) =>
        [item, gross, covered, '|', amount, postedAfter, '|', owed, owedAfter].join(' '),
      );
    };
    const before = [
      'receivable_paid   | -76 424 | -76 0',
      'charge   | 500 500 | 0 76',
      'call 176 100 | -100 0 | 76 76',
      'charge   | 100 100 | 0 0',
    ];
    expect(await told()).toEqual(['adjustment 430 424 | -424 0 | 6 6', ...before]);
    const { rows } = await product.prepaid.history(account);
    expect(rows.find(row => row.item === 'call')).toMatchObject({ net: '160', tax: '16', pays: [] });
    expect(rows[1]).toMatchObject({
      itemJa: '未払い分への充当',
      pays: [{ ref: 'c1', item: 'call', detail: '0312345678', amount: '76' }],
    });
    // What the call had cost comes back: first to whatever is owed, the rest to its lots.
    await api.reverse('A1', 'c1', 'r1').expecting('ReceivablePaymentReturned', 'DebitReversed');
    expect(await told()).toEqual([
      'reversal -176 -94 | 94 170 | -82 0',
      'receivable_paid   | 76 76 | 76 82',
      'adjustment 430 424 | -424 0 | 6 6',
      ...before,
    ]);
    expect(await product.prepaid.balance(account)).toMatchObject({ posted: '170', receivable: '0' });
    await books.toBalance();
  },
);
