import { addingRules, failureRules } from './job-queue.run-rules.js';
import type { OpenJobQueue } from './job-queue.samples.js';
import { repeatRules, workerRules } from './job-queue.worker-rules.js';

export type { JobQueueUnderTest, OpenJobQueue } from './job-queue.samples.js';

/**
 * What the port `JobQueue` promises, as tests. Every adapter runs all of it; there are no options.
 * @param open gives an empty queue for each test, on the clock and with the lease that it is given
 */
export function jobQueueContract(adapter: string, open: OpenJobQueue): void {
  describe(`job queue contract: ${adapter}`, () => {
    addingRules(open);
    failureRules(open);
    workerRules(open);
    repeatRules(open);
  });
}
