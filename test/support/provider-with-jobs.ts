import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type AccountId, Money } from '#kernel';
import { openProduct } from '#nest';
import type { Clock, JobQueue } from '#ports';
import { type Product, type RunningJobs, runJobs } from '#runtime';
import { SimulatedClock } from '#testing';
import { accountNames, CDR_HEADER, callerOf, numberOfAccount, openProvider } from './small-provider.js';
import { inTemporaryDirectory } from './temporary-directory.js';

export interface Provider {
  readonly product: Product;
  readonly clock: SimulatedClock;
  readonly accounts: readonly string[];
  /** Starts jobs on the product, as a process of its own would; they are stopped with the test. */
  start(): RunningJobs;
}

/** A provider that began in October 2026: accounts with a lot of 1,000 yen and one call each. */
export async function provider(
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
