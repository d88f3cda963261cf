import { createHash } from 'node:crypto';
import { closeSync, openSync, readFileSync, readSync, writeSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { inTemporaryDirectory } from '../../../test/support/temporary-directory.js';
import { databaseFile } from './database.js';
import { type ChainCheck, openSqliteStore } from './index.js';
import { manyRequests } from './sqlite.fixture.js';

async function filledStore(directory: string, events = 350): Promise<void> {
  const store = await openSqliteStore({ directory });
  await store.events.append(manyRequests(events));
  await store.close();
}

async function verdict(directory: string): Promise<ChainCheck> {
  const store = await openSqliteStore({ directory, readOnly: true }).catch(error => error as Error);
  if (store instanceof Error) return { kind: 'broken', position: 1, problem: store.message };
  try {
    return await store.events.verifyChain();
  } finally {
    await store.close();
  }
}

/** SQL function `flip(value, n)`: the lowest bit of the n-th byte changed. */
function addFlip(db: DatabaseSync): void {
  db.function('flip', (value, n) => {
    const bytes = Buffer.from(value as string | Uint8Array);
    bytes[(n as number) - 1]! ^= 1;
    return typeof value === 'string' ? bytes.toString('utf8') : bytes;
  });
}

describe('the chain', () => {
  it('is SHA-256 over the previous hash and the documented bytes', async () => {
    await inTemporaryDirectory(async directory => {
      const store = await openSqliteStore({ directory });
      await store.events.append(manyRequests(3));
      let previous = Buffer.alloc(32);
      for await (const event of store.events.readAll()) {
        const { commandId, bodyHash, occurredAt, recordedAt, actor } = event.meta;
        const meta = [commandId, bodyHash, occurredAt, recordedAt, actor, '', '', ''].join('\n');
        const { position, stream, revision, type, data } = event;
        const text = `${position}\n${stream}\n${revision}\n${type}\n${meta}\n${data}`;
        previous = createHash('sha256').update(previous).update(text).digest();
        expect(event.hash).toBe(previous.toString('hex'));
      }
      expect(store.events.headHash()).toBe(previous.toString('hex'));
      await store.close();
    });
  });

  it.each([
    ['a byte of data', 137, 'UPDATE events SET data = flip(data, 12) WHERE position = 137'],
    ['the last byte of data', 300, 'UPDATE events SET data = flip(data, 20) WHERE position = 300'],
    ['a byte of meta data', 1, 'UPDATE events SET meta = flip(meta, 90) WHERE position = 1'],
    ['the type', 20, 'UPDATE event_types SET name = flip(name, 3) WHERE id = 2'],
    ['the type of one event', 41, 'UPDATE events SET type_id = 2 WHERE position = 41'],
    ['a type that is not there', 41, 'UPDATE events SET type_id = 9 WHERE position = 41'],
    ['a stream name', 7, 'UPDATE streams SET name = flip(name, 1) WHERE id = 7'],
    ['the stream of one event', 350, 'UPDATE events SET stream_id = 60 WHERE position = 350'],
    [
      'two stream names',
      3,
      "UPDATE streams SET name = CASE id WHEN 3 THEN 'x' ELSE 's3' END WHERE id IN (3, 4)",
    ],
    ['a revision', 250, 'UPDATE events SET revision = 1000 WHERE position = 250'],
    ['a byte of a hash', 99, 'UPDATE events SET hash = flip(hash, 32) WHERE position = 99'],
    ['a missing event', 150, 'DELETE FROM events WHERE position = 150'],
    ['a missing first event', 1, 'DELETE FROM events WHERE position = 1'],
    ['a moved event', 300, 'UPDATE events SET position = 400 WHERE position = 300'],
  ])('shows %s changed, at its event', async (_, position, sql) => {
    await inTemporaryDirectory(async directory => {
      await filledStore(directory);
      const db = new DatabaseSync(databaseFile(directory));
      addFlip(db);
      expect(db.prepare(sql).run().changes).toBeGreaterThan(0);
      db.close();
      expect(await verdict(directory)).toMatchObject({ kind: 'broken', position });
    });
  });

  it('shows a log whose end was cut off, by what read models have counted', async () => {
    await inTemporaryDirectory(async directory => {
      const projection = { name: 'p', version: 1, tables: [], handles: [], apply: () => undefined };
      let store = await openSqliteStore({ directory });
      await store.readModels.prepare(projection);
      store.projectInTransaction((events, apply) => apply(projection, [], events.at(-1)!.position));
      await store.events.append(manyRequests(10));
      await store.close();
      const db = new DatabaseSync(databaseFile(directory));
      db.exec('DELETE FROM events WHERE position > 8');
      db.close();
      store = await openSqliteStore({ directory });
      expect(await store.events.verifyChain()).toMatchObject({ kind: 'broken', position: 9 });
      await store.close();
    });
  });
});

describe('a byte changed in the raw file', () => {
  it('is found, or lies where no event does: the events are all as they were', async () => {
    await inTemporaryDirectory(async directory => {
      await filledStore(directory);
      const file = databaseFile(directory);
      const sound = await verdict(directory);
      expect(sound.kind).toBe('ok');
      const size = readFileSync(file).length;
      const handle = openSync(file, 'r+');
      const byte = Buffer.alloc(1);
      let found = 0;
      for (let at = 40; at < size; at += 1_511) {
        readSync(handle, byte, 0, 1, at);
        const before = byte[0]!;
        writeSync(handle, Buffer.from([before ^ 0x04]), 0, 1, at);
        const check = await verdict(directory);
        if (check.kind === 'broken') {
          found++;
          expect(check.position).toBeGreaterThanOrEqual(1);
          expect(check.position).toBeLessThanOrEqual(351);
        } else expect(check).toEqual(sound);
        writeSync(handle, Buffer.from([before]), 0, 1, at);
      }
      closeSync(handle);
      expect(found).toBeGreaterThan(20);
      expect(await verdict(directory)).toEqual(sound);
    });
  });
});
