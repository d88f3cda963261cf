import { openBullmqJobQueue } from '#adapters/bullmq';
import { openSqliteJobQueue } from '#adapters/sqlite';
import { type AccountId, BusinessMonth, Money } from '#kernel';
import type { Clock, JobQueue } from '#ports';
import { type Product, runJobs } from '#runtime';
import { serving } from '../support/http-server.js';
import { needsProgram } from '../support/needs.js';
import { provider } from '../support/provider-with-jobs.js';
import { type RedisOfATest, startRedis } from '../support/redis.js';
import { callerOf } from '../support/small-provider.js';
import { until } from '../support/until.js';

const OCTOBER = BusinessMonth.parse('2026-10');
const AFTER_THE_LONGEST_CALL = '2026-11-01T04:00:00.000+09:00';

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

/** What people did with jobs: event, who, why, and in which state the job was. */
async function actsOf(product: Product): Promise<string[][]> {
  const acts: string[][] = [];
  for await (const line of product.audit.export('jsonl')) {
    const { type, data } = JSON.parse(line) as { type: string; data: Readonly<Record<string, string>> };
    if (type.startsWith('operations.')) acts.push([type, data['by']!, data['why']!, data['state']!]);
  }
  return acts;
}

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
      expect(await product.jobs.retry(job, callerOf('retry-again'))).toMatchObject({
        rejection: { code: 'JOB_NOT_PARKED' },
      });
      expect(await product.jobs.discard(job, callerOf('discard'))).toMatchObject({ kind: 'done' });
      expect(await product.jobs.discard(job, callerOf('discard-again'))).toMatchObject({
        rejection: { code: 'NO_SUCH_JOB' },
      });
      await jobs.stop();
      expect(await actsOf(product)).toEqual([
        ['operations.JobRetried.v1', 'staff:test', 'test', 'parked'],
        ['operations.JobDiscarded.v1', 'staff:test', 'test', 'done'],
      ]);
    });
  });

  it('are retried once by one request, however often it is sent, and not without a reason', async () => {
    await provider(onSqlite, 1, async ({ product, clock }) => {
      const queue = product.jobQueue();
      const job = { name: 'close-month', key: '2026-11' };
      const retry = { attempts: 1, firstDelayMs: 1, longestDelayMs: 1 };
      await queue.add({ ...job, payload: { month: '2026-11' }, dueAt: clock.now(), retry });
      const jobs = runJobs(product, { autoClose: false });
      const parked = async () => (await queue.get(job))?.state === 'parked';
      await until(parked, 'the parking');
      const nobody = { actor: { id: 'staff:test' }, commandId: 'no-reason' };
      const code = 'REASON_REQUIRED';
      expect(await product.jobs.retry(job, nobody)).toMatchObject({ rejection: { code } });
      expect(await product.jobs.retry(job, callerOf('once'))).toMatchObject({ replayed: false });
      await until(parked, 'the parking of the second try');
      clock.plusMs(1_000);
      // The second try was parked at another due time: the old request is answered, and nothing is tried.
      expect(await product.jobs.retry(job, callerOf('once'))).toMatchObject({ replayed: true });
      expect(await actsOf(product)).toHaveLength(1);
      await jobs.stop();
    });
  });

  it.each(['retry', 'discard'] as const)('are told honestly when a %s came too late for them', async act => {
    await provider(onSqlite, 1, async ({ product, clock }) => {
      const queue = product.jobQueue();
      const job = { name: 'close-month', key: '2026-11' };
      const retry = { attempts: 1, firstDelayMs: 1, longestDelayMs: 1 };
      await queue.add({ ...job, payload: { month: '2026-11' }, dueAt: clock.now(), retry });
      const jobs = runJobs(product, { autoClose: false });
      await until(async () => (await queue.get(job))?.state === 'parked', 'the parking');
      await jobs.stop();
      // Between the look at the job and the telling of the queue it goes on by itself.
      queue.retry = async () => 'not_parked';
      queue.discard = async () => 'active';
      const gone = { kind: 'rejected', rejection: { code: 'JOB_HAS_GONE_ON' } };
      expect(await product.jobs[act](job, callerOf('late'))).toMatchObject(gone);
      // The same request has the same answer for ever.
      expect(await product.jobs[act](job, callerOf('late'))).toMatchObject(gone);
      const recorded = { retry: 'JobRetried', discard: 'JobDiscarded' }[act];
      expect((await actsOf(product)).map(([type]) => type)).toEqual([
        `operations.${recorded}.v1`,
        'operations.JobActMissed.v1',
      ]);
    });
  });

  it('are counted for Prometheus by name and state, with their failures and the oldest delay', async () => {
    await provider(onSqlite, 1, async ({ product, clock }) => {
      const queue = product.jobQueue();
      const retry = { attempts: 1, firstDelayMs: 1, longestDelayMs: 1 };
      const dueAt = clock.now();
      const close = (key: string) => ({ name: 'close-month', key, payload: { month: key }, dueAt, retry });
      await queue.add(close('2026-11'));
      const jobs = runJobs(product, { autoClose: false });
      await until(async () => (await queue.list({ state: 'parked' })).length === 1, 'the parking');
      await jobs.stop();
      await queue.add(close('2026-12'));
      clock.plusMs(90_000);
      const server = await serving(product);
      const { text } = await server.send('GET', '/metrics');
      await server.close();
      for (const line of [
        'daicho_jobs{name="close-month",state="parked"} 1',
        'daicho_jobs{name="close-month",state="waiting"} 1',
        'daicho_jobs{name="close-month",state="active"} 0',
        'daicho_job_failures{name="close-month"} 1',
        'daicho_jobs_oldest_due_seconds 90',
        'daicho_jobs_readable 1',
      ])
        expect(text).toContain(`${line}\n`);
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

  it('come back from the log when Redis loses everything while one waits for its next try', async () => {
    await provider(onRedis, 3, async ({ product, clock, accounts, start }) => {
      const account = accounts[0] as AccountId;
      clock.moveTo('2026-10-31T23:50:00.000+09:00');
      const hold = { account, hold: 'running', amount: Money.of('100'), purpose: 'call' };
      expect(await product.prepaid.hold(hold, callerOf('hold'))).toMatchObject({ kind: 'done' });
      clock.moveTo('2026-11-01T00:30:00.000+09:00');
      const queue = product.jobQueue();
      const october = { name: 'close-month', key: '2026-10' };
      const retry = { attempts: 14, firstDelayMs: 3_600_000, longestDelayMs: 3_600_000 };
      await queue.add({ ...october, payload: { month: '2026-10' }, dueAt: clock.now(), retry });
      start();
      const backsOff = async () => {
        const job = await queue.get(october);
        return job?.state === 'waiting' && job.attempts === 1;
      };
      await until(backsOff, 'the first try to fail');
      expect((await queue.get(october))?.reason).toMatch(/^CLOSE_TOO_EARLY: /);
      await redis.flushAll();
      await until(async () => (await queue.get(october)) !== undefined, 'the job to be planned again');
      const again = await queue.get(october);
      expect([again?.state, again?.attempts, again?.reason]).toEqual(['waiting', 0, null]);
      clock.moveTo(AFTER_THE_LONGEST_CALL);
      await queue.wake();
      await until(closed(product), 'the close of October');
      expect(await invoiceNumbers(product)).toHaveLength(3);
      expect(new Set(await invoiceNumbers(product))).toEqual(new Set(gapless(3)));
      const ended: string[] = [];
      for await (const line of product.audit.export('jsonl')) {
        const { type, stream } = JSON.parse(line) as { type: string; stream: string };
        if (type === 'invoicing.MonthClosed.v1') ended.push(stream);
      }
      expect(ended.toSorted()).toEqual(accounts.map(one => `close-${one}_2026-10`));
      expect(await product.closing.reconcile(OCTOBER)).toEqual([]);
    });
  });
});
