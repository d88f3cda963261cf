import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { type AccountId, Instant } from '#kernel';
import { openProduct } from '#nest';
import type { Product } from '#runtime';
import { BusyShop, SHOPPERS } from '../support/busy-shop.js';
import { startChild } from '../support/child.js';
import { SEED } from '../support/seed.js';
import { callerOf, pickBelow, randomFrom, StandingClock } from '../support/small-provider.js';
import { temporaryDirectory } from '../support/temporary-directory.js';

/** 100 in continuous integration; a quick look otherwise. */
const POINTS = Math.min(Number.parseInt(process.env['DAICHO_CRASH_POINTS'] ?? '4', 10), 100);

interface Line {
  readonly stream: string;
  readonly type: string;
  readonly data: Readonly<Record<string, string>>;
}

async function logOf(product: Product): Promise<Line[]> {
  const lines: Line[] = [];
  for await (const piece of product.audit.export('jsonl', { withSecrets: true }))
    for (const text of piece.split('\n')) if (text !== '') lines.push(JSON.parse(text) as Line);
  return lines;
}

/** Goes on with what a killed process left, as its job would. */
async function goOn(product: Product, log: readonly Line[]): Promise<void> {
  for (const { type, data } of log)
    if (type === 'contracts.OrderPlaced.v1')
      await product.contracts.goOnWithOrder(
        data['account'] as AccountId,
        data['order']!,
        callerOf(`go-on/${data['order']}`),
      );
}

/**
 * Every order is whole or absent, every fee is there once, nothing is held, and a number has one owner.
 * @param endsBooked whether every end is booked: one that was killed in its middle has left its number
 *   between the stock and the account, until the sweep comes by again
 */
async function proveOrders(
  product: Product,
  { endsBooked }: { readonly endsBooked: boolean },
): Promise<{ bought: number; ended: number }> {
  const log = await logOf(product);
  const of = (type: string) => log.filter(line => line.type === `contracts.${type}.v1`);
  const idsOf = (type: string) => of(type).map(({ data }) => data['order']!);
  const bought = new Set(idsOf('OrderCompleted'));
  expect(idsOf('OrderSettled').sort()).toEqual([...bought].sort());
  expect(idsOf('OrderCleared').sort()).toEqual(idsOf('OrderRefused').sort());
  expect([...bought, ...idsOf('OrderRefused')].sort()).toEqual(idsOf('OrderPlaced').sort());
  const begun = of('ContractBegun').map(({ data }) => data);
  expect(begun.filter(({ order }) => !bought.has(order!))).toEqual([]);
  const debits = log.filter(({ type }) => type === 'ledger.Debited.v1').map(({ data }) => data['debit']!);
  expect(new Set(debits).size).toBe(debits.length);
  for (const { contract } of begun) expect(debits).toContain(`${contract}-2025-04`);
  for (const debit of debits) expect(begun.some(({ contract }) => debit.startsWith(contract!))).toBe(true);
  const owned: string[] = [];
  for (const account of SHOPPERS) {
    expect(await product.prepaid.balance(account)).toMatchObject({ held: '0' });
    owned.push(...((await product.accounts.get(account))?.numbers ?? []));
  }
  // A number comes to its end before the end of its contract is booked.
  const over = of('NumberEnded').map(({ data }) => data['number']!);
  const sold = begun.flatMap(({ number }) => number ?? []);
  const isOver = (number: string) => over.includes(number);
  if (endsBooked) expect(owned.filter(isOver)).toEqual([]);
  const lasting = (numbers: readonly string[]) => numbers.filter(number => !isOver(number)).sort();
  expect(lasting(owned)).toEqual(lasting(sold));
  expect(new Set(owned).size).toBe(owned.length);
  const trial = await product.prepaid.trialBalance();
  expect(trial.debit).toBe(trial.credit);
  expect(await product.audit.verify()).toMatchObject({ ok: true });
  return { bought: bought.size, ended: of('ContractEnded').length };
}

const openAt = async (directory: string) => {
  const clock = new StandingClock(Instant.parse('2025-04-16T10:00:00.000+09:00'));
  return { clock, product: await openProduct({ directory, clock }) };
};

describe(`kill -9 at ${POINTS} random points while customers order (DAICHO_SEED=${SEED})`, () => {
  const root = temporaryDirectory();
  afterAll(() => rmSync(root, { recursive: true, force: true }));
  const random = randomFrom(SEED);
  /** A run opens, answers 3 x 4 orders, starts 3 months. Two of three kills meet orders. */
  const pickMoment = (): readonly [after: number, ms: number] =>
    random() < 0.66 ? [1, random() * 120] : [1 + pickBelow(random, 16), random() * 20];

  it(
    'leaves every order whole or absent',
    async () => {
      for (let n = 0; n < POINTS; n++) {
        const directory = join(root, `killed-${n}`);
        const child = startChild('test/crash/busy-shop.fixture.ts', directory);
        const [after, ms] = pickMoment();
        await child.printed(() => child.lines.length > after);
        await delay(ms);
        await child.kill();
        const { clock, product } = await openAt(directory);
        await goOn(product, await logOf(product));
        await proveOrders(product, { endsBooked: false });
        await new BusyShop(product, clock, () => undefined).run();
        await goOn(product, await logOf(product));
        const { bought, ended } = await proveOrders(product, { endsBooked: true });
        // Each could pay for at least two, and cancelled one.
        expect([bought >= 6, ended]).toEqual([true, SHOPPERS.length]);
        expect(await product.audit.replay({})).toMatchObject({ ok: true, problems: [] });
        await product.close();
        rmSync(directory, { recursive: true });
      }
    },
    60_000 + POINTS * 15_000,
  );
});
