import type { JourneyCall } from '#testing';
import { journey } from '../support/journeys.js';

const call = (id: string, at: string): JourneyCall => ({
  ...{ id, account: 'A1', to: '0312345678', at, seconds: 60 },
});

journey('a call is explained by its own event, whatever its command booked beside it', async world => {
  const { clock, api, product } = world;
  await api.tariff('03,一般通話,100,60,standard');
  await api.openAccount('A1', '2025-01-01').done();
  await api.charge('A1', '1000', 'card', { lot: 'L1' }).done();
  clock.to('2025-07-10T09:00:00.000+09:00');
  await api.charge('A1', '110', 'bank_transfer', { lot: 'L2' }).done();
  // L1 expired meanwhile; what the hold frees pays the debt of the other call.
  await api.hold('A1', 'h1', '110').done();
  await api
    .calls(call('c1', '2025-07-10T08:00:00.000+09:00'))
    .expecting('CdrImportStarted', 'CallCharged', 'CdrImportCompleted');
  const settled = call('c2', '2025-07-10T08:30:00.000+09:00');
  await api.settle('h1', { ...settled, seconds: 0 }).expecting('CallNoted', 'ReceivablePaid');
  for (const [id, type] of [
    ['c1', 'ledger.CallCharged.v1'],
    ['c2', 'ledger.CallNoted.v1'],
  ] as const)
    expect(await product.audit.explain(id, { log: true })).toMatchObject({ events: [{ type }] });
});

journey('a call that was taken back says so, by whom and why', async ({ clock, api, product }) => {
  await api.tariff('03,一般通話,100,60,standard');
  await api.openAccount('A1', '2025-01-01').done();
  await api.charge('A1', '1000', 'card', { lot: 'L1' }).done();
  clock.to('2025-01-10T09:00:00.000+09:00');
  await api.calls(call('c1', '2025-01-10T08:00:00.000+09:00')).done();
  await api.reverse('A1', 'c1', 'r1').done();
  const explained = (await product.audit.explain('c1', { log: true }))!;
  expect(explained).toMatchObject({
    id: 'c1',
    amount: '100',
    facts: { reversedBy: 'r1', reversalReason: '誤請求', reversedAt: expect.any(String) },
  });
  expect(explained.causes.at(-1)).toMatchObject({
    id: 'r1',
    amount: '-100',
    facts: { tax: '-10', actor: 'staff:tanaka' },
    events: [{ type: expect.stringMatching(/^ledger\.DebitReversed\.v/) }],
    causes: [{ id: 'L1', amount: '110' }],
  });
});

journey('a corrected call is explained by its chain: entry, reversal, earlier entry', async world => {
  const { clock, api, product } = world;
  await api.tariff('03,一般通話,100,60,standard');
  await api.openAccount('A1', '2025-01-01').done();
  await api.charge('A1', '1000', 'card', { lot: 'L1' }).done();
  clock.to('2025-01-10T09:00:00.000+09:00');
  await api.calls({ ...call('c1', '2025-01-10T08:00:00.000+09:00'), seconds: 0 }).done();
  await api.reverse('A1', 'c1', 'r1').done();
  await api.calls(call('c1', '2025-01-10T08:00:00.000+09:00')).done();
  await api.reverse('A1', 'c1', 'r2').done();
  const taken = (await product.audit.explain('c1', { log: true }))!;
  expect(taken).toMatchObject({ amount: '100', facts: { reversedBy: 'r2' } });
  await api.calls({ ...call('c1', '2025-01-10T08:00:00.000+09:00'), seconds: 120 }).done();
  const explained = (await product.audit.explain('c1', { log: true }))!;
  expect(explained).toMatchObject({ id: 'c1', amount: '200' });
  expect(explained.facts).not.toHaveProperty('reversedBy');
  const chain = explained.causes
    .slice(-4)
    .map(({ what, amount, events }) => [
      what.replace(/:.*/, ''),
      amount,
      events.map(({ type }) => type.replace(/^ledger\.|\.v\d+$/g, '')).join(),
    ]);
  expect(chain).toEqual([
    ['Taken back by reversal r2', '-100', 'DebitReversed'],
    ['Before it was corrected', '100', 'CallCharged'],
    // It had cost nothing.
    ['Taken back by reversal r1', '0', 'DebitReversed'],
    ['Before it was corrected', null, 'CallNoted'],
  ]);
});

journey('a correction moves a call to another account, by its file, once', async world => {
  const { clock, api, books, product } = world;
  await api.tariff('03,一般通話,100,60,standard');
  for (const account of ['A1', 'B2']) {
    await api.openAccount(account, '2025-01-01').done();
    await api.charge(account, '1000', 'card', { lot: `L-${account}` }).done();
  }
  clock.to('2025-01-10T09:00:00.000+09:00');
  const wrong = call('c1', '2025-01-10T08:00:00.000+09:00');
  const right = { ...wrong, account: 'B2' };
  const posted = async () => [(await api.balance('A1'))!.posted, (await api.balance('B2'))!.posted];
  await api.calls(wrong).done();
  // It stands with A1: B2 is not charged for the same call.
  await api.calls(right).expecting('CdrImportStarted', 'CdrSuspended', 'CdrImportCompleted');
  await api.reverse('A1', 'c1', 'r1').done();
  await api.calls(right).expecting('CallCharged');
  expect(await posted()).toEqual(['1000', '890']);
  // Neither the wrong file nor the right one does anything when it comes again.
  await api.calls(wrong, right).done();
  expect(await posted()).toEqual(['1000', '890']);
  expect(await product.audit.explain('c1', { log: true })).toMatchObject({
    events: [{ stream: 'wallet-B2_2025-01' }],
    causes: [{}, { id: 'L-B2' }, { id: 'r1' }, { events: [{ stream: 'wallet-A1_2025-01' }] }],
  });
  // The next entry is B2's: A1 has nothing left of it to take back, and B2 takes it back once.
  await api.reverse('A1', 'c1', 'r2').refused('NO_SUCH_DEBIT');
  await api.reverse('B2', 'c1', 'r3').done();
  await api.reverse('B2', 'c1', 'r4').refused('ALREADY_REVERSED');
  expect(await posted()).toEqual(['1000', '1000']);
  await api
    .calls({ ...wrong, seconds: 120 })
    .expecting('CdrImportStarted', 'CallCharged', 'CdrImportCompleted');
  expect(await posted()).toEqual(['780', '1000']);
  await books.toBalance();
});
