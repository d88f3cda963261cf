import { setTimeout as pause } from 'node:timers/promises';
import { openPostgresReadStore } from '#adapters/postgres';
import { BusinessDay, Money } from '#kernel';
import { openClusterLog, openClusterProduct } from '#nest';
import { type LiveSession, type Opened, type Product, runProjections } from '#runtime';
import { SimulatedClock } from '#testing';
import { FakeCluster } from '../support/eventstoredb/fake-cluster.js';
import { A1, caller, codeOf, ORIGIN, PASSWORD, portsAt, resultOf } from '../support/identity-home.js';
import { needsProgram } from '../support/needs.js';
import { overTheBus } from '../support/over-the-bus.js';
import { type PostgresServer, startPostgres } from '../support/postgres.js';
import { TARIFF } from '../support/small-provider.js';

const NEXT = 'Newpass!2';
const SOON_MS = 3_000;

/**
 * Two servers on one log, each with connections and a memory of its own, and no worker at all: nobody builds
 * a read model. What one of them does to logins and sessions counts on the other.
 */
needsProgram('postgres', 'initdb')('logins on two servers, without a worker', () => {
  let postgres: PostgresServer;
  let cluster: FakeCluster;
  let a: Product;
  let b: Product;
  const clock = new SimulatedClock('2026-10-01T09:30:00.000+09:00');
  const identity = portsAt(clock);
  const closes: (() => Promise<unknown>)[] = [];
  let number = 0;

  const connected = async (url: string) => {
    const readModels = await openPostgresReadStore({ url });
    const events = await openClusterLog({ eventStore: { url: cluster.url() }, index: { url } });
    return { readModels, events };
  };
  const serve = async (url: string): Promise<Product> => {
    const { readModels, events } = await connected(url);
    const limits = { ownWaitMs: 20, headWaitMs: 300 };
    const opened = await openClusterProduct({
      events,
      readModels,
      proof: events,
      clock,
      identity,
      ...limits,
    });
    closes.unshift(() => opened.product.close());
    return overTheBus(opened.product);
  };

  beforeAll(async () => {
    [postgres, cluster] = await Promise.all([startPostgres(), FakeCluster.start({ nodes: 3 })]);
    const url = await postgres.database();
    const { readModels, events } = await connected(url);
    closes.push(() => Promise.all([readModels.close(), events.close()]));
    // Servers wait until somebody has made the tables; nobody fills them after that.
    const worker = runProjections({ events, readModels, clock, lookMs: 20 });
    [a, b] = [await serve(url), await serve(url)];
    await worker.stop();
    await a.catalogue.importTariffCsv('tariff.csv', TARIFF, caller());
    const account = { account: A1, name: 'A1', openedOn: BusinessDay.parse('2026-10-01'), tariff: 'std' };
    resultOf(
      await a.accounts.open({ ...account, numbers: ['0501111'], incomingDiscount: Money.zero }, caller()),
    );
  }, 60_000);
  afterAll(async () => {
    for (const close of closes) await close();
    cluster.stop();
    await postgres.stop();
  });

  const newLogin = async (): Promise<{ login: string; loginId: string }> => {
    const input = { account: A1, loginId: `tarou-${++number}`, name: '太郎', password: PASSWORD };
    return resultOf(await a.identity.logins.createCustomerLogin(input, caller()));
  };
  const signIn = async (server: Product, loginId: string, password = PASSWORD): Promise<Opened> =>
    resultOf(await server.identity.entry.signIn({ level: 'account', loginId, password }, ORIGIN));
  /** As a request is let in. */
  const letIn = async (server: Product, cookie: string): Promise<LiveSession | undefined> => {
    await server.ready('recent');
    return server.identity.entry.authenticate(cookie);
  };
  const liveOn = async (server: Product, { cookie }: Opened): Promise<LiveSession> => {
    const live = await letIn(server, cookie);
    if (!live) throw new Error('the cookie opens nothing');
    return live;
  };
  /** How long the other server still lets the session in, in milliseconds. */
  const livedOn = async (server: Product, { cookie }: Opened): Promise<number> => {
    const start = performance.now();
    while (await letIn(server, cookie)) {
      if (performance.now() - start > SOON_MS) return Number.POSITIVE_INFINITY;
      await pause(5);
    }
    return performance.now() - start;
  };

  it('a session that began on one works at once on the other, also after a change of password', async () => {
    const { loginId } = await newLogin();
    // The other one knows the login as it is now.
    await liveOn(b, await signIn(b, loginId));
    const first = await signIn(a, loginId);
    const live = await liveOn(b, first);
    for (const password of [NEXT, PASSWORD, NEXT]) {
      const current = password === NEXT ? PASSWORD : NEXT;
      resultOf(await a.identity.security.changePassword(await liveOn(a, first), { current, next: password }));
      expect((await liveOn(b, first)).session).toBe(live.session);
      await liveOn(b, await signIn(a, loginId, password));
      await liveOn(a, await signIn(b, loginId, password));
    }
  });

  it.each([
    ['that signs out', ({ live }) => a.identity.sessions.signOut(live)],
    ['that another session ends', ({ live, other }) => a.identity.sessions.endSession(other, live.session)],
    ['whose login is disabled', ({ login }) => a.identity.logins.disableLogin(login, caller())],
    [
      'whose password is changed in another one',
      ({ other }) => a.identity.security.changePassword(other, { current: PASSWORD, next: NEXT }),
    ],
  ] satisfies [
    string,
    (of: { live: LiveSession; other: LiveSession; login: string }) => Promise<Parameters<typeof codeOf>[0]>,
  ][])('a session %s on one dies there at once and on the other within seconds', async (_what, end) => {
    const { login, loginId } = await newLogin();
    const opened = await signIn(a, loginId);
    const other = await liveOn(a, await signIn(a, loginId));
    await liveOn(b, opened);
    expect(codeOf(await end({ live: await liveOn(a, opened), other, login }))).toBe('done');
    expect(await letIn(a, opened.cookie)).toBeUndefined();
    expect(await livedOn(b, opened)).toBeLessThan(SOON_MS);
  });

  it('a login disabled on one, or with another password, signs in on neither from that moment', async () => {
    const { login, loginId } = await newLogin();
    await signIn(b, loginId);
    const live = await liveOn(a, await signIn(a, loginId));
    resultOf(await a.identity.security.changePassword(live, { current: PASSWORD, next: NEXT }));
    const again = (server: Product, password: string) =>
      server.identity.entry.signIn({ level: 'account', loginId, password }, ORIGIN);
    expect(codeOf(await again(b, PASSWORD))).toBe('SIGN_IN_REFUSED');
    expect(codeOf(await again(b, NEXT))).toBe('done');
    resultOf(await a.identity.logins.disableLogin(login, caller()));
    for (const server of [b, a]) expect(codeOf(await again(server, NEXT))).toBe('SIGN_IN_REFUSED');
  });

  it('tries on both count together', async () => {
    const { loginId } = await newLogin();
    const answers: string[] = [];
    for (let i = 0; i < 12; i++) {
      const server = i % 2 === 0 ? a : b;
      const input = { level: 'account', loginId, password: 'Wrong!pass' } as const;
      answers.push(codeOf(await server.identity.entry.signIn(input, { ...ORIGIN, address: '198.51.100.9' })));
    }
    expect(answers.filter(code => code === 'SIGN_IN_REFUSED')).toHaveLength(10);
    expect(answers.slice(10)).toEqual(['TOO_MANY_ATTEMPTS', 'TOO_MANY_ATTEMPTS']);
  });
});
