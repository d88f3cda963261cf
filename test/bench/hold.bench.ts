import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { Instant, Money, parseAccountId } from '#kernel';
import type { Product } from '#runtime';
import { syntheticAccount, syntheticNumber } from '../support/tariff-10000.js';
import { atLeast, atMost, type Bench } from './bench.types.js';
import { median, pool, quantile, settle } from './measure.js';
import { caller, openProvider } from './provider.js';
import { rawInserts } from './raw-sqlite.js';

const WALLETS = 1_000;
const CLIENTS = 64;
const SIZES = {
  full: { calls: 10_000, aloneCalls: 500, rounds: 5, commits: 500 },
  quick: { calls: 200, aloneCalls: 10, rounds: 1, commits: 5 },
} as const;
const AMOUNT = Money.of('300');
const CALL_BEGINS = Instant.parse('2026-11-05T10:00:00.000+09:00');

interface Load {
  readonly commandsPerSecond: number;
  /** Milliseconds from the request to the acknowledgement, per command. */
  readonly latencies: Float64Array;
}

/** Calls one after another on the wallets in turn, `clients` at a time: funds held, then the call settled. */
async function holdAndSettle(product: Product, name: string, calls: number, clients: number): Promise<Load> {
  const latencies = new Float64Array(calls * 2);
  const command = async (at: number, work: () => Promise<{ kind: string }>): Promise<void> => {
    const begin = performance.now();
    const answer = await work();
    latencies[at] = performance.now() - begin;
    if (answer.kind !== 'done') throw new Error(`command ${at}: ${JSON.stringify(answer)}`);
  };
  const begin = performance.now();
  await pool(calls, clients, async i => {
    const wallet = i % WALLETS;
    const account = parseAccountId(syntheticAccount(wallet));
    const hold = `${name}-${i}`;
    await command(2 * i, () =>
      product.prepaid.hold({ account, hold, amount: AMOUNT, purpose: 'call' }, caller(`hold/${hold}`)),
    );
    const endedAt = Instant.fromEpochMs(CALL_BEGINS + 95_000);
    const call = {
      callId: hold,
      direction: 'out' as const,
      number: syntheticNumber(wallet),
      from: syntheticNumber(wallet),
      to: `090${String(10_000_000 + i)}`,
      startedAt: CALL_BEGINS,
      answeredAt: Instant.fromEpochMs(CALL_BEGINS + 5_000),
      endedAt,
      durationMs: 90_000,
      hangupCause: 'NORMAL_CLEARING',
    };
    await command(2 * i + 1, () =>
      product.prepaid.settleHold({ account, hold, call }, caller(`settle/${hold}`)),
    );
  });
  return { commandsPerSecond: (calls * 2000) / (performance.now() - begin), latencies };
}

export const holdBench: Bench = {
  name: 'hold',
  title: 'Hold and settle',
  async run(size, directory) {
    const { calls, aloneCalls, rounds, commits } = SIZES[size];
    const store = join(directory, 'store');
    const product = await openProvider(store, { accounts: WALLETS, yen: '1000000' });
    const many: Load[] = [];
    const alone: Load[] = [];
    try {
      await holdAndSettle(product, 'warm-up', Math.max(WALLETS, calls / 2), CLIENTS);
      for (let round = 0; round < rounds; round++) {
        settle();
        many.push(await holdAndSettle(product, `many-${round}`, calls, CLIENTS));
        alone.push(await holdAndSettle(product, `alone-${round}`, aloneCalls, 1));
      }
    } finally {
      await product.close();
    }
    const raw = (batch: number) => rawInserts(store, join(directory, 'bare.db'), batch, commits);
    const speed = median(many.map(load => load.commandsPerSecond));
    const p = (loads: readonly Load[], share: number) =>
      median(loads.map(load => quantile(load.latencies, share)));
    const single = raw(1).commitsPerSecond;
    const group = raw(CLIENTS).rowsPerSecond;
    const aloneSpeed = median(alone.map(load => load.commandsPerSecond));
    return {
      method:
        `${calls} calls on ${WALLETS} wallets, ${CLIENTS} clients at a time in the server's process: funds held, ` +
        `then the call rated and settled, each acknowledged when it is durable and in the read models. Then ` +
        `${aloneCalls} calls by one client. Median of ${rounds} rounds. Ceilings: bare commits of one event, and of ` +
        `${CLIENTS} events, each with its fsync, ${commits} of each.`,
      figures: [
        { what: `commands, ${CLIENTS} clients`, value: speed, unit: 'commands/s', target: atLeast(3_000) },
        { what: `ceiling: events in bare commits of ${CLIENTS}`, value: group, unit: 'events/s' },
        { what: 'of the ceiling', value: (100 * speed) / group, unit: '%' },
        { what: `p50, ${CLIENTS} clients`, value: p(many, 0.5), unit: 'ms' },
        { what: `p99, ${CLIENTS} clients`, value: p(many, 0.99), unit: 'ms', target: atMost(20) },
        { what: 'commands, one client', value: aloneSpeed, unit: 'commands/s' },
        { what: 'ceiling: bare single commits', value: single, unit: 'commits/s' },
        { what: 'of the ceiling', value: (100 * aloneSpeed) / single, unit: '%' },
        { what: 'p50, one client', value: p(alone, 0.5), unit: 'ms', target: atMost(2) },
        { what: 'p99, one client', value: p(alone, 0.99), unit: 'ms' },
      ],
    };
  },
};
