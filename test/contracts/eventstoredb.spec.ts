import { randomBytes } from 'node:crypto';
import { endOfLog, openEventStoreDb } from '#adapters/eventstoredb';
import { eventStoreContract } from '#testing';
import { FakeCluster } from '../support/eventstoredb/fake-cluster.js';

/**
 * The same suite against a real server: EVENTSTORE_URL=esdb://… (docs/how-to/run-against-eventstoredb.md).
 * A server cannot be emptied, so every test has a namespace of its own that begins at the end of the log.
 */
const REAL = process.env['EVENTSTORE_URL'];
let fake: FakeCluster | undefined;

beforeAll(async () => {
  if (!REAL) fake = await FakeCluster.start();
});
afterAll(() => fake?.stop());

eventStoreContract(REAL ? 'EventStoreDB, a real server' : 'EventStoreDB, over gRPC', async () => {
  const url = REAL ?? fake!.url();
  const namespace = `test.${randomBytes(6).toString('hex')}.`;
  const origin = await endOfLog({ url });
  const open = () => openEventStoreDb({ url, namespace, ...(origin ? { origin } : {}) });
  let store = await open();
  return {
    store,
    async reopen() {
      await store.close();
      store = await open();
      return store;
    },
    dispose: () => store.close(),
  };
});
