import { DatabaseSync } from 'node:sqlite';
import { checkChainInThread } from './chain-thread.js';
import { databaseFile } from './database.js';
import { openSqliteStore } from './index.js';
import { damagesInThread } from './page-check.js';
import { manyRequests } from './sqlite.fixture.js';

/**
 * Prints what a thread finds in a sound log, in one that was cut and in one that was changed, then in the
 * rest of a file without its commands.
 */
const directory = process.argv[2]!;
const store = await openSqliteStore({ directory });
await store.events.append(manyRequests(300));
await store.close();
const file = databaseFile(directory);
const told: number[] = [];
const prove = async (known: number): Promise<void> => {
  const found = await checkChainInThread({ file, known }, position => told.push(position)).found;
  console.log(JSON.stringify(found ?? null));
};
await prove(300);
await prove(301);
const db = new DatabaseSync(file);
db.exec("UPDATE events SET data = data || ' ' WHERE position = 123");
db.close();
await prove(300);
console.log(JSON.stringify(told));
const again = new DatabaseSync(file);
again.exec('DELETE FROM commands');
again.close();
console.log(JSON.stringify(await damagesInThread(file)));
