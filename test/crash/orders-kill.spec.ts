import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { type AccountId, BusinessDay, Instant } from '#kernel';
import { openProduct } from '#nest';
import type { Product } from '#runtime';
import { BusyShop, SHOP_MONTHS, SHOP_PHASES, SHOPPERS, type ShopPhase } from '../support/busy-shop.js';
import { type Child, startChild } from '../support/child.js';
import { SEED } from '../support/seed.js';
import { callerOf, randomFrom, StandingClock } from '../support/small-provider.js';
import { temporaryDirectory } from '../support/temporary-directory.js';

/** 100 in continuous integration; a quick look otherwise. */
const POINTS = Math.min(Number.parseInt(process.env['DAICHO_CRASH_POINTS'] ?? '4', 10), 100);
const BEGIN = Instant.parse('2025-04-16T10:00:00.000+09:00');

interface Line {
  readonly stream: string;
  readonly type: string;
  readonly data: Readonly<Record<string, string>>;
  readonly meta: { readonly recordedAt: string };
}

async function logOf(product: Product): Promise<Line[]> {
  const lines: Line[] = [];
  for await (const piece of product.audit.export('jsonl', { withSecrets: true }))
    for (const text of piece.split('\n')) if (text !== '') lines.push(JSON.parse(text) as Line);
  return lines;
}

const ofType = (log: readonly Line[], type: string) =>
  log.filter(line => line.type === `contracts.${type}.v1`).map(({ data }) => data);

/** Goes on with what a killed process left, as its job would. */
async function goOn(product: Product, log: readonly Line[]): Promise<void> {
  for (const { account, order } of ofType(log, 'OrderPlaced'))
    await product.contracts.goOnWithOrder(account as AccountId, order!, callerOf(`go-on/${order}`));
}

const once = (ids: readonly string[]): void => expect(ids.toSorted()).toEqual([...new Set(ids)].sort());

/** Every order is bought whole or nothing of it is left, and each fee belongs to something bought. */
function proveOrders(log: readonly Line[]): void {
  const idsOf = (type: string) => ofType(log, type).map(({ order }) => order!);
  const bought = idsOf('OrderCompleted').sort();
  expect(idsOf('OrderSettled').sort()).toEqual(bought);
  expect(idsOf('OrderCleared').sort()).toEqual(idsOf('OrderRefused').sort());
  expect([...bought, ...idsOf('OrderRefused')].sort()).toEqual(idsOf('OrderPlaced').sort());
  once(idsOf('OrderPlaced'));
  const begun = ofType(log, 'ContractBegun');
  once(begun.map(({ contract }) => contract!));
  expect([...new Set(begun.map(({ order }) => order!))].sort()).toEqual(bought);
}

const debitsOf = (log: readonly Line[]): string[] =>
  log.filter(({ type }) => type === 'ledger.Debited.v1').map(({ data }) => data['debit']!);

/** The last day of each contract that was cancelled. */
const lastDays = (log: readonly Line[]): Map<string, string> =>
  new Map(ofType(log, 'CancellationAccepted').map(({ contract, endsOn }) => [contract!, endsOn!]));

/** The fees of an account on the first of a month, by the rule itself. */
function feesDue(log: readonly Line[], account: string, month: string): string[] {
  const ends = lastDays(log);
  const first = `${month}-01`;
  const due = ofType(log, 'ContractBegun').filter(
    ({ account: of, contract, since }) =>
      of === account && since! < first && (ends.get(contract!) ?? first) >= first,
  );
  return due.map(({ contract }) => `${contract}-${month}`).sort();
}

/** Each fee is there once: of its first month when it was bought, of a month all of an account or none. */
function proveFees(log: readonly Line[], whole: boolean): void {
  const debits = debitsOf(log);
  once(debits);
  const begun = ofType(log, 'ContractBegun');
  const first = begun.map(({ contract, since }) => `${contract}-${since!.slice(0, 7)}`);
  expect(debits).toEqual(expect.arrayContaining(first));
  const monthly = debits.filter(debit => /-\d{4}-\d\d$/.test(debit) && !first.includes(debit));
  const known = new Set<string>();
  for (const account of SHOPPERS)
    for (const month of SHOP_MONTHS) {
      const due = feesDue(log, account, month);
      const paid = monthly.filter(debit => due.includes(debit)).sort();
      if (whole || paid.length > 0) expect(paid).toEqual(due);
      for (const debit of paid) known.add(debit);
    }
  expect(monthly.filter(debit => !known.has(debit))).toEqual([]);
  for (const debit of debits) expect(begun.some(({ contract }) => debit.startsWith(contract!))).toBe(true);
}

/** What is over is over, booked once, and so are its numbers; the others are their owners'. */
async function proveEnds(product: Product, log: readonly Line[], whole: boolean): Promise<void> {
  const today = BusinessDay.text(BusinessDay.of(product.now()));
  const booked = ofType(log, 'ContractEnded').map(({ contract }) => contract!);
  const over = ofType(log, 'NumberEnded').map(({ number }) => number!);
  once(booked);
  once(over);
  const due = [...lastDays(log)].flatMap(([contract, day]) => (day < today ? [contract] : []));
  expect(due).toEqual(expect.arrayContaining(booked));
  if (whole) expect(booked.toSorted()).toEqual(due.toSorted());
  const sold = ofType(log, 'ContractBegun').filter(({ number }) => number !== null);
  for (const { contract, number } of sold) {
    // A number comes to its end before the end of its contract is booked.
    if (booked.includes(contract!)) expect(over).toContain(number);
    if (over.includes(number!)) expect(due).toContain(contract);
  }
  const { rows } = await product.numbers.list({ limit: 1_000 });
  const standing = new Map(rows.map(({ number, state, account }) => [number, { state, account }]));
  for (const { account, number } of sold)
    expect(standing.get(number!)).toMatchObject(
      over.includes(number!) ? { state: 'quarantined' } : { state: 'claimed', account },
    );
  const taken = rows.filter(({ state }) => state !== 'available').map(({ number }) => number);
  expect(taken.sort()).toEqual(sold.map(({ number }) => number!).sort());
  const owned = await Promise.all(
    SHOPPERS.map(async account => (await product.accounts.get(account))?.numbers ?? []),
  );
  const lasting = sold.map(({ number }) => number!).filter(number => !over.includes(number));
  // One that was killed between the two steps of an end has its number on the account still.
  const all = owned.flat().filter(number => whole || !over.includes(number));
  expect(all.sort()).toEqual(lasting.sort());
  for (const account of SHOPPERS) {
    const { rows: mine } = await product.contracts.contracts({ account, limit: 100, ended: true });
    const ended = mine.filter(({ status }) => status === 'ended').map(({ contract }) => contract);
    expect(ended.toSorted()).toEqual(
      mine.flatMap(({ contract }) => (due.includes(contract) ? [contract] : [])).sort(),
    );
  }
}

/** @param whole whether everything was gone on with, to its end */
async function prove(product: Product, { whole }: { readonly whole: boolean }): Promise<void> {
  const log = await logOf(product);
  proveOrders(log);
  proveFees(log, whole);
  await proveEnds(product, log, whole);
  for (const account of SHOPPERS) {
    const balance = await product.prepaid.balance(account);
    if (whole || balance) expect(balance).toMatchObject({ held: '0' });
  }
  const trial = await product.prepaid.trialBalance();
  expect(trial.debit).toBe(trial.credit);
  expect(await product.audit.verify()).toMatchObject({ ok: true });
}

/** Opens what a killed process left, at the last instant that it knew of. */
async function openLeft(directory: string): Promise<{ product: Product; clock: StandingClock }> {
  const clock = new StandingClock(BEGIN);
  const product = await openProduct({ directory, clock });
  const times = (await logOf(product)).map(({ meta }) => Instant.parse(meta.recordedAt));
  clock.at = times.toSorted((a, b) => a - b).at(-1) ?? BEGIN;
  return { product, clock };
}

describe(`kill -9 at ${POINTS} random points of a busy shop (DAICHO_SEED=${SEED})`, () => {
  const root = temporaryDirectory();
  const random = randomFrom(SEED);
  const hits: Record<ShopPhase, number> = { orders: 0, turns: 0 };
  /** How long each phase takes when nobody disturbs it, in milliseconds. */
  const takes: Record<ShopPhase, number> = { orders: 0, turns: 0 };
  let spare: Child;

  /** A child that has loaded everything; the one after it begins to load meanwhile. */
  const warmChild = async (): Promise<Child> => {
    const child = spare;
    spare = startChild('test/crash/busy-shop.fixture.ts');
    await child.printed('ready');
    return child;
  };
  const beganAt = (child: Child, what: string): number | undefined => {
    const said = child.lines.find(line => line.startsWith(`${what} `));
    return said === undefined ? undefined : Number.parseInt(said.slice(what.length), 10);
  };

  beforeAll(async () => {
    spare = startChild('test/crash/busy-shop.fixture.ts');
    const child = await warmChild();
    child.process.stdin!.write(`${join(root, 'undisturbed')}\n`);
    expect(await child.ended).toBe(0);
    const [orders, turns, end] = ['orders', 'turns', 'finished'].map(what => beganAt(child, what)!);
    takes.orders = turns! - orders!;
    takes.turns = end! - turns!;
  }, 60_000);
  afterAll(async () => {
    await spare.kill();
    rmSync(root, { recursive: true, force: true });
  });

  /** Kills it somewhere in a phase. Counts nothing when the phase was over before the kill came. */
  const killIn = async (phase: ShopPhase, directory: string): Promise<void> => {
    const ms = random() * takes[phase];
    const child = await warmChild();
    child.process.stdin!.write(`${directory}\n`);
    await child.printed(line => line.startsWith(`${phase} `));
    await delay(ms);
    await child.kill();
    const next = phase === 'orders' ? 'turns' : 'finished';
    if (beganAt(child, next) === undefined) hits[phase]++;
  };

  it(
    'leaves every order whole or absent, each fee once, each end in effect once',
    async () => {
      const enough = () => SHOP_PHASES.every(phase => hits[phase] >= POINTS / SHOP_PHASES.length);
      for (let n = 0; !enough() && n < POINTS + 20; n++) {
        const directory = join(root, `killed-${n}`);
        for (const phase of SHOP_PHASES) {
          await killIn(phase, directory);
          const { product } = await openLeft(directory);
          await goOn(product, await logOf(product));
          await prove(product, { whole: false });
          await product.close();
        }
        const { product, clock } = await openLeft(directory);
        await new BusyShop(product, clock, () => undefined).run();
        await prove(product, { whole: true });
        const log = await logOf(product);
        // Everybody could pay for three, and cancelled a number and an option; all wanted one number.
        expect(ofType(log, 'OrderCompleted').length).toBeGreaterThanOrEqual(3 * SHOPPERS.length);
        expect(ofType(log, 'OrderRefused').length).toBeGreaterThanOrEqual(SHOPPERS.length - 1);
        expect(ofType(log, 'ContractEnded')).toHaveLength(2 * SHOPPERS.length);
        expect(await product.audit.replay({})).toMatchObject({ ok: true, problems: [] });
        await product.close();
        rmSync(directory, { recursive: true });
      }
      console.info(`kills by what was going on: ${JSON.stringify(hits)}, DAICHO_SEED=${SEED}`);
      for (const phase of SHOP_PHASES) expect(hits[phase]).toBeGreaterThan(0);
    },
    60_000 + POINTS * 15_000,
  );
});
