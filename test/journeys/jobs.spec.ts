import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openBullmqJobQueue } from '#adapters/bullmq';
import { openSqliteJobQueue } from '#adapters/sqlite';
import { type AccountId, BusinessMonth, Money } from '#kernel';
import { openProduct } from '#nest';
import type { Clock, JobQueue } from '#ports';
import { type Product, type RunningJobs, runJobs } from '#runtime';
import { SimulatedClock } from '#testing';
import { needsProgram } from '../support/needs.js';
import { type RedisOfATest, startRedis } from '../support/redis.js';
import {
  accountNames,
  CDR_HEADER,
  callerOf,
  numberOfAccount,
  openProvider,
} from '../support/small-provider.js';
import { inTemporaryDirectory } from '../support/temporary-directory.js';

const OCTOBER = BusinessMonth.parse('2026-10');
const AFTER_THE_LONGEST_CALL = '2026-11-01T04:00:00.000+09:00';

async function until(condition: () => Promise<boolean>, what: string): Promise<void> {
  for (let turn = 0; turn < 1_500; turn++) {
    if (await condition()) return;
    await new Promise(resolve => setTimeout(resolve, 10));
  }
  throw new Error(`waited in vain for ${what}`);
}

interface Provider {
  readonly product: Product;
  readonly clock: SimulatedClock;
  readonly accounts: readonly string[];
  /** Starts jobs on the product, as a process of its own would; they are stopped with the test. */
  start(): RunningJobs;
}

/** A provider that began in October 2026: accounts with a lot of 1,000 yen and one call each. */
async function provider(
  queueOn: (directory: string, clock: Clock) => JobQueue,
  count: number,
  work: (given: Provider) => Promise<void>,
): Promise<void> {
  await inTemporaryDirectory(async directory => {
    const clock = new SimulatedClock('2026-10-01T09:00:00.000+09:00');
    const product = await openProduct({ directory, clock, jobs: () => queueOn(directory, clock) });
    const accounts = accountNames(count);
    const running: RunningJobs[] = [];
    try {
      await openProvider(product, accounts, '2026-10-01');
      const calls = accounts.map((account, i) => {
        const at = (s: number) => `2026-10-05T12:00:0${s}.000+09:00`;
        const number = numberOfAccount(i + 1);
        const times = [at(0), at(1), at(9)].join(',');
        return `c${i},${account},${number},out,${number},0312345678,${times},NORMAL_CLEARING`;
      });
      for (const account of accounts) {
        const charge = { account: account as AccountId, amount: Money.of('1000'), method: 'card' as const };
        await product.prepaid.charge(charge, callerOf(`charge/${account}`));
      }
      clock.moveTo('2026-10-20T09:00:00.000+09:00');
      const file = join(directory, 'calls.csv');
      writeFileSync(file, `${CDR_HEADER}\n${calls.join('\n')}\n`);
      await product.cdr.importFile(file, 'csv', callerOf('import'));
      await work({
        product,
        clock,
        accounts,
        start() {
          const jobs = runJobs(product, { autoClose: true, planEveryMs: 50 });
          running.push(jobs);
          return jobs;
        },
      });
    } finally {
      await Promise.all(running.map(jobs => jobs.stop(5_000)));
      await product.close();
    }
  });
}

async function invoiceNumbers(product: Product): Promise<string[]> {
  const { rows } = await product.closing.invoices({ month: OCTOBER, limit: 500 });
  return rows.map(row => row.number).toSorted();
}

const gapless = (count: number): string[] =>
  Array.from({ length: count }, (_, i) =>
    `202510-${i}`.replace(/.*/, `202610-${String(i + 1).padStart(6, '0')}`),
  );

const closed = (product: Product) => async () =>
  (await product.jobs.list({ name: 'close-month' })).rows.some(
    job => job.job === 'close-month/2026-10' && job.state === 'done',
  );

const onSqlite = (directory: string, clock: Clock): JobQueue => openSqliteJobQueue({ directory, clock });

describe('jobs of the product', () => {
  it('close a month after the longest possible call, and not before', async () => {
    await provider(onSqlite, 3, async ({ product, clock, start }) => {
      const jobs = start();
      await jobs.rebuildTimers();
      const [waiting] = (await product.jobs.list({ name: 'close-month' })).rows;
      expect(waiting).toMatchObject({
        job: 'close-month/2026-10',
        state: 'waiting',
        dueAt: AFTER_THE_LONGEST_CALL,
      });
      clock.moveTo('2026-11-01T03:59:59.999+09:00');
      await jobs.rebuildTimers();
      await product.jobQueue().wake();
      expect(await invoiceNumbers(product)).toEqual([]);
      clock.moveTo(AFTER_THE_LONGEST_CALL);
      await product.jobQueue().wake();
      await until(closed(product), 'the close of October');
      expect(await invoiceNumbers(product)).toEqual(gapless(3));
      expect((await product.audit.verify()).ok).toBe(true);
      expect(await product.closing.reconcile(OCTOBER)).toEqual([]);
    });
  });

  it('book the breakage of lots after their last day, once, and make up for a missed midnight', async () => {
    await provider(onSqlite, 2, async ({ product, clock, start, accounts }) => {
      const account = accounts[0] as AccountId;
      const expiries = async () =>
        (await product.prepaid.history(account)).rows.filter(row => row.item === 'expiry');
      const first = start();
      await first.rebuildTimers();
      await first.stop();
      // Issued on 1 October: the 180th day after it is 30 March.
      clock.moveTo('2027-04-02T09:00:00.000+09:00');
      const again = start();
      await again.rebuildTimers();
      await product.jobQueue().wake();
      await until(async () => (await expiries()).length > 0, 'the lots to expire');
      const before = await expiries();
      expect(before).toHaveLength(1);
      clock.moveTo('2027-04-03T00:00:00.000+09:00');
      await product.jobQueue().wake();
      await until(
        async () =>
          (await product.jobs.list({ name: 'expire-lots', state: 'done' })).rows.some(j =>
            j.key.startsWith('daily@2027-04-03'),
          ),
        'the daily sweep',
      );
      expect(await expiries()).toEqual(before);
    });
  });

  it('show staff why a close is parked, and go on when it is retried', async () => {
    await provider(onSqlite, 1, async ({ product, clock }) => {
      const queue = product.jobQueue();
      const retry = { attempts: 1, firstDelayMs: 1, longestDelayMs: 1 };
      const request = {
        name: 'close-month',
        key: '2026-10',
        payload: { month: '2026-10' },
        dueAt: clock.now(),
        retry,
      };
      await queue.add(request);
      const jobs = runJobs(product, { autoClose: false });
      const job = { name: 'close-month', key: '2026-10' };
      await until(async () => (await queue.get(job))?.state === 'parked', 'the parking');
      expect((await queue.get(job))?.reason).toMatch(/^MONTH_NOT_OVER: /);
      clock.moveTo(AFTER_THE_LONGEST_CALL);
      expect(await product.jobs.retry(job, callerOf('retry'))).toMatchObject({ kind: 'done' });
      await until(closed(product), 'the close of October');
      expect(await product.jobs.retry(job, callerOf('retry'))).toMatchObject({
        rejection: { code: 'JOB_NOT_PARKED' },
      });
      expect(await product.jobs.discard(job, callerOf('discard'))).toMatchObject({ kind: 'done' });
      expect(await product.jobs.discard(job, callerOf('discard'))).toMatchObject({
        rejection: { code: 'NO_SUCH_JOB' },
      });
      await jobs.stop();
    });
  });
});

needsProgram('redis-server')('jobs of the product on Redis', () => {
  let redis: RedisOfATest;
  let tests = 0;
  beforeAll(async () => {
    redis = await startRedis();
  });
  afterAll(() => redis.stop());
  const onRedis = (_directory: string, clock: Clock): JobQueue =>
    openBullmqJobQueue({ url: redis.url, clock, prefix: `{jobs-${++tests}}`, leaseMs: 1_000 });

  it('lose nothing when Redis loses everything in the middle of a close', async () => {
    await provider(onRedis, 140, async ({ product, clock, start }) => {
      const jobs = start();
      await jobs.rebuildTimers();
      clock.moveTo(AFTER_THE_LONGEST_CALL);
      await product.jobQueue().wake();
      await until(async () => (await invoiceNumbers(product)).length > 0, 'the first invoice');
      expect((await invoiceNumbers(product)).length).toBeLessThan(140);
      await redis.flushAll();
      await until(closed(product), 'the close of October');
      expect(await invoiceNumbers(product)).toEqual(gapless(140));
      expect(await product.closing.reconcile(OCTOBER)).toEqual([]);
      const names = (await product.jobs.list()).rows.map(job => job.job);
      expect(names).toContain('expire-lots/daily@2026-11-02T000000.000+0900');
    });
  });
});
