import { openEventStoreDb } from '#adapters/eventstoredb';
import { selfSigned } from '../support/eventstoredb/certificate.js';
import { FakeCluster } from '../support/eventstoredb/fake-cluster.js';
import { needsProgram } from '../support/needs.js';
import { inTemporaryDirectory } from '../support/temporary-directory.js';
import { everything, request } from './eventstoredb-faults.fixture.js';

const PASSWORD = 'p%40ss-sesame';
const QUICK = { deadlineMs: 2_000, attempts: 2, backoffMs: 5 };

/** A cluster that wants TLS and a login, and the ends of a URL for it. */
const secured = (test: (cluster: FakeCluster, host: string, caFile: string) => Promise<void>) => () =>
  inTemporaryDirectory(async directory => {
    const tls = selfSigned(directory);
    const cluster = await FakeCluster.start({ tls, login: 'ops:p@ss-sesame' });
    try {
      await test(cluster, `127.0.0.1:${cluster.nodes[0]!.port}`, encodeURIComponent(tls.file));
    } finally {
      cluster.stop();
    }
  });

needsProgram('openssl')('a connection', () => {
  it(
    'is encrypted, checked against the authority of the URL, and logged in with its user',
    secured(async (_, host, ca) => {
      const url = `esdb://ops:${PASSWORD}@${host}?tls=true&tlsCAFile=${ca}`;
      const store = await openEventStoreDb({ url, ...QUICK });
      try {
        expect(await store.append([request('s', -1)])).toMatchObject([{ kind: 'appended' }]);
        expect(await everything(store)).toHaveLength(1);
      } finally {
        await store.close();
      }
    }),
  );

  it.each([
    ['a wrong password', (host: string, ca: string) => `esdb://ops:wrong-one@${host}?tlsCAFile=${ca}`],
    ['no login', (host: string, ca: string) => `esdb://${host}?tlsCAFile=${ca}`],
    ['an unknown authority', (host: string) => `esdb://ops:${PASSWORD}@${host}`],
    ['plain text', (host: string) => `esdb://${host}?tls=false`],
  ])('is refused with %s, and the error holds no password', (_, urlOf) =>
    secured(async (cluster, host, ca) => {
      const opening = openEventStoreDb({ url: urlOf(host, ca), ...QUICK });
      const error = await opening.then(
        () => undefined,
        (reason: Error) => reason,
      );
      expect(error).toMatchObject({ name: 'StoreUnavailable', code: 'UNAVAILABLE' });
      expect(`${error} ${error?.stack} ${JSON.stringify(error)}`).not.toMatch(/sesame|wrong-one/);
      expect(cluster.log.events).toHaveLength(0);
    })(),
  );

  it('of a user who may not read $all says so at once', () =>
    inTemporaryDirectory(async directory => {
      const tls = selfSigned(directory);
      const cluster = await FakeCluster.start({ tls, login: 'ops:p@ss-sesame', readsAll: false });
      const host = `127.0.0.1:${cluster.nodes[0]!.port}`;
      const url = `esdb://ops:${PASSWORD}@${host}?tlsCAFile=${encodeURIComponent(tls.file)}`;
      try {
        const opening = openEventStoreDb({ url, ...QUICK, attempts: 100 });
        await expect(opening).rejects.toThrow(/reading the log \(\$all\): the login .* may not do this/);
      } finally {
        cluster.stop();
      }
    }));
});
