import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { BusinessMonth } from '#kernel';
import type { Journey, JourneyCall } from '#testing';
import { journey } from '../support/journeys.js';
import { temporaryDirectory } from '../support/temporary-directory.js';

const JANUARY = BusinessMonth.parse('2025-01');
const FEBRUARY = BusinessMonth.parse('2025-02');
const HEADER = 'call_id,account,number,direction,from,to,start,answer,end,hangup_cause';
const call = (id: string, at: string, seconds = 60, to = '0312345678'): JourneyCall => ({
  ...{ id, account: 'A1', to, at, seconds },
});

async function provider({ clock, api }: Journey): Promise<void> {
  await api.tariff('03,一般通話,8,60,standard', '0101,国際通話,90,60,export_exempt');
  await api.openAccount('A1', '2025-01-01').done();
  await api.charge('A1', '20000', 'card').done();
  clock.to('2025-01-20T12:00:00.000+09:00');
}

journey('preview, close and reconciliation name what waits on the suspense list', async world => {
  const { clock, api, product } = world;
  await provider(world);
  const start = (day: string): string => `${day}T10:00:00.000+09:00`;
  const line = (id: string, to: string, day: string, end = `${day}T10:01:00.000+09:00`): string =>
    [id, 'A1,05000000007,out,05000000007', to, start(day), start(day), end, 'OK'].join();
  const lines = [
    line('priced', '0661112222', '2025-01-15'),
    line('no-rate', '0990001111', '2025-01-15'),
    line('cut', '0312345678', '2025-01-16', 'soon'),
    'neither,head,nor,tail',
  ];
  const path = join(temporaryDirectory(), 'calls.csv');
  writeFileSync(path, `${[HEADER, ...lines].join('\n')}\n`);
  await product.cdr.importFile(path, 'csv', { actor: { id: 'staff:tanaka' }, commandId: 'import' });
  // A tariff that came after the file prices one of them by now.
  await api.tariff('03,一般通話,8,60,standard', '06,一般通話,100,60,standard');
  clock.to('2025-02-01T05:00:00.000+09:00');

  const waiting = { lines: 3, priced: 1, net: '100', tax: '10', unread: 1 };
  const caller = { actor: { id: 'staff:tanaka' }, commandId: 'preview' };
  const preview = await product.closing.run({ month: JANUARY, dryRun: true }, caller);
  expect(preview).toMatchObject({ value: { suspense: waiting } });
  expect(await api.close('2025-01').done()).toMatchObject({ suspense: waiting });
  expect(await product.closing.reconcile(JANUARY)).toEqual([]);
  expect(await product.closing.suspended(JANUARY)).toMatchObject({
    ...waiting,
    accounts: [
      { account: 'A1', lines: 3, priced: 1, net: '100', unread: 0 },
      { account: null, lines: 0, priced: 0, unread: 1 },
    ],
  });
});

journey('statements and invoices are bridged line by line, late calls and reversals too', async world => {
  const { clock, api, product } = world;
  await provider(world);
  await api
    .calls(
      call('c1', '2025-01-20T10:00:00.000+09:00'),
      call('c2', '2025-01-20T10:05:00.000+09:00', 90, '010112345678'),
    )
    .done();
  clock.to('2025-02-01T05:00:00.000+09:00');
  await api.close('2025-01').done();
  expect(await product.closing.reconcile(JANUARY)).toEqual([]);
  clock.to('2025-02-10T12:00:00.000+09:00');
  await api
    .calls(call('late', '2025-01-31T10:00:00.000+09:00', 61), call('c3', '2025-02-10T10:00:00.000+09:00'))
    .done();
  await api.reverse('A1', 'c1', 'r1').done();
  // Not closed yet: on no invoice, and no difference.
  expect(await product.closing.reconcile(JANUARY)).toEqual([]);
  clock.to('2025-03-01T05:00:00.000+09:00');
  await api.close('2025-02').done();
  expect(await product.closing.reconcile(JANUARY)).toEqual([]);
  expect(await product.closing.reconcile(FEBRUARY)).toEqual([]);
});
