import type { DatabaseSync } from 'node:sqlite';
import {
  checkedJob,
  checkedRepeat,
  checkJobId,
  DONE_KEPT,
  LISTED_AT_MOST,
  occurrence,
} from '#adapters/shared';
import { Instant, problem } from '#kernel';
import {
  type Clock,
  type JobFilter,
  type JobId,
  type JobProgress,
  type JobQueue,
  type JobRequest,
  type JobView,
  type JobWorker,
  type RepeatRequest,
  type RetryPolicy,
  StoreUnavailable,
  storeProblems,
  type WorkOptions,
} from '#ports';
import { inTransaction, storeError } from './database.js';
import { jobsFile, openJobsFile, takeBackLost } from './job-tables.js';
import { type JobHome, SqliteJobWorker } from './job-worker.js';

export interface SqliteJobQueueOptions {
  /** The data directory: the queue is its `jobs.db`. */
  readonly directory: string;
  readonly clock: Clock;
  /**
   * No other process works on this directory: jobs that are active when the queue is opened belong to a
   * process that died, and are given to workers at once.
   */
  readonly soleWorker?: boolean;
  /** How long a worker may be silent before its jobs are given to another; 30,000 ms without it. */
  readonly leaseMs?: number;
}

type Row = Readonly<Record<string, string | number | null>>;
type Repetition = RepeatRequest & { readonly retry: RetryPolicy };

const USUAL_LEASE_MS = 30_000;

const viewOf = (row: Row): JobView => ({
  name: row['name'] as string,
  key: row['key'] as string,
  state: row['state'] as JobView['state'],
  payload: JSON.parse(row['payload'] as string) as JobView['payload'],
  dueAt: row['due_at'] as Instant,
  attempts: row['attempts'] as number,
  attemptsAtMost: row['attempts_at_most'] as number,
  progress: row['progress'] === null ? null : (JSON.parse(row['progress'] as string) as JobProgress),
  reason: row['reason'] as string | null,
  createdAt: row['created_at'] as Instant,
});

/** The jobs of one machine, in a file of their own beside the store. */
class JobQueueOnSqlite implements JobQueue, JobHome {
  private readonly workers = new Set<SqliteJobWorker>();

  constructor(
    readonly db: DatabaseSync,
    readonly clock: Clock,
    readonly leaseMs: number,
    private readonly file: string,
  ) {}

  /** Runs a statement or several; what SQLite says becomes what the port promises. */
  guarded<Result>(work: () => Result): Result {
    if (!this.db.isOpen)
      throw new StoreUnavailable('STORE_CLOSED', problem(storeProblems.CLOSED_QUEUE, { file: this.file }));
    try {
      return work();
    } catch (error) {
      throw storeError(error, this.file);
    }
  }

  async add(request: JobRequest): Promise<'added' | 'known'> {
    const checked = checkedJob(request);
    const added = this.guarded(() => this.insert(checked, null));
    if (added) this.nudge();
    return added ? 'added' : 'known';
  }

  private insert(request: JobRequest & { retry: RetryPolicy }, repeatKey: string | null): boolean {
    const { name, key, payload, dueAt, retry } = request;
    const { changes } = this.db
      .prepare(
        `INSERT INTO job (name, key, payload, state, due_at, created_at, attempts_at_most, first_delay_ms,
          longest_delay_ms, repeat_key) VALUES (?, ?, ?, 'waiting', ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
      )
      .run(
        ...[name, key, JSON.stringify(payload), dueAt, this.clock.now()],
        ...[retry.attempts, retry.firstDelayMs, retry.longestDelayMs, repeatKey],
      );
    return changes === 1;
  }

  async repeat(request: RepeatRequest): Promise<void> {
    const checked = checkedRepeat(request);
    const { name, key } = checked;
    const text = JSON.stringify(checked);
    this.guarded(() =>
      inTransaction(this.db, () => {
        const same = this.db
          .prepare('SELECT request FROM repetition WHERE name = ? AND key = ?')
          .get(name, key);
        if (same?.['request'] !== text) {
          this.db.prepare('INSERT OR REPLACE INTO repetition VALUES (?, ?, ?)').run(name, key, text);
          this.removeWaiting(name, key);
        }
        const waiting = this.db
          .prepare(`SELECT 1 FROM job WHERE name = ? AND repeat_key = ? AND state = 'waiting'`)
          .get(name, key);
        if (!waiting) this.planNext(name, key, this.clock.now());
      }),
    );
    this.nudge();
  }

  async stopRepeating(id: JobId): Promise<void> {
    checkJobId(id);
    this.guarded(() =>
      inTransaction(this.db, () => {
        this.db.prepare('DELETE FROM repetition WHERE name = ? AND key = ?').run(id.name, id.key);
        this.removeWaiting(id.name, id.key);
      }),
    );
  }

  private removeWaiting(name: string, repeatKey: string): void {
    this.db
      .prepare(`DELETE FROM job WHERE name = ? AND repeat_key = ? AND state = 'waiting' AND attempts = 0`)
      .run(name, repeatKey);
  }

  /** The next job of a repetition, unless it has been ended. Stands inside the caller's transaction. */
  planNext(name: string, repeatKey: string, after: Instant): void {
    const row = this.db
      .prepare('SELECT request FROM repetition WHERE name = ? AND key = ?')
      .get(name, repeatKey);
    if (row) this.insert(occurrence(JSON.parse(row['request'] as string) as Repetition, after), repeatKey);
  }

  work(options: WorkOptions): JobWorker {
    const worker = new SqliteJobWorker(this, options, () => this.workers.delete(worker));
    this.workers.add(worker);
    worker.look();
    return worker;
  }

  private nudge(): void {
    for (const worker of this.workers) worker.look();
  }

  async list({ state, name }: JobFilter = {}): Promise<JobView[]> {
    const rows = this.guarded(() =>
      this.db
        .prepare(
          `SELECT * FROM job WHERE (?1 IS NULL OR state = ?1) AND (?2 IS NULL OR name = ?2)
           ORDER BY due_at DESC, name, key LIMIT ${LISTED_AT_MOST}`,
        )
        .all(state ?? null, name ?? null),
    );
    return rows.map(row => viewOf(row as Row));
  }

  async get({ name, key }: JobId): Promise<JobView | undefined> {
    const row = this.guarded(() =>
      this.db.prepare('SELECT * FROM job WHERE name = ? AND key = ?').get(name, key),
    );
    return row && viewOf(row as Row);
  }

  async retry(id: JobId): Promise<'retried' | 'not_parked' | 'unknown'> {
    const { changes } = this.guarded(() =>
      this.db
        .prepare(
          `UPDATE job SET state = 'waiting', attempts = 0, lost = 0, due_at = ?, ended_at = NULL
           WHERE name = ? AND key = ? AND state = 'parked'`,
        )
        .run(this.clock.now(), id.name, id.key),
    );
    if (changes === 1) {
      this.nudge();
      return 'retried';
    }
    return (await this.get(id)) ? 'not_parked' : 'unknown';
  }

  async discard(id: JobId): Promise<'discarded' | 'active' | 'unknown'> {
    return this.guarded(() =>
      inTransaction(this.db, () => {
        const row = this.db
          .prepare('SELECT state, repeat_key, due_at FROM job WHERE name = ? AND key = ?')
          .get(id.name, id.key);
        if (!row) return 'unknown';
        if (row['state'] === 'active') return 'active';
        this.db.prepare('DELETE FROM job WHERE name = ? AND key = ?').run(id.name, id.key);
        if (row['state'] === 'waiting' && row['repeat_key'] !== null) {
          const after = Instant.later(row['due_at'] as Instant, this.clock.now());
          this.planNext(id.name, row['repeat_key'] as string, after);
        }
        return 'discarded';
      }),
    );
  }

  sweep(): void {
    this.db
      .prepare(`DELETE FROM job WHERE state = 'done' AND ended_at < ?`)
      .run(this.clock.now() - DONE_KEPT.ms);
  }

  async wake(): Promise<void> {
    this.nudge();
  }

  async close(): Promise<void> {
    await Promise.all([...this.workers].map(worker => worker.stop(0)));
    if (this.db.isOpen) this.db.close();
  }
}

/**
 * Opens (and creates) the embedded job queue.
 * @throws StoreUnavailable when the file can be neither read nor begun anew.
 */
export function openSqliteJobQueue(options: SqliteJobQueueOptions): JobQueue {
  const file = jobsFile(options.directory);
  try {
    const db = openJobsFile(options.directory);
    if (options.soleWorker) takeBackLost(db, Number.MAX_SAFE_INTEGER);
    return new JobQueueOnSqlite(db, options.clock, options.leaseMs ?? USUAL_LEASE_MS, file);
  } catch (error) {
    throw storeError(error, file);
  }
}
