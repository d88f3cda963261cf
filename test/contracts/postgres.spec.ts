import { openPostgresReadStore } from '#adapters/postgres';
import { readStoreContract } from '#testing';
import { needsProgram } from '../support/needs.js';
import { type PostgresServer, startPostgres } from '../support/postgres.js';

needsProgram('postgres', 'initdb')('PostgreSQL', () => {
  let server: PostgresServer;
  beforeAll(async () => {
    server = await startPostgres();
  });
  afterAll(() => server.stop());

  readStoreContract('PostgreSQL', async () => {
    const url = await server.database();
    let store = await openPostgresReadStore({ url });
    return {
      store,
      async reopen() {
        await store.close();
        store = await openPostgresReadStore({ url });
        return store;
      },
      dispose: () => store.close(),
    };
  });
});
