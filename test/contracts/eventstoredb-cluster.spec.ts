import { createServer, type Socket } from 'node:net';
import { follow, onCluster, positions, request, until, upTo } from './eventstoredb-faults.fixture.js';

/** Two tries of 1,500 ms for each of two questions; one that waits for ever does not end at all. */
const SOON_MS = 20_000;

describe('a cluster that changes', () => {
  it(
    'goes on with the new leader when the old one lost its office',
    onCluster(
      async ({ cluster, adapter }) => {
        const store = await adapter({ url: cluster.url(0) });
        const { seen } = follow(store);
        await store.append([request('s', -1)]);
        cluster.elect(1);
        expect(await store.append([request('s', 0)])).toMatchObject([{ kind: 'appended', revision: 1 }]);
        cluster.elect(2);
        expect(await store.streamRevision('s')).toBe(1);
        expect(await store.append([request('s', 1)])).toMatchObject([{ kind: 'appended', revision: 2 }]);
        await until(() => seen.length >= 3, 'three events');
        expect(seen).toEqual([1, 2, 3]);
      },
      { nodes: 3 },
    ),
  );

  it(
    'finds another node when the leader dies',
    onCluster(
      async ({ cluster, adapter }) => {
        const store = await adapter({ attempts: 20 });
        const { seen } = follow(store);
        await store.append([request('s', -1)]);
        cluster.elect(1);
        cluster.nodes[0]!.kill();
        expect(await store.append([request('s', 0)])).toMatchObject([{ kind: 'appended', revision: 1 }]);
        await until(() => seen.length >= 2, 'two events');
        expect(seen).toEqual([1, 2]);
      },
      { nodes: 3 },
    ),
  );

  it(
    'loses no event and doubles none when the server restarts in the middle',
    onCluster(async ({ cluster, adapter }) => {
      const [writer, reader] = [await adapter({ attempts: 30 }), await adapter({ attempts: 30 })];
      const { seen, subscription } = follow(reader);
      const write = async (stream: string): Promise<void> => {
        for (let i = 0; i < 60; i++) {
          const [result] = await writer.append([request(stream, i - 1)]);
          expect(result).toMatchObject({ kind: 'appended', revision: i });
        }
      };
      const restart = async (): Promise<void> => {
        for (let i = 0; i < 3; i++) {
          await new Promise(resolve => setTimeout(resolve, 60));
          cluster.nodes[0]!.kill();
          await new Promise(resolve => setTimeout(resolve, 40));
          await cluster.nodes[0]!.start();
        }
      };
      await Promise.all([write('a'), write('b'), write('c'), restart()]);
      await until(() => seen.length >= 180, '180 events');
      await subscription.stop();
      expect(seen).toEqual(upTo(180));
    }),
  );
});

describe('a cluster that is silent', () => {
  it.each([1, 3])(
    'is given up after the tries and the deadlines that were asked for, and can be left: %i nodes',
    nodes =>
      onCluster(
        async ({ cluster, adapter }) => {
          const store = await adapter({ attempts: 2 });
          await store.append([request('s', -1)]);
          const { seen, subscription } = follow(store);
          await until(() => seen.length === 1, 'the event');
          const sockets = new Set<Socket>();
          const silent = cluster.nodes.map(node => {
            node.kill();
            return createServer(socket => sockets.add(socket)).listen(node.port, '127.0.0.1');
          });
          const start = performance.now();
          const unavailable = { name: 'StoreUnavailable', code: 'UNAVAILABLE' };
          await expect(store.append([request('s', 0)])).rejects.toMatchObject(unavailable);
          await expect(store.headPosition()).rejects.toMatchObject(unavailable);
          await store.close();
          await subscription.ended;
          expect(performance.now() - start).toBeLessThan(SOON_MS);
          for (const server of silent) server.close();
          for (const socket of sockets) socket.destroy();
        },
        { nodes },
      )(),
  );
});

describe('a subscription', () => {
  it(
    'goes on when the server drops it or breaks a read off',
    onCluster(async ({ cluster, adapter }) => {
      const [writer, reader] = [await adapter(), await adapter()];
      for (let i = 0; i < 50; i++) await writer.append([request('s', i - 1)]);
      cluster.faults.cutReadAfter = 7;
      const { seen, subscription } = follow(reader, 10);
      await until(() => seen.length >= 40, '40 events');
      let dropped = 0;
      for (let i = 50; i < 80; i++) {
        if (i % 10 === 0) dropped += cluster.nodes[0]!.dropSubscriptions();
        await writer.append([request('s', i - 1)]);
      }
      await until(() => seen.length >= 70, '70 events');
      await subscription.stop();
      expect(dropped).toBeGreaterThan(0);
      expect(seen).toEqual(upTo(80).slice(10));
    }),
  );

  it(
    'waits for a slow handler while much is written and the connection breaks',
    onCluster(async ({ cluster, adapter }) => {
      const [writer, reader] = [await adapter({ attempts: 20 }), await adapter({ attempts: 20 })];
      const seen: number[] = [];
      let [running, most] = [0, 0];
      const subscription = reader.subscribe({ after: 0, batchSize: 50 }, async events => {
        most = Math.max(most, ++running);
        await new Promise(resolve => setTimeout(resolve, 2));
        seen.push(...positions(events));
        running--;
      });
      const data = `"${'x'.repeat(10_000)}"`;
      for (let i = 0; i < 10; i++) {
        const many = Array.from({ length: 100 }, (_, j) => request(`s${i}`, j - 1, `s${i}/${j}`, data));
        await writer.append(many);
        if (i === 5) {
          cluster.nodes[0]!.kill();
          await cluster.nodes[0]!.start();
        }
      }
      await until(() => seen.length >= 1_000, '1,000 events');
      await subscription.stop();
      expect(most).toBe(1);
      expect(seen).toEqual(upTo(1_000));
    }),
  );

  it(
    'sees what another process writes without asking, at once',
    onCluster(async ({ adapter }) => {
      const [writer, reader] = [await adapter(), await adapter()];
      let seenAt = 0;
      reader.subscribe({ after: 0 }, async () => {
        seenAt = performance.now();
      });
      // The subscription at the cluster must stand, or the look every second would be what is measured.
      await new Promise(resolve => setTimeout(resolve, 100));
      await writer.append([request('s', -1)]);
      const writtenAt = performance.now();
      await until(() => seenAt > 0, 'the event');
      expect(seenAt - writtenAt).toBeLessThan(500);
    }),
  );
});
