import { rmSync } from 'node:fs';
import { BusinessMonth, parseAccountId } from '#kernel';
import type { Product } from '#runtime';
import {
  type ClusterOfATest,
  embeddedIn,
  firstKey,
  type Home,
  startClusterOfATest,
} from '../support/cluster-home.js';
import { Fleet } from '../support/fleet.js';
import { needsProgram } from '../support/needs.js';
import { PatientClient } from '../support/patient-client.js';
import { type Snapshot, snapshotOf } from '../support/product-snapshot.js';
import type { App } from '../support/program.js';
import { randomFrom } from '../support/small-provider.js';
import { temporaryDirectory } from '../support/temporary-directory.js';
import { ACCOUNTS, close, importCalls, live, MONTHS, TIMES } from './outside-month.js';

const SEED = Number.parseInt(process.env['DAICHO_KILL_SEED'] ?? String(Date.now() % 1_000_000), 10);
/** Often enough that most phases meet several, seldom enough that a program comes up between two. */
const KILLS = { leastMs: 800, mostMs: 2_000 };

/** Walks the month against processes; `trouble` runs beside each phase. */
async function walk(
  home: Home,
  apps: readonly App[],
  trouble: (fleet: Fleet) => void,
): Promise<{ client: PatientClient; fleet: Fleet }> {
  const token = await firstKey(home, TIMES.live);
  const fleet = await Fleet.start(apps, home.env, TIMES.live);
  try {
    const client = new PatientClient(fleet.servers, token);
    for (const [phase, time] of [
      [live, TIMES.live],
      [importCalls, TIMES.import],
      [close, TIMES.close],
    ] as const) {
      if (time !== TIMES.live) await fleet.moveTo(time);
      trouble(fleet);
      await phase(client);
      await fleet.leaveAlone();
    }
    return { client, fleet };
  } finally {
    await fleet.end();
  }
}

/** What customers and bookkeepers see in the end, after the books have been proven. */
async function proven(product: Product): Promise<Snapshot> {
  expect(await product.audit.verify()).toMatchObject({ ok: true, problems: [] });
  expect(await product.audit.replay({})).toMatchObject({ ok: true, problems: [] });
  for (const month of MONTHS) expect(await product.closing.reconcile(BusinessMonth.parse(month))).toEqual([]);
  for (const account of ACCOUNTS) {
    const { debit, credit } = await product.prepaid.trialBalance(parseAccountId(account));
    expect([account, debit]).toEqual([account, credit]);
  }
  return snapshotOf(product, ACCOUNTS, MONTHS);
}

async function provenAt(home: Home): Promise<Snapshot> {
  const product = await home.open(TIMES.after);
  try {
    return await proven(product);
  } finally {
    await product.close();
  }
}

needsProgram(
  'postgres',
  'initdb',
  'redis-server',
)(`a month on two servers and two workers that are killed at random (DAICHO_KILL_SEED=${SEED})`, () => {
  let cluster: ClusterOfATest;
  const directory = temporaryDirectory();
  beforeAll(async () => {
    cluster = await startClusterOfATest();
  }, 180_000);
  afterAll(async () => {
    await cluster.stop();
    rmSync(directory, { recursive: true, force: true });
  });

  it('ends with the balances, invoices and trial balance of an undisturbed embedded run', async () => {
    const embedded = embeddedIn(directory);
    await walk(embedded, ['server'], () => undefined);
    const expected = await provenAt(embedded);

    const home = await cluster.home();
    const random = randomFrom(SEED);
    const { client, fleet } = await walk(home, ['worker', 'worker', 'server', 'server'], one =>
      one.killAtRandom(random, KILLS),
    );
    expect([...new Set(fleet.killed)].sort()).toEqual(['server', 'worker']);
    expect(client.retries).toBeGreaterThan(0);
    expect(await provenAt(home)).toEqual(expected);
  }, 240_000);
});
