import { memoryLogIndex } from '#adapters/eventstoredb';
import { ANSWERS_LATE_MS, type AppendFault } from '../support/eventstoredb/faults.js';
import {
  everything,
  follow,
  onCluster,
  positions,
  request,
  until,
  upTo,
} from './eventstoredb-faults.fixture.js';

const APPEND_FAULTS: readonly AppendFault[] = [
  'unavailable-before',
  'unavailable-after',
  'not-ready-before',
  'timeout-before',
  'timeout-after',
  'silent-before',
  'silent-after',
];

describe('a write that meets a fault', () => {
  it.each(APPEND_FAULTS.flatMap(fault => [true, false].map(remembers => ({ fault, remembers }))))(
    'is stored once: $fault, event ids remembered: $remembers',
    ({ fault, remembers }) =>
      onCluster(async ({ cluster, adapter }) => {
        cluster.log.remembersIds = remembers;
        const store = await adapter();
        await store.append([request('s', -1)]);
        cluster.faults.planAppend(fault);
        expect(await store.append([request('s', 0)])).toEqual([
          { kind: 'appended', firstPosition: 2, lastPosition: 2, revision: 1 },
        ]);
        expect(cluster.faults.happened).toBe(1);
        expect(positions(await everything(store))).toEqual([1, 2]);
        expect(await store.append([request('s', 1)])).toMatchObject([{ kind: 'appended', revision: 2 }]);
      })(),
  );

  it.each([true, false])(
    'is stored once when it takes effect after it was tried again, event ids remembered: %s',
    remembers =>
      onCluster(async ({ cluster, adapter }) => {
        cluster.log.remembersIds = remembers;
        const store = await adapter();
        cluster.faults.planAppend('late');
        expect(await store.append([request('s', -1)])).toMatchObject([{ kind: 'appended', revision: 0 }]);
        expect(cluster.faults.happened).toBe(1);
        expect(await everything(store)).toHaveLength(1);
      })(),
  );

  it.each(['shown-then-timeout', 'shown-then-denied', 'shown-then-unavailable'] as const)(
    'is answered by the log that shows it, and the error that the server answers then changes nothing: %s',
    fault =>
      onCluster(async ({ cluster, adapter }) => {
        const store = await adapter({ deadlineMs: 5_000 });
        await store.append([request('s', -1)]);
        // As every server does, it follows the log: the bell must stand, or only a look every second sees it.
        const { subscription } = follow(store);
        await new Promise(resolve => setTimeout(resolve, 100));
        cluster.faults.planAppend(fault);
        const began = performance.now();
        expect(await store.append([request('s', 0)])).toEqual([
          { kind: 'appended', firstPosition: 2, lastPosition: 2, revision: 1 },
        ]);
        // Before the server had said a word.
        expect(performance.now() - began).toBeLessThan(ANSWERS_LATE_MS);
        const [next] = await Promise.all([
          store.append([request('s', 1)]),
          new Promise(resolve => setTimeout(resolve, ANSWERS_LATE_MS)),
        ]);
        await subscription.stop();
        expect(next).toMatchObject([{ kind: 'appended', revision: 2 }]);
        expect(positions(await everything(store))).toEqual([1, 2, 3]);
      })(),
  );

  it(
    'is a conflict when another writer came first meanwhile',
    onCluster(async ({ cluster, adapter }) => {
      const [store, rival] = [await adapter(), await adapter()];
      cluster.faults.planAppend('silent-before');
      const ours = store.append([request('s', -1, 'ours')]);
      await until(() => cluster.faults.happened === 1, 'the fault');
      expect(await rival.append([request('s', -1, 'theirs'), request('s', 0, 'theirs too')])).toMatchObject([
        { kind: 'appended' },
        { kind: 'appended' },
      ]);
      expect(await ours).toEqual([{ kind: 'conflict', actualRevision: 1 }]);
    }),
  );

  it(
    'is given up with StoreUnavailable, and its command can be sent again',
    onCluster(async ({ cluster, adapter }) => {
      const store = await adapter({ attempts: 3 });
      for (let i = 0; i < 3; i++) cluster.faults.planAppend('timeout-before');
      const unavailable = { name: 'StoreUnavailable', code: 'UNAVAILABLE' };
      await expect(store.append([request('s', -1)])).rejects.toMatchObject(unavailable);
      expect(await store.headPosition()).toBe(0);
      expect(await store.append([request('s', -1)])).toMatchObject([{ kind: 'appended' }]);
    }),
  );

  it(
    'does not hold up the writes of other streams',
    onCluster(async ({ cluster, adapter }) => {
      const store = await adapter({ deadlineMs: 1_000 });
      cluster.faults.planAppend('silent-before', /slow$/);
      let done = false;
      const slow = store.append([request('slow', -1)]).then(() => {
        done = true;
      });
      for (let i = 0; i < 20; i++) await store.append([request('quick', i - 1)]);
      expect(done).toBe(false);
      await slow;
      expect(await store.headPosition()).toBe(21);
    }),
  );

  it(
    'is refused, not retried, when the login may not write',
    onCluster(async ({ cluster, adapter }) => {
      const store = await adapter();
      cluster.faults.planAppend('access-denied');
      await expect(store.append([request('s', -1)])).rejects.toMatchObject({ code: 'UNAVAILABLE' });
      expect(cluster.faults.happened).toBe(1);
      expect(await store.headPosition()).toBe(0);
    }),
  );

  it(
    'takes many streams in one call over all of them, each once',
    onCluster(async ({ cluster, adapter }) => {
      const store = await adapter();
      cluster.faults.planAppend('unavailable-after', /w37$/);
      const requests = Array.from({ length: 80 }, (_, i) => request(`w${i}`, -1));
      const results = await store.append(requests);
      expect(results.every(result => result.kind === 'appended')).toBe(true);
      expect(positions(await everything(store))).toEqual(upTo(80));
    }),
  );
});

describe('several processes', () => {
  it(
    'race for the last revision of one stream 1,000 times: one wins, never both',
    onCluster(async ({ adapter }) => {
      const [one, other] = [await adapter(), await adapter()];
      for (let revision = -1; revision < 999; revision++) {
        const results = await Promise.all([
          one.append([request('s', revision, `one/${revision}`)]),
          other.append([request('s', revision, `other/${revision}`)]),
        ]);
        const kinds = results.map(([result]) => result!.kind).sort();
        expect(kinds).toEqual(['appended', 'conflict']);
      }
      expect(await one.headPosition()).toBe(1_000);
      expect(await other.streamRevision('s')).toBe(999);
    }),
    60_000,
  );

  it(
    'store a command of one stream once, also when one of them did not know of it',
    onCluster(async ({ adapter }) => {
      const [one, other] = [await adapter(), await adapter()];
      await one.append([request('s', -1, 'a'), request('s', 0, 'b')]);
      expect(await other.append([request('s', 1, 'a')])).toEqual([{ kind: 'duplicate', commandId: 'a' }]);
      expect((await other.findCommands(['b'])).get('b')).toMatchObject({ firstPosition: 2, count: 1 });
    }),
  );

  it(
    'number and hash the events alike, with events of the system and of others between them',
    onCluster(async ({ cluster, adapter }) => {
      let writes = 0;
      cluster.log.beforeWrite = () => {
        cluster.log.writeSystemEvent();
        if (++writes % 3 === 0) cluster.log.writeSystemEvent('$$daicho.s', '$metadata');
        if (writes % 5 === 0) cluster.log.writeSystemEvent('another.program', 'Happened');
      };
      const [one, other] = [await adapter(), await adapter()];
      const foreign = await adapter({ namespace: 'other.' });
      for (let i = 0; i < 40; i++) {
        await Promise.all([
          one.append([request('a', i - 1)]),
          other.append([request('b', i - 1)]),
          foreign.append([request('c', i - 1)]),
        ]);
      }
      const late = await adapter();
      const events = await everything(one);
      expect(positions(events)).toEqual(upTo(80));
      expect(await everything(other)).toEqual(events);
      expect(await everything(late)).toEqual(events);
      expect(await everything(foreign)).toHaveLength(40);
      expect(late.headHash()).toBe(events.at(-1)!.hash);
    }),
  );

  it(
    'share an index: who starts later goes on where it ends',
    onCluster(async ({ adapter }) => {
      const index = memoryLogIndex();
      const one = await adapter({ index });
      for (let i = 0; i < 30; i++) await one.append([request('s', i - 1)]);
      await one.close();
      expect(await index.head()).toMatchObject({ position: 30, stream: 's', revision: 29 });
      const later = await adapter({ index });
      expect(later.headHash()).toBe((await index.head())!.hash);
      expect(await later.append([request('s', 29, 's/7')])).toEqual([
        { kind: 'duplicate', commandId: 's/7' },
      ]);
      expect(await later.append([request('s', 29)])).toMatchObject([{ firstPosition: 31 }]);
      const { seen, subscription } = follow(later);
      await until(() => seen.length >= 31, '31 events');
      await subscription.stop();
      expect(seen).toEqual(upTo(31));
    }),
  );
});
