import { openPostgresReadStore, type PostgresReadStore } from '#adapters/postgres';
import { openSqliteStore, type SqliteStore } from '#adapters/sqlite';
import { type AccountId, Money, parseAccountId } from '#kernel';
import { openClusterProduct } from '#nest';
import type { EventStore } from '#ports';
import { SimulatedClock } from '#testing';
import { endingAt } from '../../../test/support/ending-log.js';
import { needsProgram } from '../../../test/support/needs.js';
import { type PostgresServer, startPostgres } from '../../../test/support/postgres.js';
import { openSandboxWorld } from '../../../test/support/sandbox-world.js';
import { callerOf, openAccount, TARIFF } from '../../../test/support/small-provider.js';
import { temporaryDirectory } from '../../../test/support/temporary-directory.js';
import type { Product } from '../product.js';

const AMOUNT = Money.of('3000');
const clock = new SimulatedClock('2026-11-30T10:00:00.000+09:00');

let under: Awaited<ReturnType<typeof openSandboxWorld>>;
let server: PostgresServer;
let store: SqliteStore;
let readModels: PostgresReadStore;
let product: Product;

async function open(events: EventStore, project: boolean): Promise<Product> {
  const payments = { gateways: [under.gateway], returnTo: () => 'https://portal.example.jp/charge' };
  const given = { events, proof: store.events, readModels, clock, payments };
  return (await openClusterProduct({ ...given, project, close: async () => undefined })).product;
}

/** What the agency says of the payment of an account, when there is one. */
async function atAgency(account: AccountId) {
  const [only] = (await product.payments.payments(account, {})).rows;
  return only && (await under.gateway.inquire({ attempt: `${only.payment}-1` }));
}

/** Orders, pays and is told of it, in a process that may end anywhere; the customer asks once more. */
async function charge(account: AccountId, of: Product, tag: string): Promise<void> {
  const order = { account, method: 'card' as const, amount: AMOUNT };
  const done = await of.payments.order(order, callerOf(`order-${tag}`));
  if (done.kind !== 'done') throw new Error(JSON.stringify(done));
  const { payment } = done.value;
  const there = await under.gateway.inquire({ attempt: `${payment}-1` });
  if (there?.state === 'waits_for_customer') await under.world.typeCard(there, 'good');
  await of.payments.goOn(payment, callerOf(`told-${tag}`));
}

async function caughtUp(): Promise<void> {
  const { head } = await product.health();
  expect(await product.waitFor(head, 60_000)).toBe(true);
}

needsProgram('postgres', 'initdb')('a charge whose process ends', () => {
  beforeAll(async () => {
    under = await openSandboxWorld(clock);
    store = await openSqliteStore({ directory: temporaryDirectory() });
    server = await startPostgres();
    readModels = await openPostgresReadStore({ url: await server.database() });
    product = await open(store.events, true);
    await product.catalogue.importTariffCsv('tariff.csv', TARIFF, callerOf('tariff'));
  });
  afterAll(async () => {
    await product.close();
    await readModels.close();
    await store.close();
    await server.stop();
    await under.dispose();
  });

  it.each(['before', 'after'] as const)('%s any of its writes is one payment and one lot', async at => {
    let met = 0;
    for (let n = 1, more = true; more; n++) {
      const tag = `${at}-${n}`;
      const account = parseAccountId(`A-${tag}`);
      await openAccount(product, account, `0508${at.length}${String(n).padStart(6, '0')}`, '2026-11-01');
      const log = endingAt(store.events, n, at);
      const killed = await open(log.events, false);
      await charge(account, killed, tag).catch(() => undefined);
      await killed.close();
      more = log.hasEnded();
      if (more) met++;
      // Nobody tells anything: the customer repeats the request, and the job asks.
      await charge(account, product, tag);
      await caughtUp();
      for (const payment of await product.payments.open(100))
        await product.payments.goOn(payment, callerOf(`job-${tag}`));
      await caughtUp();
      const { rows } = await product.payments.payments(account, {});
      const { lots } = (await product.prepaid.balance(account))!;
      expect({ n, phases: rows.map(row => row.phase), lots: lots.map(lot => lot.remaining) }).toEqual({
        n,
        phases: ['completed'],
        lots: ['3000'],
      });
      expect((await atAgency(account))!.received).toBe(AMOUNT);
    }
    expect(met).toBeGreaterThan(4);
    expect(await product.payments.open(100)).toEqual([]);
  });

  it('on one of two servers, which are told of it at the same moment, is one lot', async () => {
    const other = await open(store.events, false);
    const account = parseAccountId('A-both');
    await openAccount(product, account, '05089999999', '2026-11-01');
    for (let n = 0; n < 10; n++) {
      const order = { account, method: 'card' as const, amount: AMOUNT };
      const both = [product, other, product, other];
      const asked = await Promise.all(both.map(of => of.payments.order(order, callerOf(`both-${n}`))));
      const ids = asked.map(answer => (answer.kind === 'done' ? answer.value.payment : answer));
      expect(new Set(ids).size).toBe(1);
      const attempt = `${ids[0]}-1`;
      const before = under.receiver.received.length;
      await under.world.typeCard((await under.gateway.inquire({ attempt }))!, 'good');
      const told = (await under.world.notifications(before + 1)).at(-1)!;
      await Promise.all([
        ...both.map(of => of.payments.hear('sandbox', told)),
        ...both.map(of => of.payments.goOn(String(ids[0]), callerOf(`go-on-${n}`))),
      ]);
      await Promise.all(both.map(of => of.payments.idle()));
      await caughtUp();
      expect((await product.prepaid.balance(account))!.lots).toHaveLength(n + 1);
    }
    await other.close();
    const { rows } = await product.payments.payments(account, {});
    expect(rows.map(({ phase }) => phase)).toEqual(Array(10).fill('completed'));
  });

  it('leaves as much in the wallets as the agency says that it took', async () => {
    const { taken, payments } = await under.world.books();
    const { rows } = await product.payments.parked(true, {});
    expect([rows, taken]).toEqual([[], Money.yen(3_000 * payments)]);
  });
});
