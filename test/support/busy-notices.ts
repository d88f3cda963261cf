import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { argon2Hasher, cryptoRandom, openPasskeys, openSecretBox, otpauthTotp } from '#adapters/credentials';
import { openSqliteJobQueue } from '#adapters/sqlite';
import { Instant, Money, parseAccountId } from '#kernel';
import { openProduct } from '#nest';
import type { Product } from '#runtime';
import { buy, offerProducts } from './contracts-home.js';
import { callerOf, openProvider, StandingClock } from './small-provider.js';

const ACCOUNT = parseAccountId('A01');
export const ORDERS = 40;
/** One order cancels what the one before it bought: that is told to two addresses. */
const MAILS = { contract: 'a@example.jp,b@example.jp', billing: 'keiri@example.jp', shipping: '' };

/** Every mail that the next system took over, one line each, in the data directory: `<id> <address>`. */
const sentFile = (directory: string): string => join(directory, 'sent.txt');
export const sentIn = (directory: string): readonly string[] =>
  existsSync(sentFile(directory))
    ? readFileSync(sentFile(directory), 'utf8')
        .split('\n')
        .filter(line => line !== '')
    : [];

const ORIGIN = 'https://portal.example.jp';
/** Nobody signs in: a key of its own opens the addresses. */
const TOOLS = {
  kinds: ['mail'],
  outbox: null,
  passwords: argon2Hasher,
  secrets: openSecretBox([Buffer.alloc(32, 7)]),
  totp: otpauthTotp('Daicho'),
  passkeys: openPasskeys({ id: 'portal.example.jp', name: 'Daicho', origin: ORIGIN }),
  random: cryptoRandom,
  publicUrl: ORIGIN,
} as const;

/** A product whose mails go to a file: what stands there was taken over, whatever becomes of the process. */
export async function openTelling(directory: string, told: (line: string) => void): Promise<Product> {
  const clock = new StandingClock(Instant.parse('2026-10-05T12:00:00.000+09:00'));
  const sender = {
    async send({ id, to }: { readonly id: string; readonly to: string }): Promise<void> {
      appendFileSync(sentFile(directory), `${id} ${to}\n`);
      told(id);
    },
  };
  const identity = { ...TOOLS, sender };
  return openProduct({ directory, clock, identity, jobs: () => openSqliteJobQueue({ directory, clock }) });
}

/** A customer that buys and cancels. Run again on the same log it goes on where it was killed. */
export async function buyAndCancel(product: Product): Promise<void> {
  await openProvider(product, [ACCOUNT], '2026-10-01');
  await offerProducts(product);
  const account = ACCOUNT;
  await product.parties.changeMails({ account, ...MAILS }, callerOf('mails'));
  const charge = { account, amount: Money.of('100000'), method: 'card', lot: 'L1' } as const;
  await product.prepaid.charge(charge, callerOf('charge'));
  for (let n = 1; n <= ORDERS; n++) {
    const items = [['invoice.posting', 1]] as const;
    const { contracts } = await buy(product, `order/${n}`, { account, circle: null, items });
    if (n % 2 === 0)
      await product.contracts.cancel({ account, contracts: [...contracts] }, callerOf(`cancel/${n}`));
  }
}
