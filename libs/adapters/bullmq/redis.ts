import { Redis } from 'ioredis';
import { InvalidInput, problem } from '#kernel';
import { StoreUnavailable, storeProblems } from '#ports';

const ANSWER_MS = 5_000;
const LONGEST_PAUSE_MS = 5_000;

const pause = (times: number): number => Math.min(100 * 2 ** Math.min(times, 10), LONGEST_PAUSE_MS);

/**
 * A connection for questions: it fails within seconds when Redis does not answer, and connects again by
 * itself. Messages of Redis name host and port, never the password.
 * @throws InvalidInput naming `url`, without printing it
 */
export function connectionForQuestions(url: string): Redis {
  if (!/^rediss?:\/\/[^\s]+$/.test(url))
    throw new InvalidInput(
      'url',
      'must be redis://[user:password@]host[:port][/database], or rediss:// for TLS',
    );
  return new Redis(url, {
    maxRetriesPerRequest: 2,
    connectTimeout: ANSWER_MS,
    commandTimeout: ANSWER_MS,
    retryStrategy: pause,
    lazyConnect: false,
  });
}

/** A connection for workers, who wait for jobs as long as it takes. */
export const connectionForWork = (url: string): Redis =>
  new Redis(url, { maxRetriesPerRequest: null, connectTimeout: ANSWER_MS, retryStrategy: pause });

/** What Redis or BullMQ threw, as the port says it. */
export function unavailable(error: unknown): unknown {
  if (error instanceof InvalidInput || error instanceof StoreUnavailable) return error;
  const said = (Object(error) as { message?: unknown }).message ?? error;
  return new StoreUnavailable('UNAVAILABLE', problem(storeProblems.QUEUE_SILENT, { said: String(said) }));
}

/** Ends a connection: with a good-bye when it stands, so that no socket lingers, else at once. */
export async function hangUp(connection: Redis): Promise<void> {
  if (connection.status === 'ready') await connection.quit().catch(() => undefined);
  connection.disconnect();
}
