import { parentPort, workerData } from 'node:worker_threads';
import { checkChain } from './chain-check.js';
import type { ChainNews, ChainTask } from './chain-thread.js';
import { openReader } from './database.js';
import { EventReader } from './event-reader.js';

const { file, known } = workerData as ChainTask;
const say = (news: ChainNews): void => parentPort!.postMessage(news);

say({ kind: 'running' });
const db = openReader(file);
try {
  const check = await checkChain(
    new EventReader(db),
    () => known,
    (position, head) => say({ kind: 'progress', position, head }),
  );
  say({ kind: 'done', check });
} finally {
  db.close();
}
