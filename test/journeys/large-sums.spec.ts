import { BusinessDay, BusinessMonth, Money, parseAccountId } from '#kernel';
import { journey } from '../support/journeys.js';

const BILLION = Money.of('1000000000');
/** Second person of every adjustment here. */
const approvedBy = 'staff:suzuki';

journey(
  '905 times 1,000,000,000 yen: what no wallet can hold is refused, and all can be read',
  async walk => {
    const { clock, api, product, books } = walk;
    await api.tariff('03,一般通話,8,180,standard', '09,特別,100000,1,out_of_scope');
    for (const name of ['A1', 'B2'])
      await api.openAccount(name, '2025-01-01').expecting('NumberClaimed', 'AccountOpened', 'NumberAssigned');
    const adjust = (account: string, n: number) =>
      product.prepaid.adjust(
        {
          account: parseAccountId(account),
          adjustment: `${account}-${n}`,
          amount: BILLION,
          reason: '試験',
          approvedBy,
        },
        { actor: { id: 'staff:tanaka', reason: 'test' }, commandId: `${account}-${n}` },
      );
    for (let n = 1; n <= 900; n++) expect(await adjust('A1', n)).toMatchObject({ kind: 'done' });
    for (let n = 901; n <= 905; n++)
      expect(await adjust('A1', n)).toMatchObject({ rejection: { code: 'SUM_OUT_OF_RANGE' } });
    expect(await api.balance('A1')).toMatchObject({ posted: '900000000000', available: '900000000000' });
    for (let n = 1; n <= 10; n++) await adjust('B2', n);
    const A1 = parseAccountId('A1');
    const { rows } = await product.prepaid.history(A1, { limit: 1 });
    expect(rows).toMatchObject([{ postedAfter: '900000000000', amount: '1000000000' }]);
    expect(await product.prepaid.trialBalance()).toMatchObject({
      debit: '910000000000',
      credit: '910000000000',
    });
    // What was spent makes room again: more turns over in a month than a wallet can hold.
    for (let n = 0; n < 3; n++) {
      const taken = { adjustment: `down-${n}`, amount: Money.negate(BILLION), reason: '試験', approvedBy };
      await product.prepaid.adjust(
        { account: A1, ...taken },
        { actor: { id: 'staff:tanaka', reason: 'test' }, commandId: `down-${n}` },
      );
      expect(await adjust('A1', 1000 + n)).toMatchObject({ kind: 'done' });
    }
    const [day] = await product.reports.balances.between(
      A1,
      BusinessDay.parse('2025-01-01'),
      BusinessDay.parse('2025-01-01'),
    );
    expect(day).toMatchObject({ charged: '903000000000', spent: '3000000000', posted: '900000000000' });
    clock.to('2025-02-01T10:00:00.000+09:00');
    await books.toBalance();
    const closed = await product.closing.run(
      { month: BusinessMonth.parse('2025-01'), dryRun: false },
      { actor: { id: 'staff:tanaka', reason: 'test' }, commandId: 'close' },
    );
    expect(closed).toMatchObject({ kind: 'done', value: { total: '0' } });
  },
);

journey('a call that owes more than the ledger can hold waits in suspense and is not lost', async walk => {
  const { clock, api, product } = walk;
  await api.tariff('031,特別,1000000,1,standard', '032,特別,9000000,1,standard', '033,一般,8,180,standard');
  await api.openAccount('A1', '2025-01-01').expecting('NumberClaimed', 'AccountOpened', 'NumberAssigned');
  clock.to('2025-02-10T09:00:00.000+09:00');
  const call = (id: string, to: string, seconds: number) => {
    return { id, account: 'A1', to, at: '2025-01-02T09:00:00.000+09:00', seconds };
  };
  // 600,000 s at 1,000,000 are 660 billion with tax; the second of its kind would be too much.
  const { counts } = await api
    .calls(
      call('c1', '0311111111', 600_000),
      call('c2', '0311111111', 600_001),
      call('c3', '0331111111', 600_002),
    )
    .expecting(
      'CdrImportStarted',
      'WalletOpened',
      'CallCharged',
      'CallCharged',
      'CdrSuspended',
      'CdrImportCompleted',
    );
  expect(counts).toMatchObject({ charged: 2, suspended: 1 });
  const dear = await api
    .calls(call('c4', '0321111111', 2_000_000))
    .expecting('CdrImportStarted', 'CdrSuspended', 'CdrImportCompleted');
  expect(dear.counts).toMatchObject({ charged: 0, suspended: 1 });
  const { rows } = await product.cdr.suspense();
  expect(rows.map(row => row.reason)).toEqual(['SUM_OUT_OF_RANGE', 'SUM_OUT_OF_RANGE']);
  expect(rows.map(row => row.code)).toEqual(['WOULD_OWE_TOO_MUCH', 'SUM_OUT_OF_RANGE']);
  await api.settle('none', call('c2', '0311111111', 600_001)).refused('SUM_OUT_OF_RANGE');
  await api.settle('none', call('c4', '0321111111', 2_000_000)).refused('SUM_OUT_OF_RANGE');
  await api
    .close('2025-01')
    .expecting(
      ...['CloseRunStarted', 'InvoiceNumberAssigned', 'CloseDrafted', 'RoundingDifferenceBooked'],
      ...['BillingMonthClosed', 'InvoiceIssued', 'MonthClosed', 'AccountClosed', 'CloseRunCompleted'],
    );
});
