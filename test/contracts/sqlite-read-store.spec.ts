import { rmSync } from 'node:fs';
import { openSqliteStore } from '#adapters/sqlite';
import { readStoreContract } from '#testing';
import { temporaryDirectory } from '../support/temporary-directory.js';

readStoreContract('SQLite', async () => {
  const directory = temporaryDirectory();
  let open = await openSqliteStore({ directory });
  return {
    store: open.readModels,
    async reopen() {
      await open.close();
      open = await openSqliteStore({ directory });
      return open.readModels;
    },
    async dispose() {
      await open.close();
      rmSync(directory, { recursive: true, force: true });
    },
  };
});
