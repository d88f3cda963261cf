import { setTimeout as delay } from 'node:timers/promises';
import { BusinessDay, Money, parseAccountId } from '#kernel';
import type { Product } from '#runtime';
import { type ClusterOfATest, firstKey, startClusterOfATest } from '../support/cluster-home.js';
import { embeddedHome } from '../support/journeys.js';
import { needsProgram } from '../support/needs.js';
import { PatientClient } from '../support/patient-client.js';
import { at, type Program, startProgram } from '../support/program.js';
import { accountNames, callerOf, numberOfAccount, TARIFF } from '../support/small-provider.js';

const ROUNDS = 1_000;
/** Wallets are raced for side by side, the rounds of one wallet one after the other. */
const WALLETS = accountNames(20);
const YEN = '1000';
const NOW = at('2025-10-05T10:00:00.000+09:00');

/** One of the two that reach for the same yen. */
interface Racer {
  charge(account: string, id: string): Promise<void>;
  /** True when the funds are held, false when they are refused. Anything else is an error. */
  hold(account: string, id: string): Promise<boolean>;
  balance(account: string): Promise<{ posted: string; held: string; available: string }>;
}

/** What the other process did last is seen a little later, but it is seen. */
async function shows(racer: Racer, account: string, held: string): Promise<void> {
  for (let turn = 0; (await racer.balance(account)).held !== held && turn < 200; turn++) await delay(25);
  expect(await racer.balance(account)).toMatchObject({ posted: held, held, available: '0' });
}

/** @returns how many rounds each won */
async function race(racers: readonly [Racer, Racer]): Promise<readonly [number, number]> {
  const won: [number, number] = [0, 0];
  await Promise.all(
    WALLETS.map(async (account, w) => {
      for (let round = 0; round < ROUNDS / WALLETS.length; round++) {
        await racers[round % 2 === 0 ? 0 : 1].charge(account, `${account}-${round}`);
        // Who asks first changes, or the same one would always be a little ahead.
        const order = (round + w) % 2 === 0 ? ([0, 1] as const) : ([1, 0] as const);
        const got = await Promise.all(
          order.map(who => racers[who].hold(account, `${account}-${round}-${who}`)),
        );
        expect([account, round, got.filter(Boolean).length]).toEqual([account, round, 1]);
        won[order[got.indexOf(true)]!]++;
      }
    }),
  );
  const all = String((ROUNDS / WALLETS.length) * 1_000);
  for (const account of WALLETS) {
    for (const racer of racers) await shows(racer, account, all);
  }
  return won;
}

const callsOf = (product: Product, name: string): Racer => ({
  async charge(account, id) {
    const input = {
      account: parseAccountId(account),
      amount: Money.of(YEN),
      method: 'bank_transfer' as const,
    };
    const answer = await product.prepaid.charge(input, callerOf(`charge/${id}`));
    expect(answer).toMatchObject({ kind: 'done' });
  },
  async hold(account, id) {
    const input = { account: parseAccountId(account), hold: id, amount: Money.of(YEN), purpose: 'call' };
    const answer = await product.prepaid.hold(input, callerOf(`hold/${name}/${id}`));
    if (answer.kind === 'done') return true;
    expect(answer).toMatchObject({ rejection: { code: 'INSUFFICIENT_FUNDS' } });
    return false;
  },
  balance: async account => (await product.prepaid.balance(parseAccountId(account)))!,
});

function requestsTo(url: string, token: string): Racer {
  const client = new PatientClient(() => [url], token);
  return {
    async charge(account, id) {
      const path = `/api/v1/accounts/${account}/charges`;
      await client.done({ path, key: `charge/${id}`, body: { amount: YEN, method: 'bank_transfer' } });
    },
    async hold(account, id) {
      const path = `/api/v1/accounts/${account}/holds`;
      const { status, json } = await client.ask({ path, key: `hold/${id}`, body: { amount: YEN } });
      if (status === 201) return true;
      expect([status, json['code']]).toEqual([422, 'INSUFFICIENT_FUNDS']);
      return false;
    },
    async balance(account) {
      return (await client.done({ path: `/api/v1/accounts/${account}/balance` })) as never;
    },
  };
}

async function openWallets(product: Product): Promise<void> {
  await product.catalogue.importTariffCsv('tariff.csv', TARIFF, callerOf('tariff'));
  for (const [i, name] of WALLETS.entries()) {
    const more = { openedOn: BusinessDay.parse('2025-10-01'), numbers: [numberOfAccount(i + 1)] };
    const input = { account: parseAccountId(name), name, ...more, tariff: 'std' };
    await product.accounts.open({ ...input, incomingDiscount: Money.zero }, callerOf(`open/${name}`));
  }
}

describe(`two that race for a wallet's last yen, ${ROUNDS} times`, () => {
  it('embedded, two callers of the one process: one gets it, each time', async () => {
    const { product, end } = await embeddedHome({ now: () => NOW });
    try {
      await openWallets(product);
      const won = await race([callsOf(product, 'one'), callsOf(product, 'two')]);
      expect(won[0] + won[1]).toBe(ROUNDS);
    } finally {
      await end();
    }
  }, 180_000);
});

needsProgram(
  'postgres',
  'initdb',
  'redis-server',
)(`two processes that race for a wallet's last yen, ${ROUNDS} times`, () => {
  let cluster: ClusterOfATest;
  const programs: Program[] = [];
  beforeAll(async () => {
    cluster = await startClusterOfATest();
  }, 180_000);
  afterAll(async () => {
    for (const program of programs) await program.kill();
    await cluster.stop();
  });

  it('on EventStoreDB, two servers: one gets it, each time', async () => {
    const home = await cluster.home();
    const product = await home.open(NOW);
    await openWallets(product);
    await product.close();
    const token = await firstKey(home, NOW);
    for (const app of ['worker', 'server', 'server'] as const)
      programs.push(await startProgram(app, home.env, NOW));
    const [, one, two] = programs;
    const won = await race([requestsTo(one!.url, token), requestsTo(two!.url, token)]);
    expect(won[0] + won[1]).toBe(ROUNDS);
    // Both were in the race.
    expect(Math.min(...won)).toBeGreaterThan(ROUNDS / 20);
  }, 240_000);
});
