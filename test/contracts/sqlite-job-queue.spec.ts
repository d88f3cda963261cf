import { rmSync } from 'node:fs';
import { openSqliteJobQueue } from '#adapters/sqlite';
import { jobQueueContract } from '#testing';
import { temporaryDirectory } from '../support/temporary-directory.js';

jobQueueContract('SQLite', async (clock, leaseMs) => {
  const directory = temporaryDirectory();
  const open = () => openSqliteJobQueue({ directory, clock, leaseMs });
  let queue = open();
  return {
    queue,
    clock,
    another: async () => open(),
    async reopen() {
      await queue.close();
      queue = open();
      return queue;
    },
    async dispose() {
      await queue.close();
      rmSync(directory, { recursive: true, force: true });
    },
  };
});
