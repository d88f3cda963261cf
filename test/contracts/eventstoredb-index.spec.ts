import { memoryLogIndex } from '#adapters/eventstoredb';
import type { IndexedEvent, LogIndexStore } from '#ports';
import { logIndexContract } from '#testing';
import { everything, follow, onCluster, request, until, upTo } from './eventstoredb-faults.fixture.js';

logIndexContract('memory', async () => ({ store: memoryLogIndex(), dispose: async () => undefined }));

/** More than a process keeps in memory of the end of the log. */
const MANY = 9_000;

describe('an index of more events than memory keeps', () => {
  it(
    'finds old commands, streams and positions in its store, and follows from the start',
    onCluster(async ({ adapter }) => {
      const index = memoryLogIndex();
      const store = await adapter({ index, deadlineMs: 5_000 });
      for (let from = 0; from < MANY; from += 3_000) {
        const batch = Array.from({ length: 3_000 }, (_, i) => {
          const n = from + i;
          return request(`s${n % 9}`, Math.floor(n / 9) - 1, `c${n}`);
        });
        await store.append(batch);
      }
      while ((await index.head())?.position !== MANY) await new Promise(resolve => setTimeout(resolve, 20));
      const all = await everything(store);
      expect(all).toHaveLength(MANY);
      const early = all[10]!;
      const [position, commandId] = [early.position, early.meta.commandId];
      expect((await store.findCommands([commandId, 'nobody'])).get(commandId)).toMatchObject({
        firstPosition: position,
        count: 1,
      });
      expect(await store.append([request('other', -1, commandId)])).toEqual([
        { kind: 'duplicate', commandId },
      ]);
      const stream: unknown[] = [];
      for await (const event of store.readStream('s0')) stream.push(event);
      expect(stream).toEqual(all.filter(event => event.stream === 's0'));
      const { seen, subscription } = follow(store);
      await until(() => seen.length >= MANY, 'all events');
      await subscription.stop();
      expect(seen).toEqual(upTo(MANY));
      expect(await store.verifyChain()).toMatchObject({ kind: 'ok', events: MANY });
    }),
  );

  it(
    'doubles no old command when its store is set back while it runs, and gives back what was lost',
    onCluster(async ({ adapter }) => {
      let inner = memoryLogIndex();
      const index: LogIndexStore = {
        head: () => inner.head(),
        save: entries => inner.save(entries),
        at: position => inner.at(position),
        ofStream: (...wanted) => inner.ofStream(...wanted),
        ofCommands: ids => inner.ofCommands(ids),
      };
      const until9000 = async () => {
        while ((await index.head())?.position !== MANY) await new Promise(resolve => setTimeout(resolve, 20));
      };
      const store = await adapter({ index, deadlineMs: 5_000 });
      for (let from = 0; from < MANY; from += 3_000) {
        const batch = Array.from({ length: 3_000 }, (_, i) => request('s', from + i - 1, `c${from + i}`));
        await store.append(batch);
      }
      await until9000();
      // A backup of some thousand events ago is restored; the process has let go of them long since.
      const backup = memoryLogIndex();
      const kept = await inner.ofStream('s', 0, 999);
      await backup.save(kept);
      inner = backup;
      expect(await store.append([request('other', -1, 'c2000')])).toEqual([
        { kind: 'duplicate', commandId: 'c2000' },
      ]);
      expect((await store.findCommands(['c1500'])).get('c1500')).toMatchObject({ firstPosition: 1_501 });
      await until9000();
      // Nothing at all is left, and the next thing that happens is an event.
      inner = memoryLogIndex();
      await store.append([request('s', MANY - 1, 'next')]);
      while ((await index.head())?.position !== MANY + 1)
        await new Promise(resolve => setTimeout(resolve, 20));
      expect((await inner.ofStream('s', 0, MANY)).map(entry => entry.position)).toEqual(upTo(MANY + 1));
      // The index of another log is not taken for a backup of this one.
      inner = memoryLogIndex();
      await inner.save([{ ...kept[0]!, hash: 'f'.repeat(64) }]);
      await expect(store.append([request('other', -1, 'c2000')])).rejects.toMatchObject({
        name: 'LogIndexDiffers',
      });
    }),
    30_000,
  );

  it(
    'keeps what its store does not take, and saves it without a gap when it does again',
    onCluster(async ({ adapter }) => {
      const memory = memoryLogIndex();
      const saved: number[] = [];
      let failures = 2;
      const index: LogIndexStore = {
        ...memory,
        async save(entries: readonly IndexedEvent[]) {
          if (failures-- > 0) throw new Error('the database is away');
          saved.push(...entries.map(entry => entry.position));
          await memory.save(entries);
        },
      };
      const store = await adapter({ index });
      for (let i = 0; i < 20; i++) await store.append([request('s', i - 1)]);
      expect(await store.append([request('s', 19, 's/3')])).toMatchObject([{ kind: 'duplicate' }]);
      await until(() => saved.length >= 20, 'the save after the failures');
      expect(saved).toEqual(upTo(20));
    }),
  );
});
