import { once } from 'node:events';
import { readFileSync, rmSync } from 'node:fs';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as delay } from 'node:timers/promises';
import { BusinessDay, Money, parseAccountId } from '#kernel';
import {
  type ClusterOfATest,
  embeddedIn,
  firstKey,
  type Home,
  startClusterOfATest,
} from '../support/cluster-home.js';
import { needsProgram } from '../support/needs.js';
import { type Answered, type Asking, askOnce } from '../support/patient-client.js';
import { type App, at, type Program, startProgram } from '../support/program.js';
import { accountNames, callerOf, numberOfAccount } from '../support/small-provider.js';
import { temporaryDirectory } from '../support/temporary-directory.js';

const fixtures = join(import.meta.dirname, '../fixtures/statement-002');
const ACCOUNTS = accountNames(12);
const NOW = at('2025-11-02T10:00:00.000+09:00');
const CALLS = 3_000;
const OF_THE_CALLS = { read: CALLS, duplicates: 0, suspended: 0, skipped: 0 };

/** What came of a request: a complete answer, or none because the connection broke. */
interface Sent {
  readonly asking: Asking;
  readonly answer: Answered | undefined;
}

async function fill(home: Home): Promise<void> {
  const product = await home.open(NOW);
  try {
    const tariff = readFileSync(join(fixtures, 'tariff.csv'), 'utf8');
    await product.catalogue.importTariffCsv('tariff.csv', tariff, callerOf('tariff'));
    for (const [i, name] of ['A1', ...ACCOUNTS].entries()) {
      const numbers = [i === 0 ? '05012345678' : numberOfAccount(i)];
      const about = { account: parseAccountId(name), name, openedOn: BusinessDay.parse('2025-10-01') };
      const more = { numbers, tariff: 'std', incomingDiscount: Money.zero };
      await product.accounts.open({ ...about, ...more }, callerOf(`open/${name}`));
    }
  } finally {
    await product.close();
  }
}

/** One client: charge after charge, until its connection breaks. */
async function chargeOn(url: string, token: string, account: string, answered: () => void): Promise<Sent[]> {
  const sent: Sent[] = [];
  for (let n = 0; ; n++) {
    const path = `/api/v1/accounts/${account}/charges`;
    const asking = { path, key: `${account}-${n}`, body: { amount: '1', method: 'bank_transfer' } };
    const answer = await askOnce(url, token, asking).catch(() => undefined);
    sent.push({ asking, answer });
    if (!answer) return sent;
    answered();
  }
}

/**
 * Sends a call file as who asks first whether it may: when the server says so it is at this request, however
 * slow the machine is, and has not seen the file yet.
 */
function upload(url: string, token: string, body: string) {
  const request = httpRequest(`${url}/api/v1/cdr-imports`, {
    method: 'POST',
    headers: {
      Authorization: `Bearer ${token}`,
      'X-Reason': 'journey',
      'Idempotency-Key': 'import',
      'Content-Type': 'text/csv',
      'Content-Length': Buffer.byteLength(body),
      Expect: '100-continue',
    },
  });
  const begun = once(request, 'continue').then(() => void request.end(body));
  const answer = once(request, 'response').then(async ([response]: IncomingMessage[]) => {
    const json = JSON.parse(await text(response!)) as Record<string, unknown>;
    return { status: response!.statusCode, json };
  });
  request.flushHeaders();
  return { begun, answer };
}

/** Stops a server in the middle of everything, starts it again, and sends everything again. */
async function stopUnderLoad(home: Home, start: (app: App) => Promise<Program>): Promise<void> {
  const token = await firstKey(home, NOW);
  const server = await start('server');
  let answers = 0;
  const clients = ACCOUNTS.map(account => chargeOn(server.url, token, account, () => answers++));
  // However slow the machine is: the load is there when every client has been answered twice on average.
  while (answers < 2 * ACCOUNTS.length) await delay(10);
  const lines = readFileSync(join(fixtures, 'cdr.csv'), 'utf8').split('\n');
  const body = `${lines.slice(0, CALLS + 1).join('\n')}\n`;
  const importing = upload(server.url, token, body);
  await importing.begun;
  expect(await server.stop()).toBe(0);
  expect(server.child.lines.some(line => line.includes('"msg":"stopped"'))).toBe(true);

  // What it was at when it was told to stop, it finished and answered.
  const { status, json } = await importing.answer;
  expect([status, json['counts']]).toEqual([201, expect.objectContaining(OF_THE_CALLS)]);
  const sent = (await Promise.all(clients)).flat();
  const answered = sent.flatMap(({ answer }) => (answer ? [answer.status] : []));
  expect([...new Set(answered)]).toEqual([201]);
  expect(answered.length).toBeGreaterThan(ACCOUNTS.length);

  const { url } = await start('server');
  for (const { asking, answer } of sent) {
    const again = await askOnce(url, token, asking);
    expect([again.status, asking.key]).toEqual([201, asking.key]);
    if (answer) expect([again.replayed, again.text]).toEqual([true, answer.text]);
  }
  for (const account of ACCOUNTS) {
    const { json: balance } = await askOnce(url, token, { path: `/api/v1/accounts/${account}/balance` });
    const own = sent.filter(({ asking }) => asking.key!.startsWith(`${account}-`));
    expect([account, balance['posted']]).toEqual([account, String(own.length)]);
  }
}

/** Runs a test with programs that are gone after it. */
async function withPrograms(
  home: Home,
  work: (start: (app: App) => Promise<Program>) => Promise<void>,
): Promise<void> {
  const running: Program[] = [];
  try {
    await fill(home);
    await work(async app => {
      // A busy machine takes its time for what is under way.
      const env = { ...home.env, DAICHO_STOP_GRACE_MS: '600000' };
      const program = await startProgram(app, env, NOW);
      running.push(program);
      return program;
    });
  } finally {
    for (const program of running) await program.kill();
  }
}

describe('a server that is told to stop under load', () => {
  it('finishes what it is at, embedded, and every request has been done once or not at all', async () => {
    const directory = temporaryDirectory();
    const home = embeddedIn(directory);
    await withPrograms(home, start => stopUnderLoad(home, start));
    rmSync(directory, { recursive: true, force: true });
  }, 180_000);
});

needsProgram(
  'postgres',
  'initdb',
  'redis-server',
)('a server of a cluster that is told to stop under load', () => {
  let cluster: ClusterOfATest;
  beforeAll(async () => {
    cluster = await startClusterOfATest();
  }, 180_000);
  afterAll(() => cluster.stop());

  it('finishes what it is at, and every request has been done once or not at all', async () => {
    const home = await cluster.home();
    await withPrograms(home, async start => {
      await start('worker');
      await stopUnderLoad(home, start);
    });
  }, 180_000);
});
