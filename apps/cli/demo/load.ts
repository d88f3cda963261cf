import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { systemClock, type TellableClock } from '#adapters/clock';
import {
  type AccountId,
  BusinessDay,
  BusinessMonth,
  Instant,
  Money,
  PhoneNumber,
  parseAccountId,
} from '#kernel';
import {
  type Answer,
  adjustPrepaid,
  ask,
  type Caller,
  type ContractView,
  cancelContracts,
  chargePrepaid,
  type FileProblem,
  type InvoiceRow,
  listAccounts,
  listContracts,
  openAccount,
  type Product,
  type Progress,
  perform,
  placeOrder,
  showAccount,
  startMonth,
} from '#runtime';
import { BadFile, Refused } from '../failure.js';
import { allRows } from '../invocation.js';
import { commandRefusals } from '../problems.js';
import { WORK_FOLDER } from '../store-files.js';
import { lateFile, monthFile } from './calls.js';
import { DEMO_ACCOUNTS, DEMO_CATALOGUE, DEMO_ISSUER, type DemoAccount } from './carrier.js';
import { DEMO_CANCELLATIONS, DEMO_ORDERS, type DemoCancellation, type DemoOrder } from './contracts.js';
import { type DemoKeys, freshDemoKeys, holdsDemo } from './keys.js';
import { circleNamed, makeDemoLogins } from './logins.js';
import { DEMO_PRICE_LIST } from './price-list.js';
import { DEMO_NUMBERS, DEMO_VBA_GROUPS } from './stock.js';
import { DEMO_TARIFF } from './tariff.js';

export interface DemoReport {
  /** False: the example was there already and nothing was changed. */
  readonly loaded: boolean;
  /** The months of calls, the last one running. */
  readonly months: readonly string[];
  readonly accounts: number;
  readonly calls: number;
  readonly invoices: number;
  /** Sum of the invoices in yen. */
  readonly billed: string;
  readonly suspended: number;
  /** null when they were made before: tokens are shown once. */
  readonly keys: DemoKeys | null;
}

const MONTHS = 3;
const STEPS = 13;

/** Refuses a provider of somebody's own; goes on with an example that was interrupted. */
async function firstMonth(product: Product): Promise<BusinessMonth> {
  const { head } = await product.health();
  if (head > 0 && (await product.catalogue.issuer()).name !== DEMO_ISSUER) {
    throw Refused.as(commandRefusals.STORE_NOT_EMPTY);
  }
  const first = await ask(product, showAccount, { account: parseAccountId(DEMO_ACCOUNTS[0]!.id) });
  if (first) return BusinessMonth.ofDay(BusinessDay.parse(first.openedOn));
  return BusinessMonth.plus(BusinessMonth.of(product.now()), 1 - MONTHS);
}

function done<Value>(answer: Answer<Value>): void {
  if (answer.kind === 'rejected') throw Refused.of(answer.rejection);
}

function good(problems: readonly FileProblem[]): void {
  if (problems.length > 0) throw new BadFile(problems);
}

/** Counted from the first month of calls: 0, or before it where a customer charged earlier. */
const earliestMonth = (demo: DemoAccount): number => Math.min(0, ...demo.charges.map(({ month }) => month));

/**
 * Performs the steps of the example. All command ids are derived: an interrupted run goes on where it was.
 */
class Loader {
  readonly #now: Instant;

  constructor(
    private readonly product: Product,
    private readonly caller: Caller,
    private readonly first: BusinessMonth,
    private readonly folder: string,
    private readonly asOf: TellableClock['asOf'],
  ) {
    this.#now = product.now();
  }

  #as(id: string): Caller {
    return { ...this.caller, commandId: `demo/${id}` };
  }

  async catalogue(): Promise<void> {
    const { catalogue, numbers } = this.product;
    good((await catalogue.importCatalogueYaml('demo.yaml', DEMO_CATALOGUE, this.#as('catalogue'))).problems);
    good(
      (await catalogue.importCatalogueYaml('demo-prices.yaml', DEMO_PRICE_LIST, this.#as('prices'))).problems,
    );
    good((await catalogue.importTariffCsv('demo-tariff.csv', DEMO_TARIFF, this.#as('tariff'))).problems);
    good((await numbers.importFile('demo-numbers.csv', DEMO_NUMBERS, this.#as('numbers'))).problems);
    good((await numbers.importFile('demo-vba.csv', DEMO_VBA_GROUPS, this.#as('vba'))).problems);
  }

  async account(demo: DemoAccount): Promise<void> {
    const account = parseAccountId(demo.id);
    if (await ask(this.product, showAccount, { account })) return;
    const opened = {
      account,
      name: demo.name,
      openedOn: BusinessMonth.firstDay(BusinessMonth.plus(this.first, earliestMonth(demo))),
      numbers: demo.numbers.map(number => PhoneNumber.parse(number)),
      tariff: demo.tariff,
      incomingDiscount: Money.of(demo.incomingDiscount),
    };
    done(await perform(this.product, openAccount, opened, this.#as(`account/${demo.id}`)));
  }

  /** Charges of one month, `offset` from the first month of calls, at half past nine. */
  async charges(offset: number): Promise<void> {
    for (const demo of DEMO_ACCOUNTS) {
      for (const [i, { month, day, yen, method }] of demo.charges.entries()) {
        const at = this.#on({ month, day }, 9.5);
        if (month !== offset || at > this.#now) continue;
        const lot = `lot-${demo.id}-${i + 1}`;
        const of = { account: parseAccountId(demo.id), amount: Money.of(yen) };
        const input = { ...of, method, at, lot, approvedBy: null };
        const caller = this.#as(`charge/${demo.id}/${i + 1}`);
        done(await perform(this.product, chargePrepaid, input, caller));
      }
    }
  }

  /** So many hours after the day began. */
  #on({ month, day }: { readonly month: number; readonly day: number }, hours: number): Instant {
    const date = BusinessDay.plus(BusinessMonth.firstDay(BusinessMonth.plus(this.first, month)), day - 1);
    return Instant.plusMs(BusinessDay.start(date), hours * 3_600_000);
  }

  /** The fees of what is in contract when the month begins. */
  async fees(offset: number): Promise<void> {
    const month = BusinessMonth.plus(this.first, offset);
    const caller = this.#as(`month-start/${BusinessMonth.text(month)}`);
    if (this.#on({ month: offset, day: 1 }, 1) <= this.#now)
      done(await perform(this.product, startMonth, { month }, caller));
  }

  /** What is bought and cancelled in a month, each on its day and by the way of everybody. */
  async contracts(offset: number): Promise<void> {
    for (const order of DEMO_ORDERS) {
      const at = this.#on(order, 11);
      if (order.month === offset && at <= this.#now) await this.asOf(at, () => this.#buy(order));
    }
    for (const cancelled of DEMO_CANCELLATIONS) {
      const at = this.#on(cancelled, 15);
      if (cancelled.month === offset && at <= this.#now) await this.asOf(at, () => this.#cancel(cancelled));
    }
  }

  async #buy({ name, account: id, circle, items }: DemoOrder): Promise<void> {
    const account = parseAccountId(id);
    const input = {
      account,
      ...(circle !== null && { circle: (await circleNamed(this.product, account, circle)).circle }),
      items: items.map(([product, what]) =>
        typeof what === 'number'
          ? { product, quantity: what, number: null }
          : { product, quantity: 1, number: what },
      ),
      cancels: [],
      by: 'account' as const,
    };
    done(await perform(this.product, placeOrder, input, this.#as(`order/${name}`)));
    const numbers = items.flatMap(([, what]) => (typeof what === 'string' ? [what] : []));
    const terminal = (await this.#contractsOf(account)).find(
      one => one.unique && one.circle === input.circle,
    );
    if (!terminal?.unique || numbers.length === 0) return;
    const given = { account, unique: terminal.unique, numbers };
    done(await this.product.identity.circles.setUniqueNumbers(given, this.#as(`terminal/${name}`)));
  }

  async #contractsOf(account: AccountId): Promise<readonly ContractView[]> {
    return (await ask(this.product, listContracts, { account, limit: 1_000 })).rows;
  }

  async #cancel({ account: id, number }: DemoCancellation): Promise<void> {
    const account = parseAccountId(id);
    const all = await this.#contractsOf(account);
    const contracts = all.filter(one => one.number === number).map(({ contract }) => contract);
    const input = { account, contracts, withNumbers: false };
    done(await perform(this.product, cancelContracts, input, this.#as(`cancel/${number}`)));
  }

  async calls(offset: number): Promise<void> {
    const month = BusinessMonth.plus(this.first, offset);
    const text = monthFile(month, this.#now, offset === 1);
    if (text !== null) await this.#import(`calls-${BusinessMonth.text(month)}.csv`, text);
  }

  late(): Promise<void> {
    return this.#import(`late-${BusinessMonth.text(this.first)}.csv`, lateFile(this.first));
  }

  async #import(name: string, text: string): Promise<void> {
    const path = join(this.folder, name);
    await writeFile(path, text);
    await this.product.cdr.importFile(path, 'csv', this.#as(`import/${name}`));
  }

  async close(offset: number): Promise<void> {
    const month = BusinessMonth.plus(this.first, offset);
    const answer = await this.product.closing.run(
      // The example is loaded at any hour, also in the first ones of a month.
      { month, dryRun: false, forced: '見本データの読み込み' },
      this.#as(`close/${BusinessMonth.text(month)}`),
    );
    done(answer);
  }

  logins(): Promise<void> {
    return makeDemoLogins(this.product, this.caller.actor);
  }

  async adjust(): Promise<void> {
    const input = {
      account: parseAccountId('D-1003'),
      adjustment: 'demo-goodwill-1',
      amount: Money.of('500'),
      reason: '回線障害のお詫び（見本）',
      approvedBy: null,
    };
    done(await perform(this.product, adjustPrepaid, input, this.#as('adjust/1')));
  }
}

async function summary(product: Product, first: BusinessMonth): Promise<Omit<DemoReport, 'loaded' | 'keys'>> {
  const count = async (rows: AsyncIterable<unknown>): Promise<number> => {
    let all = 0;
    for await (const _row of rows) all += 1;
    return all;
  };
  const invoices: InvoiceRow[] = [];
  for await (const invoice of allRows(page => product.closing.invoices(page))) invoices.push(invoice);
  const counts = (await product.cdr.imports()).map(
    row => (row.counts?.charged ?? 0) + (row.counts?.noted ?? 0),
  );
  return {
    months: Array.from({ length: MONTHS }, (_, i) => BusinessMonth.text(BusinessMonth.plus(first, i))),
    accounts: await count(allRows(page => ask(product, listAccounts, page))),
    calls: counts.reduce((sum, calls) => sum + calls, 0),
    invoices: invoices.length,
    billed: Money.text(Money.sum(invoices.map(invoice => Money.of(invoice.total)))),
    suspended: await count(allRows(page => product.cdr.suspense(page))),
  };
}

async function load(loader: Loader, progress: Progress): Promise<void> {
  let step = 0;
  const next = (what: string): void => progress(step++, STEPS, what);
  next('catalogue');
  await loader.catalogue();
  next('accounts');
  for (const demo of DEMO_ACCOUNTS) await loader.account(demo);
  next('logins');
  await loader.logins();
  // Some customers were there before the months that are shown: their earlier months are closed too.
  const earliest = Math.min(...DEMO_ACCOUNTS.map(earliestMonth));
  for (let before = earliest; before < 0; before++) {
    await loader.charges(before);
    await loader.close(before);
  }
  for (let offset = 0; offset < MONTHS; offset++) {
    next('contracts');
    await loader.fees(offset);
    await loader.charges(offset);
    await loader.contracts(offset);
    next('calls');
    await loader.calls(offset);
    if (offset === 1) {
      next('late call');
      await loader.late();
    }
    if (offset === MONTHS - 1) break;
    // As the months went by: what a close gives back stands in the history at the month's end.
    next('close');
    await loader.close(offset);
  }
  next('adjustment');
  await loader.adjust();
}

/**
 * Fills an empty store with the example provider: two closed months and the running one. Run again, it
 * changes nothing; after an interruption it goes on. Its call files stand in the data directory while they
 * are imported.
 * @throws Refused `STORE_NOT_EMPTY` for a store that holds something else
 */
export async function loadDemo(
  product: Product,
  directory: string,
  caller: Caller,
  progress: Progress = () => {},
  asOf: TellableClock['asOf'] = systemClock.asOf,
): Promise<DemoReport> {
  const first = await firstMonth(product);
  if (await holdsDemo(product)) return { loaded: false, ...(await summary(product, first)), keys: null };
  await mkdir(join(directory, WORK_FOLDER), { recursive: true });
  const folder = await mkdtemp(join(directory, WORK_FOLDER, 'demo-'));
  try {
    await load(new Loader(product, caller, first, folder, asOf), progress);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  const keys = await freshDemoKeys(product, caller.actor);
  return { loaded: true, ...(await summary(product, first)), keys };
}
