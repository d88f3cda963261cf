import { randomInt } from 'node:crypto';
import { rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { CARD_NUMBERS, press } from '../../test/support/sandbox-world.js';
import { temporaryDirectory } from '../../test/support/temporary-directory.js';
import { until } from '../../test/support/until.js';
import { DEMO_CUSTOMER } from './demo/carrier.js';
import { DEMO_LOGINS, DEMO_PASSWORD } from './demo/logins.js';
import { processHost } from './main.js';
import { runCommand } from './program.js';
import { ran, recordingIo } from './spec-support.fixture.js';
import { VERBS } from './verbs/index.js';

describe('the first start', () => {
  const cwd = temporaryDirectory();
  const data = join(cwd, 'data');
  /** The caller ends at once, so that the server stops as soon as it runs. */
  const start = (...more: string[]) => {
    const argv = ['serve', '--port', '0', '--log-level', 'silent', '--data', data, ...more];
    return ran(argv, processHost, { cwd, stop: AbortSignal.abort() });
  };
  afterAll(() => rmSync(cwd, { recursive: true, force: true }));

  it.each([
    ['loads the example', 'en', 'read the code of the second step in the outbox'],
    ['finds it there', 'ja', '二段階認証のコード'],
  ])(
    '%s and says where it is, who can sign in, and where codes are (%s)',
    async (_what, language, codes) => {
      const { exit, out } = await start('--lang', language);
      expect(exit).toBe(0);
      expect(out).toMatch(/http:\/\/localhost:\d+\n/);
      expect(out).toContain(DEMO_PASSWORD);
      expect(out).toContain(codes);
      expect(out).toContain('npx daicho outbox');
      for (const { loginId } of DEMO_LOGINS) expect(out).toContain(loginId);
      expect(out.split('\n').length).toBeLessThanOrEqual(12);
    },
    60_000,
  );

  it('prints no password for a provider of your own', async () => {
    const own = ['--data', join(cwd, 'own'), '--empty', '--lang', 'en'];
    const argv = ['serve', '--port', '0', '--log-level', 'silent', ...own];
    const { exit, out } = await ran(argv, processHost, { cwd, stop: AbortSignal.abort() });
    expect([exit, out.includes(DEMO_PASSWORD)]).toEqual([0, false]);
  });
});

/** Two ports in a row that nobody listens at, below those that are given out to whoever asks for any. */
async function twoPorts(): Promise<number> {
  const isFree = (port: number) =>
    new Promise<boolean>(resolve => {
      const server = createServer();
      server.once('error', () => resolve(false));
      server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
    });
  for (;;) {
    const port = randomInt(20_000, 30_000);
    if ((await isFree(port)) && (await isFree(port + 1))) return port;
  }
}

describe('the agency without real money beside the example', () => {
  const data = temporaryDirectory();
  let port: number;
  let started: { readonly url: string; readonly keys: { readonly staff: string } };
  let stop = new AbortController();
  let running: Promise<unknown> = Promise.resolve();
  const start = async (): Promise<void> => {
    stop = new AbortController();
    const argv = ['serve', '--json', '--port', String(port), '--log-level', 'silent', '--data', data];
    const io = recordingIo(argv, { stop: stop.signal });
    running = runCommand(VERBS, io, processHost);
    await until(async () => Buffer.concat(io.said.out).includes('\n'), 'the server');
    started = JSON.parse(Buffer.concat(io.said.out).toString());
  };
  const ended = async (): Promise<void> => {
    stop.abort();
    await running;
  };
  beforeAll(async () => {
    port = await twoPorts();
    await start();
  }, 60_000);
  afterAll(async () => {
    await ended();
    rmSync(data, { recursive: true, force: true });
  });

  const api = async (path: string, body?: object, key = 'none') => {
    const answer = await fetch(`${started.url}/api/v1/accounts/${DEMO_CUSTOMER}/${path}`, {
      method: body ? 'POST' : 'GET',
      headers: {
        Authorization: `Bearer ${started.keys.staff}`,
        'Content-Type': 'application/json',
        'Idempotency-Key': key,
        'X-Reason': 'practice',
      },
      ...(body && { body: JSON.stringify(body) }),
    });
    return (await answer.json()) as Record<string, string>;
  };
  const order = (key: string) => api('payments', { method: 'card', amount: '３，０００' }, key);
  async function pay(page: string): Promise<void> {
    const { origin, pathname } = new URL(page);
    const card = { number: CARD_NUMBERS.good, holder: 'TARO DAICHO', expiry: '12/30', cvc: '123' };
    await press(origin, `${pathname.slice(1)}/card`, { ...card, phone: '0312345678' });
  }
  const isCharged = (payment: string) => async () =>
    (await api(`payments/${payment}`))['standing'] === 'completed';

  it('charges a wallet in three clicks, and leads there again after a restart', async () => {
    const [first, second] = [await order('first'), await order('second')];
    await pay(first['page']!);
    await until(isCharged(first['payment']!), 'the first charge');
    await ended();
    await start();
    expect((await api(`payments/${second['payment']}`))['page']).toBe(second['page']);
    await pay(second['page']!);
    await until(isCharged(second['payment']!), 'the second charge');
  }, 120_000);
});
