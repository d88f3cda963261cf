import { InvalidInput, problem } from '#kernel';
import { StoreUnavailable, storeProblems } from '#ports';

/** Errors of the socket: the server is not there, or no longer. */
const SOCKET = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ENOENT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ETIMEDOUT',
  'EHOSTUNREACH',
]);
/** What `pg` and its pool say without a code. */
const CONNECTION =
  /connection (terminated|error|ended)|not queryable|timeout exceeded when trying to connect/i;

/**
 * Classes of SQLSTATE after which the same work may succeed later: connection (08), authorisation (28), no
 * such database (3D000), server out of resources (53) or going down (57P), deadlock (40), lock not had in
 * time (55P03), statement too slow (57014). https://www.postgresql.org/docs/current/errcodes-appendix.html
 */
const PASSING = /^(08|28|3D000|40|53|57P|55P03|57014)/;
const DISK_FULL = '53100';
const READ_ONLY = '25006';
const LOCK_NOT_HAD = new Set(['55P03', '40P01']);

const codeOf = (error: unknown): string => {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === 'string' ? code : '';
};

/** A lock was not had in time: nothing is wrong, somebody else was at it. */
export const isLockTrouble = (error: unknown): boolean => LOCK_NOT_HAD.has(codeOf(error));

/**
 * What a failed statement means for the caller of the store. Errors that say that the work itself is wrong
 * (a key twice, a text in a number column) are returned as they are. No message holds a connection string.
 *
 * @param place host, port and database
 */
export function postgresError(error: unknown, place: string): unknown {
  if (error instanceof StoreUnavailable || error instanceof InvalidInput) return error;
  const said = error instanceof Error ? error.message : 'unknown error';
  const code = codeOf(error);
  const at = `PostgreSQL ${place}`;
  if (code === DISK_FULL)
    return new StoreUnavailable('DISK_FULL', problem(storeProblems.DATABASE_FULL, { place: at, said }));
  if (code === READ_ONLY)
    return new StoreUnavailable('STORE_READ_ONLY', problem(storeProblems.WRITE_REFUSED, { file: at, said }));
  if (PASSING.test(code) || SOCKET.has(code) || CONNECTION.test(said))
    return new StoreUnavailable('UNAVAILABLE', problem(storeProblems.PLACE_SAYS, { place: at, said }));
  return error;
}
