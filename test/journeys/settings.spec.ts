import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { pino } from 'pino';
import { systemClock } from '#adapters/clock';
import { readConfig, SETTINGS, type SettingName } from '#config';
import { Instant } from '#kernel';
import { jobRulesOf, openConfigured, serverOf } from '#nest';
import type { Product } from '#runtime';
import { type ClusterOfATest, embeddedIn, keyOf, startClusterOfATest } from '../support/cluster-home.js';
import { needsProgram } from '../support/needs.js';
import { callerOf } from '../support/small-provider.js';
import { temporaryDirectory } from '../support/temporary-directory.js';
import { freePort, start, up, type Way } from '../support/ways-of-starting.js';

const KEY = Buffer.alloc(32, 9).toString('base64');
const DAY_MS = 86_400_000;

/** What a program that answers shows of its settings. */
interface Seen {
  readonly url: string;
  readonly directory: string;
  readonly said: string;
  /** The cookie that an unknown session is answered with. */
  readonly cookie: string;
  /** The same, for a request that a proxy says came by TLS. */
  readonly cookieBehindProxy: string;
  /** Status of a request whose page is at the public address; 403 for a foreign one. */
  readonly fromPublicUrl: number;
  readonly jobs: readonly string[];
  readonly stopped: number | null;
}

/** Somebody does something in a store, so many days ago. */
async function daysAgo<T>(directory: string, days: number, act: (product: Product) => Promise<T>) {
  const product = await embeddedIn(directory).open(Instant.plusMs(systemClock.now(), -days * DAY_MS));
  try {
    return await act(product);
  } finally {
    await product.close();
  }
}

/** A store in use whose last months are open: without a word against it they are closed. */
async function storeWithOpenMonths(directory: string): Promise<string> {
  const key = { role: 'job', account: null, label: 'later' } as const;
  const token = await daysAgo(directory, 70, keyOf);
  // Nothing for months, and the clock would be doubted: then nothing is planned.
  for (const days of [40, 10])
    await daysAgo(directory, days, product => product.keys.create(key, callerOf(`key-${days}`)));
  return token;
}

async function jobsOf(url: string, token: string): Promise<string[]> {
  for (let turn = 0; ; turn++) {
    const answer = await fetch(`${url}/api/v1/jobs`, { headers: { Authorization: `Bearer ${token}` } });
    const { rows } = (await answer.json()) as { rows: { job: string }[] };
    // The daily sweep is planned whatever is set; what is planned stands in one planning.
    if (rows.some(({ job }) => job.startsWith('expire-lots/daily')) && turn > 3)
      return rows.map(({ job }) => job);
    await delay(50);
  }
}

const STALE = `daicho_session=nobody.${'a'.repeat(43)}`;

interface Said {
  readonly env: Readonly<Record<string, string>>;
  readonly dotEnv?: Readonly<Record<string, string>>;
  readonly flags?: readonly string[];
}

async function look(way: Way, url: string, directory: string, { env, dotEnv = {}, flags = [] }: Said) {
  const cwd = temporaryDirectory();
  const lines = Object.entries(dotEnv).map(([name, value]) => `${name}=${value}\n`);
  if (lines.length > 0) writeFileSync(join(cwd, '.env'), lines.join(''));
  const token = await storeWithOpenMonths(directory);
  const started = start(way, env, cwd, [...flags]);
  try {
    await up(url, started);
    const cookieWith = async (headers: Record<string, string>) =>
      (await fetch(`${url}/api/v1/session`, { headers: { Cookie: STALE, ...headers } })).headers.get(
        'set-cookie',
      ) ?? '';
    const signIn = await fetch(`${url}/api/v1/sessions`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Origin: 'https://billing.example.jp' },
      body: JSON.stringify({ login: 'nobody', password: 'nothing-right' }),
    });
    const seen = {
      url,
      directory,
      cookie: await cookieWith({}),
      cookieBehindProxy: await cookieWith({ 'X-Forwarded-Proto': 'https' }),
      fromPublicUrl: signIn.status,
      jobs: await jobsOf(url, token),
    };
    started.child.process.kill('SIGTERM');
    return { ...seen, stopped: await started.child.ended, said: started.said() } satisfies Seen;
  } finally {
    await started.child.kill();
    rmSync(cwd, { recursive: true, force: true });
  }
}

/** Shown by a program that runs; or by what is read where every way of starting opens the product. */
type Proof =
  | { readonly value: string; readonly shown: (seen: Seen) => boolean }
  | { readonly value: string; readonly read: true };

const read = (value: string): Proof => ({ value, read: true });

/** A setting without a line here is one that nobody has shown to take effect: it does not compile. */
const PROOFS: Readonly<Record<SettingName, Proof>> = {
  DAICHO_DATA: { value: '', shown: ({ directory }) => existsSync(join(directory, 'jobs.db')) },
  DAICHO_PORT: { value: '', shown: ({ url }) => url !== '' },
  DAICHO_HOST: { value: '127.0.0.2', shown: ({ url }) => url.startsWith('http://127.0.0.2:') },
  DAICHO_LOG_LEVEL: { value: 'warn', shown: ({ said }) => !said.includes('"msg":"listening"') },
  DAICHO_AUTO_CLOSE: { value: 'off', shown: ({ jobs }) => !jobs.some(job => job.startsWith('close-month')) },
  DAICHO_JOBS_CONCURRENCY: read('3'),
  DAICHO_STOP_GRACE_MS: read('1234'),
  DAICHO_PUBLIC_URL: {
    value: 'https://billing.example.jp',
    shown: ({ fromPublicUrl }) => fromPublicUrl !== 403,
  },
  DAICHO_COOKIE_SECURE: { value: 'on', shown: ({ cookie }) => /; Secure/.test(cookie) },
  DAICHO_TRUST_PROXY: {
    value: 'loopback',
    shown: ({ cookieBehindProxy }) => /; Secure/.test(cookieBehindProxy),
  },
  DAICHO_REQUEST_TIMEOUT_MS: read('20000'),
  DAICHO_UPLOAD_TIMEOUT_MS: read('1000000'),
  DAICHO_CONNECTIONS_PER_ADDRESS: read('50'),
  DAICHO_SECRET_KEY: {
    value: KEY,
    shown: ({ directory }) => !existsSync(join(directory, 'identity.key')),
  },
  DAICHO_SMTP_URL: read('smtp://127.0.0.1:1'),
  DAICHO_MAIL_FROM: read('daicho@example.jp'),
  DAICHO_SMS_URL: read('http://127.0.0.1:1/sms'),
  DAICHO_VOICE_URL: read('http://127.0.0.1:1/voice'),
  DAICHO_SMS_TOKEN: read('token'),
  DAICHO_LINK_FORM_URL: read('http://127.0.0.1:1/cgi-bin'),
  DAICHO_LINK_FORM_SHOP: read('2012345678'),
  DAICHO_LINK_FORM_KEY: read('link-form-key'),
  DAICHO_LINK_FORM_SENDERS: read('127.0.0.1'),
  DAICHO_LINK_FORM_CONTACT: read('0312345678,billing@example.jp'),
  DAICHO_LINK_FORM_TEST_ID: read('practice'),
  DAICHO_EVENTSTORE_URL: read(''),
  DAICHO_EVENTSTORE_NAMESPACE: read('shown.'),
  DAICHO_EVENTSTORE_DEADLINE_MS: read('60000'),
  DAICHO_POSTGRES_URL: read(''),
  DAICHO_POSTGRES_SCHEMA: read('shown'),
  DAICHO_POSTGRES_READERS: read('2'),
  DAICHO_POSTGRES_WRITERS: read('2'),
  DAICHO_POSTGRES_STATEMENT_TIMEOUT_MS: read('60000'),
  DAICHO_REDIS_URL: read(''),
  DAICHO_REDIS_PREFIX: read('{shown}'),
};
const NAMES = Object.keys(SETTINGS) as SettingName[];
const SHOWN = NAMES.filter(name => 'shown' in PROOFS[name]);
const valued = (names: readonly SettingName[]): Record<string, string> =>
  Object.fromEntries(names.filter(name => PROOFS[name].value !== '').map(name => [name, PROOFS[name].value]));
const shows = (seen: Seen, name: SettingName): boolean => {
  const proof = PROOFS[name];
  return 'shown' in proof && proof.shown(seen);
};

describe.each(['serve', 'server'] as const)('started as %s', way => {
  let root: string;
  beforeAll(() => (root = temporaryDirectory()));
  afterAll(() => rmSync(root, { recursive: true, force: true }));

  /** A place and an address of its own. */
  async function placed(name: string) {
    const [directory, port] = [join(root, name), await freePort()];
    mkdirSync(directory);
    return { directory, port, url: `http://127.0.0.2:${port}` };
  }

  it('what nobody says has its standard: else the next test would prove nothing', async () => {
    const { directory, port, url } = await placed('standard');
    const env = { DAICHO_DATA: directory, DAICHO_PORT: port, DAICHO_HOST: '127.0.0.2' };
    const seen = await look(way, url, directory, { env });
    expect(SHOWN.filter(name => !(name in env) && shows(seen, name))).toEqual([]);
    expect(seen.said).toContain('"autoClose":true,"concurrency":2,"stopGraceMs":10000,"msg":"doing jobs"');
  }, 120_000);

  it('every setting of the environment takes effect', async () => {
    const { directory, port, url } = await placed('environment');
    // A proxy that is believed would show the cookie as that of TLS.
    const names = SHOWN.filter(name => name !== 'DAICHO_TRUST_PROXY');
    const env = { ...valued(names), DAICHO_DATA: directory, DAICHO_PORT: port };
    const seen = await look(way, url, directory, { env });
    expect([names.filter(name => !shows(seen, name)), seen.stopped]).toEqual([[], 0]);
  }, 120_000);

  it('the file .env says what the environment does not, and flags count more than both', async () => {
    const { directory, port, url } = await placed('flags');
    const dotEnv = {
      ...valued([
        'DAICHO_AUTO_CLOSE',
        'DAICHO_JOBS_CONCURRENCY',
        'DAICHO_STOP_GRACE_MS',
        'DAICHO_TRUST_PROXY',
      ]),
      DAICHO_LOG_LEVEL: 'silent',
      DAICHO_PORT: '1',
    };
    const env = { DAICHO_LOG_LEVEL: 'info', DAICHO_HOST: '127.0.0.3', DAICHO_DATA: join(root, 'nowhere') };
    const flags = ['--data', directory, '--port', port, '--host', '127.0.0.2'];
    const seen = await look(way, url, directory, { env, dotEnv, flags });
    expect(seen.said).toContain('"autoClose":false,"concurrency":3,"stopGraceMs":1234,"msg":"doing jobs"');
    expect(shows(seen, 'DAICHO_AUTO_CLOSE')).toBe(true);
    expect(shows(seen, 'DAICHO_TRUST_PROXY')).toBe(true);
    expect(existsSync(env.DAICHO_DATA)).toBe(false);
  }, 120_000);
});

needsProgram(
  'postgres',
  'initdb',
  'redis-server',
)('in a cluster', () => {
  let cluster: ClusterOfATest;
  let root: string;
  let home: Record<string, string>;
  const names = NAMES.filter(name => /EVENTSTORE|POSTGRES|REDIS|JOBS|STOP|AUTO|SECRET/.test(name));
  beforeAll(async () => {
    root = temporaryDirectory();
    cluster = await startClusterOfATest();
    const { env } = await cluster.home();
    home = { ...env, ...valued(names), DAICHO_HOST: '127.0.0.2' };
  }, 180_000);
  afterAll(async () => {
    await cluster?.stop();
    rmSync(root, { recursive: true, force: true });
  });

  it('worker, server, serve and every command work with what the environment names', async () => {
    const [workerPort, serverPort, servePort] = [await freePort(), await freePort(), await freePort()];
    const worker = start('worker', { ...home, DAICHO_PORT: workerPort }, root);
    const server = start('server', { ...home, DAICHO_PORT: serverPort }, root);
    const serve = start('serve', { ...home, DAICHO_PORT: servePort }, root);
    try {
      await Promise.all([
        up(`http://127.0.0.2:${workerPort}`, worker),
        up(`http://127.0.0.2:${serverPort}`, server),
        up(`http://127.0.0.2:${servePort}`, serve),
      ]);
      const rules = '"autoClose":false,"concurrency":3,"stopGraceMs":1234,"msg":"doing jobs"';
      expect([worker.said().includes(rules), serve.said().includes(rules)]).toEqual([true, true]);
      const { product } = await openConfigured(readConfig(home), {
        logger: pino({ level: 'silent' }),
        role: 'server',
      });
      await keyOf(product);
      await product.close();
      // The command sees what was written there: the same namespace, the same schema.
      const listed = start('command', home, root);
      expect([await listed.child.ended, listed.said()]).toEqual([0, expect.stringContaining('"first"')]);
    } finally {
      await Promise.all([worker, server, serve].map(({ child }) => child.kill()));
    }
  }, 180_000);

  it.each(['server', 'worker'] as const)(
    'no setting is left unread where a %s starts',
    async role => {
      const config = readConfig({ ...home, ...valued(NAMES) });
      const asked = new Set<string>();
      const environment = new Proxy(config.environment, {
        get(target, name) {
          asked.add(String(name));
          return Reflect.get(target, name) as unknown;
        },
      });
      const watched = { ...config, environment };
      const opening = openConfigured(watched, { logger: pino({ level: 'silent' }), role, logins: true });
      serverOf(watched);
      jobRulesOf(watched);
      const { product } = await opening;
      product.jobQueue();
      await product.close();
      // The log level makes the logger that is handed in; the addresses of a cluster come as one.
      const elsewhere = [
        'DAICHO_LOG_LEVEL',
        'DAICHO_EVENTSTORE_URL',
        'DAICHO_POSTGRES_URL',
        'DAICHO_REDIS_URL',
      ];
      expect(NAMES.filter(name => !asked.has(name) && !elsewhere.includes(name))).toEqual([]);
    },
    60_000,
  );
});
