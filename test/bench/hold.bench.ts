import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { Instant, Money, parseAccountId } from '#kernel';
import type { Product } from '#runtime';
import { syntheticAccount, syntheticNumber } from '../support/tariff-10000.js';
import { atLeast, atMost, type Bench } from './bench.types.js';
import { median, pool, quantile, seconds, settle } from './measure.js';
import { caller, openProvider } from './provider.js';
import { rawInserts } from './raw-sqlite.js';

const CLIENTS = 64;
/** What was promised: the slowest hundredth is judged at this load, not at the highest possible one. */
const COMMANDS_PER_SECOND = 3_000;
const SIZES = {
  full: { wallets: 1_000, calls: 10_000, pacedCalls: 7_500, aloneCalls: 500, rounds: 5, commits: 500 },
  quick: { wallets: 20, calls: 100, pacedCalls: 60, aloneCalls: 10, rounds: 1, commits: 5 },
} as const;
const AMOUNT = Money.of('300');
const CALL_BEGINS = Instant.parse('2026-11-05T09:58:00.000+09:00');

export interface Load {
  readonly commandsPerSecond: number;
  /** Milliseconds from the request to the acknowledgement, per command. */
  readonly latencies: Float64Array;
}

export interface Shop {
  readonly product: Product;
  readonly wallets: number;
}

/** Holds funds for the i-th call, then rates and settles it. */
class Calls {
  readonly latencies: Float64Array;

  constructor(
    private readonly shop: Shop,
    private readonly name: string,
    count: number,
  ) {
    this.latencies = new Float64Array(count * 2);
  }

  /** @param due when the call should have begun, in ms of `performance.now` */
  async run(i: number, due = performance.now()): Promise<void> {
    const wallet = i % this.shop.wallets;
    const account = parseAccountId(syntheticAccount(wallet));
    const hold = `${this.name}-${i}`;
    await this.timed(2 * i, due, () =>
      this.shop.product.prepaid.hold(
        { account, hold, amount: AMOUNT, purpose: 'call' },
        caller(`hold/${hold}`),
      ),
    );
    const call = {
      callId: hold,
      direction: 'out' as const,
      number: syntheticNumber(wallet),
      from: syntheticNumber(wallet),
      to: `090${10_000_000 + i}`,
      startedAt: CALL_BEGINS,
      answeredAt: Instant.fromEpochMs(CALL_BEGINS + 5_000),
      endedAt: Instant.fromEpochMs(CALL_BEGINS + 95_000),
      durationMs: 90_000,
      hangupCause: 'NORMAL_CLEARING',
    };
    await this.timed(2 * i + 1, performance.now(), () =>
      this.shop.product.prepaid.settleHold({ account, hold, call }, caller(`settle/${hold}`)),
    );
  }

  private async timed(at: number, due: number, work: () => Promise<{ kind: string }>): Promise<void> {
    const answer = await work();
    this.latencies[at] = performance.now() - due;
    if (answer.kind !== 'done') throw new Error(`command ${at}: ${JSON.stringify(answer)}`);
  }
}

/** As fast as so many clients can, each waiting for its answer before it asks again. */
export async function atOnce(shop: Shop, name: string, count: number, clients: number): Promise<Load> {
  const calls = new Calls(shop, name, count);
  const spent = await seconds(() => pool(count, clients, i => calls.run(i)));
  return { commandsPerSecond: (count * 2) / spent, latencies: calls.latencies };
}

/** Calls begin at even times, whether or not the answers keep up; waiting counts from when each was due. */
async function paced(shop: Shop, name: string, count: number): Promise<Load> {
  const calls = new Calls(shop, name, count);
  const gapMs = 2_000 / COMMANDS_PER_SECOND;
  const running: Promise<void>[] = [];
  const spent = await seconds(async () => {
    const begin = performance.now();
    while (running.length < count) {
      const due = begin + running.length * gapMs;
      if (due <= performance.now()) running.push(calls.run(running.length, due));
      else await new Promise(resolve => setTimeout(resolve, 1));
      if (running.length % CLIENTS === 0) await new Promise(setImmediate);
    }
    await Promise.all(running);
  });
  return { commandsPerSecond: (count * 2) / spent, latencies: calls.latencies };
}

export const holdBench: Bench = {
  name: 'hold',
  title: 'Hold and settle',
  async run(size, directory) {
    const { wallets, calls, pacedCalls, aloneCalls, rounds, commits } = SIZES[size];
    const store = join(directory, 'store');
    const product = await openProvider(store, { accounts: wallets, yen: '1000000' });
    const shop: Shop = { product, wallets };
    const many: Load[] = [];
    const even: Load[] = [];
    const alone: Load[] = [];
    try {
      await atOnce(shop, 'warm-up', Math.max(wallets, calls / 2), CLIENTS);
      for (let round = 0; round < rounds; round++) {
        settle();
        many.push(await atOnce(shop, `many-${round}`, calls, CLIENTS));
        even.push(await paced(shop, `even-${round}`, pacedCalls));
        alone.push(await atOnce(shop, `alone-${round}`, aloneCalls, 1));
      }
    } finally {
      await product.close();
    }
    const raw = (batch: number) =>
      rawInserts({ store, file: join(directory, 'bare.db'), way: 'tuned', batch, commits });
    const speed = median(many.map(load => load.commandsPerSecond));
    const p = (loads: readonly Load[], share: number) =>
      median(loads.map(load => quantile(load.latencies, share)));
    const single = raw(1).commitsPerSecond;
    const group = raw(CLIENTS).rowsPerSecond;
    const pace = median(even.map(load => load.commandsPerSecond));
    const aloneSpeed = median(alone.map(load => load.commandsPerSecond));
    return {
      method:
        `${calls} calls on ${wallets} wallets, ${CLIENTS} clients in the server's process, ` +
        'each asking again when it has its answer: funds held, then the call rated and ' +
        'settled, each acknowledged when it is durable and in the read models. Then ' +
        `${pacedCalls} calls that begin at even times, ${COMMANDS_PER_SECOND} commands a ` +
        `second, waiting counted from when each was due; then ${aloneCalls} calls by one ` +
        `client. Median of ${rounds} rounds. Ceilings: bare commits of one event, and of ` +
        `${CLIENTS} events, each with its fsync, ${commits} of each.`,
      figures: [
        { what: `commands, ${CLIENTS} clients`, value: speed, unit: 'commands/s', target: atLeast(3_000) },
        { what: `ceiling: events in bare commits of ${CLIENTS}`, value: group, unit: 'events/s' },
        { what: 'of the ceiling', value: (100 * speed) / group, unit: '%' },
        { what: `p50, ${CLIENTS} clients`, value: p(many, 0.5), unit: 'ms' },
        { what: `p99, ${CLIENTS} clients`, value: p(many, 0.99), unit: 'ms' },
        { what: 'commands, at even times', value: pace, unit: 'commands/s' },
        { what: `p50 at ${COMMANDS_PER_SECOND} commands/s`, value: p(even, 0.5), unit: 'ms' },
        {
          what: `p99 at ${COMMANDS_PER_SECOND} commands/s`,
          value: p(even, 0.99),
          unit: 'ms',
          target: atMost(20),
        },
        { what: 'commands, one client', value: aloneSpeed, unit: 'commands/s' },
        { what: 'ceiling: bare single commits', value: single, unit: 'commits/s' },
        { what: 'of the ceiling', value: (100 * aloneSpeed) / single, unit: '%' },
        { what: 'p50, one client', value: p(alone, 0.5), unit: 'ms', target: atMost(2) },
        { what: 'p99, one client', value: p(alone, 0.99), unit: 'ms' },
      ],
    };
  },
};
