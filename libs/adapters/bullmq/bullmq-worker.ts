import { DelayedError, type Job, UnrecoverableError, WaitingError, Worker } from 'bullmq';
import type { Redis } from 'ioredis';
import { LOST_AT_MOST, retryDelayMs, verdictOn } from '#adapters/shared';
import type { Instant } from '#kernel';
import { type Clock, type JobContext, type JobHandler, type JobWorker, type WorkOptions } from '#ports';
import { hangUp } from './redis.js';
import type { StoredData, StoredJob } from './stored-job.js';

/** What a worker needs of its queue. */
export interface WorkerHome {
  readonly clock: Clock;
  readonly prefix: string;
  readonly leaseMs: number;
  /** Adds the next job of a repetition, unless it has been ended. */
  planNext(name: string, repeatKey: string, after: Instant): Promise<void>;
}

const USUAL_GRACE_MS = 10_000;
const never = (): Promise<never> => new Promise<never>(() => undefined);

/** One BullMQ worker per handler: a job of a name that this program does not know stays for one that does. */
export class BullmqWorker implements JobWorker {
  private readonly stopping = new AbortController();
  private readonly workers: readonly Worker<StoredData>[];
  private abandoned = false;
  private stopped: Promise<void> | undefined;

  constructor(
    private readonly home: WorkerHome,
    private readonly connection: Redis,
    private readonly options: WorkOptions,
    private readonly ended: () => void,
  ) {
    connection.on('error', error => this.tell(error));
    this.workers = options.handlers.map(handler => this.workerOf(handler));
  }

  private workerOf(handler: JobHandler): Worker<StoredData> {
    const { prefix, leaseMs } = this.home;
    const worker = new Worker<StoredData>(
      handler.name,
      (job: Job<StoredData>, token?: string) => this.run(handler, job, token),
      {
        connection: this.connection,
        prefix,
        concurrency: this.options.concurrency,
        lockDuration: leaseMs,
        stalledInterval: leaseMs,
        maxStalledCount: LOST_AT_MOST,
        settings: {
          backoffStrategy: (failed: number, _type, _error, job) =>
            retryDelayMs((job as StoredJob).data.retry, failed),
        },
      },
    );
    worker.on('error', error => this.tell(error));
    return worker;
  }

  private tell(error: unknown): void {
    if (!this.abandoned) this.options.onError?.(error);
  }

  /** BullMQ decides by what is thrown: wait, wait until later, fail for good, or fail and try again. */
  private async run(handler: JobHandler, job: StoredJob, token: string | undefined): Promise<void> {
    const { clock } = this.home;
    if (this.stopping.signal.aborted) {
      await job.moveToWait(token);
      throw new WaitingError();
    }
    // The machine that gave the job out may be ahead of our clock: nothing runs before its instant.
    const early = job.data.dueAt - clock.now();
    if (early > 0) {
      await job.moveToDelayed(Date.now() + early, token);
      throw new DelayedError();
    }
    if (job.data.repeatKey) await this.home.planNext(job.name, job.data.repeatKey, clock.now());
    if (typeof job.progress === 'object') await job.updateProgress(0);
    try {
      await handler.run(job.data.payload, this.contextOf(job));
    } catch (error) {
      await this.failed(job, error);
    }
    // Nobody may believe a worker that gave its jobs up: it never answers.
    if (this.abandoned) await never();
  }

  private async failed(job: StoredJob, error: unknown): Promise<never> {
    if (this.abandoned) await never();
    const verdict = verdictOn(error, job.attemptsMade + 1, job.data.retry);
    if (verdict.kind === 'park') throw new UnrecoverableError(verdict.reason);
    const dueAt = (this.home.clock.now() + verdict.delayMs) as Instant;
    await job.updateData({ ...job.data, dueAt });
    throw new Error(verdict.reason);
  }

  private contextOf(job: StoredJob): JobContext {
    return {
      name: job.name,
      key: job.data.key,
      dueAt: job.data.dueAt,
      attempt: job.attemptsMade + 1,
      stopping: this.stopping.signal,
      progress: async (done, total, what) => {
        if (!this.abandoned) await job.updateProgress({ done, total, what });
      },
    };
  }

  stop(graceMs = USUAL_GRACE_MS): Promise<void> {
    this.stopped ??= this.end(graceMs);
    return this.stopped;
  }

  private async end(graceMs: number): Promise<void> {
    this.stopping.abort();
    // Each BullMQ worker ends once and in one way: forced from the start, or gracefully and then cut off.
    const closing = Promise.allSettled(this.workers.map(worker => worker.close(graceMs === 0)));
    let cutOff: NodeJS.Timeout | undefined;
    const grace = new Promise<'late'>(resolve => {
      cutOff = setTimeout(resolve, graceMs, 'late');
    });
    const late = graceMs > 0 && (await Promise.race([closing, grace])) === 'late';
    clearTimeout(cutOff);
    this.abandoned = true;
    if (late) await Promise.allSettled(this.workers.map(worker => worker.disconnect()));
    else await closing;
    if (graceMs > 0 && !late) await hangUp(this.connection);
    else this.connection.disconnect();
    this.ended();
  }
}
