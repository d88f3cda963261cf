import { rmSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { openEventStoreDb } from '#adapters/eventstoredb';
import { openPostgresReadStore } from '#adapters/postgres';
import { openSqliteStore } from '#adapters/sqlite';
import { type AccountId, BusinessMonth, Instant, Money, parseAccountId } from '#kernel';
import { openClusterProduct } from '#nest';
import type { Clock, EventStore } from '#ports';
import {
  type AccountClose,
  ask,
  catchUp,
  changesOf,
  composeProduct,
  listInvoices,
  PROJECTIONS,
  type Product,
  perform,
  reconcileMonth,
  runClose,
  standing,
} from '#runtime';
import { SimulatedClock } from '#testing';
import { FakeCluster } from '../support/eventstoredb/fake-cluster.js';
import { needsProgram } from '../support/needs.js';
import { overTheBus } from '../support/over-the-bus.js';
import { type PostgresServer, startPostgres } from '../support/postgres.js';
import { SEED } from '../support/seed.js';
import {
  accountNames,
  callerOf,
  numberOfAccount,
  openProvider,
  pickBelow,
  randomFrom,
} from '../support/small-provider.js';
import { temporaryDirectory } from '../support/temporary-directory.js';

const LINE_AT_MOST_MS = 8;
const ROUNDS = 20;
const FIRST = BusinessMonth.parse('2026-10');
const ACCOUNTS = accountNames(16).map(name => parseAccountId(name));
/**
 * A round takes a fraction of a second; before closers waited for each other, a lost one took a minute. On a
 * busy machine it may take as many times longer as the month's calls took.
 */
const ROUND_AT_MOST_MS = 30_000;
const ROUND_AT_MOST_TIMES_ITS_CALLS = 60;

/** Two products on one log, each with its own memory of streams, as two servers have it. */
interface TwoProcesses {
  readonly products: readonly [Product, Product];
  end(): Promise<void>;
}

/** The same log over a line of changing length: two closers on one event loop would go in step otherwise. */
function overALine<Store extends EventStore>(events: Store, random: () => number): Store {
  const append: EventStore['append'] = async requests => {
    await delay(pickBelow(random, LINE_AT_MOST_MS));
    return events.append(requests);
  };
  return new Proxy(events, {
    get(target, name) {
      if (name === 'append') return append;
      const value: unknown = Reflect.get(target, name);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}

async function onSqlite(clock: Clock): Promise<TwoProcesses> {
  const directory = temporaryDirectory();
  const store = await openSqliteStore({ directory });
  const projections = await standing(store.readModels, PROJECTIONS);
  await catchUp(store.events, store.readModels, projections, () =>
    store.projectInTransaction((events, apply) => {
      const { position } = events.at(-1)!;
      for (const { projection, changes } of changesOf(projections, events))
        apply(projection, changes, position);
    }),
  );
  for (const projection of projections) await store.readModels.activate(projection);
  const nobody = (): never => {
    throw new Error('this test rebuilds nothing');
  };
  const open = (seed: number) =>
    composeProduct({
      events: overALine(store.events, randomFrom(seed)),
      readModels: store.readModels,
      clock,
      audit: { proof: store.events, scratch: nobody, still: nobody, rebuild: nobody, backup: nobody },
      shared: { head: 0 },
      writeProblem: () => null,
      close: async () => undefined,
    });
  const products = [open(SEED), open(SEED + 1)] as const;
  return {
    products,
    async end() {
      for (const product of products) await product.close();
      await store.close();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

/** A lot and a settled call of the month for every account. */
async function liveThrough(product: Product, clock: SimulatedClock, month: BusinessMonth): Promise<void> {
  const text = BusinessMonth.text(month);
  clock.moveTo(`${text}-05T10:00:00.000+09:00`);
  const live = async (account: AccountId, i: number): Promise<void> => {
    const by = (what: string) => callerOf(`${what}-${account}-${text}`);
    await product.prepaid.charge({ account, amount: Money.of('1000'), method: 'card' }, by('charge'));
    const hold = `call-${account}-${text}`;
    await product.prepaid.hold({ account, hold, amount: Money.of('100'), purpose: 'call' }, by('hold'));
    const number = numberOfAccount(i + 1);
    const startedAt = Instant.parse(`${text}-05T09:00:00.000+09:00`);
    const call = {
      ...{ callId: hold, direction: 'out' as const, number, from: number, to: '0312345678' },
      ...{ startedAt, answeredAt: startedAt, endedAt: Instant.plusMs(startedAt, 30_000) },
      ...{ durationMs: 30_000, hangupCause: 'NORMAL_CLEARING' },
    };
    const settled = await product.prepaid.settleHold({ account, hold, call }, by('settle'));
    expect(settled).toMatchObject({ kind: 'done' });
  };
  await Promise.all(ACCOUNTS.map(live));
  clock.moveTo(`${BusinessMonth.text(BusinessMonth.plus(month, 1))}-01T04:00:01.000+09:00`);
}

async function closeOf(product: Product, month: BusinessMonth, id: string, dryRun = false) {
  const answer = await perform(product, runClose, { month, dryRun, force: false }, callerOf(id));
  if (answer.kind !== 'done') throw new Error(`not closed: ${JSON.stringify(answer)}`);
  return answer.value.accounts;
}

const moneyOf = ({ account, net, tax, total }: AccountClose) => ({ account, net, tax, total });

/** Both close the month at once, and both look at it in dry runs meanwhile. */
async function closeAtOnce(
  products: readonly [Product, Product],
  month: BusinessMonth,
  callsMs: number,
): Promise<void> {
  const text = BusinessMonth.text(month);
  const began = performance.now();
  const reports = await Promise.all([
    ...products.map((product, n) => closeOf(product, month, `close-${text}-by-${n}`)),
    ...products.map((product, n) => closeOf(product, month, `dry-${text}-by-${n}`, true)),
  ]);
  const atMost = Math.max(ROUND_AT_MOST_MS, callsMs * ROUND_AT_MOST_TIMES_ITS_CALLS);
  expect(performance.now() - began).toBeLessThan(atMost);
  const [first, ...others] = reports.map(accounts => accounts.map(moneyOf));
  for (const other of others) expect(other).toEqual(first);
  for (const accounts of reports) expect(accounts.filter(one => one.rejection !== null)).toEqual([]);
  const numbers = ACCOUNTS.map((_, i) => `${text.replace('-', '')}-${String(i + 1).padStart(6, '0')}`);
  for (const closed of reports.slice(0, 2)) expect(closed.map(one => one.invoice)).toEqual(numbers);
}

async function rounds(open: (clock: Clock) => Promise<TwoProcesses>): Promise<void> {
  const clock = new SimulatedClock('2026-10-01T09:00:00.000+09:00');
  const { products, end } = await open(clock);
  try {
    const [first, second] = products;
    await openProvider(first, ACCOUNTS, '2026-10-01');
    for (let round = 0; round < ROUNDS; round++) {
      const month = BusinessMonth.plus(FIRST, round);
      const began = performance.now();
      await liveThrough(first, clock, month);
      await closeAtOnce(products, month, performance.now() - began);
      const { rows } = await ask(second, listInvoices, { month, limit: 100 });
      expect(new Set(rows.map(row => row.account)).size).toBe(ACCOUNTS.length);
      expect(rows).toHaveLength(ACCOUNTS.length);
      expect((await ask(second, reconcileMonth, { month })).rows).toEqual([]);
    }
    const { debit, credit } = await first.prepaid.trialBalance();
    expect(debit).toBe(credit);
  } finally {
    await end();
  }
}

const RULE = `give one set of gapless invoices and are both done in seconds, ${ROUNDS} months in a row`;

describe('two closers of one month, and two dry runs beside them', () => {
  it(`on one file: ${RULE}`, () => rounds(onSqlite), 300_000);

  needsProgram('postgres', 'initdb')('in a cluster', () => {
    let postgres: PostgresServer;
    let cluster: FakeCluster;
    beforeAll(async () => {
      [postgres, cluster] = await Promise.all([startPostgres(), FakeCluster.start()]);
    });
    afterAll(async () => {
      cluster.stop();
      await postgres.stop();
    });

    async function onCluster(clock: Clock): Promise<TwoProcesses> {
      const url = await postgres.database();
      const open = async (project: boolean) => {
        const log = await openEventStoreDb({ url: cluster.url(), namespace: 'closers.' });
        const events = overALine(log, randomFrom(project ? SEED : SEED + 1));
        const readModels = await openPostgresReadStore({ url });
        const given = { events, proof: events, readModels, clock };
        const how = { ...given, project: project && { lookMs: 20 } };
        return overTheBus((await openClusterProduct(how)).product);
      };
      const products = [await open(true), await open(false)] as const;
      return {
        products,
        async end() {
          // The one that builds read models ends last: the other may still wait for them.
          for (const product of products.toReversed()) await product.close();
        },
      };
    }

    it(RULE, () => rounds(onCluster), 300_000);
  });
});
