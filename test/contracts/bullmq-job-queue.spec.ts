import { openBullmqJobQueue } from '#adapters/bullmq';
import type { JobQueue } from '#ports';
import { jobQueueContract } from '#testing';
import { needsProgram } from '../support/needs.js';
import { type RedisOfATest, startRedis } from '../support/redis.js';

needsProgram('redis-server')('BullMQ', () => {
  let redis: RedisOfATest;
  let tests = 0;

  beforeAll(async () => {
    redis = await startRedis();
  });
  afterAll(() => redis.stop());

  jobQueueContract('BullMQ', async (clock, leaseMs) => {
    const prefix = `{test-${++tests}}`;
    const opened: JobQueue[] = [];
    const open = (): JobQueue => {
      const queue = openBullmqJobQueue({ url: redis.url, clock, leaseMs, prefix });
      opened.push(queue);
      return queue;
    };
    const queue = open();
    return {
      queue,
      clock,
      another: async () => open(),
      async reopen() {
        await queue.close();
        return open();
      },
      async dispose() {
        for (const one of opened) await one.close();
      },
    };
  });
});
