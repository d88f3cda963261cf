import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openSqliteJobQueue, openSqliteStore } from '#adapters/sqlite';
import { type AccountId, BusinessMonth, Money } from '#kernel';
import { catchUp, changesOf, composeProduct, PROJECTIONS, type Product, runJobs, standing } from '#runtime';
import { SimulatedClock } from '#testing';
import {
  accountNames,
  CDR_HEADER,
  callerOf,
  numberOfAccount,
  openProvider,
} from '../support/small-provider.js';
import { temporaryDirectory } from '../support/temporary-directory.js';

const OCTOBER = BusinessMonth.parse('2026-10');
const ACCOUNTS = accountNames(90);

/**
 * Two processes on one log, as in a cluster: each with its own memory of streams, and, as the worst case,
 * each with a queue of its own, so that nothing but the log keeps the two closes apart.
 */
async function twoProcesses(work: (products: readonly Product[], clock: SimulatedClock) => Promise<void>) {
  const directory = temporaryDirectory();
  const clock = new SimulatedClock('2026-10-01T09:00:00.000+09:00');
  const store = await openSqliteStore({ directory });
  const projections = await standing(store.readModels, PROJECTIONS);
  await catchUp(store.events, store.readModels, projections, () =>
    store.projectInTransaction((events, apply) => {
      const position = events.at(-1)!.position;
      for (const { projection, changes } of changesOf(projections, events))
        apply(projection, changes, position);
    }),
  );
  for (const projection of projections) await store.readModels.activate(projection);
  const nobody = (): never => {
    throw new Error('this test rebuilds nothing');
  };
  const products = ['one', 'two'].map(name =>
    composeProduct({
      events: store.events,
      readModels: store.readModels,
      clock,
      audit: { proof: store.events, scratch: nobody, still: nobody, rebuild: nobody, backup: nobody },
      shared: { head: 0 },
      jobs: () => openSqliteJobQueue({ directory: join(directory, name), clock }),
      writeProblem: () => null,
      close: async () => undefined,
    }),
  );
  try {
    await work(products, clock);
  } finally {
    for (const product of products) await product.close();
    await store.close();
    rmSync(directory, { recursive: true, force: true });
  }
}

async function fill(product: Product, clock: SimulatedClock): Promise<void> {
  const directory = temporaryDirectory();
  await openProvider(product, ACCOUNTS, '2026-10-01');
  for (const account of ACCOUNTS) {
    const charge = { account: account as AccountId, amount: Money.of('1000'), method: 'card' as const };
    await product.prepaid.charge(charge, callerOf(`charge/${account}`));
  }
  clock.moveTo('2026-10-20T09:00:00.000+09:00');
  const at = (s: number) => `2026-10-05T12:00:0${s}.000+09:00`;
  const calls = ACCOUNTS.map((account, i) => {
    const number = numberOfAccount(i + 1);
    return `c${i},${account},${number},out,${number},0312345678,${at(0)},${at(1)},${at(9)},NORMAL_CLEARING`;
  });
  const file = join(directory, 'calls.csv');
  writeFileSync(file, `${CDR_HEADER}\n${calls.join('\n')}\n`);
  await product.cdr.importFile(file, 'csv', callerOf('import'));
  rmSync(directory, { recursive: true });
}

describe('two schedulers that start the same close at once', () => {
  it('give one set of invoices with gapless numbers, and both say that it is done', async () => {
    await twoProcesses(async (products, clock) => {
      const [first] = products as [Product, Product];
      await fill(first, clock);
      const running = products.map(product => runJobs(product, { autoClose: true, planEveryMs: 100 }));
      await Promise.all(running.map(jobs => jobs.rebuildTimers()));
      clock.moveTo('2026-11-01T04:00:00.000+09:00');
      await Promise.all(products.map(product => product.jobQueue().wake()));
      const october = { name: 'close-month', key: '2026-10' };
      const state = async (product: Product) => (await product.jobQueue().get(october))?.state;
      for (let turn = 0; turn < 1_000; turn++) {
        const states = await Promise.all(products.map(state));
        // The time stands still: a close that were put off for a minute would wait for ever.
        if (states.every(one => one === 'done')) break;
        await new Promise(resolve => setTimeout(resolve, 10));
      }
      await Promise.all(running.map(jobs => jobs.stop()));
      const ends = await Promise.all(products.map(product => product.jobQueue().get(october)));
      expect(ends.map(job => [job?.state, job?.reason])).toEqual([
        ['done', null],
        ['done', null],
      ]);
      const { rows } = await first.closing.invoices({ month: OCTOBER, limit: 500 });
      const numbers = rows.map(row => row.number).toSorted();
      expect(numbers).toEqual(ACCOUNTS.map((_, i) => `202610-${String(i + 1).padStart(6, '0')}`));
      expect(new Set(rows.map(row => row.account)).size).toBe(ACCOUNTS.length);
      expect(await first.closing.reconcile(OCTOBER)).toEqual([]);
      const { debit, credit } = await first.prepaid.trialBalance();
      expect(debit).toBe(credit);
    });
  });
});
