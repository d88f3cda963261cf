import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { pino } from 'pino';
import { tellable } from '#adapters/clock';
import { readConfig } from '#config';
import { STAFF_ROLES } from '#identity';
import { registrationNumberWarning } from '#invoicing';
import { BusinessMonth, Instant, Money, parseAccountId } from '#kernel';
import { openProduct, openWithLogins } from '#nest';
import { parseTariffCsv } from '#rating';
import { ask, listContracts, type Product } from '#runtime';
import { temporaryDirectory } from '../../../test/support/temporary-directory.js';
import { allRows } from '../invocation.js';
import { monthFile } from './calls.js';
import { DEMO_ACCOUNTS, DEMO_CUSTOMER, DEMO_REGISTRATION } from './carrier.js';
import { DEMO_ORDERS } from './contracts.js';
import { freshDemoKeys } from './keys.js';
import { type DemoReport, loadDemo } from './load.js';
import { DEMO_LOGINS, DEMO_PASSWORD } from './logins.js';
import { DEMO_PRICE_LIST } from './price-list.js';
import { Random } from './random.js';
import { DEMO_TARIFF } from './tariff.js';

const NOW = Instant.parse('2026-11-20T10:00:00+09:00');
const caller = { actor: { id: 'cli:tester' }, commandId: 'demo' };

/** The numbers of the stock that an account bought. */
const boughtBy = (account: string): string[] =>
  DEMO_ORDERS.filter(order => order.account === account)
    .flatMap(({ items }) => items)
    .flatMap(([, what]) => (typeof what === 'string' ? [what] : []));

async function all<Row>(rows: AsyncIterable<Row>): Promise<Row[]> {
  const found: Row[] = [];
  for await (const row of rows) found.push(row);
  return found;
}

describe('the example provider', () => {
  const directory = temporaryDirectory();
  let product: Product;
  let report: DemoReport;
  const clock = tellable({ now: () => NOW });
  const load = (of: Product, by = caller) => loadDemo(of, directory, by, undefined, clock.asOf);

  beforeAll(async () => {
    const config = readConfig({});
    const logger = pino({ level: 'silent' });
    product = await openWithLogins({ directory, clock }, { config, logger });
    // The first attempt is cut off in the middle: all that follows holds for an example that was resumed.
    const run: Product['closing']['run'] = (input, by) =>
      BusinessMonth.text(input.month) === '2026-09'
        ? Promise.reject(new Error('power cut'))
        : product.closing.run(input, by);
    const cut = { ...product, closing: { run } };
    await expect(load(cut as unknown as Product)).rejects.toThrow('power cut');
    report = await load(product);
  }, 60_000);
  afterAll(async () => {
    await product.close();
    rmSync(directory, { recursive: true, force: true });
  });

  it('has a dozen customers and three months of calls, two of them closed', async () => {
    expect(report).toMatchObject({ loaded: true, accounts: 12, invoices: 24, suspended: 2 });
    expect(report.months).toEqual(['2026-09', '2026-10', '2026-11']);
    const invoices = await all(allRows(page => product.closing.invoices(page)));
    expect(new Set(invoices.map(({ month }) => month))).toEqual(new Set(['2026-09', '2026-10']));
    for (const { numbers, calls } of DEMO_ACCOUNTS) {
      expect(numbers.length).toBeGreaterThan(0);
      expect(calls).toBeGreaterThanOrEqual(150);
      expect(calls).toBeLessThanOrEqual(600);
    }
  });

  it('has a bit of everything that goes on in a month', async () => {
    const imports = await product.cdr.imports();
    expect(imports.reduce((sum, { counts }) => sum + (counts?.duplicates ?? 0), 0)).toBe(1);
    const suspended = await product.cdr.suspense();
    expect(suspended.rows.map(({ reason }) => reason).sort()).toEqual(['BAD_LINE', 'UNKNOWN_ACCOUNT']);
    const { rows } = await product.prepaid.trialBalance();
    const booked = rows.map(({ ledgerAccount }) => ledgerAccount);
    for (const account of [
      'breakage',
      'receivable',
      'adjustment',
      'incoming_discount',
      'rounding_difference',
    ])
      expect(booked).toContain(account);
    const methods = booked.filter(account => account.startsWith('payment_clearing:'));
    expect(methods.length).toBe(4);
    for (const category of ['一般通話', '携帯通話', '国際通話', 'IP通話', '着信課金'])
      expect(booked).toContain(`usage_revenue:${category}`);
  });

  it('has contracts of months ago, their fees on the invoices, and one that is ending', async () => {
    const of = async (id: string) =>
      (await ask(product, listContracts, { account: parseAccountId(id), limit: 100 })).rows;
    const contracts = await of(DEMO_CUSTOMER);
    expect(
      contracts.map(({ product: code, since, status, endsOn }) => [code, since, status, endsOn]),
    ).toEqual([
      ...Array(3).fill(['unique.extension', '2026-09-08', 'active', null]),
      ['number.domestic', '2026-09-08', 'active', null],
      ['number.050', '2026-09-08', 'ending', '2026-11-30'],
      ['option.ivr', '2026-09-08', 'active', null],
      ['trunk2', '2026-09-20', 'active', null],
      ...Array(2).fill(['trunk2.channel', '2026-09-20', 'active', null]),
      ['invoice.posting', '2026-10-06', 'active', null],
    ]);
    expect(await of('D-1012')).toHaveLength(7);
    for (const id of [DEMO_CUSTOMER, 'D-1012']) {
      const balance = await product.prepaid.balance(parseAccountId(id));
      expect(balance).toMatchObject({ held: '0', receivable: '0' });
      expect(Money.of(balance!.posted)).toBeGreaterThan(0);
    }
    const invoices = await all(allRows(page => product.closing.invoices(page)));
    const own = invoices.filter(({ account }) => account === DEMO_CUSTOMER);
    const lines = await Promise.all(
      own.map(async ({ number }) => (await product.closing.invoice(number))!.lines),
    );
    const items = lines.map(some => new Set(some.map(({ item }) => item)));
    for (const some of items)
      expect([...some]).toEqual(expect.arrayContaining(['内線端末', 'IVR', 'SIPトランク2']));
    const fees = (await all(allRows(page => product.prepaid.history(parseAccountId(DEMO_CUSTOMER), page))))
      .filter(({ ref }) => ref.endsWith('-2026-11'))
      .map(({ ref }) => ref);
    // Ten contracts, and two charges for each of two numbers.
    expect(fees).toHaveLength(14);
  });

  it('bills the late call of a closed month in the next one', async () => {
    const calls = await all(
      allRows(page => product.prepaid.calls(parseAccountId(DEMO_CUSTOMER), { ...page })),
    );
    const late = calls.find(({ callId }) => callId === 'demo-late-2026-09');
    expect(late).toMatchObject({ billingMonth: '2026-10', net: '16' });
  });

  it('has closed every month that is over', async () => {
    const months = await product.reports.months.all();
    expect(months.filter(({ over, state }) => over && state !== 'closed')).toEqual([]);
    expect(months.length).toBeGreaterThan(3);
  });

  it('proves its own books', async () => {
    const { debit, credit } = await product.prepaid.trialBalance();
    expect(debit).toBe(credit);
    expect(await product.audit.verify()).toMatchObject({ ok: true });
    expect(await product.audit.replay({})).toMatchObject({ ok: true, problems: [] });
    for (const month of ['2026-09', '2026-10'])
      expect(await product.closing.reconcile(BusinessMonth.parse(month))).toEqual([]);
  }, 60_000);

  it('says of everything when it was really written down, also of what it tells of months ago', async () => {
    const recorded = new Set<string>();
    for await (const line of product.audit.export('jsonl', { withSecrets: true }))
      recorded.add((JSON.parse(line) as { meta: { recordedAt: string } }).meta.recordedAt);
    expect([...recorded]).toEqual([Instant.text(NOW)]);
  });

  it('leaves no files behind', () => {
    const folder = join(directory, 'tmp');
    expect(existsSync(folder) ? readdirSync(folder) : []).toEqual([]);
  });

  it('hands out keys that open, each its own door', async () => {
    const { staff, customer, auditor } = report.keys!;
    expect(await product.keys.authenticate(staff)).toMatchObject({ role: 'staff', account: null });
    expect(await product.keys.authenticate(customer)).toMatchObject({
      role: 'customer',
      account: DEMO_CUSTOMER,
    });
    expect(await product.keys.authenticate(auditor)).toMatchObject({ role: 'auditor' });
  });

  it('has a login for each kind of user, whose password the rules allow', async () => {
    const from = { address: '192.0.2.1', agent: 'spec' };
    for (const { level, loginId, role } of DEMO_LOGINS) {
      const answer = await product.identity.entry.signIn({ level, loginId, password: DEMO_PASSWORD }, from);
      if (answer.kind !== 'done') throw new Error(`${loginId}: ${JSON.stringify(answer)}`);
      const { view } = answer.value;
      expect(view).toMatchObject({ level, loginId, role: role ?? 'customer' });
      expect(view.stage).toBe('second_step');
      if (role === null) expect(view.account).toBe(DEMO_CUSTOMER);
    }
    const kinds = DEMO_LOGINS.map(({ level, role }) => role ?? level);
    expect(kinds).toEqual(['account', 'circle', 'unique', ...STAFF_ROLES]);
  });

  it('gives each unique numbers of its account', async () => {
    for (const id of [DEMO_CUSTOMER, 'D-1005', 'D-1012']) {
      const account = parseAccountId(id);
      const numbers = [...DEMO_ACCOUNTS.find(demo => demo.id === id)!.numbers, ...boughtBy(id)];
      const at = { account, circle: null, unique: null };
      const circles = await product.identity.circles.circles(account);
      const uniques = await Promise.all(
        circles.map(({ circle }) => product.identity.circles.uniques(account, circle)),
      );
      const given = uniques.flat().flatMap(unique => unique.numbers);
      expect(given.toSorted()).toEqual(numbers.toSorted());
      for (const { circle } of circles)
        expect((await product.identity.circles.numbersOf({ ...at, circle })).length).toBeGreaterThan(0);
    }
  });

  it('sells numbers of every category, and none that somebody has', async () => {
    const counts = await product.numbers.counts();
    expect(new Set(counts.map(({ category }) => category)).size).toBe(5);
    const sum = (of: 'numbers' | 'available' | 'claimed') => counts.reduce((all, one) => all + one[of], 0);
    expect(sum('claimed')).toBe(boughtBy(DEMO_CUSTOMER).length + boughtBy('D-1012').length);
    expect(sum('numbers')).toBe(sum('available') + sum('claimed'));
    const { rows } = await product.numbers.list({ limit: 1_000, last4: '2000' });
    const sold = new Set(rows.map(({ product: code }) => code));
    const priced = new Set(DEMO_PRICE_LIST.match(/(?<=code: )\S+/g));
    expect([...sold].filter(code => !priced.has(code))).toEqual([]);
    expect(await product.numbers.vba.list({ country: 'SINGAPORE' })).toMatchObject({ rows: [{ stock: 3 }] });
  });

  it('changes nothing when it is loaded again', async () => {
    const { head } = await product.health();
    const again = await load(product, { ...caller, commandId: 'again' });
    expect(again).toEqual({ ...report, loaded: false, keys: null });
    expect((await product.health()).head).toBe(head);
  });

  it('gives fresh keys at a start and revokes the old ones', async () => {
    const fresh = await freshDemoKeys(product, caller.actor);
    expect(await product.keys.authenticate(report.keys!.staff)).toBeUndefined();
    expect(await product.keys.authenticate(fresh.staff)).toMatchObject({ role: 'staff' });
  });
});

describe('loading the example', () => {
  it('refuses a store that holds something else', async () => {
    const directory = temporaryDirectory();
    const product = await openProduct({ directory });
    try {
      await product.keys.create({ role: 'staff', account: null, label: 'ours' }, caller);
      await expect(loadDemo(product, directory, caller)).rejects.toMatchObject({ code: 'STORE_NOT_EMPTY' });
    } finally {
      await product.close();
      rmSync(directory, { recursive: true, force: true });
    }
  });
});

describe('the files of the example', () => {
  const month = BusinessMonth.parse('2026-10');

  it('are the same every time, and end where time ends', () => {
    expect(monthFile(month, NOW, true)).toBe(monthFile(month, NOW, true));
    expect(monthFile(month, BusinessMonth.start(month), false)).toBeNull();
  });

  it('call emergency numbers too, now and then', () => {
    const text = ['2026-06', '2026-07', '2026-08', '2026-09', '2026-10']
      .map(name => monthFile(BusinessMonth.parse(name), NOW, false))
      .join('');
    expect(/,out,\d+,(110|119),/.test(text)).toBe(true);
  });

  it('never have a toll-free number call', () => {
    const lines = monthFile(month, NOW, false)!.split('\n');
    expect(lines.filter(line => line.includes(',out,0120'))).toEqual([]);
    expect(lines.some(line => /,in,\d+,0120/.test(line))).toBe(true);
  });

  it('price with two tariffs of sixty and more prefixes, without a fault', () => {
    const { rows, problems } = parseTariffCsv(DEMO_TARIFF, 'demo.csv');
    expect(problems).toEqual([]);
    for (const tariff of ['std', 'biz']) {
      const prefixes = rows.filter(row => row.tariff === tariff).map(row => row.prefix);
      expect(new Set(prefixes).size).toBeGreaterThanOrEqual(60);
    }
    expect(rows.some(row => row.fromMinute > row.toMinute)).toBe(true);
  });

  it('name an issuer whose registration number has the right check digit (J-01)', () => {
    expect(registrationNumberWarning(DEMO_REGISTRATION)).toBeNull();
  });

  it('give every number to one account only', () => {
    const numbers = DEMO_ACCOUNTS.flatMap(account => account.numbers);
    expect(new Set(numbers).size).toBe(numbers.length);
    for (const number of numbers) expect(number).toMatch(/^0\d{9,10}$/);
  });

  it('charge amounts that their methods allow (PL-04, PL-01)', () => {
    for (const { method, yen } of DEMO_ACCOUNTS.flatMap(account => account.charges)) {
      const least = { konbini: '2000', card: '1000', net_bank: '1000', bank_transfer: '1', bonus: '1' }[
        method
      ];
      expect(Money.of(yen)).toBeGreaterThanOrEqual(Money.of(least));
    }
  });
});

describe('its numbers by chance', () => {
  it('are the same for the same seed, and spread over their range', () => {
    const [a, b] = [new Random('x'), new Random('x')];
    const drawn = Array.from({ length: 1000 }, () => a.below(10));
    expect(drawn).toEqual(Array.from({ length: 1000 }, () => b.below(10)));
    for (let digit = 0; digit < 10; digit++) {
      const times = drawn.filter(number => number === digit).length;
      expect(times).toBeGreaterThan(60);
      expect(times).toBeLessThan(140);
    }
  });
});
