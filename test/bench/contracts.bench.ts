import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { pino } from 'pino';
import { readConfig } from '#config';
import { type AccountId, BusinessMonth, Instant, Money, parseAccountId } from '#kernel';
import { openProduct, openWithLogins } from '#nest';
import { type Answer, addToCart, ask, orderCart, type Product, perform, showCart } from '#runtime';
import { syntheticAccount } from '../support/tariff-10000.js';
import { atLeast, atMost, type Bench, type Figure } from './bench.types.js';
import { peakMegabytes, pool, quantile, seconds, settle } from './measure.js';
import { CLOCK, caller, FIRST_DAY } from './provider.js';
import { rawInserts } from './raw-sqlite.js';
import { answerParent, runSelf } from './self.js';

const SIZES = {
  full: { accounts: [10_000, 100_000], carts: 200, commits: 500 },
  quick: { accounts: [3, 6], carts: 2, commits: 5 },
} as const;
const CONTRACTS_EACH = 3;
const CLIENTS = 128;
const CART_LINES = 20;
const CEILING_BATCH = 64;
/** The contracts begin in the middle of October; their first whole month is November. */
const BEGUN = { now: () => Instant.parse('2026-10-16T10:00:00.000+09:00') };
const MONTH = BusinessMonth.parse('2026-11');

const OPTIONS = CART_LINES - 10;
const fees = 'monthly: 300, initial: 1000';
const PRICES = `price_lists:
  - name: standard
    valid_from: 2026-01-01
    products:
      - { code: support, kind: account_option, name_ja: サポート, name_en: Support, ${fees} }
      - { code: posting, kind: invoice_posting, name_ja: 請求書発送, name_en: Post, monthly: 100, per_sheets: 10 }
      - { code: number.03, kind: number, name_ja: 番号, name_en: Number, ${fees}, for_numbers: ["03"] }
${Array.from(
  { length: 5 },
  (_, i) => `      - { code: unique.${i}, kind: unique, name_ja: 端末, name_en: Terminal, ${fees} }\n`,
).join('')}${Array.from(
  { length: OPTIONS },
  (_, i) => `      - { code: option.${i}, kind: option, name_ja: 付加機能, name_en: Option, ${fees} }\n`,
).join('')}`;
const NUMBERS =
  'first,last,kind,product,region,city,area_code\n0300100000,0300119999,KDU,number.03,東京都,千代田区,03\n';

function done<Value>(answer: Answer<Value>): Value {
  if (answer.kind !== 'done') throw new Error(JSON.stringify(answer));
  return answer.value;
}
const accountOf = (i: number): AccountId => parseAccountId(syntheticAccount(i));

async function openCustomer(product: Product, account: AccountId, yen: string): Promise<void> {
  const opening = { account, name: `Customer ${account}`, openedOn: FIRST_DAY, numbers: [], tariff: 'std' };
  done(await product.accounts.open({ ...opening, incomingDiscount: Money.zero }, caller()));
  done(await product.prepaid.charge({ account, amount: Money.of(yen), method: 'card' }, caller()));
}

async function openShop(directory: string): Promise<Product> {
  const ours = { config: readConfig({}), logger: pino({ level: 'silent' }) };
  const product = await openWithLogins({ directory, clock: BEGUN }, ours);
  const tariff =
    'tariff,prefix,destination,category,connect_fee,price,per_s,first_increment_s,increment_s,valid_from,' +
    'tax\nstd,03,東京,一般通話,0,8,180,180,180,2020-01-01,standard\n';
  const imports = [
    await product.catalogue.importTariffCsv('tariff.csv', tariff, caller()),
    await product.catalogue.importCatalogueYaml('prices.yaml', PRICES, caller()),
    await product.numbers.importFile('numbers.csv', NUMBERS, caller()),
  ];
  const problem = imports.flatMap(({ problems }) => problems)[0];
  if (problem) throw new Error(JSON.stringify(problem));
  return product;
}

/** Customers that bought three monthly contracts each, in a process of its own: its memory is no matter. */
async function fill(directory: string, count: string): Promise<void> {
  const accounts = Number.parseInt(count, 10);
  const product = await openShop(directory);
  const items = [
    { product: 'support', quantity: CONTRACTS_EACH - 1, number: null },
    { product: 'posting', quantity: 1, number: null },
  ];
  const spent = await seconds(() =>
    pool(accounts, CLIENTS, async i => {
      const account = accountOf(i);
      await openCustomer(product, account, '10000');
      done(await product.contracts.placeOrder({ account, items, cancels: [] }, 'staff', caller()));
    }),
  );
  await product.close();
  await answerParent(accounts / spent);
}

interface Started {
  /** Seconds of the first run, and of the one after it. */
  readonly first: number;
  readonly second: number;
  /** Seconds of the processor in the first run: what others take of the machine is not in it. */
  readonly processor: number;
  /** Highest memory of the process, in megabytes. */
  readonly memory: number;
}

async function startOf(directory: string, count: string): Promise<void> {
  const product = await openProduct({ directory, clock: CLOCK });
  const wanted = Number.parseInt(count, 10) * CONTRACTS_EACH;
  const start = async (fees: number): Promise<number> => {
    settle();
    return seconds(async () => {
      const { debited, refused } = done(await product.contracts.fees.start(MONTH, caller()));
      if (debited !== fees || refused !== 0) throw new Error(`${debited} fees, ${refused} refused`);
    });
  };
  const before = process.cpuUsage();
  const first = await start(wanted);
  const { user, system } = process.cpuUsage(before);
  const processor = (user + system) / 1e6;
  const second = await start(0);
  const { debit, credit } = await product.prepaid.trialBalance();
  if (debit !== credit) throw new Error(`debit ${debit}, credit ${credit}`);
  await answerParent({ first, second, processor, memory: peakMegabytes() } satisfies Started);
  await product.close();
}

/** What this bench does in processes of their own. */
export const CONTRACT_ERRANDS: Readonly<Record<string, (...args: never[]) => Promise<void>>> = {
  'contracts-fill': fill,
  'contracts-start': startOf,
};

/** Milliseconds of the confirmation of each cart: five terminals, five numbers, and options. */
async function confirmations(directory: string, carts: number): Promise<number[]> {
  const product = await openShop(directory);
  const spent: number[] = [];
  try {
    for (let n = 0; n < carts; n++) {
      const account = accountOf(n);
      await openCustomer(product, account, '100000');
      const made = await product.identity.circles.createCircle(
        { account, name: '本社', password: 'Abcdef!1' },
        caller(),
      );
      const { circle } = done(made);
      const of = { account, circle };
      const items = [
        ...Array.from({ length: 5 }, (_, i) => ({ product: `unique.${i}`, quantity: 1, number: null })),
        ...Array.from({ length: 5 }, (_, i) => {
          const number = `03001${String(n * 5 + i).padStart(5, '0')}`;
          return { product: 'number.03', quantity: 1, number };
        }),
        ...Array.from({ length: OPTIONS }, (_, i) => ({ product: `option.${i}`, quantity: 1, number: null })),
      ];
      done(await perform(product, addToCart, { ...of, items, cancels: [] }, caller()));
      const { due, count } = done(await ask(product, showCart, { ...of, by: 'account' }));
      if (count !== CART_LINES) throw new Error(`${count} lines in the cart`);
      const begin = performance.now();
      const confirmed = await perform(
        product,
        orderCart,
        { ...of, total: Money.of(due), by: 'account' },
        caller(),
      );
      spent.push(performance.now() - begin);
      if (done(confirmed).state !== 'settled') throw new Error('not bought');
    }
  } finally {
    await product.close();
  }
  return spent;
}

export const contractsBench: Bench = {
  name: 'contracts',
  title: 'Contracts',
  async run(size, directory) {
    const { accounts: counts, carts, commits } = SIZES[size];
    const started: Started[] = [];
    const bought: number[] = [];
    for (const accounts of counts) {
      const store = join(directory, `${accounts}`);
      const of = [store, `${accounts}`];
      bought.push(await runSelf<number>('--errand', 'contracts-fill', ...of));
      started.push(await runSelf<Started>('--errand', 'contracts-start', ...of));
    }
    const [few, many] = started as [Started, Started];
    const [small, large] = counts;
    const store = join(directory, `${large}`);
    const file = join(directory, 'bare.db');
    const bare = rawInserts({ store, file, way: 'tuned', batch: CEILING_BATCH, commits }).rowsPerSecond;
    const speed = large / many.first;
    const cart = await confirmations(join(directory, 'carts'), carts);
    const fees = large * CONTRACTS_EACH;
    const figures: Figure[] = [
      {
        what: `month start of ${large} accounts, ${fees} fees`,
        value: many.first,
        unit: 's',
        target: atMost(300),
      },
      { what: 'of them a second', value: speed, unit: 'accounts/s' },
      {
        what: `speed at ${large} accounts, of that at ${small}`,
        value: (100 * speed) / (small / few.first),
        unit: '%',
        target: atLeast(80),
      },
      {
        what: `processor time per account at ${large}, of that at ${small}`,
        value: (100 * many.processor * small) / (few.processor * large),
        unit: '%',
      },
      { what: 'peak memory of the process', value: many.memory, unit: 'MB', target: atMost(1_000) },
      { what: 'the same month again', value: many.second, unit: 's', target: atMost(10) },
      { what: `ceiling: events in bare commits of ${CEILING_BATCH}`, value: bare, unit: 'events/s' },
      { what: 'fees, of the ceiling', value: (100 * speed * CONTRACTS_EACH) / bare, unit: '%' },
      { what: `orders of three contracts by ${CLIENTS} clients`, value: bought.at(-1)!, unit: 'commands/s' },
      { what: `a cart of ${CART_LINES} lines confirmed, p50`, value: quantile(cart, 0.5), unit: 'ms' },
      {
        what: `a cart of ${CART_LINES} lines confirmed, p99`,
        value: quantile(cart, 0.99),
        unit: 'ms',
        target: atMost(100),
      },
    ];
    return {
      method:
        `Customers buy ${CONTRACTS_EACH} contracts each in October (an account opened, charged and an ` +
        'order of each). Then, in a process of its own, November is started: every wallet is turned to ' +
        'the new month and debited each fee, durable; and started again, with nothing left to do. The ' +
        `ceiling is bare commits of ${CEILING_BATCH} events of that store. A cart has five terminals, five ` +
        `numbers and ${OPTIONS} options; ${carts} are confirmed one after the other, until everything in ` +
        'them is paid, assigned and in contract.',
      figures,
    };
  },
};
