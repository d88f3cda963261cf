import { setTimeout as delay } from 'node:timers/promises';
import { type AccountId, BusinessDay, BusinessMonth, Instant, Money, parseAccountId } from '#kernel';
import { ask, listInvoices, type Product, reconcileMonth } from '#runtime';
import { type ClusterOfATest, type Home, startClusterOfATest } from '../support/cluster-home.js';
import { needsProgram } from '../support/needs.js';
import { at, type Program, type ProgramEnv, startProgram } from '../support/program.js';
import { accountNames, callerOf, numberOfAccount, TARIFF } from '../support/small-provider.js';

const ACCOUNTS = accountNames(120);
const OCTOBER = BusinessMonth.parse('2025-10');
const LIVE = at('2025-10-05T10:00:00.000+09:00');
/** The longest possible call of October is over: its close is due. */
const DUE = at('2025-11-01T04:00:01.000+09:00');
const NUMBERS = ACCOUNTS.map((_, i) => `202510-${String(i + 1).padStart(6, '0')}`);

async function until(what: string, holds: () => Promise<boolean>, turns = 3_000): Promise<void> {
  for (let turn = 0; turn < turns; turn++) {
    if (await holds()) return;
    await delay(10);
  }
  throw new Error(`waited in vain for ${what}`);
}

/** Accounts with a lot and a settled call of October. */
async function fill(home: Home): Promise<void> {
  const product = await home.open(LIVE);
  try {
    await product.catalogue.importTariffCsv('tariff.csv', TARIFF, callerOf('tariff'));
    await Promise.all(ACCOUNTS.map((name, i) => openWithACall(product, name, numberOfAccount(i + 1))));
  } finally {
    await product.close();
  }
}

async function openWithACall(product: Product, name: string, number: string): Promise<void> {
  const account: AccountId = parseAccountId(name);
  const by = (what: string) => callerOf(`${what}/${name}`);
  const about = {
    account,
    name,
    openedOn: BusinessDay.parse('2025-10-01'),
    numbers: [number],
    tariff: 'std',
  };
  await product.accounts.open({ ...about, incomingDiscount: Money.zero }, by('open'));
  await product.prepaid.charge({ account, amount: Money.of('1000'), method: 'card' }, by('charge'));
  const hold = `call-${name}`;
  await product.prepaid.hold({ account, hold, amount: Money.of('100'), purpose: 'call' }, by('hold'));
  const startedAt = at('2025-10-05T09:00:00.000+09:00');
  const call = {
    ...{ callId: hold, direction: 'out' as const, number, from: number, to: '0312345678' },
    ...{ startedAt, answeredAt: startedAt, endedAt: at('2025-10-05T09:00:30.000+09:00') },
    ...{ durationMs: 30_000, hangupCause: 'NORMAL_CLEARING' },
  };
  expect(await product.prepaid.settleHold({ account, hold, call }, by('settle'))).toMatchObject({
    kind: 'done',
  });
}

const issued = async (product: Product) =>
  (await ask(product, listInvoices, { month: OCTOBER, limit: 500 })).rows.map(row => row.number).toSorted();

/** One set of invoices, their numbers without a gap, and books that agree. */
async function provesOneSet(product: Product): Promise<void> {
  await until('all invoices', async () => (await issued(product)).length >= ACCOUNTS.length);
  expect(await issued(product)).toEqual(NUMBERS);
  const { rows } = await ask(product, listInvoices, { month: OCTOBER, limit: 500 });
  expect(new Set(rows.map(row => row.account)).size).toBe(ACCOUNTS.length);
  expect((await ask(product, reconcileMonth, { month: OCTOBER })).rows).toEqual([]);
  const { debit, credit } = await product.prepaid.trialBalance();
  expect(debit).toBe(credit);
}

needsProgram(
  'postgres',
  'initdb',
  'redis-server',
)('two workers', () => {
  let cluster: ClusterOfATest;
  let running: Program[] = [];
  beforeAll(async () => {
    cluster = await startClusterOfATest();
  }, 180_000);
  afterEach(async () => {
    for (const program of running) await program.kill();
    running = [];
  });
  afterAll(() => cluster.stop());

  const start = async (env: ProgramEnv, now = DUE): Promise<Program> => {
    const program = await startProgram('worker', env, now);
    running.push(program);
    return program;
  };
  /** A month that is over, and a look at it. */
  const withOctober = async (work: (home: Home, product: Product) => Promise<void>): Promise<void> => {
    const home = await cluster.home();
    await fill(home);
    const product = await home.open(DUE);
    try {
      await work(home, product);
    } finally {
      await product.close();
    }
  };

  it('that share one Redis close a month once', async () => {
    await withOctober(async (home, product) => {
      await Promise.all([start(home.env), start(home.env)]);
      await provesOneSet(product);
    });
  }, 180_000);

  it('that know nothing of each other close a month at once: one set of invoices, gapless', async () => {
    await withOctober(async (home, product) => {
      const apart = (name: string) => ({ ...home.env, DAICHO_REDIS_PREFIX: `{${name}}` });
      // A close that met the other's too often is put off for a minute: then the two meet again.
      for (let minute = 0; minute < 10; minute += 2) {
        const now = Instant.plusMs(DUE, minute * 60_000);
        const workers = await Promise.all([start(apart('one'), now), start(apart('two'), now)]);
        const complete = async () => (await issued(product)).length >= ACCOUNTS.length;
        const all = until('all invoices', complete, 800);
        const closed = await all.then(
          () => true,
          () => false,
        );
        for (const worker of workers) expect(await worker.stop()).toBe(0);
        if (closed) break;
      }
      await provesOneSet(product);
    });
  }, 180_000);

  it('lose nothing when Redis loses everything in the middle of a close and one dies in it', async () => {
    await withOctober(async (home, product) => {
      const timers = async () => (await product.jobs.list()).rows.map(job => job.job);
      const pending = ['expire-lots/daily@2025-11-02T000000.000+0900', 'close-month/2025-11'];
      const worker = await start(home.env);
      await until('the first invoice', async () => (await issued(product)).length > 0);
      await cluster.redis.flushAll();
      await worker.kill();
      expect((await issued(product)).length).toBeLessThan(ACCOUNTS.length);
      expect(await timers()).not.toContain(pending[0]);
      // Nothing but the log tells the next one what is to be done.
      await start(home.env);
      await provesOneSet(product);
      expect(await timers()).toEqual(expect.arrayContaining(pending));
    });
  }, 180_000);
});
