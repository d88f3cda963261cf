import { DatabaseSync } from 'node:sqlite';
import { parentPort, workerData } from 'node:worker_threads';

const db = new DatabaseSync(workerData as string, { timeout: 0 });
const checkpoint = db.prepare('PRAGMA wal_checkpoint(PASSIVE)');

parentPort!.on('message', () => {
  // PASSIVE waits for nobody: what cannot be copied now is copied the next time.
  checkpoint.all();
  parentPort!.postMessage('done');
});
