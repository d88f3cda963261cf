import { memoryLogIndex } from '#adapters/eventstoredb';
import { openSqliteStore } from '#adapters/sqlite';
import type { EventStore } from '#ports';
import type { LoggedEvent } from '../support/eventstoredb/memory-log.js';
import { inTemporaryDirectory } from '../support/temporary-directory.js';
import { everything, onCluster, request } from './eventstoredb-faults.fixture.js';

/** Nothing is lost here: a busy machine may take its time over a thousand events. */
const CALM = { deadlineMs: 10_000 };

/** Two streams that take turns: `count` events. */
async function fill(store: EventStore, count: number): Promise<void> {
  const requests = Array.from({ length: count }, (_, i) =>
    request(i % 2 === 0 ? 'even' : 'odd', Math.floor(i / 2) - 1),
  );
  for (let from = 0; from < count; from += 100) await store.append(requests.slice(from, from + 100));
}

const ours = (events: readonly LoggedEvent[]) => events.filter(event => event.stream.startsWith('daicho.'));

describe("the proof of a cluster's log", () => {
  it(
    'counts and hashes what is there, and says how far it is',
    onCluster(async ({ adapter }) => {
      const store = await adapter(CALM);
      expect(await store.verifyChain()).toEqual({ kind: 'ok', events: 0, headHash: '0'.repeat(64) });
      await fill(store, 1_300);
      const seen: number[] = [];
      const proof = await store.verifyChain((position, head) => seen.push(position, head));
      expect(proof).toEqual({ kind: 'ok', events: 1_300, headHash: store.headHash() });
      expect(seen.slice(-2)).toEqual([1_300, 1_300]);
    }),
  );

  it.each([1, 256, 257, 400, 599, 600])(
    'names event %i when its content was changed after the index had seen it',
    position =>
      onCluster(async ({ cluster, adapter }) => {
        const index = memoryLogIndex();
        const writer = await adapter({ ...CALM, index });
        await fill(writer, 600);
        const event = ours(cluster.log.events)[position - 1]!;
        event.data = Buffer.from('{"a":2}');
        const expected = { kind: 'broken', position };
        expect(await writer.verifyChain()).toMatchObject(expected);
        await writer.close();
        const later = await adapter({ ...CALM, index });
        expect(await later.verifyChain()).toMatchObject(expected);
      })(),
  );

  it(
    'finds that events at the end are missing, also one process later',
    onCluster(async ({ cluster, adapter }) => {
      const index = memoryLogIndex();
      const store = await adapter({ ...CALM, index });
      await fill(store, 300);
      cluster.log.events.splice(-5);
      expect(await store.verifyChain()).toMatchObject({ kind: 'broken', position: 296 });
      await store.close();
      await expect(adapter({ ...CALM, index })).rejects.toThrow(/belongs to another log, or the log was cut/);
    }),
  );

  it(
    'finds an event that is missing in the middle',
    onCluster(async ({ cluster, adapter }) => {
      const store = await adapter(CALM);
      await fill(store, 300);
      cluster.log.events.splice(cluster.log.events.indexOf(ours(cluster.log.events)[99]!), 1);
      expect(await store.verifyChain()).toMatchObject({ kind: 'broken', position: 100 });
    }),
  );

  it(
    'is the same as that of an embedded store with the same events: moving up keeps every hash',
    onCluster(({ adapter }) =>
      inTemporaryDirectory(async directory => {
        const embedded = await openSqliteStore({ directory });
        try {
          await fill(embedded.events, 50);
          const inOrder = await everything(embedded.events);
          const store = await adapter(CALM);
          for (const { stream, revision, type, data, meta } of inOrder)
            await store.append([{ stream, expectedRevision: revision - 1, events: [{ type, data, meta }] }]);
          expect(await everything(store)).toEqual(inOrder);
          expect(store.headHash()).toBe(embedded.events.headHash());
        } finally {
          await embedded.close();
        }
      }),
    ),
  );

  it(
    'stops at an event that another program wrote into our namespace',
    onCluster(async ({ cluster, adapter }) => {
      const store = await adapter(CALM);
      await fill(store, 10);
      cluster.log.writeSystemEvent('daicho.even', 'Intruder');
      await expect(store.headPosition()).rejects.toThrow(/daicho\.even@5 was written by another program/);
    }),
  );
});
