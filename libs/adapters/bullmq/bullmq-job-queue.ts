import { randomUUID } from 'node:crypto';
import { Queue } from 'bullmq';
import type { Redis } from 'ioredis';
import {
  checkedJob,
  checkedRepeat,
  checkJobId,
  DONE_KEPT,
  LISTED_AT_MOST,
  occurrence,
} from '#adapters/shared';
import { Instant } from '#kernel';
import {
  type Clock,
  JOB_STATES,
  type JobFilter,
  type JobId,
  type JobQueue,
  type JobRequest,
  type JobView,
  type JobWorker,
  type RepeatRequest,
  type RetryPolicy,
  type WorkOptions,
} from '#ports';
import { BullmqWorker, type WorkerHome } from './bullmq-worker.js';
import { connectionForQuestions, connectionForWork, hangUp, unavailable } from './redis.js';
import { dataOf, idOf, type StoredData, type StoredJob, TYPES, viewOf } from './stored-job.js';

export interface BullmqJobQueueOptions {
  /** `redis://[user:password@]host[:port][/database]`, or `rediss://` for TLS. */
  readonly url: string;
  readonly clock: Clock;
  /** Begins all keys; in braces, so that they stay together in a Redis cluster. `{daicho}` without it. */
  readonly prefix?: string;
  /** How long a worker may be silent before its jobs are given to another; 30,000 ms without it. */
  readonly leaseMs?: number;
  /** Told of broken connections; nobody without it. */
  readonly onError?: (error: unknown) => void;
}

type Repetition = RepeatRequest & { readonly retry: RetryPolicy };

const USUAL_LEASE_MS = 30_000;
const fieldOf = ({ name, key }: JobId): string => `${name}/${key}`;

function byDueAndName(a: JobView, b: JobView): number {
  if (a.dueAt !== b.dueAt) return b.dueAt - a.dueAt;
  const [left, right] = [fieldOf(a), fieldOf(b)];
  return left < right ? -1 : left > right ? 1 : 0;
}

/** The jobs of a cluster, in Redis: one BullMQ queue per name of a job. */
class JobQueueOnBullmq implements JobQueue, WorkerHome {
  readonly clock: Clock;
  readonly prefix: string;
  readonly leaseMs: number;
  private readonly connection: Redis;
  private readonly queues = new Map<string, Queue<StoredData>>();
  private readonly workers = new Set<BullmqWorker>();

  constructor(private readonly options: BullmqJobQueueOptions) {
    this.clock = options.clock;
    this.prefix = options.prefix ?? '{daicho}';
    this.leaseMs = options.leaseMs ?? USUAL_LEASE_MS;
    this.connection = connectionForQuestions(options.url);
    this.connection.on('error', error => options.onError?.(error));
  }

  private get namesKey(): string {
    return `${this.prefix}:NAMES`;
  }

  private get repeatsKey(): string {
    return `${this.prefix}:REPEATS`;
  }

  private async asked<Result>(question: () => Promise<Result>): Promise<Result> {
    try {
      return await question();
    } catch (error) {
      throw unavailable(error);
    }
  }

  private queueOf(name: string): Queue<StoredData> {
    let queue = this.queues.get(name);
    if (!queue) {
      queue = new Queue<StoredData>(name, { connection: this.connection, prefix: this.prefix });
      queue.on('error', error => this.options.onError?.(error));
      this.queues.set(name, queue);
    }
    return queue;
  }

  async add(request: JobRequest): Promise<'added' | 'known'> {
    const checked = checkedJob(request);
    return this.asked(() => this.insert(checked, null));
  }

  private async insert(
    request: JobRequest & { retry: RetryPolicy },
    repeatKey: string | null,
  ): Promise<'added' | 'known'> {
    const { name, key, dueAt, retry } = request;
    const nonce = randomUUID();
    await this.connection.sadd(this.namesKey, name);
    const queue = this.queueOf(name);
    const createdAt = this.clock.now();
    await queue.add(name, dataOf(request, { createdAt, nonce, repeatKey }), {
      jobId: idOf(key),
      delay: Math.max(0, dueAt - createdAt),
      attempts: retry.attempts,
      backoff: { type: 'daicho' },
      removeOnComplete: { age: DONE_KEPT.ms / 1000, count: DONE_KEPT.count },
      removeOnFail: false,
    });
    const stored = (await queue.getJob(idOf(key))) as StoredJob | undefined;
    return stored === undefined || stored.data.nonce === nonce ? 'added' : 'known';
  }

  async repeat(request: RepeatRequest): Promise<void> {
    const checked = checkedRepeat(request);
    const text = JSON.stringify(checked);
    await this.asked(async () => {
      if ((await this.connection.hget(this.repeatsKey, fieldOf(checked))) !== text) {
        await this.connection.hset(this.repeatsKey, fieldOf(checked), text);
        await this.removeWaiting(
          checked,
          job => !job.data.key.startsWith(occurrence(checked, this.clock.now()).key),
        );
      }
      const waiting = await this.waitingOf(checked);
      if (waiting.length === 0) await this.planNext(checked.name, checked.key, this.clock.now());
    });
  }

  async stopRepeating(id: JobId): Promise<void> {
    checkJobId(id);
    await this.asked(async () => {
      await this.connection.hdel(this.repeatsKey, fieldOf(id));
      await this.removeWaiting(id, () => true);
    });
  }

  private async waitingOf({ name, key }: JobId): Promise<StoredJob[]> {
    const jobs = (await this.queueOf(name).getJobs([...TYPES.waiting])) as (StoredJob | undefined)[];
    return jobs.filter((job): job is StoredJob => job?.data.repeatKey === key);
  }

  private async removeWaiting(id: JobId, which: (job: StoredJob) => boolean): Promise<void> {
    for (const job of await this.waitingOf(id)) {
      if (job.attemptsMade === 0 && which(job)) await this.queueOf(id.name).remove(job.id!);
    }
  }

  async planNext(name: string, repeatKey: string, after: Instant): Promise<void> {
    const text = await this.connection.hget(this.repeatsKey, fieldOf({ name, key: repeatKey }));
    if (text !== null) await this.insert(occurrence(JSON.parse(text) as Repetition, after), repeatKey);
  }

  work(options: WorkOptions): JobWorker {
    const connection = connectionForWork(this.options.url);
    const worker = new BullmqWorker(this, connection, options, () => this.workers.delete(worker));
    this.workers.add(worker);
    return worker;
  }

  private async names(): Promise<string[]> {
    return [...new Set([...(await this.connection.smembers(this.namesKey)), ...this.queues.keys()])];
  }

  async list({ state, name }: JobFilter = {}): Promise<JobView[]> {
    return this.asked(async () => {
      const views: JobView[] = [];
      for (const queueName of await this.names()) {
        if (name !== undefined && name !== queueName) continue;
        for (const wanted of state === undefined ? JOB_STATES : [state]) {
          const jobs = await this.queueOf(queueName).getJobs([...TYPES[wanted]], 0, LISTED_AT_MOST - 1);
          for (const job of jobs) if (job) views.push(viewOf(job as StoredJob, wanted));
        }
      }
      return views.sort(byDueAndName).slice(0, LISTED_AT_MOST);
    });
  }

  /** A name that nobody used has no queue, and is given none by asking. */
  private async find({ name, key }: JobId): Promise<StoredJob | undefined> {
    if (!(await this.names()).includes(name)) return undefined;
    return (await this.queueOf(name).getJob(idOf(key))) as StoredJob | undefined;
  }

  async get(id: JobId): Promise<JobView | undefined> {
    return this.asked(async () => {
      const job = await this.find(id);
      const type = await job?.getState();
      const state = JOB_STATES.find(
        known =>
          type !== undefined &&
          (type === 'waiting' ? known === 'waiting' : TYPES[known].some(t => t === type)),
      );
      return job && state && viewOf(job, state);
    });
  }

  async retry(id: JobId): Promise<'retried' | 'not_parked' | 'unknown'> {
    return this.asked(async () => {
      const job = await this.find(id);
      if (!job) return 'unknown';
      if (!(await job.isFailed())) return 'not_parked';
      await job.updateData({ ...job.data, dueAt: this.clock.now() });
      await job.retry('failed', { resetAttemptsMade: true, resetAttemptsStarted: true });
      return 'retried';
    });
  }

  async discard(id: JobId): Promise<'discarded' | 'active' | 'unknown'> {
    return this.asked(async () => {
      const job = await this.find(id);
      if (!job) return 'unknown';
      const type = await job.getState();
      if (type === 'active' || (await this.queueOf(id.name).remove(job.id!)) === 0) return 'active';
      const { repeatKey, dueAt } = job.data;
      if (repeatKey !== null && type !== 'failed' && type !== 'completed')
        await this.planNext(id.name, repeatKey, Instant.later(dueAt, this.clock.now()));
      return 'discarded';
    });
  }

  async wake(): Promise<void> {
    await this.asked(async () => {
      for (const name of await this.names()) {
        const delayed = (await this.queueOf(name).getJobs(['delayed'])) as (StoredJob | undefined)[];
        for (const job of delayed) {
          // A job that is gone meanwhile was promoted by another or by its own delay.
          if (job && job.data.dueAt <= this.clock.now()) await job.promote().catch(() => undefined);
        }
      }
    });
  }

  async close(): Promise<void> {
    await Promise.all([...this.workers].map(worker => worker.stop(0)));
    await Promise.allSettled([...this.queues.values()].map(queue => queue.close()));
    await hangUp(this.connection);
  }
}

/**
 * Opens the job queue of a cluster.
 * @throws InvalidInput naming `url`; a server that does not answer shows with the first use
 */
export const openBullmqJobQueue = (options: BullmqJobQueueOptions): JobQueue => new JobQueueOnBullmq(options);
