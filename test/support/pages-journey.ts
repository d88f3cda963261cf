import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type HttpJourney, httpJourney } from './http-journey.js';

const FIXTURES = join(import.meta.dirname, '../fixtures/statement-002');
export const fixture = (name: string): Promise<string> => readFile(join(FIXTURES, name), 'utf8');
export const CSV = { 'Content-Type': 'text/csv' };

export interface PagesJourney extends HttpJourney {
  /** Keys of the customers A1 and A2. */
  readonly customer: string;
  readonly stranger: string;
}

/** The printed month of A1 and an account A2 without calls, as it stands on 2025-11-05. */
export async function pagesJourney(): Promise<PagesJourney> {
  const journey = await httpJourney('2025-11-05T10:00:00.000+09:00');
  const { asStaff, keyFor } = journey;
  await asStaff('POST', '/tariffs', await fixture('tariff.csv'), CSV);
  const common = { openedOn: '2025-10-01', tariff: 'std', incomingDiscount: '0.5' };
  for (const [account, name, number] of [
    ['A1', '株式会社見本', '05012345678'],
    ['A2', '有限会社別口', '05012345679'],
  ])
    await asStaff('POST', '/accounts', { account, name, numbers: [number], ...common });
  const customer = await keyFor('customer', 'A1');
  const stranger = await keyFor('customer', 'A2');
  const at = '2025-10-01T00:00:00.000+09:00';
  await asStaff('POST', '/accounts/A1/charges', { amount: '200000', method: 'card', at, lot: 'L1' });
  await asStaff('POST', '/cdr-imports?file=cdr.csv', await fixture('cdr.csv'), CSV);
  return { ...journey, customer, stranger };
}
