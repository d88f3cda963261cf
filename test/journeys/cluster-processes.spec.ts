import { spawn } from 'node:child_process';
import { pino } from 'pino';
import { readConfig } from '#config';
import { openConfigured } from '#nest';
import { type Child, follow, nodeArguments } from '../support/child.js';
import { FakeCluster } from '../support/eventstoredb/fake-cluster.js';
import { needsProgram } from '../support/needs.js';
import { type PostgresServer, startPostgres } from '../support/postgres.js';
import { type RedisOfATest, startRedis } from '../support/redis.js';
import { callerOf } from '../support/small-provider.js';
import { inTemporaryDirectory } from '../support/temporary-directory.js';

const repository = `${import.meta.dirname}/../..`;

/** Starts a program of ours with this environment and nothing else of ours. */
function start(script: string, env: Readonly<Record<string, string>>): Child {
  const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith('DAICHO_'));
  return follow(
    spawn(process.execPath, nodeArguments(...(script.split(' ') as [string, ...string[]])), {
      cwd: repository,
      env: { ...Object.fromEntries(inherited), ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    }),
  );
}

const portIn = (child: Child): string =>
  /"port":(\d+)/.exec(child.lines.find(line => line.includes('"port"'))!)![1]!;
const saying = (word: string) => (line: string) => line.includes(`"msg":"${word}"`);

async function stopped(child: Child): Promise<number | null> {
  child.process.kill('SIGTERM');
  const code = await child.ended;
  expect(child.lines.some(saying('stopped'))).toBe(true);
  return code;
}

describe('a wrong environment', () => {
  it.each(['apps/server/main.ts', 'apps/worker/main.ts'])(
    'stops %s with its names and forms',
    async script => {
      const child = spawn(process.execPath, nodeArguments(script), {
        cwd: repository,
        env: { ...process.env, DAICHO_PORT: 'x', DAICHO_REDIS_URL: 'hunter2' },
      });
      let said = '';
      child.stderr.on('data', chunk => (said += chunk));
      const code = await new Promise(resolve => child.on('close', resolve));
      expect(code).toBe(2);
      expect(said).toContain('DAICHO_PORT: must be a whole number from 0 to 65535');
      expect(said).toContain('DAICHO_REDIS_URL: must be redis://');
      expect(said).not.toContain('hunter2');
    },
  );
});

needsProgram(
  'postgres',
  'initdb',
  'redis-server',
)('processes of a cluster', () => {
  let events: FakeCluster | undefined;
  let postgres: PostgresServer | undefined;
  let redis: RedisOfATest | undefined;
  let env: Record<string, string>;

  beforeAll(async () => {
    // Each is known as soon as it runs, so that it is ended also when another one does not start in time.
    await Promise.all([
      FakeCluster.start().then(started => (events = started)),
      startPostgres().then(started => (postgres = started)),
      startRedis().then(started => (redis = started)),
    ]);
    env = {
      DAICHO_EVENTSTORE_URL: events!.url(),
      DAICHO_POSTGRES_URL: await postgres!.database(),
      DAICHO_REDIS_URL: redis!.url,
      DAICHO_SECRET_KEY: Buffer.alloc(32, 7).toString('base64'),
      DAICHO_PORT: '0',
      DAICHO_HOST: '127.0.0.1',
    };
  }, 180_000);
  afterAll(async () => {
    await Promise.all([events?.stop(), postgres?.stop(), redis?.stop()]);
  });

  it('start from the same environment, work together, and end when they are told', async () => {
    await inTemporaryDirectory(async directory => {
      const worker = start('apps/worker/main.ts', env);
      await worker.printed(saying('working'));
      const server = start('apps/server/main.ts', { ...env, DAICHO_DATA: directory });
      await server.printed(saying('listening'));

      const { product } = await openConfigured(readConfig(env), {
        logger: pino({ level: 'silent' }),
        role: 'server',
      });
      const key = await product.keys.create({ role: 'staff', account: null, label: 'test' }, callerOf('key'));
      if (key.kind !== 'done') throw new Error('no key');
      const url = `http://127.0.0.1:${portIn(server)}`;
      const get = (path: string) =>
        fetch(url + path, { headers: { Authorization: `Bearer ${key.value.token}` } });
      expect((await get('/health/ready')).status).toBe(200);

      // What the first worker did not plan, because the log was empty, one that starts now plans at once.
      const second = start('apps/worker/main.ts', env);
      await second.printed(saying('working'));
      let jobs: { job: string }[] = [];
      for (let turn = 0; turn < 100 && jobs.length === 0; turn++) {
        const answer = await get('/api/v1/jobs?name=expire-lots');
        jobs = ((await answer.json()) as { rows: { job: string }[] }).rows;
        if (jobs.length === 0) await new Promise(resolve => setTimeout(resolve, 50));
      }
      expect(jobs[0]?.job).toMatch(/^expire-lots\/daily@/);
      // The operator's command, with the same environment, asks the same cluster.
      const listed = start('apps/cli/run.fixture.ts key list --json', env);
      expect(await listed.ended).toBe(0);
      expect(listed.lines.map(line => JSON.parse(line))).toMatchObject([{ role: 'staff', label: 'test' }]);

      const health = await fetch(`http://127.0.0.1:${portIn(worker)}/health/ready`);
      expect([health.status, await health.json()]).toEqual([200, expect.objectContaining({ lagEvents: 0 })]);

      await product.close();
      expect(await stopped(server)).toBe(0);
      expect(await stopped(worker)).toBe(0);
      expect(await stopped(second)).toBe(0);
    });
  }, 180_000);
});
