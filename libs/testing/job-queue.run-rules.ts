import { Instant, InvalidInput } from '#kernel';
import { JobRefused, type RetryPolicy } from '#ports';
import type { OpenJobQueue } from './job-queue.samples.js';
import {
  aMoment,
  becomes,
  eventually,
  type JobTest,
  jobAt,
  onFreshQueue,
  recorder,
  START,
} from './job-queue.samples.js';
import { SimulatedClock } from './simulated-clock.js';

type Fresh = (test: (the: JobTest) => Promise<void>) => () => Promise<void>;
export const freshFrom =
  (open: OpenJobQueue): Fresh =>
  test =>
    onFreshQueue(open, () => new SimulatedClock(START), test);

const sample = (key: string) => ({ name: 'sample', key });

export function addingRules(open: OpenJobQueue): void {
  const fresh = freshFrom(open);
  describe('takes jobs', () => {
    it(
      'runs what is due with its payload, and remembers that it was done',
      fresh(async ({ queue, work }) => {
        const given: unknown[] = [];
        const handler = { name: 'sample', run: async (payload: unknown) => void given.push(payload) };
        expect(
          await queue.add(jobAt('a', START, { payload: { month: '2026-10', n: 3, b: true, x: null } })),
        ).toBe('added');
        work(queue, [handler]);
        await becomes(queue, 'a', 'done');
        expect(given).toEqual([{ month: '2026-10', n: 3, b: true, x: null }]);
        expect(await queue.get(sample('a'))).toEqual({
          ...sample('a'),
          state: 'done',
          payload: { month: '2026-10', n: 3, b: true, x: null },
          dueAt: Instant.parse(START),
          attempts: 1,
          attemptsAtMost: 10,
          progress: null,
          reason: null,
          createdAt: Instant.parse(START),
        });
      }),
    );

    it(
      'makes one job of one key, while it waits, when it is done, and when many ask at once',
      fresh(async ({ queue, work, another }) => {
        const other = await another();
        const answers = await Promise.all(
          Array.from({ length: 10 }, (_, i) => (i % 2 ? queue : other).add(jobAt('a'))),
        );
        expect(answers.filter(answer => answer === 'added')).toHaveLength(1);
        const { handler, seen } = recorder('sample');
        work(queue, [handler]);
        await becomes(queue, 'a', 'done');
        expect(await queue.add(jobAt('a', START, { payload: { of: 'again' } }))).toBe('known');
        await aMoment();
        expect(seen).toEqual(['a']);
        expect((await queue.get(sample('a')))?.payload).toEqual({ of: 'a' });
        expect(await queue.add(jobAt('a', START, { name: 'other' }))).toBe('added');
        await other.close();
      }),
    );

    it(
      'keeps a job until its instant, however early it was added',
      fresh(async ({ queue, work, moveTo }) => {
        const { handler, seen } = recorder('sample');
        work(queue, [handler]);
        await queue.add(jobAt('later', '2026-11-01T04:00:00.000+09:00'));
        await queue.add(jobAt('soon', '2026-11-01T00:00:00.000+09:00'));
        await moveTo('2026-10-31T23:59:59.999+09:00');
        await aMoment();
        expect(seen).toEqual([]);
        await moveTo('2026-11-01T00:00:00.000+09:00');
        await becomes(queue, 'soon', 'done');
        expect((await queue.get(sample('later')))?.state).toBe('waiting');
        await moveTo('2026-11-01T04:00:00.000+09:00');
        await becomes(queue, 'later', 'done');
        expect(seen).toEqual(['soon', 'later']);
      }),
    );
  });
}

export function refusingRules(open: OpenJobQueue): void {
  const fresh = freshFrom(open);
  describe('leaves and refuses jobs', () => {
    it(
      'leaves jobs alone for which the worker has no handler',
      fresh(async ({ queue, work, another }) => {
        const mine = recorder('sample');
        const theirs = recorder('newer');
        await queue.add(jobAt('a', START, { name: 'newer' }));
        work(queue, [mine.handler]);
        await aMoment();
        expect([mine.seen, (await queue.get({ name: 'newer', key: 'a' }))?.state]).toEqual([[], 'waiting']);
        const other = await another();
        const worker = work(other, [theirs.handler]);
        await becomes(queue, 'a', 'done', 'newer');
        await worker.stop();
        await other.close();
      }),
    );

    it.each<[string, string, object]>([
      ['a name with a capital', 'name', { name: 'Sample' }],
      ['an empty key', 'key', { key: '' }],
      ['a key with a colon', 'key', { key: 'a:b' }],
      ['a key with a slash', 'key', { key: 'a/b' }],
      ['a nested payload', 'payload', { payload: { a: {} } }],
      ['a number that is none', 'payload', { payload: { a: Number.NaN } }],
      ['too much payload', 'payload', { payload: { a: 'x'.repeat(10_001) } }],
      ['no attempt', 'retry', { retry: { attempts: 0, firstDelayMs: 1, longestDelayMs: 1 } }],
      [
        'a first wait above the longest',
        'retry',
        { retry: { attempts: 1, firstDelayMs: 2, longestDelayMs: 1 } },
      ],
    ])('refuses %s', async (_, field, change) => {
      await fresh(async ({ queue }) => {
        const bad = queue.add({ ...jobAt('a'), ...change });
        await expect(bad).rejects.toMatchObject({ name: 'InvalidInput', field });
        expect(await queue.list()).toEqual([]);
      })();
    });
  });
}

const RETRY: RetryPolicy = { attempts: 4, firstDelayMs: 60_000, longestDelayMs: 150_000 };

export function failureRules(open: OpenJobQueue): void {
  const fresh = freshFrom(open);
  describe('bears failures', () => {
    it(
      'tries again after 1, 2 and 2.5 minutes, then parks with the reason; retried, it begins anew',
      fresh(async ({ queue, work, plusMs }) => {
        let broken = true;
        const { handler, seen } = recorder('sample', async ({ attempt }) => {
          if (broken) throw Object.assign(new Error(`no answer to attempt ${attempt}`), { code: 'GATEWAY' });
        });
        work(queue, [handler]);
        await queue.add(jobAt('a', START, { retry: RETRY }));
        for (const [i, wait] of [60_000, 120_000, 150_000].entries()) {
          await eventually(
            async () => (await queue.get(sample('a')))?.attempts === i + 1,
            'a failed attempt',
          );
          await becomes(queue, 'a', 'waiting');
          await plusMs(wait - 1);
          await aMoment();
          expect(seen).toHaveLength(i + 1);
          await plusMs(1);
        }
        await becomes(queue, 'a', 'parked');
        const parked = await queue.get(sample('a'));
        expect(parked).toMatchObject({ attempts: 4, reason: 'GATEWAY: no answer to attempt 4' });
        expect(await queue.add(jobAt('a'))).toBe('known');

        broken = false;
        expect(await queue.retry(sample('a'))).toBe('retried');
        await becomes(queue, 'a', 'done');
        expect(await queue.get(sample('a'))).toMatchObject({ attempts: 1, reason: null });
        expect(seen).toHaveLength(5);
      }),
    );

    it.each([
      [
        'a payload that is malformed',
        () => new InvalidInput('month', 'must be a month'),
        'INVALID_INPUT: month: must be a month',
      ],
      [
        'a refusal',
        () => new JobRefused('NO_SUCH_ACCOUNT', 'no such account'),
        'NO_SUCH_ACCOUNT: no such account',
      ],
    ])('parks %s at once', async (_, failure, reason) => {
      await fresh(async ({ queue, work }) => {
        const { handler, seen } = recorder('sample', async () => {
          throw failure();
        });
        work(queue, [handler]);
        await queue.add(jobAt('a'));
        await becomes(queue, 'a', 'parked');
        expect((await queue.get(sample('a')))?.reason).toBe(reason);
        expect(seen).toEqual(['a']);
      })();
    });
  });
}

export function staffRules(open: OpenJobQueue): void {
  const fresh = freshFrom(open);
  describe('obeys staff', () => {
    it(
      'lets staff discard what waits or is parked, not what runs; a discarded key may come again',
      fresh(async ({ queue, work }) => {
        let finish = (): void => undefined;
        const { handler, seen } = recorder('sample', ({ key }) =>
          key === 'bad'
            ? Promise.reject(new JobRefused('NO', 'no'))
            : new Promise(resolve => {
                finish = resolve;
              }),
        );
        await queue.add(jobAt('waits', '2027-01-01T00:00:00.000+09:00'));
        await queue.add(jobAt('bad'));
        await queue.add(jobAt('runs'));
        work(queue, [handler]);
        await becomes(queue, 'bad', 'parked');
        await eventually(() => seen.includes('runs'), 'the handler to begin');
        expect(await queue.discard(sample('waits'))).toBe('discarded');
        expect(await queue.discard(sample('bad'))).toBe('discarded');
        expect(await queue.discard(sample('runs'))).toBe('active');
        expect(await queue.discard(sample('nobody'))).toBe('unknown');
        expect(await queue.retry(sample('runs'))).toBe('not_parked');
        expect(await queue.retry(sample('bad'))).toBe('unknown');
        expect(await queue.add(jobAt('waits', '2027-01-01T00:00:00.000+09:00'))).toBe('added');
        finish();
        await becomes(queue, 'runs', 'done');
      }),
    );
  });
}
