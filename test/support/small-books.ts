import { parseAccountId } from '#kernel';
import type { Product } from '#runtime';
import { JourneyApi, type JourneyCall, type JourneyHome, SimulatedClock } from '#testing';
import { embeddedHome } from './journeys.js';

export const A1 = parseAccountId('A1');
export const B2 = parseAccountId('B2');

export interface SmallBooks {
  readonly home: JourneyHome;
  readonly product: Product;
  readonly api: JourneyApi;
  readonly clock: SimulatedClock;
}

const at = (text: string): string => `${text}:00.000+09:00`;
const call = (id: string, day: string, seconds: number, account = 'A1'): JourneyCall => ({
  id,
  account,
  to: '0312345678',
  at: at(`${day}T10:00`),
  seconds,
});
const many = (count: number): string[] =>
  Array.from({ length: count }, () => ['WalletClosed', 'WalletOpened']).flat();

/**
 * Two accounts and three months, with one of everything that moves a wallet: charges, calls, a late call, a
 * bonus, an adjustment, a hold, a reversal, a closed January. It is 2025-03-10 at the end.
 */
export async function smallBooks(): Promise<SmallBooks> {
  const clock = new SimulatedClock(at('2025-01-01T09:00'));
  const home = await embeddedHome(clock);
  const { product } = home;
  const api = new JourneyApi(product, home.directory);
  await api.tariff('03,一般通話,8,180,standard', '0101,国際通話,0.15,1,export_exempt');
  for (const account of ['A1', 'B2'])
    await api
      .openAccount(account, '2025-01-01')
      .expecting('NumberClaimed', 'AccountOpened', 'NumberAssigned');
  await api.charge('A1', '1000', 'card', { lot: 'L1' }).expecting('WalletOpened', 'LotCredited');
  clock.moveTo(at('2025-01-20T12:00'));
  await api
    .calls(call('c1', '2025-01-10', 61), call('c2', '2025-01-11', 0), call('c3', '2025-01-12', 181))
    .expecting('CdrImportStarted', 'CallCharged', 'CallNoted', 'CallCharged', 'CdrImportCompleted');
  await api.charge('A1', '50', 'bonus', { lot: 'L2' }).expecting('LotCredited');
  clock.moveTo(at('2025-02-03T09:00'));
  await api
    .close('2025-01', 'A1')
    .expecting(
      ...['CloseRunStarted', 'InvoiceNumberAssigned', 'CloseDrafted', 'RoundingDifferenceBooked'],
      ...['BillingMonthClosed', 'InvoiceIssued', 'MonthClosed', 'AccountClosed'],
    );
  clock.moveTo(at('2025-02-20T12:00'));
  await api
    .calls(call('c4', '2025-02-10', 400), call('late', '2025-01-31', 61))
    .expecting('CdrImportStarted', 'CallCharged', ...many(1), 'CallCharged', 'CdrImportCompleted');
  await api
    .calls(call('b1', '2025-02-11', 61, 'B2'))
    .expecting('CdrImportStarted', 'WalletOpened', ...many(1), 'CallCharged', 'CdrImportCompleted');
  clock.moveTo(at('2025-03-10T12:00'));
  await api.adjust('A1', 'adj-1', '-12.5').expecting(...many(1), 'Adjusted');
  await api.hold('A1', 'h1', '30').expecting('FundsHeld');
  await api.reverse('A1', 'c4', 'r1').expecting('DebitReversed');
  return { home, product, api, clock };
}
