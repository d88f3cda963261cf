import { openEventStoreDb } from '#adapters/eventstoredb';
import { openSqliteStore } from '#adapters/sqlite';
import { copyLog } from '#runtime';

/**
 * Copies the store of a directory into a cluster, a few events at a time, and says how far it is; where it is
 * told how many times, it stands still after that: whoever kills it then is never too late.
 */
const [directory, url, atMost = 'all'] = process.argv.slice(2) as [string, string, string?];
const store = await openSqliteStore({ directory });
const cluster = await openEventStoreDb({ url });
let left = atMost === 'all' ? Number.POSITIVE_INFINITY : Number.parseInt(atMost, 10);
const appendInOrder: typeof cluster.appendInOrder = requests =>
  left-- > 0 ? cluster.appendInOrder(requests) : new Promise(() => setInterval(() => undefined, 60_000));
const target = { events: cluster, proof: cluster, appendInOrder };
const progress = (done: number): void => console.log(`copied ${done}`);
const report = await copyLog(store.events, target, { batchEvents: 4, progress });
console.log(`done ${report.headHash}`);
await cluster.close();
await store.close();
