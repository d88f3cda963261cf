import { setTimeout as delay } from 'node:timers/promises';
import { openSandboxPayments } from '#adapters/sandbox-payments';
import { Instant, Money } from '#kernel';
import type { PaymentGateway, PaymentRequest } from '#ports';
import { type Child, startChild } from '../support/child.js';
import { press } from '../support/sandbox-world.js';
import { SEED } from '../support/seed.js';
import { randomFrom } from '../support/small-provider.js';
import { inTemporaryDirectory } from '../support/temporary-directory.js';

const KILLS = 4;
const AT_ONCE = 20;

const request = (attempt: string): PaymentRequest => ({
  ...{ attempt, method: 'bank_transfer', amount: Money.yen(1_000), customer: 'a-1', card: null },
  ...{ keepCard: false, unattended: false, chain: null, language: 'ja' },
  returnTo: 'http://localhost:3000/',
  payableUntil: Instant.parse('2026-11-27T23:59:59.999+09:00'),
});

interface Running {
  readonly child: Child;
  readonly url: string;
  readonly gateway: PaymentGateway;
}

async function start(directory: string): Promise<Running> {
  const child = startChild('test/crash/sandbox-agency.fixture.ts', directory);
  await child.printed(line => line.startsWith('open '));
  const url = child.lines[0]!.slice('open '.length);
  return { child, url, gateway: openSandboxPayments({ url, secret: 'sandbox-secret' }) };
}

/** Begins a payment and gives half of it back once it was paid; false where an answer did not come. */
async function payOnce({ url, gateway }: Running, attempt: string): Promise<boolean> {
  try {
    const begun = await gateway.begin(request(attempt));
    if (begun.state !== 'paid') {
      const fields = { amount: '1000', payer: 'ダイチョウ タロウ' };
      await press(url, `pay/${begun.payment}/transfer`, fields);
    }
    await gateway.refund(begun.payment, 'half', Money.yen(500));
    return true;
  } catch {
    return false;
  }
}

describe(`kill -9 of the payment sandbox (DAICHO_SEED=${SEED})`, () => {
  it('loses nothing that it has answered, and does nothing twice that is asked again', async () => {
    const random = randomFrom(SEED);
    await inTemporaryDirectory(async directory => {
      const answered: string[] = [];
      for (let kill = 0; kill < KILLS; kill++) {
        const running = await start(directory);
        const work = Array.from({ length: AT_ONCE }, async (_, lane) => {
          for (let i = 0; ; i++) {
            const attempt = `order-${kill}-${lane}-${i}`;
            if (!(await payOnce(running, attempt))) return attempt;
            answered.push(attempt);
          }
        });
        // Somewhere in the middle of it, wherever that is on this machine.
        await delay(random() * 200);
        await running.child.kill();
        const broken = await Promise.all(work);
        const again = await start(directory);
        for (const attempt of broken) {
          expect(await payOnce(again, attempt)).toBe(true);
          answered.push(attempt);
        }
        for (const attempt of answered) {
          const said = await again.gateway.inquire({ attempt });
          expect(said).toMatchObject({ state: 'paid', received: Money.yen(1_000), returned: Money.yen(500) });
        }
        const books = (await (await fetch(`${again.url}/books`)).json()) as {
          taken: string;
          returned: string;
        };
        expect(books).toMatchObject({
          taken: String(answered.length * 1_000),
          returned: String(answered.length * 500),
        });
        await again.child.kill();
      }
    });
  }, 120_000);
});
