import { Instant } from '#kernel';
import type { JobQueue, RepeatRequest } from '#ports';
import { freshFrom } from './job-queue.run-rules.js';
import {
  aMoment,
  becomes,
  eventually,
  jobAt,
  LEASE_MS,
  type OpenJobQueue,
  recorder,
} from './job-queue.samples.js';

export function workerRules(open: OpenJobQueue): void {
  const fresh = freshFrom(open);
  describe('shares work', () => {
    it(
      'gives each of many jobs to one of several workers of two processes, once',
      fresh(async ({ queue, another, work }) => {
        const other = await another();
        const { handler, seen } = recorder('sample', () => aMoment(2));
        const keys = Array.from({ length: 60 }, (_, i) => `j${i}`);
        await Promise.all(keys.map((key, i) => (i % 2 ? queue : other).add(jobAt(key))));
        const workers = [work(queue, [handler]), work(queue, [handler]), work(other, [handler])];
        await eventually(
          async () => (await queue.list({ state: 'done' })).length === keys.length,
          'all jobs',
        );
        await Promise.all(workers.map(worker => worker.stop()));
        expect(seen.toSorted()).toEqual(keys.toSorted());
        await other.close();
      }),
    );

    it(
      'runs at most as many of a handler at the same time as was said',
      fresh(async ({ queue, work }) => {
        let [now, most] = [0, 0];
        const { handler } = recorder('sample', async () => {
          most = Math.max(most, ++now);
          await aMoment(5);
          now--;
        });
        for (let i = 0; i < 12; i++) await queue.add(jobAt(`j${i}`));
        work(queue, [handler], { concurrency: 3 });
        await eventually(async () => (await queue.list({ state: 'done' })).length === 12, 'all jobs');
        expect(most).toBe(3);
      }),
    );
  });
}

export function leaseRules(open: OpenJobQueue): void {
  const fresh = freshFrom(open);
  describe('knows whether a worker is alive', () => {
    it(
      'keeps the job of a worker that is slow but alive',
      fresh(async ({ queue, work }) => {
        const { handler, seen } = recorder('sample', () => aMoment(3 * LEASE_MS));
        await queue.add(jobAt('slow'));
        work(queue, [handler]);
        work(queue, [handler]);
        await becomes(queue, 'slow', 'done');
        expect(seen).toEqual(['slow']);
      }),
    );

    it(
      'gives the job of a worker that died to another one, and does not believe the dead',
      fresh(async ({ queue, another, work }) => {
        const other = await another();
        let wakeTheDead = (): void => undefined;
        const dying = recorder(
          'sample',
          () =>
            new Promise(resolve => {
              wakeTheDead = resolve;
            }),
        );
        await queue.add(jobAt('a'));
        const dead = work(other, [dying.handler]);
        // A queue may call a job active before its handler begins: the worker must die in its handler.
        await eventually(() => dying.seen.length === 1, 'the handler of the worker that dies');
        expect((await queue.get({ name: 'sample', key: 'a' }))?.state).toBe('active');
        await dead.stop(0);
        await other.close();
        const { handler, seen } = recorder('sample', () => aMoment(50));
        work(queue, [handler]);
        await eventually(() => seen.length === 1, 'the other worker');
        wakeTheDead();
        await becomes(queue, 'a', 'done');
        expect([dying.seen, seen]).toEqual([['a'], ['a']]);
      }),
    );
  });
}

export function endingRules(open: OpenJobQueue): void {
  const fresh = freshFrom(open);
  describe('ends and goes on', () => {
    it(
      'finishes what runs when it is stopped, and begins nothing more',
      fresh(async ({ queue, work }) => {
        let told = false;
        const { handler, seen } = recorder('sample', async ({ stopping }) => {
          await aMoment(60);
          told = stopping.aborted;
        });
        await queue.add(jobAt('a'));
        const worker = work(queue, [handler], { concurrency: 1 });
        await eventually(() => seen.length === 1, 'the handler to begin');
        const stopped = worker.stop();
        await queue.add(jobAt('b'));
        await stopped;
        expect([(await queue.get({ name: 'sample', key: 'a' }))?.state, told]).toEqual(['done', true]);
        await aMoment();
        expect(seen).toEqual(['a']);
        expect((await queue.get({ name: 'sample', key: 'b' }))?.state).toBe('waiting');
      }),
    );

    it(
      'shows how far a job is',
      fresh(async ({ queue, work }) => {
        const { promise: finished, resolve: finish } = Promise.withResolvers<void>();
        const { handler } = recorder('sample', async ({ progress }) => {
          await progress(64, 100, 'accounts');
          await finished;
        });
        await queue.add(jobAt('a'));
        work(queue, [handler]);
        const shown = async () => (await queue.get({ name: 'sample', key: 'a' }))?.progress;
        await eventually(async () => Boolean(await shown()), 'progress');
        expect(await shown()).toEqual({ done: 64, total: 100, what: 'accounts' });
        finish();
        await becomes(queue, 'a', 'done');
      }),
    );

    it(
      'keeps everything over a restart: what waits, what is parked and why, what was done, what repeats',
      fresh(async ({ queue, reopen, work, moveTo }) => {
        const bad = recorder('bad', () => Promise.reject(new RangeError('broken')));
        const good = recorder('sample');
        const retry = { attempts: 1, firstDelayMs: 1, longestDelayMs: 1 };
        await queue.add(jobAt('x', undefined, { name: 'bad', retry }));
        await queue.add(jobAt('was'));
        await queue.add(jobAt('will', '2026-11-01T09:00:00.000+09:00'));
        await queue.repeat(DAILY);
        const first = work(queue, [bad.handler, good.handler]);
        await becomes(queue, 'x', 'parked', 'bad');
        await becomes(queue, 'was', 'done');
        await first.stop();
        const before = await queue.list();
        const again = await reopen();
        expect(await again.list()).toEqual(before);
        expect(before).toHaveLength(4);
        work(again, [good.handler]);
        await moveTo('2026-11-01T09:00:00.000+09:00', again);
        await becomes(again, 'will', 'done');
        expect(good.seen).toEqual(['was', 'will']);
      }),
    );
  });
}

export function listingRules(open: OpenJobQueue): void {
  const fresh = freshFrom(open);
  describe('lists', () => {
    it(
      'lists by state and name, newest due first',
      fresh(async ({ queue }) => {
        await queue.add(jobAt('a', '2026-11-02T00:00:00.000+09:00'));
        await queue.add(jobAt('b', '2026-11-03T00:00:00.000+09:00'));
        await queue.add(jobAt('c', '2026-11-01T00:00:00.000+09:00', { name: 'other' }));
        const keys = async (...filter: Parameters<typeof queue.list>) =>
          (await queue.list(...filter)).map(job => job.key);
        expect(await keys()).toEqual(['b', 'a', 'c']);
        expect(await keys({ name: 'sample' })).toEqual(['b', 'a']);
        expect(await keys({ state: 'waiting', name: 'other' })).toEqual(['c']);
        expect(await keys({ state: 'parked' })).toEqual([]);
      }),
    );
  });
}

const waitingKeys = async (queue: JobQueue): Promise<string[]> =>
  (await queue.list({ state: 'waiting' })).map(job => job.key);

const DAILY: RepeatRequest = {
  name: 'expire',
  key: 'daily',
  payload: { a: 1 },
  schedule: { cronJst: '0 0 * * *' },
};
const FIRST = 'daily@2026-11-01T000000.000+0900';
const SECOND = 'daily@2026-11-02T000000.000+0900';

export function repeatRules(open: OpenJobQueue): void {
  const fresh = freshFrom(open);
  describe('repeats', () => {
    const waiting = waitingKeys;

    it(
      'has one job for the next instant, however often and by how many it is set',
      fresh(async ({ queue, another }) => {
        const other = await another();
        await Promise.all([queue.repeat(DAILY), other.repeat(DAILY), queue.repeat(DAILY)]);
        expect(await waiting(queue)).toEqual([FIRST]);
        expect((await queue.get({ name: 'expire', key: FIRST }))?.dueAt).toBe(
          Instant.parse('2026-11-01T00:00:00.000+09:00'),
        );
        await other.close();
      }),
    );

    it(
      'runs each instant once, at midnight in Japan, and plans the next one even if it fails',
      fresh(async ({ queue, work, moveTo }) => {
        const { handler, seen } = recorder('expire', ({ key }) =>
          key === FIRST ? Promise.reject(new RangeError('broken')) : Promise.resolve(),
        );
        const retry = { attempts: 1, firstDelayMs: 1, longestDelayMs: 1 };
        await queue.repeat({ ...DAILY, retry });
        work(queue, [handler]);
        await moveTo('2026-11-01T00:00:00.000+09:00');
        await becomes(queue, FIRST, 'parked', 'expire');
        expect(await waiting(queue)).toEqual([SECOND]);
        await moveTo('2026-11-02T00:00:00.000+09:00');
        await becomes(queue, SECOND, 'done', 'expire');
        expect(seen).toEqual([FIRST, SECOND]);
      }),
    );

    it(
      'makes one late run of many missed instants',
      fresh(async ({ queue, work, moveTo }) => {
        const { handler, seen } = recorder('expire');
        await queue.repeat(DAILY);
        await moveTo('2026-11-04T10:00:00.000+09:00');
        await queue.repeat(DAILY);
        work(queue, [handler]);
        await becomes(queue, FIRST, 'done', 'expire');
        expect(seen).toEqual([FIRST]);
        expect(await waiting(queue)).toEqual(['daily@2026-11-05T000000.000+0900']);
      }),
    );
  });
}

export function repeatChangeRules(open: OpenJobQueue): void {
  const fresh = freshFrom(open);
  describe('changes repetitions', () => {
    const waiting = waitingKeys;

    it(
      'changes its schedule, skips an instant that is discarded, and ends',
      fresh(async ({ queue }) => {
        await queue.repeat(DAILY);
        await queue.repeat({ ...DAILY, schedule: { cronJst: '30 6 * * *' } });
        expect(await waiting(queue)).toEqual(['daily@2026-11-01T063000.000+0900']);
        expect(await queue.discard({ name: 'expire', key: 'daily@2026-11-01T063000.000+0900' })).toBe(
          'discarded',
        );
        expect(await waiting(queue)).toEqual(['daily@2026-11-02T063000.000+0900']);
        await queue.stopRepeating({ name: 'expire', key: 'daily' });
        expect(await waiting(queue)).toEqual([]);
        expect(await queue.list()).toEqual([]);
      }),
    );

    it(
      'refuses a schedule that never comes',
      fresh(async ({ queue }) => {
        const never = queue.repeat({ ...DAILY, schedule: { cronJst: '0 0 30 2 *' } });
        await expect(never).rejects.toMatchObject({ name: 'InvalidInput', field: 'schedule' });
      }),
    );
  });
}
