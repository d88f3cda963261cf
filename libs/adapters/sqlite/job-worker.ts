import { randomUUID } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import { verdictOn } from '#adapters/shared';
import type { Instant } from '#kernel';
import {
  type Clock,
  type JobContext,
  type JobHandler,
  type JobPayload,
  type JobWorker,
  type WorkOptions,
} from '#ports';
import { inTransaction } from './database.js';
import { takeBackLost } from './job-tables.js';

/** How long a worker sleeps at most: other processes add jobs, and clocks are set. */
const LOOK_EVERY_MS = 1_000;
const SWEEP_EVERY = 600;
const USUAL_GRACE_MS = 10_000;

/** What a worker needs of its queue. */
export interface JobHome {
  readonly db: DatabaseSync;
  readonly clock: Clock;
  readonly leaseMs: number;
  guarded<Result>(work: () => Result): Result;
  /** Inserts the next job of a repetition, inside the caller's transaction. */
  planNext(name: string, repeatKey: string, after: Instant): void;
  /** Forgets what was done long ago. */
  sweep(): void;
}

interface Claimed {
  readonly name: string;
  readonly key: string;
  readonly payload: string;
  readonly due_at: Instant;
  readonly attempts: number;
  readonly attempts_at_most: number;
  readonly first_delay_ms: number;
  readonly longest_delay_ms: number;
  readonly repeat_key: string | null;
}

/**
 * Takes due jobs one by one, each under a lease that is renewed while its handler runs. What a handler ends
 * with counts only while the lease is still its own.
 */
export class SqliteJobWorker implements JobWorker {
  private readonly running = new Map<string, Promise<void>>();
  private readonly atWork = new Map<string, number>();
  private readonly stopping = new AbortController();
  private readonly timer: NodeJS.Timeout;
  private readonly renewal: NodeJS.Timeout;
  private abandoned = false;
  private looks = 0;

  constructor(
    private readonly queue: JobHome,
    private readonly options: WorkOptions,
    private readonly ended: () => void,
  ) {
    this.timer = setInterval(() => this.look(), LOOK_EVERY_MS);
    this.renewal = setInterval(() => this.renew(), Math.ceil(queue.leaseMs / 3));
  }

  /** Starts whatever is due and has room. */
  look(): void {
    if (this.stopping.signal.aborted) return;
    try {
      this.queue.guarded(() => {
        takeBackLost(this.queue.db, Date.now());
        if (this.looks++ % SWEEP_EVERY === 0) this.queue.sweep();
        for (const handler of this.options.handlers) this.startDue(handler);
      });
    } catch (error) {
      this.options.onError?.(error);
    }
  }

  private startDue(handler: JobHandler): void {
    while ((this.atWork.get(handler.name) ?? 0) < this.options.concurrency) {
      const lease = randomUUID();
      const job = inTransaction(this.queue.db, () => this.claim(handler.name, lease));
      if (!job) return;
      this.atWork.set(handler.name, (this.atWork.get(handler.name) ?? 0) + 1);
      this.running.set(lease, this.run(handler, job, lease));
    }
  }

  private claim(name: string, lease: string): Claimed | undefined {
    const now = this.queue.clock.now();
    const job = this.queue.db
      .prepare(
        `UPDATE job SET state = 'active', lease = ?, lease_until = ?, progress = NULL WHERE (name, key) =
          (SELECT name, key FROM job WHERE state = 'waiting' AND name = ? AND due_at <= ?
           ORDER BY due_at, key LIMIT 1) RETURNING *`,
      )
      .get(lease, Date.now() + this.queue.leaseMs, name, now) as unknown as Claimed | undefined;
    if (job?.repeat_key) this.queue.planNext(name, job.repeat_key, now);
    return job;
  }

  private renew(): void {
    if (this.abandoned) return;
    try {
      this.queue.guarded(() => {
        const renewing = this.queue.db.prepare('UPDATE job SET lease_until = ? WHERE lease = ?');
        for (const lease of this.running.keys()) renewing.run(Date.now() + this.queue.leaseMs, lease);
      });
    } catch (error) {
      this.options.onError?.(error);
    }
  }

  private async run(handler: JobHandler, job: Claimed, lease: string): Promise<void> {
    // The handler begins in a turn of its own: whoever added the job is answered first.
    await new Promise(resolve => setImmediate(resolve));
    try {
      await handler.run(JSON.parse(job.payload) as JobPayload, this.contextOf(job, lease));
      this.write(() => this.done(lease));
    } catch (error) {
      this.write(() => this.failed(job, lease, error));
    }
    this.running.delete(lease);
    this.atWork.set(handler.name, this.atWork.get(handler.name)! - 1);
    this.look();
  }

  private contextOf(job: Claimed, lease: string): JobContext {
    return {
      name: job.name,
      key: job.key,
      dueAt: job.due_at,
      attempt: job.attempts + 1,
      stopping: this.stopping.signal,
      progress: async (done, total, what) => {
        if (this.abandoned) return;
        this.queue.guarded(() =>
          this.queue.db
            .prepare('UPDATE job SET progress = ? WHERE lease = ?')
            .run(JSON.stringify({ done, total, what }), lease),
        );
      },
    };
  }

  /** What cannot be written down now is seen again when the lease runs out. */
  private write(change: () => void): void {
    if (this.abandoned) return;
    try {
      this.queue.guarded(change);
    } catch (error) {
      this.options.onError?.(error);
    }
  }

  private done(lease: string): void {
    this.queue.db
      .prepare(
        `UPDATE job SET state = 'done', attempts = attempts + 1, reason = NULL, lease = NULL, ended_at = ?
         WHERE lease = ?`,
      )
      .run(this.queue.clock.now(), lease);
  }

  private failed(job: Claimed, lease: string, error: unknown): void {
    const retry = {
      attempts: job.attempts_at_most,
      firstDelayMs: job.first_delay_ms,
      longestDelayMs: job.longest_delay_ms,
    };
    const verdict = verdictOn(error, job.attempts + 1, retry);
    const now = this.queue.clock.now();
    this.queue.db
      .prepare(
        `UPDATE job SET state = ?, attempts = attempts + 1, reason = ?, due_at = ?, ended_at = ?, lease = NULL
         WHERE lease = ?`,
      )
      .run(
        ...(verdict.kind === 'park'
          ? ['parked', verdict.reason, job.due_at, now]
          : ['waiting', verdict.reason, now + verdict.delayMs, null]),
        lease,
      );
  }

  async stop(graceMs = USUAL_GRACE_MS): Promise<void> {
    this.stopping.abort();
    clearInterval(this.timer);
    if (this.running.size > 0 && graceMs > 0) {
      let cutOff: NodeJS.Timeout | undefined;
      const grace = new Promise<void>(resolve => {
        cutOff = setTimeout(resolve, graceMs);
      });
      await Promise.race([Promise.allSettled([...this.running.values()]), grace]);
      clearTimeout(cutOff);
    }
    this.abandoned = true;
    clearInterval(this.renewal);
    this.ended();
  }
}
