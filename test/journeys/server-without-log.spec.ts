import { rmSync } from 'node:fs';
import { pino } from 'pino';
import { openPostgresReadStore } from '#adapters/postgres';
import { openClusterLog, openClusterProduct, startServer } from '#nest';
import type { Product } from '#runtime';
import { keyOf } from '../support/cluster-home.js';
import { FakeCluster } from '../support/eventstoredb/fake-cluster.js';
import { needsProgram } from '../support/needs.js';
import { type PostgresServer, startPostgres } from '../support/postgres.js';
import { callerOf } from '../support/small-provider.js';
import { temporaryDirectory } from '../support/temporary-directory.js';

const TRUSTED_MS = 300;
const silent = pino({ level: 'silent' });
const pause = (ms: number) => new Promise(resolve => setTimeout(resolve, ms));

needsProgram('postgres', 'initdb')('a server that is cut off from the log', () => {
  let postgres: PostgresServer;
  let cluster: FakeCluster;
  let server: Awaited<ReturnType<typeof startServer>>;
  let product: Product;
  let other: Product;
  const directory = temporaryDirectory();
  let ask: (token: string) => Promise<Response>;

  beforeAll(async () => {
    [postgres, cluster] = await Promise.all([startPostgres(), FakeCluster.start()]);
    const url = await postgres.database();
    const opened = async (project: boolean): Promise<Product> => {
      const eventStore = { url: cluster.url(), deadlineMs: 500, attempts: 3 };
      const events = await openClusterLog({ eventStore, index: { url } });
      const readModels = await openPostgresReadStore({ url });
      const parts = { events, proof: events, readModels, project: project && { lookMs: 20 } };
      return (await openClusterProduct({ ...parts, trustedMs: TRUSTED_MS })).product;
    };
    other = await opened(true);
    product = await opened(false);
    server = await startServer({ product, directory, port: 0, logger: silent });
    ask = token => fetch(`${server.url}/api/v1/tariffs`, { headers: { Authorization: `Bearer ${token}` } });
  }, 60_000);
  afterAll(async () => {
    await server.close();
    await product.close();
    await other.close();
    cluster.stop();
    await postgres.stop();
    rmSync(directory, { recursive: true });
  });

  it('lets nobody in on what it knew before, and those whose key still lives when it is back', async () => {
    const [kept, lost] = [await keyOf(product), await another()];
    for (const token of [kept, lost]) expect((await ask(token)).status).toBe(200);
    cluster.stop();
    await pause(TRUSTED_MS + 50);
    const refused = await ask(kept);
    expect(refused.status).toBe(503);
    expect(await refused.json()).toMatchObject({ code: 'UNAVAILABLE' });
    const session = { Cookie: `daicho_session=0123.${'0'.repeat(43)}` };
    const signedOut = await fetch(`${server.url}/api/v1/session`, { headers: session });
    expect([signedOut.status, await signedOut.json()]).toMatchObject([503, { code: 'UNAVAILABLE' }]);
    await cluster.leader.start();
    expect(await other.keys.revoke(lost.split('_')[1]!, callerOf('revoke'))).toMatchObject({ kind: 'done' });
    await pause(TRUSTED_MS + 50);
    expect((await ask(kept)).status).toBe(200);
    expect((await ask(lost)).status).toBe(401);
  }, 60_000);

  async function another(): Promise<string> {
    const input = { role: 'auditor' as const, account: null, label: 'lost' };
    const made = await product.keys.create(input, callerOf('another'));
    if (made.kind !== 'done') throw new Error('no key');
    return made.value.token;
  }
});
