import { rmSync } from 'node:fs';
import { openPostgresReadStore } from '#adapters/postgres';
import { openSqliteStore } from '#adapters/sqlite';
import { openClusterProduct } from '#nest';
import type { Clock } from '#ports';
import type { JourneyHome } from '#testing';
import { needsProgram } from '../support/needs.js';
import { type PostgresServer, startPostgres } from '../support/postgres.js';
import { inProcess } from '../support/stages.js';
import { temporaryDirectory } from '../support/temporary-directory.js';
import { contractSuite } from './contract-suite.js';
import { journeySuite } from './journey-suite.js';

needsProgram('postgres', 'initdb')('with PostgreSQL', () => {
  let server: PostgresServer;
  beforeAll(async () => {
    server = await startPostgres();
  });
  afterAll(() => server.stop());

  const open = async (clock: Clock): Promise<JourneyHome> => {
    const directory = temporaryDirectory();
    const log = await openSqliteStore({ directory });
    const readModels = await openPostgresReadStore({ url: await server.database() });
    const { product } = await openClusterProduct({
      events: log.events,
      proof: log.events,
      readModels,
      clock,
      project: { lookMs: 50 },
      close: async () => {
        await readModels.close();
        await log.close();
      },
    });
    return {
      product,
      directory,
      async end() {
        await product.close();
        rmSync(directory, { recursive: true, force: true });
      },
    };
  };
  journeySuite('embedded events, read models on PostgreSQL', inProcess(open));
  contractSuite('embedded events, read models on PostgreSQL', inProcess(open));
});
