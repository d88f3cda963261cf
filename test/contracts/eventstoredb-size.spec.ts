import { NO_STREAM } from '#ports';
import { everything, onCluster, request } from './eventstoredb-faults.fixture.js';

const textOf = (bytes: number): string => `"${'x'.repeat(bytes - 2)}"`;
const sized = (stream: string, expectedRevision: number, bytes: number) =>
  request(stream, expectedRevision, `${stream}/${expectedRevision + 1}`, textOf(bytes));

describe('the size of a write', () => {
  it(
    'that the server does not take is refused with the event, its size and the limit; nothing is stored',
    onCluster(async ({ adapter }) => {
      const store = await adapter();
      const refusal = store.append([sized('s', NO_STREAM, 1_100_000)]);
      await expect(refusal).rejects.toMatchObject({ name: 'InvalidInput', field: 'events' });
      await expect(refusal).rejects.toThrow(/sample\.Happened\.v1 of 1100\d{3} bytes for s .*1048576 bytes/);
      expect(await store.headPosition()).toBe(0);
      expect(await store.append([request('s', NO_STREAM)])).toMatchObject([{ kind: 'appended' }]);
    }),
  );

  it(
    'counts all events of a request, also when they come in many messages, and says how many they are',
    onCluster(async ({ adapter }) => {
      const store = await adapter();
      const { events } = sized('s', NO_STREAM, 300_000);
      const large = { ...request('s', NO_STREAM), events: Array.from({ length: 9 }, () => events[0]!) };
      await expect(store.append([large])).rejects.toThrow(/9 events of 27\d{5} bytes for s .*1048576 bytes/);
      expect(await everything(store)).toHaveLength(0);
    }),
  );

  it(
    'may be larger where the server takes more, and is limited only by its messages',
    onCluster(async ({ cluster, adapter }) => {
      cluster.log.maxAppendBytes = 16_000_000;
      const store = await adapter({ deadlineMs: 5_000 });
      const large = store.append([sized('s', NO_STREAM, 5_000_000)]);
      expect(await large).toMatchObject([{ kind: 'appended' }]);
      // It would end the connection that all writes share: refused before it is sent.
      const beside = store.append([request('beside', NO_STREAM)]);
      await expect(store.append([sized('t', NO_STREAM, 17_000_000)])).rejects.toThrow(/16700000 bytes/);
      expect(await beside).toMatchObject([{ kind: 'appended' }]);
    }),
  );

  it(
    'is known to begin with, and what the server says when it takes less is remembered',
    onCluster(async ({ cluster, adapter }) => {
      const store = await adapter();
      const before = store.appendLimit!.bytes;
      expect(before).toBeLessThan(1_048_576);
      const [event] = sized('s', NO_STREAM, 10_000).events;
      // Data, meta data with our mark, and the type in UTF-16.
      expect(store.appendLimit!.sizeOf(event!)).toBeGreaterThan(10_000 + 2 * event!.type.length);
      cluster.log.maxAppendBytes = 100_000;
      await expect(store.append([sized('s', NO_STREAM, 200_000)])).rejects.toThrow(/100000 bytes/);
      expect(store.appendLimit!.bytes).toBeLessThan(100_000);
    }),
  );

  it(
    'of requests that are written together does not matter: what is too large goes one by one',
    onCluster(async ({ cluster, adapter }) => {
      const store = await adapter();
      cluster.log.maxAppendBytes = 50_000;
      const requests = [-1, 0, 1].map(revision => sized('s', revision, 30_000));
      expect((await store.append(requests)).map(result => result.kind)).toEqual(Array(3).fill('appended'));
      expect(await everything(store)).toHaveLength(3);
    }),
  );

  it(
    'of one event may have a limit of its own on newer servers',
    onCluster(async ({ cluster, adapter }) => {
      const store = await adapter();
      cluster.log.maxEventBytes = 100_000;
      const large = store.append([sized('s', NO_STREAM, 200_000)]);
      await expect(large).rejects.toThrow(/sample\.Happened\.v1 of 200\d{3} bytes for s is above its limit;/);
      expect(await store.headPosition()).toBe(0);
    }),
  );
});
