import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { chownSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { program } from './needs.js';

export interface PostgresOptions {
  /** Writes survive a power cut: for tests of durability. Default false, which is much quicker. */
  readonly durable?: boolean;
}

/** A server of its own for the tests of one file, reached through a socket in a folder of its own. */
export interface PostgresServer {
  /** Creates an empty database and gives its connection string. */
  database(): Promise<string>;
  /** Runs SQL as the owner of the server. @param url of a database; the server's own without one */
  run<Row extends pg.QueryResultRow>(
    sql: string,
    given?: { url?: string; values?: unknown[] },
  ): Promise<Row[]>;
  stop(): Promise<void>;
}

interface User {
  readonly uid?: number;
  readonly gid?: number;
}

/** PostgreSQL does not run as root: there the package's own user runs it. */
function serverUser(): User {
  if (process.getuid?.() !== 0) return {};
  const line = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .find(entry => entry.startsWith('postgres:'));
  if (!line) throw new Error('root cannot run PostgreSQL and there is no user postgres');
  const [, , uid, gid] = line.split(':');
  return { uid: Number(uid), gid: Number(gid) };
}

/**
 * Runs a server until our end of its input closes, also because this process died in the middle of a test. It
 * is ended at once, without writing down what is thrown away, and its folder ($0) is removed.
 */
const UNTIL_TOLD = `exec 3<&0
"$@" & server=$!
(cat <&3 >/dev/null; kill -QUIT $server 2>/dev/null) &
wait $server; ended=$?; rm -rf "$0"; exit $ended`;

const READY = 'database system is ready to accept connections';

function ready(server: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    let said = '';
    server.stderr?.on('data', chunk => {
      said += chunk;
      if (said.includes(READY)) resolve();
    });
    server.on('error', reject);
    server.on('exit', code => reject(new Error(`postgres ended with ${code}: ${said}`)));
  });
}

async function sql<Row extends pg.QueryResultRow>(
  url: string,
  text: string,
  values: unknown[] = [],
): Promise<Row[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Row>(text, values)).rows;
  } finally {
    await client.end();
  }
}

/**
 * Starts a throw-away PostgreSQL of this machine. Guard the tests with `needsProgram('postgres', 'initdb')`.
 */
export async function startPostgres({ durable = false }: PostgresOptions = {}): Promise<PostgresServer> {
  const user = serverUser();
  const home = mkdtempSync(join(tmpdir(), 'daicho-pg-'));
  if (user.uid !== undefined && user.gid !== undefined) chownSync(home, user.uid, user.gid);
  const data = join(home, 'data');
  const asUser = { ...user, cwd: home, env: { PATH: process.env['PATH'], LC_ALL: 'C.UTF-8' } };
  const initdb = ['-D', data, '-U', 'daicho', '-A', 'trust', '-E', 'UTF8', '--no-sync', '--locale=C.UTF-8'];
  execFileSync(program('initdb'), initdb, { ...asUser, stdio: ['ignore', 'ignore', 'pipe'] });
  const settings = [
    'listen_addresses=',
    `unix_socket_directories=${home}`,
    'max_connections=60',
    'shared_buffers=64MB',
    ...(durable ? [] : ['fsync=off', 'full_page_writes=off']),
  ];
  const command = [program('postgres'), '-D', data, ...settings.flatMap(one => ['-c', one])];
  const server = spawn('/bin/sh', ['-c', UNTIL_TOLD, home, ...command], {
    ...asUser,
    stdio: ['pipe', 'ignore', 'pipe'],
  });
  const ended = new Promise(resolve => server.once('exit', resolve));
  const stop = async (): Promise<void> => {
    server.stdin.end();
    await ended;
  };
  try {
    await ready(server);
  } catch (error) {
    await stop();
    throw error;
  }
  const urlOf = (name: string): string => `postgres://daicho@/${name}?host=${encodeURIComponent(home)}`;
  let databases = 0;
  return {
    async database() {
      const name = `test_${++databases}`;
      await sql(urlOf('postgres'), `CREATE DATABASE ${name}`);
      return urlOf(name);
    },
    run: (text, { url = urlOf('postgres'), values = [] } = {}) => sql(url, text, values),
    stop,
  };
}
