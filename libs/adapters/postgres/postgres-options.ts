import pg from 'pg';
import { InvalidInput, wholeNumber } from '#kernel';

export interface PostgresOptions {
  /** `postgres://user:password@host:port/database`, or `postgres:///database?host=/folder/of/the/socket`. */
  readonly url: string;
  /** Schema of the read models; created when missing. Default `public`. */
  readonly schema?: string;
  /** Shown in `pg_stat_activity`. Default `daicho`. */
  readonly applicationName?: string;
  /** Connections for queries, 1..200. Default 8. */
  readonly readers?: number;
  /** Connections for projections, 1..200. Default 4; none is opened before it is needed. */
  readonly writers?: number;
  /** A statement of a query or a projection takes at most so long, 1..3,600,000 ms. Default 30,000. */
  readonly statementTimeoutMs?: number;
  /** Waiting for a lock takes at most so long, 1..3,600,000 ms. Default 5,000. */
  readonly lockTimeoutMs?: number;
  /**
   * Opening a connection, or waiting for a free one, takes at most so long, 1..3,600,000 ms. Default 5,000.
   */
  readonly connectTimeoutMs?: number;
  /** Switching to a new version of a read model is tried for so long, 1..3,600,000 ms. Default 30,000. */
  readonly switchTimeoutMs?: number;
}

export interface PostgresSettings extends Required<PostgresOptions> {
  /** Host, port and database, never a user or a password: for messages. */
  readonly place: string;
}

const LONGEST_MS = 3_600_000;
const MOST_CONNECTIONS = 200;

function whole(name: string, value: number | undefined, usual: number, most: number): number {
  const chosen = value ?? usual;
  if (Number.isInteger(chosen) && chosen >= 1 && chosen <= most) return chosen;
  throw new InvalidInput(name, `must be a whole number from 1 to ${most}`);
}

/** @throws InvalidInput without any part of the text: it may hold a password */
function placeOf(url: string): string {
  const form = 'must be like postgres://user:password@host:5432/database';
  if (!/^postgres(ql)?:\/\//.test(url)) throw new InvalidInput('url', form);
  try {
    const { host, port, database } = new pg.Client({ connectionString: url });
    return `${host}:${port}/${database ?? ''}`;
  } catch {
    throw new InvalidInput('url', form);
  }
}

/** Fills in what is not said. @throws InvalidInput naming the option; a password is never repeated. */
export function settingsOf(options: PostgresOptions): PostgresSettings {
  const { url, schema = 'public', applicationName = 'daicho' } = options;
  const place = placeOf(url);
  if (!/^[a-z_][a-z0-9_]{0,62}$/.test(schema))
    throw new InvalidInput('schema', 'must be 1-63 characters of a-z 0-9 _ and not begin with a digit');
  return {
    url,
    place,
    schema,
    applicationName,
    readers: whole('readers', options.readers, 8, MOST_CONNECTIONS),
    writers: whole('writers', options.writers, 4, MOST_CONNECTIONS),
    statementTimeoutMs: whole('statementTimeoutMs', options.statementTimeoutMs, 30_000, LONGEST_MS),
    lockTimeoutMs: whole('lockTimeoutMs', options.lockTimeoutMs, 5_000, LONGEST_MS),
    connectTimeoutMs: whole('connectTimeoutMs', options.connectTimeoutMs, 5_000, LONGEST_MS),
    switchTimeoutMs: whole('switchTimeoutMs', options.switchTimeoutMs, 30_000, LONGEST_MS),
  };
}

/** OIDs of bigint (counts, sums of smaller numbers) and numeric (sums of bigint). */
const WHOLE_NUMBERS = new Set([20, 1700]);
/** So many characters, a sign included, are below 2^53 whatever they are. */
const SURELY_EXACT = 15;

/**
 * A number while it is exact, a bigint beyond: never a rounded amount of money.
 * @throws RangeError for a fraction
 */
function wholeNumberOf(text: string): number | bigint {
  if (!/^-?\d+$/.test(text)) throw new RangeError(`${text} is no whole number`);
  return text.length <= SURELY_EXACT ? Number(text) : wholeNumber(BigInt(text));
}

const types: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
    WHOLE_NUMBERS.has(oid) && format !== 'binary'
      ? wholeNumberOf
      : pg.types.getTypeParser(oid, format)) as pg.CustomTypesConfig['getTypeParser'],
};

export type Purpose = 'queries' | 'projections' | 'claims';

/**
 * Parameters of a connection.
 * - queries cannot write, whatever they say;
 * - projections do not wait for the disk: rows and checkpoint of a transaction that a crash takes back go
 *   together, and the events they came from are still in the log;
 * - claims are given up by the server half a minute after their process became unreachable.
 */
export function clientConfig(settings: PostgresSettings, purpose: Purpose): pg.ClientConfig {
  const parameters = [`search_path=${settings.schema}`];
  if (purpose === 'queries') parameters.push('default_transaction_read_only=on');
  if (purpose === 'projections') parameters.push('synchronous_commit=off');
  if (purpose === 'claims')
    parameters.push('tcp_keepalives_idle=15', 'tcp_keepalives_interval=5', 'tcp_keepalives_count=3');
  return {
    connectionString: settings.url,
    application_name: `${settings.applicationName} ${purpose}`,
    options: parameters.map(parameter => `-c ${parameter}`).join(' '),
    statement_timeout: settings.statementTimeoutMs,
    lock_timeout: settings.lockTimeoutMs,
    idle_in_transaction_session_timeout: 2 * settings.statementTimeoutMs,
    connectionTimeoutMillis: settings.connectTimeoutMs,
    keepAlive: true,
    types,
  };
}
