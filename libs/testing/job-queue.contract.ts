import { addingRules, failureRules, refusingRules, staffRules } from './job-queue.run-rules.js';
import type { OpenJobQueue } from './job-queue.samples.js';
import {
  endingRules,
  leaseRules,
  listingRules,
  repeatChangeRules,
  repeatRules,
  workerRules,
} from './job-queue.worker-rules.js';

export type { JobQueueUnderTest, OpenJobQueue } from './job-queue.samples.js';

/**
 * What the port `JobQueue` promises, as tests. Every adapter runs all of it; there are no options.
 * @param open gives an empty queue for each test, on the clock and with the lease that it is given
 */
export function jobQueueContract(adapter: string, open: OpenJobQueue): void {
  describe(`job queue contract: ${adapter}`, () => {
    addingRules(open);
    refusingRules(open);
    failureRules(open);
    staffRules(open);
    workerRules(open);
    leaseRules(open);
    endingRules(open);
    listingRules(open);
    repeatRules(open);
    repeatChangeRules(open);
  });
}
