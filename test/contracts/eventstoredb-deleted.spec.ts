import { onCluster, request } from './eventstoredb-faults.fixture.js';

/** Nobody may delete streams of the log. Should somebody do it, nothing goes on as if they were new. */
describe('a stream of ours that somebody deleted', () => {
  it(
    'for good is refused at once, to be read and to be written',
    onCluster(async ({ cluster, adapter }) => {
      const store = await adapter();
      await store.append([request('s', -1)]);
      cluster.log.tombstone('daicho.s');
      const refused = { name: 'StoreUnavailable', message: expect.stringMatching(/deleted/) };
      await expect(store.append([request('s', 0)])).rejects.toMatchObject(refused);
      await expect(store.streamRevision('s')).rejects.toMatchObject(refused);
      // The log still has its event, and others write.
      expect(await store.append([request('t', -1)])).toMatchObject([{ kind: 'appended', firstPosition: 2 }]);
    }),
  );

  it(
    'as clients do by default is not begun anew with old numbers',
    onCluster(async ({ cluster, adapter }) => {
      const store = await adapter();
      await store.append([request('s', -1), request('s', 0)]);
      cluster.log.softDelete('daicho.s');
      expect(await store.streamRevision('s')).toBe(-1);
      const answer = await store.append([request('s', -1, 'anew')]).catch((error: Error) => error.message);
      expect(answer).toMatch(/s goes on with 2, not 0: it was deleted/);
    }),
  );
});
