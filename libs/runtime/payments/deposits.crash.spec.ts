import { openPostgresReadStore, type PostgresReadStore } from '#adapters/postgres';
import { openSqliteStore, type SqliteStore } from '#adapters/sqlite';
import { BusinessDay, BusinessMonth, Money, parseAccountId } from '#kernel';
import { openClusterProduct } from '#nest';
import type { EventStore } from '#ports';
import { SimulatedClock } from '#testing';
import { writtenFile } from '../../../test/support/bank-files.js';
import { endingAt } from '../../../test/support/ending-log.js';
import { needsProgram } from '../../../test/support/needs.js';
import { type PostgresServer, startPostgres } from '../../../test/support/postgres.js';
import { callerOf, openAccount, TARIFF } from '../../../test/support/small-provider.js';
import { temporaryDirectory } from '../../../test/support/temporary-directory.js';
import type { Product } from '../product.js';

const BANK = '0001/見本銀行/001/本店/ordinary/1234567/ミホン';
const POLICIES = `policies:
  - { name: payment.bank-account, value: ${BANK}, valid_from: 2026-01-01 }
  - { name: payment.virtual-accounts, value: payer-code, valid_from: 2026-01-01 }
`;
const DAY = '2026-11-30';

const clock = new SimulatedClock(`${DAY}T10:00:00.000+09:00`);
let server: PostgresServer;
let store: SqliteStore;
let readModels: PostgresReadStore;
let product: Product;

async function open(events: EventStore, project: boolean): Promise<Product> {
  const payments = { gateways: [], returnTo: () => 'https://portal.example.jp/charge' };
  const given = { events, proof: store.events, readModels, clock, payments };
  return (await openClusterProduct({ ...given, project, close: async () => undefined })).product;
}
async function caughtUp(): Promise<void> {
  const { head } = await product.health();
  expect(await product.waitFor(head, 60_000)).toBe(true);
}

/** A customer with a virtual account who ordered 3,000 yen, and the file that tells of it. */
async function ordered(nth: number, tag: string) {
  const account = parseAccountId(`A-${tag}`);
  const number = `90${String(nth).padStart(8, '0')}`;
  await openAccount(product, account, `0508${number.slice(-7)}`, '2026-11-01');
  await product.deposits.giveVirtualAccount({ number, account }, callerOf(`va-${tag}`));
  const order = { account, method: 'bank_transfer' as const, amount: Money.of('3000') };
  expect(await product.payments.order(order, callerOf(`order-${tag}`))).toMatchObject({ kind: 'done' });
  await caughtUp();
  const row = (which: number, amount: number, more: object = {}) => ({
    ...{ number: String(nth * 10 + which).padStart(6, '0'), amount, payer: `ﾀﾞﾚｶ ${tag.toUpperCase()}` },
    ...more,
  });
  const rows = [
    row(1, 3000, { payerCode: number }),
    row(2, 500),
    row(3, 700),
    row(4, 700, { cancelled: '1' }),
  ];
  return { account, file: { name: `${tag}.txt`, bytes: writtenFile({ rows, day: DAY }) } };
}

needsProgram('postgres', 'initdb')('an import of deposits', () => {
  let customers = 0;
  beforeAll(async () => {
    store = await openSqliteStore({ directory: temporaryDirectory() });
    server = await startPostgres();
    readModels = await openPostgresReadStore({ url: await server.database() });
    product = await open(store.events, true);
    await product.catalogue.importTariffCsv('tariff.csv', TARIFF, callerOf('tariff'));
    await product.catalogue.importCatalogueYaml('bank.yaml', POLICIES, callerOf('bank'));
  });
  afterAll(async () => {
    await product.close();
    await readModels.close();
    await store.close();
    await server.stop();
  });
  const reconciled = async () => product.closing.reconcile(BusinessMonth.ofDay(BusinessDay.parse(DAY)));

  it.each(['before', 'after'] as const)(
    'that ends %s any of its writes is one import, sent again',
    async at => {
      let met = 0;
      for (let n = 1, more = true; more; n++) {
        const tag = `${at}-${n}`;
        const { account, file } = await ordered(++customers, tag);
        const log = endingAt(store.events, n, at);
        const killed = await open(log.events, false);
        await killed.deposits.importFile(file, callerOf(`killed-${tag}`)).catch(() => undefined);
        await killed.close();
        more = log.hasEnded();
        if (more) met++;
        await caughtUp();
        const again = await product.deposits.importFile(file, callerOf(`again-${tag}`));
        await caughtUp();
        const found =
          again.kind === 'done' ? again.value : again.kind === 'rejected' ? again.rejection.code : again;
        // What ended after its last write was complete.
        const isComplete = found === 'DEPOSIT_FILE_KNOWN';
        const counts = { rows: 4, fresh: 4, matched: 1, unknown: 1, cancelled: 1 };
        if (!isComplete) expect({ n, found }).toMatchObject({ n, found: counts });
        const { lots } = (await product.prepaid.balance(account))!;
        expect({ n, lots: lots.map(({ remaining }) => remaining) }).toEqual({ n, lots: ['3000'] });
      }
      expect(met).toBeGreaterThan(8);
      expect([await product.deposits.open(100), await reconciled()]).toEqual([[], []]);
    },
  );

  it('on two servers at once books each deposit once', async () => {
    const other = await open(store.events, false);
    for (let n = 0; n < 5; n++) {
      const { account, file } = await ordered(++customers, `both-${n}`);
      const both = [product, other, product, other];
      await Promise.all(both.map((of, i) => of.deposits.importFile(file, callerOf(`both-${n}-${i}`))));
      await caughtUp();
      const { lots } = (await product.prepaid.balance(account))!;
      expect(lots.map(({ remaining }) => remaining)).toEqual(['3000']);
    }
    await other.close();
    expect([await product.deposits.open(100), await reconciled()]).toEqual([[], []]);
    const files = await product.deposits.files({});
    expect(files.rows.every(({ completedAt }) => completedAt !== null)).toBe(true);
  });
});
