import { printInvoice } from '#invoicing';
import { BusinessMonth, Money, parseAccountId } from '#kernel';
import type { Journey, JourneyCall } from '#testing';
import { issuer as ISSUER } from '../support/invoices.js';
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

journey('J-02: a month below zero is a return invoice of the months that it gives back', async world => {
  const { clock, api, books, product } = world;
  await withFunds(world, '03,一般通話,1000,60,standard', '0101,国際通話,90,60,export_exempt');
  clock.to('2025-01-20T12:00:00.000+09:00');
  const at = '2025-01-20T10:00:00.000+09:00';
  await api.calls(call('c1', '0312345678', at), call('c2', '010112345678', at)).done();
  clock.to('2025-02-01T05:00:00.000+09:00');
  await api.close('2025-01').done();
  clock.to('2025-02-10T05:00:00.000+09:00');
  await api.reverse('A1', 'c1', 'r1').done();
  await api.reverse('A1', 'c2', 'r2').done();
  clock.to('2025-03-01T05:00:00.000+09:00');
  const report = await api.close('2025-02').done();
  expect(report.accounts).toMatchObject([{ invoice: '202502-000001', net: '-1090', total: '-1190' }]);
  expect(await api.balance('A1')).toMatchObject({ posted: '20000', receivable: '0' });
  await books.toBalance();

  const document = (await product.closing.invoice('202502-000001'))!;
  expect(document).toMatchObject({
    kind: 'return',
    corrects: [{ month: '2025-01', invoices: ['202501-000001'] }],
    subject: '2025年2月分ご利用代金の返還',
    subtotals: [
      { taxCategory: 'standard', taxRate: 1000, net: '-1000', tax: '-100' },
      { taxCategory: 'export_exempt', net: '-90', tax: '0' },
    ],
  });
  const paper = printInvoice({ ...document, issuer: ISSUER }, { decimals: false, language: 'ja' });
  expect([paper.title, paper.subtitle]).toEqual(['返還請求書', '適格返還請求書']);
  expect(paper.billed).toEqual({ label: 'ご返還額（税込）', text: '¥1,190' });
  const said = JSON.stringify(paper);
  for (const word of ['御請求', '引落']) expect(said).not.toContain(word);
  expect(said).toContain('2025年1月分 202501-000001');
  const english = JSON.stringify(printInvoice(document, { decimals: false, language: 'en' }));
  expect(english).toMatch(/Return invoice.*Credited to prepaid balance/);
  expect(english).not.toContain('ebited');
  expect((await product.closing.invoices()).rows.map(row => row.kind)).toEqual(['return', 'invoice']);
});

journey('what is given back of an earlier month is named on the invoice that it lessens', async world => {
  const { clock, api, product } = world;
  await withFunds(world, '03,一般通話,1000,60,standard');
  clock.to('2025-01-20T12:00:00.000+09:00');
  await api.calls(call('c1', '0312345678', '2025-01-20T10:00:00.000+09:00')).done();
  clock.to('2025-02-01T05:00:00.000+09:00');
  await api.close('2025-01').done();
  clock.to('2025-02-10T12:00:00.000+09:00');
  await api.reverse('A1', 'c1', 'r1').done();
  await api.calls(call('c2', '0312345678', '2025-02-10T10:00:00.000+09:00', 120)).done();
  clock.to('2025-03-01T05:00:00.000+09:00');
  await api.close('2025-02').done();
  const document = (await product.closing.invoice('202502-000001'))!;
  expect(document).toMatchObject({ total: '1100', corrects: [{ invoices: ['202501-000001'] }] });
  expect(document.kind).toBeUndefined();
  const paper = printInvoice({ ...document, issuer: ISSUER }, { decimals: false, language: 'ja' });
  expect([paper.title, paper.subtitle]).toEqual(['御請求書', '適格請求書（適格返還請求書を兼ねる）']);
});

journey('an invoice of zero is an invoice that nothing is paid for', async world => {
  const { clock, api, product } = world;
  await withFunds(world, '03,一般通話,0,60,standard');
  clock.to('2025-01-20T12:00:00.000+09:00');
  await api.calls(call('c1', '0312345678', '2025-01-20T10:00:00.000+09:00')).done();
  clock.to('2025-02-01T05:00:00.000+09:00');
  await api.close('2025-01').done();
  const document = (await product.closing.invoice('202501-000001'))!;
  expect(document).toMatchObject({ total: '0', payment: 'お支払いはありません（0円）' });
  expect(printInvoice(document, { decimals: false, language: 'ja' }).title).toBe('御請求書');
});
