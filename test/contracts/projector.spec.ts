import { rmSync } from 'node:fs';
import { openPostgresReadStore, type PostgresReadStore } from '#adapters/postgres';
import { openSqliteStore, type SqliteStore } from '#adapters/sqlite';
import { Instant, type Projection } from '#kernel';
import { NO_STREAM, type ProjectionMove, StoreUnavailable } from '#ports';
import {
  type ProjectorNote,
  type ProjectorParts,
  type RunningProjections,
  rebuildBeside,
  runProjections,
} from '#runtime';
import { needsProgram } from '../support/needs.js';
import { type PostgresServer, startPostgres } from '../support/postgres.js';
import { temporaryDirectory } from '../support/temporary-directory.js';

const AT = '2026-10-01T00:00:00.000+09:00';
const clock = { now: () => Instant.plusMs(Instant.parse(AT), 5_000) };
const CLAIMED = 'contracts.NumberClaimed.v1';
/** An event that this projection cannot digest, while `poison` says so. */
let poison = '';

/** A row per event: one that counts twice is an error, one that is left out is missing. */
const numbers: Projection = {
  name: 'numbers',
  version: 1,
  tables: [
    { name: 'numbers', columns: { number: 'text', account: 'text', position: 'integer' }, key: ['number'] },
  ],
  handles: [CLAIMED],
  apply({ event, position }, rows) {
    const { number, account } = event as { number: string; account: string };
    if (number === poison) throw new Error(`cannot digest ${number}`);
    rows.insert('numbers', { number, account, position });
  },
};
const counts: Projection = {
  name: 'counts',
  version: 1,
  tables: [{ name: 'counts', columns: { account: 'text', claims: 'integer' }, key: ['account'] }],
  handles: [CLAIMED],
  apply({ event }, rows) {
    const { account } = event as { account: string };
    rows.merge('counts', { account }, { add: { claims: 1 } });
  },
};
const idle: Projection = {
  name: 'idle',
  version: 1,
  tables: [{ name: 'idle', columns: { id: 'text' }, key: ['id'] }],
  handles: ['contracts.TariffPublished.v1'],
  apply: () => undefined,
};

const claim = (n: number) => {
  const number = `050${String(n).padStart(8, '0')}`;
  const data = JSON.stringify({ at: AT, number, account: `A${n % 7}` });
  const meta = {
    occurredAt: AT,
    recordedAt: AT,
    actor: 'staff:test',
    commandId: `claim/${n}`,
    correlationId: `claim/${n}`,
    bodyHash: '0'.repeat(64),
  };
  const stream = `number-${number}`;
  return { stream, expectedRevision: NO_STREAM, events: [{ type: CLAIMED, data, meta }] };
};
const claims = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, at) => claim(from + at));

needsProgram('postgres', 'initdb')('projections in worker processes', () => {
  let server: PostgresServer;
  let url: string;
  let log: SqliteStore;
  let directory: string;
  let ends: (() => Promise<unknown>)[];
  let notes: ProjectorNote[];

  beforeAll(async () => {
    server = await startPostgres();
  });
  afterAll(() => server.stop());
  beforeEach(async () => {
    url = await server.database();
    directory = temporaryDirectory();
    log = await openSqliteStore({ directory });
    ends = [];
    notes = [];
    poison = '';
  });
  afterEach(async () => {
    for (const end of ends.reverse()) await end();
    await log.close();
    rmSync(directory, { recursive: true });
  });

  const open = async (applicationName = 'daicho'): Promise<PostgresReadStore> => {
    const store = await openPostgresReadStore({ url, applicationName });
    ends.push(() => store.close());
    return store;
  };
  const worker = async (more: Partial<ProjectorParts> = {}, name?: string): Promise<RunningProjections> => {
    const running = runProjections({
      events: log.events,
      readModels: await open(name),
      clock,
      projections: [numbers, counts, idle],
      batchSize: 50,
      lookMs: 20,
      firstRetryMs: 5,
      observe: note => notes.push(note),
      ...more,
    });
    ends.push(() => running.stop());
    return running;
  };
  /** A version is shown a moment after it has counted all that there was at the start. */
  const shown = async () => {
    const named = "SELECT to_regclass('numbers') IS NOT NULL AND to_regclass('counts') IS NOT NULL AS both";
    while (!(await server.run<{ both: boolean }>(named, { url }))[0]!.both)
      await new Promise(resolve => setTimeout(resolve, 5));
  };
  const counted = async () => {
    await shown();
    const [row] = await server.run<{ n: string; sum: string; last: string }>(
      `SELECT (SELECT count(*) FROM numbers) AS n, (SELECT max(position) FROM numbers) AS last,
        (SELECT sum(claims) FROM counts) AS sum`,
      { url },
    );
    return [row!.n, row!.sum, row!.last].map(text => Number.parseInt(text, 10));
  };

  it('counts what is stored and what comes, without a gap, while others write', async () => {
    await log.events.append(claims(1, 500));
    const projector = await worker();
    const writers = [1, 2, 3].map(async writer => {
      for (let n = 0; n < 40; n++)
        await log.events.append(claims(writer * 1_000 + n * 5, writer * 1_000 + n * 5 + 4));
    });
    await Promise.all(writers);
    expect(await projector.waitFor(1_100, 10_000)).toBe(true);
    expect(await counted()).toEqual([1_100, 1_100, 1_100]);
    expect(await projector.lag()).toEqual({ events: 0, ms: 0 });
    expect(projector.states().map(state => state.phase)).toEqual(['running', 'running', 'running']);
    // Recorded five seconds before the clock's now.
    expect(notes.find(note => note.kind === 'counted')).toMatchObject({ ms: 5_000 });
    expect(notes.filter(note => note.kind === 'trouble')).toEqual([]);
  });

  it('says how far it is behind, and for whom nobody works waits in vain', async () => {
    const projector = await worker();
    expect(await projector.waitFor(0, 2_000)).toBe(true);
    await log.events.append(claims(1, 3));
    expect(await projector.waitFor(3, 5_000)).toBe(true);
    await projector.stop();
    await log.events.append(claims(4, 10));
    expect(await projector.waitFor(4, 50)).toBe(false);
    expect(await projector.lag()).toEqual({ events: 7, ms: 5_000 });
  });

  it('is done by one of two processes, and by the other when that one stops', async () => {
    const first = await worker();
    await log.events.append(claims(1, 100));
    expect(await first.waitFor(100, 5_000)).toBe(true);
    const second = await worker();
    await log.events.append(claims(101, 200));
    expect(await second.waitFor(200, 5_000)).toBe(true);
    expect(second.states().map(state => state.phase)).toEqual(['elsewhere', 'elsewhere', 'elsewhere']);
    await first.stop();
    await log.events.append(claims(201, 300));
    expect(await second.waitFor(300, 5_000)).toBe(true);
    expect(second.states().map(state => state.phase)).toEqual(['running', 'running', 'running']);
    expect(await counted()).toEqual([300, 300, 300]);
  });

  it('goes on after its connections are killed again and again, each event once', async () => {
    const workers = [await worker({}, 'worker1'), await worker({}, 'worker2')];
    for (let round = 0; round < 8; round++) {
      const sent = log.events.append(claims(round * 300 + 1, round * 300 + 300));
      await server.run(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name ~ $1`, {
        values: [round % 3 === 2 ? '^worker' : `^worker${(round % 2) + 1}`],
      });
      await sent;
    }
    expect(await workers[0]!.waitFor(2_400, 20_000)).toBe(true);
    expect(await counted()).toEqual([2_400, 2_400, 2_400]);
  });

  it('makes batches smaller until the server takes one within its time', async () => {
    const store = await open();
    let refused = 0;
    const slow = async (from: number, to: number): Promise<void> => {
      if (to - from <= 30) return;
      refused++;
      throw new StoreUnavailable('UNAVAILABLE', 'canceling statement due to statement timeout');
    };
    const readModels = new Proxy(store, {
      get(target, name) {
        if (name === 'applyTogether')
          return async (moves: readonly ProjectionMove[]) => {
            for (const { from, to } of moves) await slow(from, to);
            return target.applyTogether!(moves);
          };
        const value: unknown = Reflect.get(target, name);
        return typeof value === 'function' ? value.bind(target) : value;
      },
    });
    await log.events.append(claims(1, 400));
    const projector = await worker({ readModels, batchSize: 200, longestRetryMs: 10 });
    expect(await projector.waitFor(400, 15_000)).toBe(true);
    expect(await counted()).toEqual([400, 400, 400]);
    expect(refused).toBeGreaterThan(2);
  });

  it('parks the one that cannot digest an event, with the reason; the others go on', async () => {
    poison = '05000000042';
    const projector = await worker({ longestRetryMs: 10 });
    await log.events.append(claims(1, 100));
    for (let tries = 0; tries < 500 && !notes.some(note => note.kind === 'parked'); tries++)
      await new Promise(resolve => setTimeout(resolve, 10));
    const reason = 'cannot digest 05000000042';
    expect(projector.states()).toEqual([
      { projection: 'numbers', phase: 'parked', reason },
      { projection: 'counts', phase: 'running', reason: null },
      { projection: 'idle', phase: 'running', reason: null },
    ]);
    const tries = notes.filter(note => note.kind === 'trouble' && note.projection === 'numbers');
    expect(tries).toHaveLength(4);
    await log.events.append(claims(101, 120));
    for (let tries = 0; tries < 200; tries++) {
      const [row] = await server.run<{ sum: string }>('SELECT sum(claims) AS sum FROM counts', { url });
      if (row!.sum === '120') break;
      await new Promise(resolve => setTimeout(resolve, 10));
    }
    expect(await projector.waitFor(120, 20)).toBe(false);
    // The next program can digest it.
    poison = '';
    projector.resume('numbers');
    expect(await projector.waitFor(120, 5_000)).toBe(true);
    expect(await counted()).toEqual([120, 120, 120]);
  });

  it('builds anew beside what queries see, while events come, and switches', async () => {
    const projector = await worker();
    await log.events.append(claims(1, 2_000));
    expect(await projector.waitFor(2_000, 10_000)).toBe(true);
    await server.run("UPDATE counts_v1000 SET claims = 0 WHERE account = 'A1'", { url });
    const readModels = await open();
    const rebuilt = rebuildBeside({ events: log.events, readModels }, undefined, [numbers, counts, idle]);
    for (let n = 2_001; n <= 2_100; n++) await log.events.append([claim(n)]);
    expect(await rebuilt).toMatchObject({ projections: 3 });
    expect(await projector.waitFor(2_100, 5_000)).toBe(true);
    expect(await counted()).toEqual([2_100, 2_100, 2_100]);
    expect((await readModels.checkpoints()).map(row => row.version)).toEqual([1_001, 1_001, 1_001]);
  });

  it('leaves a read model alone that a newer program keeps', async () => {
    await log.events.append(claims(1, 10));
    const newer = { ...numbers, version: 2 };
    const next = await worker({ projections: [newer] });
    expect(await next.waitFor(10, 5_000)).toBe(true);
    await next.stop();
    const older = await worker();
    expect(await older.waitFor(10, 5_000)).toBe(true);
    expect(older.states()[0]).toMatchObject({ projection: 'numbers', phase: 'superseded' });
    expect((await (await open()).checkpoints()).map(row => row.version)).toEqual([1_000, 1_000, 2_000]);
  });
});
