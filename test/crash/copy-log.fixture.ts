import { openEventStoreDb } from '#adapters/eventstoredb';
import { openSqliteStore } from '#adapters/sqlite';
import { copyLog } from '#runtime';

/** Copies the store of a directory into a cluster, a few events at a time, and says how far it is. */
const [directory, url] = process.argv.slice(2) as [string, string];
const store = await openSqliteStore({ directory });
const cluster = await openEventStoreDb({ url });
const appendInOrder = cluster.appendInOrder.bind(cluster);
const target = { events: cluster, proof: cluster, appendInOrder };
const progress = (done: number): void => console.log(`copied ${done}`);
const report = await copyLog(store.events, target, { batchEvents: 4, progress });
console.log(`done ${report.headHash}`);
await cluster.close();
await store.close();
