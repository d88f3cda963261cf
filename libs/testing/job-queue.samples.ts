import { Instant } from '#kernel';
import type { JobContext, JobHandler, JobQueue, JobRequest, JobState, JobWorker, WorkOptions } from '#ports';
import type { SimulatedClock } from './simulated-clock.js';

/** What the contract suite is given for each test: an empty queue whose time is moved by hand. */
export interface JobQueueUnderTest {
  readonly queue: JobQueue;
  readonly clock: SimulatedClock;
  /** A second queue on the same storage, as another process has it. */
  another(): Promise<JobQueue>;
  /** Closes the first queue and opens the same storage again. */
  reopen(): Promise<JobQueue>;
  /** Closes what is open and removes the data. */
  dispose(): Promise<void>;
}

/** Workers of these queues may be silent for at most `LEASE_MS`. */
export type OpenJobQueue = (clock: SimulatedClock, leaseMs: number) => Promise<JobQueueUnderTest>;

export const LEASE_MS = 3_000;
export const START = '2026-10-31T23:00:00.000+09:00';

/** What a test has: the queue, workers that are stopped at its end, and the time. */
export interface JobTest extends JobQueueUnderTest {
  work(queue: JobQueue, handlers: readonly JobHandler[], more?: Partial<WorkOptions>): JobWorker;
  /** Moves the clock and lets the queues look at it. */
  moveTo(time: string, ...queues: JobQueue[]): Promise<void>;
  plusMs(ms: number, ...queues: JobQueue[]): Promise<void>;
}

/** Runs `test` on a fresh queue and removes it afterwards, whatever happened. */
export const onFreshQueue =
  (open: OpenJobQueue, clock: () => SimulatedClock, test: (the: JobTest) => Promise<void>) =>
  async (): Promise<void> => {
    const time = clock();
    const under = await open(time, LEASE_MS);
    const workers: JobWorker[] = [];
    const wakeAll = async (queues: readonly JobQueue[]): Promise<void> => {
      for (const queue of queues.length > 0 ? queues : [under.queue]) await queue.wake();
    };
    try {
      await test({
        ...under,
        work(queue, handlers, more = {}) {
          const worker = queue.work({ handlers, concurrency: 4, ...more });
          workers.push(worker);
          return worker;
        },
        async moveTo(text, ...queues) {
          time.moveTo(text);
          await wakeAll(queues);
        },
        async plusMs(ms, ...queues) {
          time.plusMs(ms);
          await wakeAll(queues);
        },
      });
    } finally {
      await Promise.all(workers.map(worker => worker.stop(0)));
      await under.dispose();
    }
  };

/** A handler that remembers the keys it was given, in order. */
export function recorder(name: string, run: (context: JobContext) => Promise<void> = async () => {}) {
  const seen: string[] = [];
  const handler: JobHandler = {
    name,
    async run(_payload, context) {
      seen.push(context.key);
      await run(context);
    },
  };
  return { handler, seen };
}

export const jobAt = (key: string, dueAt = START, more: Partial<JobRequest> = {}): JobRequest => ({
  name: 'sample',
  key,
  payload: { of: key },
  dueAt: Instant.parse(dueAt),
  ...more,
});

/** Resolves when `condition` holds; rejects after 10 seconds, naming what was waited for. */
export async function eventually(condition: () => boolean | Promise<boolean>, what: string): Promise<void> {
  for (let turn = 0; turn < 1_000; turn++) {
    if (await condition()) return;
    await new Promise(resolve => setTimeout(resolve, 10));
  }
  throw new Error(`waited in vain for ${what}`);
}

/** Waits until the job stands like this. */
export const becomes = (queue: JobQueue, key: string, state: JobState, name = 'sample'): Promise<void> =>
  eventually(async () => (await queue.get({ name, key }))?.state === state, `${name}/${key} to be ${state}`);

/** Long enough for a queue to do what it must not do. */
export const aMoment = (ms = 80): Promise<void> => new Promise(resolve => setTimeout(resolve, ms));
