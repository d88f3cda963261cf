import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Projection, StoredEvent } from '#kernel';
import { inTemporaryDirectory } from '../../../test/support/temporary-directory.js';
import { openSqliteStore, type SqliteStore } from './index.js';
import { manyRequests } from './sqlite.fixture.js';

const counts: Projection = {
  name: 'counts',
  version: 1,
  tables: [{ name: 'counts', columns: { stream: 'text', events: 'integer' }, key: ['stream'] }],
  handles: [],
  apply: () => undefined,
};

/** A store with the projection `counts` running in every append's transaction. */
async function countingStore(directory: string): Promise<SqliteStore> {
  const store = await openSqliteStore({ directory });
  await store.readModels.prepare(counts);
  await store.readModels.activate(counts);
  store.projectInTransaction((events, apply) => {
    if (events.some(event => event.meta.commandId === 'poison/1')) throw new Error('projector failed');
    const changes = events.map(event => ({
      kind: 'merge' as const,
      table: 'counts',
      key: { stream: event.stream },
      set: {},
      add: { events: 1 },
    }));
    apply(counts, changes, events.at(-1)!.position);
  });
  return store;
}

async function counted(store: SqliteStore): Promise<[number, number]> {
  const rows = await store.readModels.query<{ events: number }>(
    store.readModels.db.selectFrom('counts').select('events').compile() as never,
  );
  const [checkpoint] = await store.readModels.checkpoints();
  return [rows.reduce((sum, row) => sum + row.events, 0), checkpoint?.position ?? -1];
}

const poison = () => {
  const [request] = manyRequests(1);
  const [event] = request!.events;
  return {
    ...request!,
    stream: 'poison',
    events: [{ ...event!, meta: { ...event!.meta, commandId: 'poison/1' } }],
  };
};

describe('a projector in the transaction of the append', () => {
  it('lets a client read its own writes, and sees each event once with the text that was given', async () => {
    await inTemporaryDirectory(async directory => {
      const store = await countingStore(directory);
      for (let from = 1; from <= 500; from += 50) {
        await store.events.append(manyRequests(50, from));
        expect(await counted(store)).toEqual([from + 49, from + 49]);
      }
      const seen: StoredEvent[] = [];
      store.projectInTransaction(events => seen.push(...events));
      await store.events.append(manyRequests(50, 501));
      const stored: StoredEvent[] = [];
      for await (const event of store.events.readAll({ from: 501 })) stored.push(event);
      expect(seen).toEqual(stored);
      await store.close();
    });
  });

  it('fails the append that it cannot project, and no other that shares its transaction', async () => {
    await inTemporaryDirectory(async directory => {
      const store = await countingStore(directory);
      const requests = manyRequests(30);
      const calls = [...requests.slice(0, 10).map(one => [one]), [poison()], requests.slice(10)];
      const results = await Promise.allSettled(calls.map(call => store.events.append(call)));
      expect(results.map(result => result.status)).toEqual([
        ...Array(10).fill('fulfilled'),
        'rejected',
        'fulfilled',
      ]);
      expect(await counted(store)).toEqual([30, 30]);
      expect(await store.events.streamRevision('poison')).toBe(-1);
      expect((await store.events.findCommands(['poison/1'])).size).toBe(0);
      expect(await store.events.verifyChain()).toMatchObject({ kind: 'ok', events: 30 });
      await store.close();
    });
  });

  it('refuses to count on from a checkpoint that is not just before the append', async () => {
    await inTemporaryDirectory(async directory => {
      const store = await countingStore(directory);
      store.projectInTransaction(undefined);
      await store.events.append(manyRequests(10));
      store.projectInTransaction((events, apply) => apply(counts, [], events.at(-1)!.position));
      await expect(store.events.append(manyRequests(1, 11))).rejects.toThrow(/does not stand at 10/);
      expect(await store.events.headPosition()).toBe(10);
      await store.readModels.apply(counts, 0, 10, []);
      await store.events.append(manyRequests(1, 11));
      expect(await counted(store)).toEqual([0, 11]);
      await store.close();
    });
  });
});

describe('the proof of the chain', () => {
  it('holds while appends and their read models go on', async () => {
    await inTemporaryDirectory(async directory => {
      const store = await countingStore(directory);
      await store.events.append(manyRequests(100));
      let next = 101;
      let running = true;
      const writing = (async () => {
        for (; running; next += 10) await store.events.append(manyRequests(10, next));
      })();
      for (let round = 0; round < 20; round++) {
        expect(await store.events.verifyChain()).toMatchObject({ kind: 'ok' });
      }
      running = false;
      await writing;
      expect(next).toBeGreaterThan(111);
      await store.close();
    });
  });
});

describe('opening a store', () => {
  it('is refused while it is open, naming who holds it, and allowed after close', async () => {
    await inTemporaryDirectory(async directory => {
      const store = await openSqliteStore({ directory });
      const second = openSqliteStore({ directory });
      await expect(second).rejects.toMatchObject({ name: 'StoreUnavailable', code: 'STORE_IN_USE' });
      await expect(second).rejects.toThrow(new RegExp(`process ${process.pid} on .+ since 20`));
      await store.close();
      await store.close();
      await (await openSqliteStore({ directory })).close();
    });
  });

  it('for reading only sees what a writer does, and writes nothing', async () => {
    await inTemporaryDirectory(async directory => {
      await expect(openSqliteStore({ directory, readOnly: true })).rejects.toThrow(/there is no store here/);
      const writer = await countingStore(directory);
      const reader = await openSqliteStore({ directory, readOnly: true });
      await writer.events.append(manyRequests(120));
      expect(await reader.events.headPosition()).toBe(120);
      expect((await reader.events.findCommands(['command/120', 'command/121'])).size).toBe(1);
      await writer.events.append(manyRequests(1, 121));
      expect((await reader.events.findCommands(['command/120', 'command/121'])).size).toBe(2);
      expect(await counted(reader)).toEqual([121, 121]);
      const readOnly = { name: 'StoreUnavailable', code: 'STORE_READ_ONLY' };
      await expect(reader.events.append(manyRequests(1, 122))).rejects.toMatchObject(readOnly);
      await expect(reader.readModels.apply(counts, 121, 122, [])).rejects.toMatchObject(readOnly);
      await writer.close();
      expect(await reader.events.headPosition()).toBe(121);
      await reader.close();
    });
  });

  it('refuses a file that is not a store, and leaves it as it was', async () => {
    await inTemporaryDirectory(async directory => {
      writeFileSync(
        join(directory, 'daicho.db'),
        'not a database, but long enough to look like one'.repeat(100),
      );
      const unavailable = { name: 'StoreUnavailable', code: 'UNAVAILABLE' };
      await expect(openSqliteStore({ directory })).rejects.toMatchObject(unavailable);
      await expect(openSqliteStore({ directory, readOnly: true })).rejects.toMatchObject(unavailable);
      expect(existsSync(join(directory, 'daicho.db-wal'))).toBe(false);
    });
  });
});

describe('scan', () => {
  it('gives the same events as reading, within its range', async () => {
    await inTemporaryDirectory(async directory => {
      const store = await openSqliteStore({ directory });
      await store.events.append(manyRequests(50));
      const scanned: StoredEvent[] = [];
      store.events.scan(11, 20, ({ position, stream, revision, type, data, meta, hash }) =>
        scanned.push({ position, stream, revision, type, data, meta, hash }),
      );
      const read: StoredEvent[] = [];
      for await (const event of store.events.readAll({ from: 11, limit: 10 })) read.push(event);
      expect(scanned).toEqual(read);
      await store.close();
    });
  });
});
