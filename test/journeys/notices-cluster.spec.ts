import { openPostgresPersonalRows, openPostgresReadStore } from '#adapters/postgres';
import { sealedPersonalData } from '#adapters/shared';
import { BusinessDay, Money } from '#kernel';
import { openClusterLog, openClusterProduct } from '#nest';
import type { EventStore } from '#ports';
import type { Product } from '#runtime';
import { SimulatedClock } from '#testing';
import { buy, offerProducts } from '../support/contracts-home.js';
import { FakeCluster } from '../support/eventstoredb/fake-cluster.js';
import { A1, caller, portsAt, resultOf } from '../support/identity-home.js';
import { needsProgram } from '../support/needs.js';
import { overTheBus } from '../support/over-the-bus.js';
import { type PostgresServer, startPostgres } from '../support/postgres.js';
import { TARIFF } from '../support/small-provider.js';
import { until } from '../support/until.js';

/** Two workers on one log, each with connections and a memory of its own, that tell customers by mail. */
needsProgram('postgres', 'initdb')('mails of business in a cluster', () => {
  let postgres: PostgresServer;
  let cluster: FakeCluster;
  let a: Product;
  let b: Product;
  let log: EventStore;
  const clock = new SimulatedClock('2026-10-05T12:00:00.000+09:00');
  const identity = portsAt(clock);
  const closes: (() => Promise<unknown>)[] = [];

  const work = async (url: string): Promise<Product> => {
    const readModels = await openPostgresReadStore({ url });
    const events = await openClusterLog({ eventStore: { url: cluster.url() }, index: { url } });
    log = events;
    const personal = sealedPersonalData(await openPostgresPersonalRows({ url }), identity.secrets);
    const given = { events, proof: events, readModels, clock, identity, personal, project: { lookMs: 20 } };
    const opened = await openClusterProduct(given);
    closes.unshift(() => opened.product.close());
    return overTheBus(opened.product);
  };
  const sent = async (): Promise<number> => {
    let count = 0;
    for await (const { type } of log.readAll({ from: 1 })) if (type === 'contracts.NoticeSent.v1') count++;
    return count;
  };
  /** What both of them know is to be told. */
  const dueOnBoth = async (): Promise<number> => {
    const [one, other] = await Promise.all([a.notices.due(), b.notices.due()]);
    return one.length === other.length ? one.length : -1;
  };

  beforeAll(async () => {
    [postgres, cluster] = await Promise.all([startPostgres(), FakeCluster.start({ nodes: 3 })]);
    const url = await postgres.database();
    a = await work(url);
    b = await work(url);
    await a.catalogue.importTariffCsv('tariff.csv', TARIFF, caller());
    await offerProducts(a);
    const opened = {
      account: A1,
      name: '株式会社A1',
      openedOn: BusinessDay.parse('2026-10-01'),
      numbers: [],
    };
    resultOf(await a.accounts.open({ ...opened, tariff: 'std', incomingDiscount: Money.zero }, caller()));
    resultOf(await a.prepaid.charge({ account: A1, amount: Money.of('3000'), method: 'card' }, caller()));
    const mails = { contract: 'c@example.jp,d@example.jp', billing: 'keiri@example.jp', shipping: '' };
    resultOf(await a.parties.changeMails({ account: A1, ...mails }, caller()));
  }, 60_000);
  afterAll(async () => {
    for (const close of closes) await close();
    cluster?.stop();
    await postgres?.stop();
  });

  it('are handed over once, whichever worker tells, also when both do at the same moment', async () => {
    const items = [['invoice.posting', 1]] as const;
    const { contracts } = await buy(a, 'order', { account: A1, circle: null, items });
    await until(async () => (await dueOnBoth()) === 1, 'the order is due to be told');
    const [due] = await b.notices.due();
    await Promise.all([a, b, a, b].map(one => one.notices.tell(due!.position, caller())));
    resultOf(await b.contracts.cancel({ account: A1, contracts: [...contracts] }, caller()));
    await until(async () => (await dueOnBoth()) === 1, 'the cancellation is due to be told');
    const [next] = await a.notices.due();
    await Promise.all([b, a].map(one => one.notices.tell(next!.position, caller())));
    await until(async () => (await dueOnBoth()) === 0, 'nothing is left to tell');
    const told = identity.outbox!.list().map(({ to, subject }) => [to, subject?.includes('解約') ?? false]);
    expect(told.toSorted()).toEqual([
      ['c@example.jp', true],
      ['d@example.jp', true],
      ['keiri@example.jp', false],
    ]);
    expect(await sent()).toBe(3);
  }, 60_000);
});
