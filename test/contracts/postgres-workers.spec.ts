import { rmSync } from 'node:fs';
import { openPostgresReadStore, type PostgresReadStore } from '#adapters/postgres';
import { openSqliteStore } from '#adapters/sqlite';
import { InvalidInput, type Projection, type TableSpec } from '#kernel';
import { type RowChange, StoreUnavailable } from '#ports';
import { needsProgram } from '../support/needs.js';
import { type PostgresServer, startPostgres } from '../support/postgres.js';

const COUNTS: TableSpec = {
  name: 'counts',
  columns: { who: 'text', seen: 'integer', note: 'text?' },
  key: ['who'],
};
const sample = (version = 1): Projection => ({
  name: 'sample',
  version,
  tables: [COUNTS],
  handles: [],
  apply: () => undefined,
});
const plus = (who: string, seen: number): RowChange => ({
  kind: 'merge',
  table: 'counts',
  key: { who },
  set: {},
  add: { seen },
});
const insert = (...who: readonly string[]): RowChange => ({
  kind: 'insert',
  table: 'counts',
  rows: who.map(one => ({ who: one, seen: 1, note: null })),
});

needsProgram('postgres', 'initdb')('several workers on one PostgreSQL', () => {
  let server: PostgresServer;
  let url: string;
  let opened: PostgresReadStore[];
  const open = async (more: object = {}): Promise<PostgresReadStore> => {
    const store = await openPostgresReadStore({ url, ...more });
    opened.push(store);
    return store;
  };
  const rows = (store: PostgresReadStore) =>
    store.db.selectFrom('counts').select(['who', 'seen']).orderBy('who').execute();

  beforeAll(async () => {
    server = await startPostgres();
  });
  afterAll(() => server.stop());
  beforeEach(async () => {
    url = await server.database();
    opened = [];
  });
  afterEach(() => Promise.all(opened.map(store => store.close())));

  it('counts each event once when two race for every batch', async () => {
    const workers = [await open(), await open()];
    await workers[0]!.prepare(sample());
    await workers[0]!.activate(sample());
    let won = 0;
    const work = async (store: PostgresReadStore): Promise<void> => {
      for (;;) {
        const { position } = (await store.checkpoints())[0]!;
        if (position >= 100) return;
        try {
          await store.apply(sample(), position, position + 1, [plus('A', 1)]);
          won++;
        } catch (error) {
          expect(error).toMatchObject({ name: 'Overtaken' });
        }
      }
    };
    await Promise.all(workers.map(work));
    expect(won).toBe(100);
    expect(await rows(workers[0]!)).toEqual([{ who: 'A', seen: 100 }]);
  });

  it('gives a projection to one of them, and to the next when its connection is gone', async () => {
    const [first, second] = [await open(), await open()];
    const claim = (await first.claim('sample'))!;
    expect(await first.claim('sample')).toBeUndefined();
    expect(await second.claim('sample')).toBeUndefined();
    expect((await second.claim('other'))?.held()).toBe(true);
    await server.run(
      `SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory'
       AND objid = hashtext('sample')::bigint & 4294967295`,
      { url },
    );
    let taken = await second.claim('sample');
    for (let tries = 0; !taken && tries < 100; tries++) taken = await second.claim('sample');
    expect(taken?.held()).toBe(true);
    for (let tries = 0; claim.held() && tries < 100; tries++) await new Promise(r => setTimeout(r, 5));
    expect(claim.held()).toBe(false);
    expect(await first.claim('sample')).toBeUndefined();
    await taken!.release();
    expect((await first.claim('sample'))?.held()).toBe(true);
  });

  it('loses all of a batch when its backend is killed in the middle, and takes it again', async () => {
    const [store, other] = [await open(), await open()];
    await store.prepare(sample());
    await store.activate(sample());
    // Somebody holds the row that the batch comes to last: it stands there, half done.
    const held = server
      .run(`BEGIN; INSERT INTO counts_v1 VALUES ('Z', 1); SELECT pg_sleep(600); ROLLBACK`, { url })
      .catch(() => 'ended');
    const pidsOf = (where: string) =>
      server.run<{ pid: number }>(`SELECT pid FROM pg_stat_activity WHERE ${where}`, { url });
    const standing = async (where: string): Promise<number> => {
      for (;;) {
        const [one] = await pidsOf(where);
        if (one) return one.pid;
      }
    };
    const end = (pid: number) => server.run('SELECT pg_terminate_backend($1)', { values: [pid] });
    const holder = await standing(`wait_event = 'PgSleep'`);
    const broken = expect(store.apply(sample(), 0, 9, [insert('A', 'B', 'Z')])).rejects.toMatchObject({
      name: 'StoreUnavailable',
      code: 'UNAVAILABLE',
    });
    await end(await standing(`application_name = 'daicho projections' AND wait_event_type = 'Lock'`));
    await broken;
    await end(holder);
    expect(await held).toBe('ended');
    expect(await rows(other)).toEqual([]);
    expect((await other.checkpoints())[0]?.position).toBe(0);
    // The same store goes on with another connection of its pool.
    await store.apply(sample(), 0, 9, [insert('A', 'B', 'Z')]);
    expect(await rows(store)).toHaveLength(3);
  });

  it('switches to a version built beside while readers query, without one error', async () => {
    const [worker, server2] = [await open(), await open()];
    await worker.prepare(sample(1));
    await worker.apply(sample(1), 0, 10, [insert('A', 'B')]);
    await worker.activate(sample(1));
    let reading = true;
    const seen = new Set<string>();
    const readers = Array.from({ length: 4 }, async () => {
      while (reading) seen.add(JSON.stringify(await rows(server2)));
    });
    for (let version = 2; version <= 6; version++) {
      await worker.prepare(sample(version));
      await worker.apply(sample(version), 0, 10, [insert('A', 'B', `v${version}`)]);
      await worker.activate(sample(version));
    }
    reading = false;
    await Promise.all(readers);
    const answer = (...who: string[]) => JSON.stringify(who.map(one => ({ who: one, seen: 1 })));
    const possible = [answer('A', 'B'), ...[2, 3, 4, 5, 6].map(v => answer('A', 'B', `v${v}`))];
    expect([...seen].filter(text => !possible.includes(text))).toEqual([]);
    expect(await rows(server2)).toHaveLength(3);
    const { length } = await server.run("SELECT 1 FROM pg_tables WHERE tablename LIKE 'counts_v%'", { url });
    expect(length).toBe(1);
  });

  it('lets a long query end before it switches', async () => {
    const store = await open();
    await store.prepare(sample(1));
    await store.activate(sample(1));
    const slow = server.run(`BEGIN; SELECT * FROM counts; SELECT pg_sleep(0.7); COMMIT`, { url });
    await new Promise(r => setTimeout(r, 100));
    await store.prepare(sample(2));
    await store.activate(sample(2));
    await slow;
    expect((await store.checkpoints()).map(row => row.version)).toEqual([2]);
  });

  it('orders texts by their bytes, as the embedded store does', async () => {
    const names = ['b', 'B', 'a', 'A', '_', '-', '1', 'é', 'z', 'Ａ', 'ア', '台', '𠮷', ' ', 'aa', 'a b'];
    const directory = `${process.env['TMPDIR'] ?? '/tmp'}/daicho-order-${process.pid}`;
    const embedded = await openSqliteStore({ directory });
    try {
      const orders = [];
      for (const store of [embedded.readModels, await open()]) {
        await store.prepare(sample());
        await store.activate(sample());
        await store.apply(sample(), 0, 1, [insert(...names)]);
        const found = await store.db.selectFrom('counts').select('who').orderBy('who').execute();
        orders.push(found.map(row => (row as { who: string }).who));
      }
      expect(orders[1]).toEqual(orders[0]);
      expect(orders[0]).toEqual([...names].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b))));
    } finally {
      await embedded.close();
      rmSync(directory, { recursive: true });
    }
  });

  it('keeps every character of a text through COPY and through single statements', async () => {
    const odd = [
      'tab\t',
      'line\nfeed',
      'return\r',
      'back\\slash',
      '\\N',
      '"quoted"',
      '{a,b}',
      'NULL',
      '',
      '台帳🍣',
    ];
    const many = Array.from({ length: 300 }, (_, at) => `n${at}`);
    const store = await open();
    await store.prepare(sample());
    await store.activate(sample());
    await store.apply(sample(), 0, 1, [insert(...odd)]);
    const few = (await rows(store)).map(row => (row as { who: string }).who);
    await store.apply(
      sample(),
      1,
      2,
      odd.map(who => ({ kind: 'remove', table: 'counts', key: { who } })),
    );
    expect(await rows(store)).toEqual([]);
    await store.apply(sample(), 2, 3, [insert(...odd, ...many)]);
    const all = (await rows(store)).map(row => (row as { who: string }).who);
    expect(new Set(few)).toEqual(new Set(odd));
    expect(new Set(all)).toEqual(new Set([...odd, ...many]));
  });

  it('never rounds a number that is too large, in columns and in sums: it is a bigint', async () => {
    const store = await open();
    await store.prepare(sample());
    await store.activate(sample());
    await store.apply(sample(), 0, 1, [plus('A', Number.MAX_SAFE_INTEGER), plus('B', 1)]);
    const sum = store.db.selectFrom('counts').select(({ fn }) => fn.sum('seen').as('sum'));
    expect(await sum.executeTakeFirst()).toEqual({ sum: 9_007_199_254_740_992n });
    const small = await sum.where('who', '=', 'B').executeTakeFirst();
    expect(small).toEqual({ sum: 1 });
  });

  it('limits statements and connections', async () => {
    const strict = await open({ statementTimeoutMs: 100 });
    const store = await open({ readers: 2, applicationName: 'limits' });
    const { sql } = await import('kysely');
    const slow = sql`SELECT pg_sleep(60)`.compile(strict.db);
    await expect(strict.query(slow)).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    const many = Array.from({ length: 8 }, () => store.query(sql`SELECT pg_sleep(0.02)`.compile(store.db)));
    await Promise.all(many);
    const connections = await server.run(
      "SELECT 1 FROM pg_stat_activity WHERE application_name = 'limits queries'",
      { url },
    );
    expect(connections).toHaveLength(2);
  });

  it.each([
    ['a server that is not there', 'postgres://daicho:geheim@127.0.0.1:9/books'],
    [
      'a database that is not there',
      () => url.replace(/test_\d+/, 'nothing').replace('daicho@', 'daicho:geheim@'),
    ],
  ])('says where, and no password: %s', async (_, where) => {
    const failed = await openPostgresReadStore({ url: typeof where === 'string' ? where : where() }).then(
      () => undefined,
      (error: unknown) => error as Error,
    );
    expect(failed).toBeInstanceOf(StoreUnavailable);
    expect(failed!.message).toMatch(/^PostgreSQL .*(books|nothing)/);
    expect(`${failed!.message} ${failed!.stack} ${JSON.stringify(failed)}`).not.toContain('geheim');
  });

  it.each([
    ['url', { url: 'mysql://root:geheim@localhost/x' }],
    ['url', { url: 'postgres://user:geheim@local host:x/y' }],
    ['schema', { url: 'postgres://localhost/x', schema: 'a"b' }],
    ['readers', { url: 'postgres://localhost/x', readers: 0 }],
    ['statementTimeoutMs', { url: 'postgres://localhost/x', statementTimeoutMs: 1.5 }],
  ])('refuses a wrong %s by its name', async (field, options) => {
    const failed = await openPostgresReadStore(options).catch((error: unknown) => error as InvalidInput);
    expect(failed).toBeInstanceOf(InvalidInput);
    expect(failed).toMatchObject({ field });
    expect((failed as InvalidInput).message).not.toContain('geheim');
  });
});
