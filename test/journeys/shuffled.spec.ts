import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { BusinessMonth, canonicalJson, Instant, Money, parseAccountId } from '#kernel';
import { openProduct } from '#nest';
import type { ImportReport, Product } from '#runtime';
import { callLines, conflicting } from '../support/call-lines.js';
import { allRows, pdfHashes, snapshotOf } from '../support/product-snapshot.js';
import {
  accountNames,
  CDR_HEADER,
  callerOf,
  openProvider,
  pickBelow,
  randomFrom,
  StandingClock,
  shuffled,
} from '../support/small-provider.js';
import { temporaryDirectory } from '../support/temporary-directory.js';

/** 20,000 in every run; a million once in a while (some minutes). */
const CALLS = Number.parseInt(process.env['DAICHO_SHUFFLE_CALLS'] ?? '20000', 10);
const ACCOUNTS = accountNames(8);
const MONTHS = ['2025-09', '2025-10', '2025-11', '2025-12'];
const ORDERS = 3;

/**
 * Days of charges, with their part of what an average account spends: the lots expire on 10-02, 11-06 and
 * 02-27.
 */
const CHARGES = [
  ['2025-04-05', 0.1],
  ['2025-05-10', 0.1],
  ['2025-08-31', 0.1],
] as const;
const YEN_PER_CALL = 15;
/** A page takes a twentieth of a second to set, so the papers of these stand for all. */
const ON_PAPER = [ACCOUNTS[0]!, ACCOUNTS[5]!];

const scaled = (share: number): number => Math.max(1, Math.floor(CALLS * share));
const usual = callLines({
  seed: 7,
  calls: CALLS,
  accounts: ACCOUNTS,
  from: '2025-09-01T00:00:00.000+09:00',
  days: 122,
});
/** Reported when their months may be closed already. */
const late = callLines({
  seed: 8,
  calls: scaled(0.02),
  accounts: ACCOUNTS,
  from: '2025-09-01T00:00:00.000+09:00',
  days: 60,
  prefix: 'late',
});

interface Result {
  readonly reports: readonly ImportReport['counts'][];
  readonly suspense: readonly string[];
  readonly snapshot: string;
  readonly pdf: Record<string, string>;
}

const root = temporaryDirectory();
afterAll(() => rmSync(root, { recursive: true, force: true }));

/** One product of its own from its first account to the answers, then gone. */
async function provider(name: string, work: (product: Product, clock: StandingClock) => Promise<Result>) {
  const clock = new StandingClock(Instant.parse('2025-04-01T09:00:00.000+09:00'));
  const directory = join(root, name);
  const product = await openProduct({ directory, clock });
  try {
    await openProvider(product, ACCOUNTS, '2025-04-01');
    return await work(product, clock);
  } finally {
    await product.close();
    rmSync(directory, { recursive: true, force: true });
  }
}

/**
 * The first account gets `yen`, the second twice as much and so on: some run short, some keep value until it
 * expires.
 */
async function charge(product: Product, day: string, yen: number): Promise<void> {
  for (const [i, account] of ACCOUNTS.entries()) {
    const lot = `lot/${account}/${day}`;
    const at = Instant.parse(`${day}T10:00:00.000+09:00`);
    const input = {
      account: parseAccountId(account),
      amount: Money.yen(yen * (i + 1)),
      method: 'bank_transfer',
      at,
      lot,
    } as const;
    expect(await product.prepaid.charge(input, callerOf(lot))).toMatchObject({ kind: 'done' });
  }
}

async function importLines(product: Product, name: string, lines: readonly string[]) {
  const file = join(root, name);
  writeFileSync(file, `${[CDR_HEADER, ...lines].join('\n')}\n`);
  const { counts } = await product.cdr.importFile(file, 'csv', callerOf(`import/${name}`));
  rmSync(file);
  return counts;
}

async function close(product: Product, month: string): Promise<void> {
  const input = { month: BusinessMonth.parse(month), dryRun: false };
  const done = await product.closing.run(input, callerOf(`close/${month}`));
  expect(done).toMatchObject({ kind: 'done' });
  if (done.kind === 'done') expect(done.value.accounts.filter(one => one.outcome !== 'closed')).toEqual([]);
}

async function resultOf(product: Product, reports: readonly ImportReport['counts'][]): Promise<Result> {
  const suspended = await allRows(cursor =>
    product.cdr.suspense(cursor === undefined ? { limit: 500 } : { limit: 500, cursor }),
  );
  for (const month of MONTHS) expect(await product.closing.reconcile(BusinessMonth.parse(month))).toEqual([]);
  expect(await product.audit.verify()).toMatchObject({ ok: true });
  return {
    reports,
    suspense: suspended.map(row => `${row.reason} ${row.raw}`).sort(),
    snapshot: canonicalJson(await snapshotOf(product, ACCOUNTS, MONTHS)),
    pdf: await pdfHashes(product, ON_PAPER, MONTHS),
  };
}

/**
 * The lines with some of them twice and some with another body under the same id, in an order of the seed's.
 */
function disordered(lines: readonly string[], seed: number): string[] {
  const twice = lines.filter((_, i) => i % 23 === 0);
  const other = lines.filter((_, i) => i % 101 === 0).map(conflicting);
  return shuffled([...lines, ...twice, ...other], randomFrom(seed));
}

async function allAtOnce(name: string, seed: number): Promise<Result> {
  return provider(name, async (product, clock) => {
    const spent = (CALLS * YEN_PER_CALL) / ACCOUNTS.length;
    clock.at = Instant.parse('2025-12-31T23:59:59.999+09:00');
    for (const [day, share] of CHARGES) await charge(product, day, Math.ceil(spent * share));
    const first = await importLines(product, `${name}.csv`, disordered(usual, seed));
    clock.at = Instant.parse('2026-01-06T09:00:00.000+09:00');
    await close(product, '2025-09');
    const second = await importLines(product, `${name}-late.csv`, disordered(late, seed + 1));
    for (const month of MONTHS.slice(1)) await close(product, month);
    return resultOf(product, [first, second]);
  });
}

describe(`${CALLS} calls in ${ORDERS} shuffled orders, with duplicates and conflicting bodies`, () => {
  let results: Result[];
  beforeAll(
    async () => {
      results = [];
      for (let order = 0; order < ORDERS; order++)
        results.push(await allAtOnce(`order-${order}`, 100 * order + 1));
    },
    60_000 + CALLS * 3,
  );

  it('charge each call once, count the duplicates, suspend the other bodies', () => {
    const [first, second] = results[0]!.reports;
    const twice = (n: number): number => Math.ceil(n / 23);
    const other = (n: number): number => Math.ceil(n / 101);
    for (const [counts, n] of [
      [first!, CALLS],
      [second!, late.length],
    ] as const) {
      expect(counts).toMatchObject({
        read: n + twice(n) + other(n),
        duplicates: twice(n),
        suspended: other(n),
      });
      expect(counts.charged + counts.noted).toBe(n);
      expect(counts.charged).toBeGreaterThan(n / 2);
      expect(counts.noted).toBeGreaterThan(n / 10);
    }
    expect(results[0]!.suspense).toHaveLength(other(CALLS) + other(late.length));
    for (const result of results) expect(result.reports).toEqual(results[0]!.reports);
  });

  it('meet lots that expire, funds that run short and months that are closed', () => {
    const { snapshot } = results[0]!;
    const { balances, trialBalance } = JSON.parse(snapshot) as {
      balances: { receivable: string; lots: unknown[] }[];
      trialBalance: { rows: { ledgerAccount: string; credit: string }[] }[];
    };
    expect(balances.some(balance => balance.receivable !== '0')).toBe(true);
    expect(balances.some(balance => balance.lots.length > 0)).toBe(true);
    const breakage = trialBalance[0]!.rows.find(row => row.ledgerAccount === 'breakage');
    expect(breakage).toBeDefined();
    expect(breakage!.credit).not.toBe('0');
    expect(snapshot).toContain('2025年9月分');
  });

  it('give the same balances, lots, statements, invoices and trial balances, byte for byte', () => {
    for (const { snapshot } of results) expect(snapshot).toBe(results[0]!.snapshot);
  });

  it('leave the same lines waiting', () => {
    for (const { suspense } of results) expect(suspense).toEqual(results[0]!.suspense);
  });

  it('print the same PDF files, byte for byte', () => {
    expect(Object.keys(results[0]!.pdf)).toHaveLength(ON_PAPER.length * MONTHS.length * 3);
    for (const { pdf } of results) expect(pdf).toEqual(results[0]!.pdf);
  });
});

describe('the same calls over several files, imported in different orders', () => {
  const lines = usual.slice(0, 4_000);
  const random = randomFrom(5);
  /** Every line in one file, every seventh also in a second one. */
  const files: string[][] = [[], [], [], []];
  for (const [i, line] of lines.entries()) {
    const at = pickBelow(random, files.length);
    files[at]!.push(line);
    if (i % 7 === 0) files[(at + 1) % files.length]!.push(line);
  }
  const split = (name: string, order: readonly number[]): Promise<Result> =>
    provider(name, async (product, clock) => {
      clock.at = Instant.parse('2026-01-06T09:00:00.000+09:00');
      await charge(product, '2025-08-31', 100_000);
      const counts: ImportReport['counts'][] = [];
      for (const n of order) counts.push(await importLines(product, `part-${n}.csv`, files[n]!));
      const sum = (key: 'read' | 'charged' | 'noted' | 'duplicates') =>
        counts.reduce((total, count) => total + count[key], 0);
      expect(sum('charged') + sum('noted')).toBe(lines.length);
      expect(sum('read') - sum('duplicates')).toBe(lines.length);
      for (const month of MONTHS) await close(product, month);
      return resultOf(product, []);
    });

  it('give the same balances, lots, statements, invoices and PDF files, byte for byte', async () => {
    const forward = await split('forward', [0, 1, 2, 3]);
    for (const order of [
      [3, 2, 1, 0],
      [2, 0, 3, 1],
    ])
      expect(await split(`order-${order.join('')}`, order)).toEqual(forward);
  }, 60_000);
});
