import { everything, onCluster, request } from './eventstoredb-faults.fixture.js';

/** One event in each of many streams: their order is only that of the requests. */
const scattered = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, i) => request(`s${from + i}`, -1));
const streamsOf = (from: number, to: number): string[] => scattered(from, to).map(({ stream }) => stream);

describe('appends in order, into many streams of a cluster', () => {
  it(
    'stand in the log in the order of the requests, whatever happens to the writes on their way',
    onCluster(async ({ cluster, adapter }) => {
      const store = await adapter();
      for (const [i, fault] of (
        ['unavailable-before', 'timeout-after', 'unavailable-after', 'silent-before', 'silent-after'] as const
      ).entries())
        cluster.faults.planAppend(fault, new RegExp(`s${7 * i + 3}$`));
      const results = await store.appendInOrder(scattered(0, 60));
      expect(results.map(result => result.kind === 'appended' && result.firstPosition)).toEqual(
        Array.from({ length: 60 }, (_, i) => i + 1),
      );
      expect((await everything(store)).map(event => event.stream)).toEqual(streamsOf(0, 60));
      expect(cluster.faults.happened).toBe(5);
    }),
  );

  it(
    'end with the first that is not stored: those behind it are not tried',
    onCluster(async ({ adapter }) => {
      const store = await adapter();
      await store.append([request('s5', -1, 'somebody')]);
      const results = await store.appendInOrder(scattered(0, 10));
      expect(results.map(({ kind }) => kind)).toEqual([...Array(5).fill('appended'), 'conflict']);
      expect((await everything(store)).map(event => event.stream)).toEqual(['s5', ...streamsOf(0, 5)]);
      const again = await store.appendInOrder([request('t', -1, 's3/0'), request('u', -1)]);
      expect(again).toEqual([{ kind: 'duplicate', commandId: 's3/0' }]);
    }),
  );

  it(
    'do not let others of the process in between',
    onCluster(async ({ adapter }) => {
      const store = await adapter();
      const [inOrder, beside] = await Promise.all([
        store.appendInOrder(scattered(0, 20)),
        store.append(scattered(10, 30)),
      ]);
      expect(inOrder.every(({ kind }) => kind === 'appended')).toBe(true);
      expect(beside.slice(0, 10).every(({ kind }) => kind === 'duplicate')).toBe(true);
      expect(beside.slice(10).every(({ kind }) => kind === 'appended')).toBe(true);
    }),
  );
});
