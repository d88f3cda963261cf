import { Instant } from '#kernel';
import { SimulatedClock } from '#testing';
import { needsProgram } from '../../../test/support/needs.js';
import { startRedis } from '../../../test/support/redis.js';
import { openBullmqJobQueue } from './index.js';

const clock = new SimulatedClock('2026-10-31T23:00:00.000+09:00');
const job = (key: string) => ({
  name: 'sample',
  key,
  payload: {},
  dueAt: Instant.parse('2026-10-31T23:00:00+09:00'),
});

async function until(condition: () => Promise<boolean>, what: string): Promise<void> {
  for (let turn = 0; turn < 1_000; turn++) {
    if (await condition().catch(() => false)) return;
    await new Promise(resolve => setTimeout(resolve, 10));
  }
  throw new Error(`waited in vain for ${what}`);
}

describe('the address of Redis', () => {
  it.each(['', 'localhost:6379', 'http://h', 'redis:// h'])('is refused when it is "%s", unprinted', url => {
    const open = () => openBullmqJobQueue({ url: `${url}`, clock });
    expect(open).toThrow(expect.objectContaining({ name: 'InvalidInput', field: 'url' }));
  });

  it('is not told with its password when nobody answers', async () => {
    const queue = openBullmqJobQueue({ url: 'redis://:secret@127.0.0.1:1', clock });
    const failed = await queue.list().catch((error: unknown) => error as Error & { code?: string });
    await queue.close();
    expect(failed).toMatchObject({ name: 'StoreUnavailable', code: 'UNAVAILABLE' });
    expect(String(failed)).not.toContain('secret');
  }, 15_000);
});

needsProgram('redis-server')('a Redis that dies', () => {
  it('is waited for by workers, who go on with what is added again', async () => {
    const redis = await startRedis();
    const seen: string[] = [];
    const errors: unknown[] = [];
    const queue = openBullmqJobQueue({ url: redis.url, clock, onError: error => errors.push(error) });
    const handler = {
      name: 'sample',
      run: async (_: unknown, { key }: { key: string }) => void seen.push(key),
    };
    const worker = queue.work({ handlers: [handler], concurrency: 1, onError: error => errors.push(error) });
    try {
      await queue.add(job('before'));
      await until(async () => seen.includes('before'), 'the first job');
      await redis.kill();
      await expect(queue.list()).rejects.toMatchObject({ code: 'UNAVAILABLE' });
      await redis.start();
      await until(async () => (await queue.add(job('after'))) === 'known', 'the second job to stand');
      await until(async () => seen.includes('after'), 'the second job');
      expect(seen).toEqual(['before', 'after']);
      expect(errors.length).toBeGreaterThan(0);
    } finally {
      await worker.stop(0);
      await queue.close();
      await redis.stop();
    }
  }, 30_000);
});
