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
