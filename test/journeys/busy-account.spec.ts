import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openPostgresReadStore } from '#adapters/postgres';
import { BusinessDay, BusinessMonth, Instant, Money, parseAccountId } from '#kernel';
import { openClusterLog, openClusterProduct } from '#nest';
import type { EventStore } from '#ports';
import { ask, explainAmount, importCalls, type Product, perform, runClose } from '#runtime';
import { FakeCluster } from '../support/eventstoredb/fake-cluster.js';
import { needsProgram } from '../support/needs.js';
import { overTheBus } from '../support/over-the-bus.js';
import { type PostgresServer, startPostgres } from '../support/postgres.js';
import { callerOf, TARIFF } from '../support/small-provider.js';
import { temporaryDirectory } from '../support/temporary-directory.js';

const CALLS = 3_000;
const BAD_LINES = 2_000;
const A1 = parseAccountId('A1');
const OCTOBER = BusinessMonth.parse('2025-10');
const FIRST = Instant.parse('2025-10-05T00:00:00.000+09:00');
const HEADER = 'call_id,account,number,direction,from,to,start,answer,end,hangup_cause';

const lineOf = (i: number): string => {
  const at = (seconds: number): string => Instant.text(Instant.plusMs(FIRST, i * 60_000 + seconds * 1_000));
  return `c${i},A1,0501111,out,0501111,0312345678,${at(0)},${at(0)},${at(30)},NORMAL_CLEARING`;
};
/** Each is kept word for word on the suspense list: together more than the server takes at once. */
const badLineOf = (i: number): string => `bad${i},A1,0501111,sideways,${'y'.repeat(600)},,,,,`;

/** The same store, and how often it was asked for events. */
function countingReads(store: EventStore): { events: EventStore; reads: () => number } {
  let reads = 0;
  const events = new Proxy(store, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name);
      if (typeof value !== 'function') return value;
      return (...parameters: unknown[]) => {
        if (['readAll', 'readStream', 'streamRevision', 'findCommands'].includes(String(name))) reads++;
        return (value as (...given: unknown[]) => unknown).apply(target, parameters);
      };
    },
  });
  return { events, reads: () => reads };
}

needsProgram('postgres', 'initdb')('an account with thousands of calls on a cluster', () => {
  let postgres: PostgresServer;
  let cluster: FakeCluster;
  let directory: string;
  let product: Product;
  let reads: () => number;
  let now = Instant.parse('2025-10-20T10:00:00.000+09:00');

  beforeAll(async () => {
    [postgres, cluster] = await Promise.all([startPostgres(), FakeCluster.start()]);
    directory = temporaryDirectory();
    const url = await postgres.database();
    const log = await openClusterLog({ eventStore: { url: cluster.url() }, index: { url } });
    const counted = countingReads(log);
    reads = counted.reads;
    const readModels = await openPostgresReadStore({ url });
    const clock = { now: () => now };
    const parts = { events: counted.events, proof: log, readModels, clock, project: { lookMs: 50 } };
    product = overTheBus((await openClusterProduct(parts)).product);
    await product.catalogue.importTariffCsv('tariff.csv', TARIFF, callerOf('tariff'));
    const openedOn = BusinessDay.parse('2025-10-01');
    const about = { account: A1, name: 'A1', openedOn, numbers: ['0501111'], tariff: 'std' };
    await product.accounts.open({ ...about, incomingDiscount: Money.zero }, callerOf('open'));
    await product.prepaid.charge(
      { account: A1, amount: Money.of('100000'), method: 'card' },
      callerOf('charge'),
    );
  }, 60_000);
  afterAll(async () => {
    await product.close();
    cluster.stop();
    await postgres.stop();
    rmSync(directory, { recursive: true });
  });

  it('has its file imported by a server that takes 1 MiB at once, each call once', async () => {
    const file = join(directory, 'october.csv');
    const lines = [...Array(CALLS).keys()].map(lineOf);
    const bad = [...Array(BAD_LINES).keys()].map(badLineOf);
    writeFileSync(file, `${[HEADER, ...lines, ...bad].join('\n')}\n`);
    const input = { path: file, format: 'csv', encoding: 'utf-8' } as const;
    const counts = { read: CALLS + BAD_LINES, charged: CALLS, suspended: BAD_LINES, duplicates: 0 };
    expect(await perform(product, importCalls, input, callerOf('import'))).toMatchObject({ counts });
    const again = { ...counts, charged: 0, duplicates: CALLS };
    expect(await perform(product, importCalls, input, callerOf('again'))).toMatchObject({ counts: again });
    // More than one write had room for, and none was tried that had not.
    const bytes = cluster.log.events.reduce((sum, event) => sum + event.data.length, 0);
    expect(bytes).toBeGreaterThan(2 * cluster.log.maxAppendBytes);
    const charged = cluster.log.events.filter(event => event.type === 'ledger.CallCharged.v1');
    expect(charged).toHaveLength(CALLS);
  }, 60_000);

  it('has its invoice explained with a few reads: of its month, not of each call', async () => {
    now = Instant.parse('2025-11-03T10:00:00.000+09:00');
    const close = { month: OCTOBER, dryRun: false, force: false };
    await perform(product, runClose, close, callerOf('close'));
    const before = reads();
    const invoice = await ask(product, explainAmount, { id: 'A1@2025-10', log: false });
    expect(reads() - before).toBeLessThanOrEqual(4);
    const calls = invoice!.causes.flatMap(line => line.causes);
    expect(calls).toHaveLength(CALLS);
    for (const { events } of calls)
      expect(events).toMatchObject([{ type: 'ledger.CallCharged.v1', stream: 'wallet-A1_2025-10' }]);
  }, 120_000);
});
