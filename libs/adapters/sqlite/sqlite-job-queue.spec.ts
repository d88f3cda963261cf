import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Instant } from '#kernel';
import { SimulatedClock } from '#testing';
import { inTemporaryDirectory } from '../../../test/support/temporary-directory.js';
import { openSqliteJobQueue } from './index.js';

const START = '2026-10-31T23:00:00.000+09:00';
const job = { name: 'sample', key: 'a', payload: {}, dueAt: Instant.parse(START) };
const forever = { name: 'sample', run: () => new Promise<void>(() => undefined) };

async function until(condition: () => Promise<boolean>): Promise<void> {
  for (let turn = 0; turn < 500 && !(await condition()); turn++)
    await new Promise(resolve => setTimeout(resolve, 5));
  expect(await condition()).toBe(true);
}

describe('the file of jobs', () => {
  it('gives a sole worker at once what a dead process left, and parks what kills its workers', async () => {
    await inTemporaryDirectory(async directory => {
      const options = { directory, clock: new SimulatedClock(START), soleWorker: true };
      for (let death = 0; death < 4; death++) {
        const queue = openSqliteJobQueue(options);
        await queue.add(job);
        const worker = queue.work({ handlers: [forever], concurrency: 1 });
        await until(async () => (await queue.get(job))?.state === 'active');
        await worker.stop(0);
        await queue.close();
      }
      const queue = openSqliteJobQueue(options);
      expect(await queue.get(job)).toMatchObject({
        state: 'parked',
        reason: expect.stringMatching(/^WORKER_LOST: /),
      });
      expect(await queue.retry(job)).toBe('retried');
      await queue.close();
    });
  });

  it('is set aside when it is damaged: timers are planned again', async () => {
    await inTemporaryDirectory(async directory => {
      writeFileSync(
        join(directory, 'jobs.db'),
        'no database at all, and long enough to be looked at'.repeat(100),
      );
      const queue = openSqliteJobQueue({ directory, clock: new SimulatedClock(START) });
      expect(await queue.add(job)).toBe('added');
      expect(existsSync(join(directory, 'jobs.db.damaged'))).toBe(true);
      await queue.close();
    });
  });

  it('forgets what was done a week ago, so that the same key may come again', async () => {
    await inTemporaryDirectory(async directory => {
      const clock = new SimulatedClock(START);
      const queue = openSqliteJobQueue({ directory, clock });
      await queue.add(job);
      const done = { name: 'sample', run: async () => undefined };
      const worker = queue.work({ handlers: [done], concurrency: 1 });
      await until(async () => (await queue.get(job))?.state === 'done');
      await worker.stop();
      clock.plusMs(7 * 86_400_000 + 1);
      await queue.work({ handlers: [done], concurrency: 1 }).stop();
      expect(await queue.get(job)).toBeUndefined();
      await queue.close();
      await expect(queue.list()).rejects.toMatchObject({ name: 'StoreUnavailable', code: 'STORE_CLOSED' });
    });
  });
});
