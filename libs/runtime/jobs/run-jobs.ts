import type { JobWorker } from '#ports';
import type { Product } from '../product.js';
import { handlersOf } from './handlers.js';
import { type JobRules, planJobs } from './plan-jobs.js';

export interface RunJobsOptions extends JobRules {
  /** How often timers are planned again, so that a lost queue gets them back; 60,000 ms without it. */
  readonly planEveryMs?: number;
  /** Jobs of one name at the same time in this process; 2 without it. */
  readonly concurrency?: number;
  /** Told what went wrong outside a job; nobody without it. */
  readonly onError?: (error: unknown) => void;
}

export interface RunningJobs {
  /** Puts every job that must stand in the queue there, as the log says; those that stand are left alone. */
  rebuildTimers(): Promise<void>;
  /** Begins no more jobs and waits for those at work, at most `graceMs`. */
  stop(graceMs?: number): Promise<void>;
}

/** Plans again now and then, one planning at a time. */
class Planner {
  private readonly timer: NodeJS.Timeout;
  private planning: Promise<void> | undefined;

  constructor(
    private readonly product: Product,
    private readonly options: RunJobsOptions,
  ) {
    this.timer = setInterval(() => this.quietly(), options.planEveryMs ?? 60_000);
    this.quietly();
  }

  private quietly(): void {
    this.plan().catch(error => this.options.onError?.(error));
  }

  plan(): Promise<void> {
    this.planning ??= this.planOnce().finally(() => {
      this.planning = undefined;
    });
    return this.planning;
  }

  private async planOnce(): Promise<void> {
    // A wrong clock would plan what is not due for a year, and miss what is.
    if (!(await this.product.clock.state()).trusted) return;
    const queue = this.product.jobQueue();
    // A month that once counts as closed for everybody is not looked at again.
    await this.product.ready('head');
    const facts = await this.product.jobs.facts();
    for (const planned of planJobs(this.product.now(), facts, this.options)) {
      if (planned.kind === 'repeat') await queue.repeat(planned.request);
      else await queue.add(planned.request);
    }
  }

  async stop(): Promise<void> {
    clearInterval(this.timer);
    await this.planning?.catch(() => undefined);
  }
}

/**
 * Plans and does the jobs of the product in this process, together with the others that do. What is planned
 * comes from the log and the read models: losing the queue loses nothing.
 */
export function runJobs(product: Product, options: RunJobsOptions): RunningJobs {
  const { concurrency = 2, onError } = options;
  const worker: JobWorker = product.jobQueue().work({
    handlers: handlersOf(product),
    concurrency,
    ...(onError && { onError }),
  });
  const planner = new Planner(product, options);
  return {
    rebuildTimers: () => planner.plan(),
    async stop(graceMs) {
      await planner.stop();
      await worker.stop(graceMs);
    },
  };
}
