import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';
import { StoreUnavailable } from '#ports';
import { isLockTrouble, postgresError } from './postgres-errors.js';
import { clientConfig, type PostgresSettings } from './postgres-options.js';

/**
 * Shorter than the server's `deadlock_timeout` (1 s): a switch that is in the way of readers gives way first.
 */
const SWITCH_LOCK_MS = 250;
const SWITCH_PAUSE_MS = 50;

/** The connections of one read store: some for queries, some for projections, and how they are used. */
export class Connections {
  readonly readers: pg.Pool;
  readonly writers: pg.Pool;
  private closing: Promise<void> | undefined;

  /** @param readerPool what is different for the queries' connections */
  constructor(
    readonly settings: PostgresSettings,
    readerPool: pg.PoolConfig = {},
  ) {
    this.readers = this.pool('queries', { ...readerPool, max: settings.readers });
    this.writers = this.pool('projections', { max: settings.writers });
  }

  private pool(purpose: 'queries' | 'projections', config: pg.PoolConfig): pg.Pool {
    const pool = new pg.Pool({ ...clientConfig(this.settings, purpose), ...config });
    // A connection may break while nobody uses it, or between two statements of one who does: its next
    // statement says so. Without a listener the process would end.
    pool.on('error', () => undefined);
    pool.on('connect', client => client.on('error', () => undefined));
    return pool;
  }

  async connection(pool: pg.Pool): Promise<pg.PoolClient> {
    this.assertOpen();
    try {
      return await pool.connect();
    } catch (error) {
      this.assertOpen();
      throw postgresError(error, this.settings.place);
    }
  }

  /** One transaction; any error rolls all of it back and is thrown on as what it means for the caller. */
  async transaction<Result>(work: (client: pg.ClientBase) => Promise<Result>): Promise<Result> {
    const client = await this.connection(this.writers);
    let broken: Error | undefined;
    try {
      await client.query('BEGIN');
      const result = await work(client);
      await client.query('COMMIT');
      return result;
    } catch (error) {
      await client.query('ROLLBACK').catch((failed: Error) => {
        broken = failed;
      });
      throw error;
    } finally {
      client.release(broken);
    }
  }

  /** As `transaction`, one process at a time: for what creates and drops tables. */
  alone<Result>(work: (client: pg.ClientBase) => Promise<Result>): Promise<Result> {
    return this.transaction(async client => {
      const key = `daicho tables ${this.settings.schema}`;
      await client.query(`SET LOCAL lock_timeout = ${SWITCH_LOCK_MS}`);
      await client.query('SELECT pg_advisory_xact_lock(hashtext($1))', [key]);
      return work(client);
    });
  }

  /** Again while others hold the locks: each try is short, so that nobody waits behind it for long. */
  async patiently<Result>(work: () => Promise<Result>): Promise<Result> {
    const tries = Math.ceil(this.settings.switchTimeoutMs / (SWITCH_LOCK_MS + SWITCH_PAUSE_MS));
    for (let left = tries; ; left--) {
      try {
        return await work();
      } catch (error) {
        if (left <= 1 || !isLockTrouble(error)) throw postgresError(error, this.settings.place);
        await wait(SWITCH_PAUSE_MS);
      }
    }
  }

  /** What a failed statement means for the caller of the store. */
  meaning(error: unknown): unknown {
    return postgresError(error, this.settings.place);
  }

  close(): Promise<void> {
    this.closing ??= Promise.all([this.readers.end(), this.writers.end()]).then(() => undefined);
    return this.closing;
  }

  assertOpen(): void {
    if (this.closing)
      throw new StoreUnavailable('STORE_CLOSED', `PostgreSQL ${this.settings.place}: the store is closed`);
  }
}
