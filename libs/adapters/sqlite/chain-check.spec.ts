import { createHash } from 'node:crypto';
import { closeSync, openSync, readFileSync, readSync, writeSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { problem, problemSaid } from '#kernel';
import { type ChainProof, Damaged, logFindings, wordsOf } from '#ports';
import { inTemporaryDirectory } from '../../../test/support/temporary-directory.js';
import { checkChain } from './chain-check.js';
import { databaseFile } from './database.js';
import { EventReader } from './event-reader.js';
import { chainFindings } from './findings.js';
import { openSqliteStore } from './index.js';
import { manyRequests } from './sqlite.fixture.js';

async function filledStore(directory: string, events = 350): Promise<void> {
  const store = await openSqliteStore({ directory });
  await store.events.append(manyRequests(events));
  await store.close();
}

/** A file that does not open at all. */
const opened = (error: Error): ChainProof => ({
  kind: 'broken',
  position: 1,
  problem: problem(chainFindings.LOG_UNREADABLE, { said: wordsOf(error) }),
});

async function verdict(directory: string): Promise<ChainProof> {
  const store = await openSqliteStore({ directory, readOnly: true }).catch(error => error as Error);
  if (store instanceof Error) return opened(store);
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
    ['a byte of data', 137, 'HASH_DIFFERS', 'UPDATE events SET data = flip(data, 12) WHERE position = 137'],
    [
      'the last byte of data',
      300,
      'HASH_DIFFERS',
      'UPDATE events SET data = flip(data, 20) WHERE position = 300',
    ],
    ['a byte of meta data', 1, 'HASH_DIFFERS', 'UPDATE events SET meta = flip(meta, 90) WHERE position = 1'],
    ['the type', 20, 'HASH_DIFFERS', 'UPDATE event_types SET name = flip(name, 3) WHERE id = 2'],
    ['the type of one event', 41, 'HASH_DIFFERS', 'UPDATE events SET type_id = 2 WHERE position = 41'],
    ['a type that is not there', 41, 'EVENT_NAMELESS', 'UPDATE events SET type_id = 9 WHERE position = 41'],
    ['a stream name', 7, 'HASH_DIFFERS', 'UPDATE streams SET name = flip(name, 1) WHERE id = 7'],
    ['the stream of one event', 350, 'HASH_DIFFERS', 'UPDATE events SET stream_id = 60 WHERE position = 350'],
    [
      'two stream names',
      3,
      'HASH_DIFFERS',
      "UPDATE streams SET name = CASE id WHEN 3 THEN 'x' ELSE 's3' END WHERE id IN (3, 4)",
    ],
    ['a revision', 250, 'REVISION_MISPLACED', 'UPDATE events SET revision = 1000 WHERE position = 250'],
    ['a byte of a hash', 99, 'HASH_DIFFERS', 'UPDATE events SET hash = flip(hash, 32) WHERE position = 99'],
    ['a missing event', 150, 'EVENT_SKIPPED', 'DELETE FROM events WHERE position = 150'],
    ['a missing first event', 1, 'EVENT_SKIPPED', 'DELETE FROM events WHERE position = 1'],
    ['a moved event', 300, 'EVENT_SKIPPED', 'UPDATE events SET position = 400 WHERE position = 300'],
  ])('shows %s changed, at its event', async (_, position, code, sql) => {
    await inTemporaryDirectory(async directory => {
      await filledStore(directory);
      const db = new DatabaseSync(databaseFile(directory));
      addFlip(db);
      expect(db.prepare(sql).run().changes).toBeGreaterThan(0);
      db.close();
      expect(await verdict(directory)).toMatchObject({
        kind: 'broken',
        position,
        problem: { kind: { code } },
      });
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

/** A log of 150 events, one of which was changed, and what is said of it. */
const SAID: readonly (readonly [code: string, sql: string, en: string, ja: string])[] = [
  [
    'EVENT_SKIPPED',
    'DELETE FROM events WHERE position = 20',
    'event 20 is missing; the next one stored is 21',
    '記録20がありません。次に保存されているのは記録21です',
  ],
  [
    'REVISION_MISPLACED',
    'UPDATE events SET revision = 7 WHERE position = 120',
    'revision 7 of s20 stands where 1 belongs',
    's20 の番号1があるべき位置に、番号7があります',
  ],
  [
    'EVENT_NAMELESS',
    'DELETE FROM streams WHERE id = 9',
    'its stream or its type has no name',
    '記録のストリームまたは種類の名前がありません',
  ],
  [
    'HASH_DIFFERS',
    'UPDATE events SET type_id = 2 WHERE position = 5',
    'its content does not give the stored hash: data, meta data, type, stream or hash was changed',
    '内容から計算したハッシュが、保存されているハッシュと一致しません。' +
      'データ・付帯情報・種類・ストリーム・ハッシュのいずれかが変更されています',
  ],
  [
    'LOG_CUT',
    'DELETE FROM events WHERE position > 140',
    'the log ends at 140, but read models have counted events up to 150',
    '記録は140件で終わっていますが、参照モデルは150件目まで反映しています',
  ],
  [
    'LOG_UNREADABLE',
    'UPDATE events SET stream_id = 900, revision = 2 WHERE position = 5',
    'cannot be read: the stream number 900 has no name: the file is damaged',
    '読み取れません：ストリーム900の名前がなく、ファイルが損傷しています',
  ],
];

describe('what is found of a log', () => {
  it.each(SAID)('is said in both languages: %s', async (code, sql, en, ja) =>
    inTemporaryDirectory(async directory => {
      await filledStore(directory, 150);
      const db = new DatabaseSync(databaseFile(directory));
      db.exec(sql);
      db.close();
      const store = await openSqliteStore({ directory, readOnly: true });
      const reader = new EventReader(new DatabaseSync(databaseFile(directory)));
      const found = await checkChain(reader, () => 150);
      await store.close();
      if (found.kind === 'ok') throw new Error('nothing was found');
      expect([found.problem.kind.code, problemSaid(found.problem)]).toEqual([code, { en, ja }]);
    }),
  );

  it('is also said where a name is looked for', async () =>
    inTemporaryDirectory(async directory => {
      await filledStore(directory, 1);
      const db = new DatabaseSync(databaseFile(directory));
      const reader = new EventReader(db);
      const said = (work: () => unknown): unknown => {
        try {
          return work();
        } catch (error) {
          return error instanceof Damaged && wordsOf(error);
        }
      };
      expect(said(() => reader.typeOf(7))).toEqual({
        en: 'the event type number 7 has no name: the file is damaged',
        ja: '記録の種類7の名前がなく、ファイルが損傷しています',
      });
      expect(said(() => reader.nameOf(1))).toBe('s1');
      db.close();
    }));

  it('where the events end before the head is that one is missing', async () => {
    const reader = { headPosition: () => 3, raw: () => [] } as object as EventReader;
    const found = await checkChain(reader, () => 0);
    expect(found).toMatchObject({ position: 1, problem: { kind: logFindings.EVENT_MISSING } });
    expect(wordsOf(new Damaged(problem(logFindings.EVENT_MISSING, { position: 1 })))).toEqual({
      en: 'event 1 is missing',
      ja: '記録1がありません',
    });
  });

  it('is all in these tables', () => {
    const said = [...SAID.map(([code]) => code), 'STREAM_NAMELESS', 'TYPE_NAMELESS'];
    expect(Object.keys(chainFindings).filter(code => !said.includes(code))).toEqual([]);
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
