import { openPostgresLogIndex } from '#adapters/postgres';
import { openClusterLog } from '#nest';
import { type IndexedEvent, LogIndexDiffers } from '#ports';
import { logIndexContract } from '#testing';
import { needsProgram } from '../support/needs.js';
import { type PostgresServer, startPostgres } from '../support/postgres.js';
import { everything, onCluster, request, until } from './eventstoredb-faults.fixture.js';

const entry = (position: number, hash = 'ab'.repeat(32)): IndexedEvent => ({
  position,
  place: { commit: BigInt(position), prepare: BigInt(position) },
  stream: 's',
  revision: position - 1,
  hash,
  commandId: `c${position}`,
  opensCommand: true,
});

needsProgram('postgres', 'initdb')('PostgreSQL', () => {
  let server: PostgresServer;
  beforeAll(async () => {
    server = await startPostgres();
  });
  afterAll(() => server.stop());

  logIndexContract('PostgreSQL', async () => {
    const store = await openPostgresLogIndex({ url: await server.database() });
    return { store, dispose: () => store.close() };
  });

  it('is opened and filled by several processes at once, each with connections of its own', async () => {
    const url = await server.database();
    const indexes = await Promise.all(
      Array.from({ length: 5 }, () => openPostgresLogIndex({ url, schema: 'one_log' })),
    );
    try {
      const many = Array.from({ length: 6_000 }, (_, i) => entry(i + 1));
      for (let from = 0; from < many.length; from += 1_500) {
        const batch = many.slice(Math.max(0, from - 100), from + 1_500);
        await Promise.all(indexes.map(index => index.save(batch)));
      }
      for (const index of indexes) expect(await index.head()).toEqual(entry(6_000));
      const rows = await server.run<{ count: string }>('SELECT count(*) FROM one_log.log_index', { url });
      expect(rows[0]!.count).toBe('6000');
      const other = indexes[3]!.save([entry(6_000), entry(6_001, 'cd'.repeat(32))]);
      await expect(other).resolves.toBeUndefined();
      await expect(indexes[1]!.save([entry(6_001)])).rejects.toBeInstanceOf(LogIndexDiffers);
    } finally {
      await Promise.all(indexes.map(index => index.close()));
    }
  });

  it('gives the first event of a command that two processes sent at the same instant', async () => {
    const index = await openPostgresLogIndex({ url: await server.database() });
    const twice = { ...entry(3), stream: 'other', revision: 0, commandId: 'c1' };
    await index.save([entry(1), entry(2), twice]);
    expect(await index.ofCommands(['c1', 'c2'])).toEqual(
      new Map([
        ['c2', entry(2)],
        ['c1', entry(1)],
      ]),
    );
    await index.close();
  });

  it(
    'spares a process that starts the log it has read before',
    onCluster(async ({ cluster }) => {
      const options = { eventStore: { url: cluster.url() }, index: { url: await server.database() } };
      const first = await openClusterLog(options);
      for (let i = 0; i < 3_000; i += 100)
        await first.append(Array.from({ length: 100 }, (_, n) => request('s', i + n - 1)));
      const all = await everything(first);
      await first.close();
      let read = 0;
      const { faults } = cluster;
      const cutsRead = faults.cutsRead.bind(faults);
      faults.cutsRead = sent => {
        read++;
        return cutsRead(sent);
      };
      const second = await openClusterLog(options);
      expect([await second.headPosition(), second.headHash()]).toEqual([3_000, all.at(-1)!.hash]);
      expect(read).toBeLessThan(20);
      expect(await second.append([request('t', -1, 's/7')])).toMatchObject([{ kind: 'duplicate' }]);
      expect((await everything(second)).slice(-5)).toEqual(all.slice(-5));
      await second.close();
    }),
  );

  it(
    'is a witness: a proof names the event that was changed before the process began',
    onCluster(async ({ cluster }) => {
      const options = { eventStore: { url: cluster.url() }, index: { url: await server.database() } };
      const first = await openClusterLog(options);
      await first.append(Array.from({ length: 40 }, (_, i) => request('s', i - 1)));
      await first.close();
      const changed = cluster.log.events.filter(event => event.stream === 'daicho.s')[16]!;
      changed.data = Buffer.from('{"a":2}');
      const second = await openClusterLog(options);
      expect(await second.verifyChain()).toMatchObject({ kind: 'broken', position: 17 });
      await second.close();
    }),
  );

  it(
    'stops a process that reads other events than another one has seen',
    onCluster(async ({ cluster }) => {
      const options = { eventStore: { url: cluster.url() }, index: { url: await server.database() } };
      const reader = await openClusterLog(options);
      await reader.append([request('s', -1)]);
      const saved = await openPostgresLogIndex(options.index);
      await until(() => cluster.log.events.length > 0, 'the event');
      for (let i = 0; i < 400 && !(await saved.head()); i++) await new Promise(next => setTimeout(next, 10));
      const head = (await saved.head())!;
      const place = { commit: head.place.commit + 1n, prepare: head.place.prepare + 1n };
      const forged = { ...head, position: 2, place, revision: 1, hash: 'ee'.repeat(32), commandId: 'forged' };
      await saved.save([forged]);
      await reader.append([request('s', 0)]);
      const broken = { kind: 'broken', position: 2 };
      for (let i = 0; i < 400 && (await reader.verifyChain()).kind === 'ok'; i++)
        await new Promise(next => setTimeout(next, 10));
      expect(await reader.verifyChain()).toMatchObject(broken);
      await expect(reader.headPosition()).rejects.toThrow(/event 2 is not the one that is in the index/);
      await saved.close();
      await reader.close();
    }),
  );
});
