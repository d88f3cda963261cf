import { rmSync } from 'node:fs';
import { openPostgresReadStore } from '#adapters/postgres';
import { BusinessDay, Instant, Money, parseAccountId } from '#kernel';
import { openClusterLog, openClusterProduct } from '#nest';
import { type Product, type RunningProjections, runProjections } from '#runtime';
import { FakeCluster } from './eventstoredb/fake-cluster.js';
import { portsAt } from './identity-home.js';
import { overTheBus } from './over-the-bus.js';
import { startPostgres } from './postgres.js';
import { callerOf, TARIFF } from './small-provider.js';
import { temporaryDirectory } from './temporary-directory.js';

/** Calls to numbers of other providers cost something, also to 050. */
export const PRICED = TARIFF.replace('IP通話,0,0,60', 'IP通話,0,10,60');
const clock = { now: () => Instant.parse('2025-11-02T10:00:00.000+09:00') };

export interface LaggingServers {
  readonly a: Product;
  readonly b: Product;
  readonly directory: string;
  readonly worker: { start(): void; stop(): Promise<void> };
  caughtUp(product: Product): Promise<void>;
  /** Lets the read models catch up, then stops them. */
  standingStill(): Promise<void>;
  opened(product: Product, account: string, number: string): ReturnType<Product['accounts']['open']>;
  stop(): Promise<void>;
}

/**
 * Two servers of a cluster on 2 November 2025, each with a connection and an index of the log of its own, and
 * account A1 with 1,000 yen. The read models are built by a third process, which a test stops: what is
 * appended after that is in the log and nowhere else.
 */
export async function laggingServers(caller: () => ReturnType<typeof callerOf>): Promise<LaggingServers> {
  const [postgres, cluster] = await Promise.all([startPostgres(), FakeCluster.start({ nodes: 3 })]);
  const directory = temporaryDirectory();
  const closes: (() => Promise<unknown>)[] = [];
  const url = await postgres.database();
  const connected = async () => {
    const readModels = await openPostgresReadStore({ url });
    const events = await openClusterLog({ eventStore: { url: cluster.url() }, index: { url } });
    return { readModels, events };
  };
  const serve = async (): Promise<Product> => {
    const { readModels, events } = await connected();
    const limits = { ownWaitMs: 20, headWaitMs: 300 };
    const given = { events, readModels, proof: events, clock, identity: portsAt(clock) };
    const opened = await openClusterProduct({ ...given, ...limits });
    closes.unshift(() => opened.product.close());
    return overTheBus(opened.product);
  };
  const { readModels, events } = await connected();
  closes.push(() => Promise.all([readModels.close(), events.close()]));
  let running: RunningProjections | undefined;
  const worker = {
    start: () => {
      running ??= runProjections({ events, readModels, clock, lookMs: 20 });
    },
    async stop() {
      await running?.stop();
      running = undefined;
    },
  };
  worker.start();
  const [a, b] = [await serve(), await serve()];
  const opened = (product: Product, id: string, number: string) =>
    product.accounts.open(
      {
        account: parseAccountId(id),
        name: id,
        openedOn: BusinessDay.parse('2025-10-01'),
        numbers: [number],
        tariff: 'std',
        incomingDiscount: Money.zero,
      },
      caller(),
    );
  await a.catalogue.importTariffCsv('tariff.csv', PRICED, caller());
  await opened(a, 'A1', '0501111');
  const A1 = parseAccountId('A1');
  await a.prepaid.charge({ account: A1, amount: Money.of('1000'), method: 'card' }, caller());
  const caughtUp = async (product: Product): Promise<void> => {
    const { head } = await product.health();
    expect(await product.waitFor(head, 10_000)).toBe(true);
  };
  return {
    ...{ a, b, directory, worker, caughtUp, opened },
    async standingStill() {
      worker.start();
      await Promise.all([caughtUp(a), caughtUp(b)]);
      await worker.stop();
    },
    async stop() {
      await worker.stop();
      for (const close of closes) await close();
      cluster.stop();
      await postgres.stop();
      rmSync(directory, { recursive: true });
    },
  };
}
