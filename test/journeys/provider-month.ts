import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Answered, Asking, PatientClient } from '../support/patient-client.js';
import { at } from '../support/program.js';
import { accountNames, numberOfAccount } from '../support/small-provider.js';

const fixtures = join(import.meta.dirname, '../fixtures/statement-002');
/** A1 is the account of the statement's fixture; the others make calls while the test watches. */
const LIVE = accountNames(5);
const CALLS_EACH = 12;

export const ACCOUNTS = ['A1', ...LIVE];
export const MONTH = '2025-10';
/** When the clock stands where: calls are made, calls are imported, the month is closed. */
export const TIMES = {
  live: at('2025-10-31T20:00:00.000+09:00'),
  import: at('2025-11-01T00:30:00.000+09:00'),
  close: at('2025-11-01T04:00:01.000+09:00'),
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

const holdOf = (account: string, hold: string, amount: string): Asking =>
  post(`/accounts/${account}/holds`, `hold-${hold}`, { hold, amount });

/** One call after the other: held for, settled, every fifth released because nobody answered. */
async function call(client: PatientClient, account: string, number: string): Promise<void> {
  for (let i = 0; i < CALLS_EACH; i++) {
    const id = `${account}-call-${i}`;
    const held = `/accounts/${account}/holds/${id}`;
    await client.done(holdOf(account, id, '100'));
    if (i % 5 === 4) {
      await client.done(post(`${held}/release`, `release-${id}`, {}));
      continue;
    }
    const minute = String(10 + i);
    const body = {
      ...{ callId: id, number, from: number, to: i % 2 === 0 ? '0312345678' : '09012345678' },
      startedAt: `2025-10-31T19:${minute}:00.000+09:00`,
      answeredAt: `2025-10-31T19:${minute}:03.000+09:00`,
      endedAt: `2025-10-31T19:${minute}:${20 + i}.500+09:00`,
    };
    await client.done(post(`${held}/settle`, `settle-${id}`, body));
  }
}

/** Accounts are opened and charged, and call, all at the same time. */
export async function live(client: PatientClient): Promise<void> {
  await openAll(client);
  await Promise.all([
    charge(client, 'A1', ['100000', '60000', '40000']),
    ...LIVE.map(async (account, i) => {
      await charge(client, account, ['1150', '1000', '2000']);
      await call(client, account, numberOfAccount(i + 1));
    }),
  ]);
}

type Balance = Readonly<Record<string, unknown>>;
/** Where the clock goes on, each is of another moment. */
const withoutInstant = ({ asOf: _, ...balance }: Balance): Balance => balance;

/** What a customer sees while funds are set aside; nothing of it is left in the end. */
export async function holdAndRelease(client: PatientClient, account: string, amount: string) {
  const balance = async () => withoutInstant(await client.get(`/accounts/${account}/balance`));
  const before = await balance();
  await client.done(holdOf(account, 'watched', amount));
  const held = await balance();
  const refused: Answered = await client.ask(holdOf(account, 'beyond', String(before['available'])));
  await client.done(post(`/accounts/${account}/holds/watched/release`, 'release-watched', {}));
  return { before, held, refused, after: await balance() };
}

/** The month's calls in one file. An import that broke off is sent again and goes on. */
export async function importCalls(client: PatientClient, key: string): Promise<Record<string, number>> {
  const body = readFileSync(join(fixtures, 'cdr.csv'), 'utf8');
  const asking = { path: '/api/v1/cdr-imports?file=cdr.csv', key, body, timeoutMs: 60_000 };
  return (await client.done(asking))['counts'] as Record<string, number>;
}

export interface Closed {
  readonly total: string;
  readonly accounts: readonly { readonly account: string; readonly outcome: string }[];
}

/** One person closes the month, or looks at what a close would do; again until nothing is refused. */
export async function close(client: PatientClient, who: string, dryRun = false): Promise<Closed> {
  for (let tries = 1; ; tries++) {
    const asking = post('/closes', `${who}-${tries}`, { month: MONTH, dryRun });
    const report = (await client.done({ ...asking, timeoutMs: 60_000 })) as unknown as Closed;
    if (report.accounts.every(({ outcome }) => outcome !== 'refused')) return report;
    if (tries === 50) throw new Error(`not closed: ${JSON.stringify(report)}`);
  }
}

export const printedStatement = (): unknown =>
  JSON.parse(readFileSync(join(fixtures, 'expected.json'), 'utf8'));

const rowsOf = async (client: PatientClient, path: string): Promise<Record<string, unknown>[]> =>
  (await client.get(path))['rows'] as Record<string, unknown>[];

/** How often each event stands in each stream of money; whoever closes first, there is nothing twice. */
async function eventsByStream(client: PatientClient): Promise<Record<string, Record<string, number>>> {
  const { text } = await client.ask({ path: '/api/v1/audit/export', timeoutMs: 60_000 });
  const counts: Record<string, Record<string, number>> = {};
  for (const line of text.split('\n').filter(one => one !== '')) {
    const { stream, type } = JSON.parse(line) as { stream: string; type: string };
    if (!/^(wallet|close|closeRun|invoice|invoiceNumbers|account|number)-/.test(stream)) continue;
    const of = (counts[stream] ??= {});
    of[type] = (of[type] ?? 0) + 1;
  }
  return counts;
}

/** What customers and bookkeepers see in the end, the same wherever and however the month went. */
export async function seen(client: PatientClient) {
  const each = <Seen>(path: (account: string) => string): Promise<Seen[]> =>
    Promise.all(ACCOUNTS.map(async account => (await client.get(path(account))) as Seen));
  const invoices = await rowsOf(client, '/invoices?limit=100');
  return {
    balances: (await each<Balance>(account => `/accounts/${account}/balance`)).map(withoutInstant),
    statements: await each(account => `/accounts/${account}/statements/${MONTH}`),
    invoices: await Promise.all(invoices.map(({ number }) => client.get(`/invoices/${String(number)}`))),
    trialBalance: await client.get('/trial-balance'),
    trialBalances: await each<{ debit: string; credit: string }>(
      account => `/trial-balance?account=${account}`,
    ),
    events: await eventsByStream(client),
  };
}

/** The auditor's questions, over HTTP. */
export const audits = {
  reconcile: (client: PatientClient) => rowsOf(client, `/reconciliations/${MONTH}`),
  verify: (client: PatientClient) => client.get('/audit/verify', 60_000),
  replay: (client: PatientClient, asOf?: string) =>
    client.get(`/audit/replay${asOf === undefined ? '' : `?asOf=${encodeURIComponent(asOf)}`}`, 60_000),
  explain: (client: PatientClient, id: string) => client.get(`/explanations/${encodeURIComponent(id)}`),
};
