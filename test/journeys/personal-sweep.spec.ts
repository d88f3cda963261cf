import { openBullmqJobQueue } from '#adapters/bullmq';
import { openPostgresPersonalRows, openPostgresReadStore } from '#adapters/postgres';
import { sealedPersonalData } from '#adapters/shared';
import { openSqliteJobQueue, openSqlitePersonalRows } from '#adapters/sqlite';
import { type AccountId, BusinessDay, Money, parseAccountId } from '#kernel';
import { openClusterLog, openClusterProduct, openProduct } from '#nest';
import type { PersonalDataStore, SealedRows } from '#ports';
import { changeParty, type Product, runJobs } from '#runtime';
import { SimulatedClock } from '#testing';
import { FakeCluster } from '../support/eventstoredb/fake-cluster.js';
import { portsAt } from '../support/identity-home.js';
import { needsProgram } from '../support/needs.js';
import { PERSON } from '../support/person.js';
import { startPostgres } from '../support/postgres.js';
import { startRedis } from '../support/redis.js';
import { callerOf, TARIFF } from '../support/small-provider.js';
import { inTemporaryDirectory } from '../support/temporary-directory.js';
import { until } from '../support/until.js';

const A1 = parseAccountId('A1');
const A2 = parseAccountId('A2');

/** Two accounts whose contract data are kept. */
async function keepPeople({ catalogue, accounts, parties }: Product): Promise<void> {
  await catalogue.importTariffCsv('tariff.csv', TARIFF, callerOf('tariff'));
  for (const account of [A1, A2]) {
    const opened = { account, name: account, openedOn: BusinessDay.parse('2026-10-01'), tariff: 'std' };
    await accounts.open(
      { ...opened, numbers: [], incomingDiscount: Money.zero },
      callerOf(`open-${account}`),
    );
    const data = changeParty.input.parse({ account, part: 'contract', ...PERSON });
    const kept = await parties.change(data, callerOf(`keep-${account}`));
    expect(kept.kind).toBe('done');
  }
}

/** What a process leaves that is killed between a record and its event. */
async function leaveOrphan(rows: SealedRows, account: AccountId): Promise<void> {
  const [known] = await rows.recordsOf(account);
  await rows.addRecord({ ...known!, ref: 'orphan', kept: false });
}
const refsOf = async (rows: SealedRows, account: AccountId): Promise<number> =>
  (await rows.recordsOf(account)).length;

const erase = (product: Product, account: AccountId) =>
  product.parties.erase(
    { account, why: 'person_asked', approvedBy: 'staff:second' },
    callerOf(`erase-${account}`),
  );

describe('what was left of personal data', () => {
  it('is swept by a job of the embedded product, too, while it runs', async () => {
    await inTemporaryDirectory(async directory => {
      const clock = new SimulatedClock('2026-10-01T09:00:00.000+09:00');
      const jobQueue = () => openSqliteJobQueue({ directory, clock });
      const product = await openProduct({ directory, clock, identity: portsAt(clock), jobs: jobQueue });
      const rows = openSqlitePersonalRows(directory);
      await keepPeople(product);
      await leaveOrphan(rows, A1);
      const jobs = runJobs(product, { autoClose: false, planEveryMs: 20 });
      expect(await erase(product, A2)).toMatchObject({ kind: 'done' });
      const done = async () =>
        (await product.jobs.list({ name: 'sweep-personal', state: 'done' })).rows.map(({ key }) => key);
      await until(async () => (await done()).includes('erased.A2'), 'the sweep after the erasure');
      // An hour is long enough for any request that goes on.
      expect(await refsOf(rows, A1)).toBe(2);
      clock.plusMs(3_600_001);
      await until(async () => (await refsOf(rows, A1)) === 1, 'the orphan to go');
      await jobs.stop();
      expect(await product.parties.show(A1)).toMatchObject({ contract: { city: '千代田区' } });
      await rows.close();
      await product.close();
    });
  }, 60_000);
});

/** The same, killed after the event of an erasure and before the key is destroyed. */
const killedAtDestroying = (store: PersonalDataStore): PersonalDataStore =>
  Object.assign(Object.create(store) as PersonalDataStore, {
    destroyKey: async () => {
      throw new Error('killed');
    },
  });

needsProgram(
  'postgres',
  'initdb',
  'redis-server',
)('what was left of personal data in a cluster', () => {
  it('is swept by the worker: keys of killed erasures, and orphans', async () => {
    const [postgres, redis, cluster] = await Promise.all([
      startPostgres(),
      startRedis(),
      FakeCluster.start({ nodes: 3 }),
    ]);
    const clock = new SimulatedClock('2026-10-01T09:00:00.000+09:00');
    const identity = portsAt(clock);
    const url = await postgres.database();
    const rows = await openPostgresPersonalRows({ url });
    const open = async (personal: PersonalDataStore, worker: boolean) => {
      const readModels = await openPostgresReadStore({ url });
      const events = await openClusterLog({ eventStore: { url: cluster.url() }, index: { url } });
      const jobs = () => openBullmqJobQueue({ url: redis.url, clock, prefix: '{sweep}' });
      const project = worker && { lookMs: 20 };
      const { product } = await openClusterProduct({
        ...{ events, readModels, proof: events, clock, identity, personal, jobs, project },
      });
      return product;
    };
    const sealed = async () => sealedPersonalData(await openPostgresPersonalRows({ url }), identity.secrets);
    const worker = await open(await sealed(), true);
    const server = await open(killedAtDestroying(await sealed()), false);
    await keepPeople(server);
    await leaveOrphan(rows, A1);
    await expect(erase(server, A2)).rejects.toThrow('killed');
    expect((await rows.key(A2))?.sealed).not.toBeNull();
    clock.plusMs(3_600_001);
    const jobs = runJobs(worker, { autoClose: false, planEveryMs: 50 });
    await until(async () => (await rows.key(A2))?.sealed === null, 'the key to be destroyed');
    await until(async () => (await refsOf(rows, A1)) === 1, 'the orphan to go');
    await jobs.stop();
    expect(await refsOf(rows, A2)).toBe(0);
    expect(await worker.parties.show(A1)).toMatchObject({ contract: { city: '千代田区' } });
    for (const product of [server, worker]) await product.close();
    await rows.close();
    cluster.stop();
    await Promise.all([postgres.stop(), redis.stop()]);
  }, 120_000);
});
