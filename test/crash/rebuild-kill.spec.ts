import { openEventStoreDb } from '#adapters/eventstoredb';
import { openPostgresReadStore, type PostgresReadStore } from '#adapters/postgres';
import { type EventStore, NO_STREAM } from '#ports';
import { rebuildBeside } from '#runtime';
import { type Child, startChild } from '../support/child.js';
import { FakeCluster } from '../support/eventstoredb/fake-cluster.js';
import { needsProgram } from '../support/needs.js';
import { type PostgresServer, startPostgres } from '../support/postgres.js';
import { CLAIMED, KILLED_PROJECTIONS } from './rebuild-kill.projections.js';

const FIXTURE = 'test/crash/rebuild-kill.fixture.ts';
const EVENTS = 1_500;
const KILLS = 20;

const claim = (n: number) => {
  const number = `050${String(n).padStart(8, '0')}`;
  const at = '2026-10-01T00:00:00.000+09:00';
  const data = JSON.stringify({ at, number, account: `A${n % 7}` });
  const ids = { commandId: `claim/${n}`, correlationId: `claim/${n}`, bodyHash: '0'.repeat(64) };
  const meta = { occurredAt: at, recordedAt: at, actor: 'staff:test', ...ids };
  return { stream: `number-${number}`, expectedRevision: NO_STREAM, events: [{ type: CLAIMED, data, meta }] };
};

needsProgram('postgres', 'initdb')('kill -9 of a worker that builds read models anew', () => {
  let postgres: PostgresServer;
  let cluster: FakeCluster;
  let url: string;
  let events: EventStore;
  let readModels: PostgresReadStore;
  let worker: Child;

  beforeAll(async () => {
    [postgres, cluster] = await Promise.all([startPostgres(), FakeCluster.start()]);
    url = await postgres.database();
    events = await openEventStoreDb({ url: cluster.url() });
    readModels = await openPostgresReadStore({ url });
    await events.append(Array.from({ length: EVENTS }, (_, n) => claim(n + 1)));
  }, 60_000);
  afterAll(async () => {
    await worker.kill();
    await readModels.close();
    await events.close();
    cluster.stop();
    await postgres.stop();
  });

  /** What queries see: how many rows and which last one, the sum, and how far each is counted. */
  const seen = async () => {
    const [row] = await postgres.run<Record<'n' | 'last' | 'sum', string>>(
      `SELECT (SELECT count(*) FROM numbers) AS n, (SELECT max(position) FROM numbers) AS last,
        (SELECT sum(claims) FROM sums) AS sum`,
      { url },
    );
    return [row!.n, row!.last, row!.sum].map(text => Number.parseInt(text, 10));
  };
  const rebuild = () => rebuildBeside({ events, readModels }, undefined, KILLED_PROJECTIONS);
  const versions = async () => (await readModels.checkpoints()).map(row => row.version);

  it(`leaves what queries see right, ${KILLS} times, also where two ask for it at once`, async () => {
    worker = startChild(FIXTURE, cluster.url(), url);
    for (const { name } of KILLED_PROJECTIONS) await worker.printed(`switched ${name} 1000`);
    const whole = [EVENTS, EVENTS, EVENTS];
    expect(await seen()).toEqual(whole);
    let halfBuilt = 0;
    let rebuilt: Promise<void> | undefined;
    // Until enough of the kills fell into the building, not before and after it.
    for (let kill = 0; kill < KILLS || halfBuilt <= KILLS / 4; kill++) {
      rebuilt ??= Promise.all([rebuild(), rebuild()]).then(() => {
        rebuilt = undefined;
      });
      const before = worker.lines.length;
      const some = worker.printed(() => worker.lines.length > before + 1 + ((kill * 7) % 40));
      // It is killed in vain where it has nothing left to do: the next one has.
      await Promise.race([some.catch(() => undefined), rebuilt]);
      await worker.kill();
      expect(await seen()).toEqual(whole);
      if ((await versions()).length > KILLED_PROJECTIONS.length) halfBuilt++;
      worker = startChild(FIXTURE, cluster.url(), url);
    }
    await rebuilt;
    await rebuild();
    expect(await seen()).toEqual(whole);
    expect(await versions()).toHaveLength(KILLED_PROJECTIONS.length);
    await events.append([claim(EVENTS + 1)]);
    await worker.printed(`counted sums ${EVENTS + 1}`);
    await worker.printed(`counted numbers ${EVENTS + 1}`);
    expect(await seen()).toEqual(whole.map(n => n + 1));
  }, 240_000);
});
