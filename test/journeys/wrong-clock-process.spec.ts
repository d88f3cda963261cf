import { BusinessDay, Instant } from '#kernel';
import { embeddedIn, keyOf } from '../support/cluster-home.js';
import { type Program, startProgram } from '../support/program.js';
import { openProvider } from '../support/small-provider.js';
import { inTemporaryDirectory } from '../support/temporary-directory.js';

const DAY = 86_400_000;
/** In the middle of a month: by itself nothing is due. */
const START = Instant.parse('2026-11-20T10:00:00.000+09:00');
const TIMELY = /LotExpired|WalletClosed|MonthClosed|CloseRunStarted|InvoiceIssued/;

/** A provider that opened an account yesterday, and a key of its staff. */
async function openedYesterday(directory: string): Promise<string> {
  const yesterday = Instant.plusMs(START, -DAY);
  const product = await embeddedIn(directory).open(yesterday);
  try {
    await openProvider(product, ['A1'], BusinessDay.text(BusinessDay.of(yesterday)));
    return await keyOf(product);
  } finally {
    await product.close();
  }
}

/** What a person of staff asks a server. */
function asking(server: Program, token: string) {
  let sequence = 0;
  return async (method: string, path: string, body?: object) => {
    const headers = {
      Authorization: `Bearer ${token}`,
      'Content-Type': 'application/json',
      'Idempotency-Key': `wrong-clock-${++sequence}`,
      'X-Reason': 'a test',
    };
    const init = { method, headers, ...(body && { body: JSON.stringify(body) }) };
    const answer = await fetch(`${server.url}/api/v1${path}`, init);
    const text = await answer.text();
    return { status: answer.status, text, json: text.startsWith('{"') ? safely(text) : {} };
  };
}
type Ask = ReturnType<typeof asking>;

/** JSON Lines are no document. */
function safely(text: string): Readonly<Record<string, unknown>> {
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    return {};
  }
}

/** The clock of the server jumps, there or back; until the server shows that it has. */
async function jump(server: Program, ask: Ask, trusted: boolean): Promise<void> {
  server.child.process.kill('SIGUSR2');
  while ((await ask('GET', '/clock')).json['trusted'] !== trusted);
}

const charge = (ask: Ask) => ask('POST', '/accounts/A1/charges', { amount: '3000', method: 'card' });

describe('a server whose wall clock shows 400 days more for a while', () => {
  it(
    'lets nothing expire, closes no month, refuses with the code, and goes on when it is right',
    () =>
      inTemporaryDirectory(async directory => {
        const token = await openedYesterday(directory);
        const env = { DAICHO_DATA: directory, DAICHO_TEST_JUMP_MS: String(400 * DAY) };
        const server = await startProgram('server', env, START);
        try {
          const ask = asking(server, token);
          expect(await charge(ask)).toMatchObject({ status: 201 });
          await jump(server, ask, false);
          for (let turn = 0; turn < 5; turn++)
            expect(await charge(ask)).toMatchObject({ status: 503, json: { code: 'CLOCK_NOT_TRUSTED' } });
          const month = await ask('POST', '/closes', { month: '2027-01', dryRun: false });
          expect(month.status).toBeGreaterThanOrEqual(400);
          const health = await fetch(`${server.url}/health/ready`);
          expect(await health.json()).toMatchObject({ clock: 'not trusted' });
          await jump(server, ask, true);
          expect(await charge(ask)).toMatchObject({ status: 201 });
          const { text } = await ask('GET', '/audit/export?format=jsonl');
          expect(text).toContain('operations.ClockMistrusted.v1');
          expect(text).not.toMatch(TIMELY);
        } finally {
          await server.stop();
        }
      }),
    120_000,
  );
});
