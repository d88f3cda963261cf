import { rmSync } from 'node:fs';
import { openSqliteStore } from '#adapters/sqlite';
import { eventStoreContract } from '#testing';
import { temporaryDirectory } from '../support/temporary-directory.js';

eventStoreContract('SQLite', async () => {
  const directory = temporaryDirectory();
  let open = await openSqliteStore({ directory });
  return {
    store: open.events,
    async reopen() {
      await open.close();
      open = await openSqliteStore({ directory });
      return open.events;
    },
    async dispose() {
      await open.close();
      rmSync(directory, { recursive: true, force: true });
    },
  };
});
