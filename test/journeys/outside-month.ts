import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Asking, PatientClient } from '../support/patient-client.js';
import { at } from '../support/program.js';
import { accountNames, numberOfAccount } from '../support/small-provider.js';

const fixtures = join(import.meta.dirname, '../fixtures/statement-002');
/** A1 is the account of the statement's fixture; the others make calls while the test watches. */
const LIVE = accountNames(5);
const CALLS_EACH = 12;

export const ACCOUNTS = ['A1', ...LIVE];
export const MONTHS = ['2025-10'];
/** When the clock stands where: calls are made, calls are imported, the month is closed, all is looked at. */
export const TIMES = {
  live: at('2025-10-31T20:00:00.000+09:00'),
  import: at('2025-11-01T00:30:00.000+09:00'),
  close: at('2025-11-01T04:00:01.000+09:00'),
  after: at('2025-11-01T05:00:00.000+09:00'),
};

const post = (path: string, key: string, body: object): Asking => ({ path: `/api/v1${path}`, key, body });

async function openAll(client: PatientClient): Promise<void> {
  const tariff = readFileSync(join(fixtures, 'tariff.csv'), 'utf8');
  await client.done({ path: '/api/v1/tariffs?file=tariff.csv', key: 'tariff', body: tariff });
  for (const [i, account] of ACCOUNTS.entries()) {
    const numbers = [i === 0 ? '05012345678' : numberOfAccount(i)];
    const incomingDiscount = '0.5';
    const about = { name: `株式会社${account}`, openedOn: '2025-10-01', numbers, tariff: 'std' };
    await client.done(post('/accounts', `open-${account}`, { account, ...about, incomingDiscount }));
  }
}

/** Lots are named and charges of one wallet follow each other, so that every run has the same lots. */
async function charge(client: PatientClient, account: string, yen: readonly string[]): Promise<void> {
  for (const [i, amount] of yen.entries()) {
    const paid = `2025-10-0${i + 1}T09:00:00.000+09:00`;
    const body = { amount, method: 'card', at: paid, lot: `${account}-L${i + 1}` };
    await client.done(post(`/accounts/${account}/charges`, `charge-${account}-${i}`, body));
  }
}

/** One call after the other: held for, settled, every fifth released because nobody answered. */
async function call(client: PatientClient, account: string, number: string): Promise<void> {
  for (let i = 0; i < CALLS_EACH; i++) {
    const id = `${account}-call-${i}`;
    const holds = `/accounts/${account}/holds`;
    await client.done(post(holds, `hold-${id}`, { hold: id, amount: '100' }));
    if (i % 5 === 4) {
      await client.done(post(`${holds}/${id}/release`, `release-${id}`, {}));
      continue;
    }
    const minute = String(10 + i);
    const body = {
      ...{ callId: id, number, from: number, to: i % 2 === 0 ? '0312345678' : '09012345678' },
      startedAt: `2025-10-31T19:${minute}:00.000+09:00`,
      answeredAt: `2025-10-31T19:${minute}:03.000+09:00`,
      endedAt: `2025-10-31T19:${minute}:${20 + i}.500+09:00`,
    };
    await client.done(post(`${holds}/${id}/settle`, `settle-${id}`, body));
  }
}

/** Accounts are opened and charged, and call, all at the same time. */
export async function live(client: PatientClient): Promise<void> {
  await openAll(client);
  await Promise.all([
    charge(client, 'A1', ['100000', '60000', '40000']),
    ...LIVE.map(async (account, i) => {
      await charge(client, account, ['150', '1000', '3000']);
      await call(client, account, numberOfAccount(i + 1));
    }),
  ]);
}

/** The month's calls in one file. An import that broke off is sent again and goes on: every call counts once. */
export async function importCalls(client: PatientClient): Promise<void> {
  const body = readFileSync(join(fixtures, 'cdr.csv'), 'utf8');
  await client.done({ path: '/api/v1/cdr-imports?file=cdr.csv', key: 'import', body, timeoutMs: 60_000 });
}

/** Two people close the month at once, beside the job that does it; again until nothing is refused. */
export async function close(client: PatientClient): Promise<void> {
  const closing = async (who: string): Promise<void> => {
    for (let tries = 1; ; tries++) {
      const asking = post('/closes', `${who}-${tries}`, { month: '2025-10' });
      const report = await client.done({ ...asking, timeoutMs: 60_000 });
      const accounts = report['accounts'] as readonly { outcome: string }[];
      if (accounts.every(({ outcome }) => outcome !== 'refused')) return;
      if (tries === 50) throw new Error(`not closed: ${JSON.stringify(report)}`);
    }
  };
  await Promise.all([closing('first'), closing('second')]);
}
