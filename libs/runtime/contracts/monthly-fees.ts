import { type Book, bookStream, type Contract, isInContract, type Product } from '#contracts';
import { type AccountId, BusinessMonth, Money, rejected, type TaxCategory } from '#kernel';
import type { WalletCommand } from '#ledger';
import { derived, stepOf } from '../engine/command-log.js';
import { type Facts, taxRateOf } from '../engine/facts.js';
import { prepaidRefusals } from '../prepaid/refusals.js';
import type { Wallets } from '../prepaid/wallets.js';
import type { Answer, Caller, Progress } from '../product.views.js';
import type { ReadModels } from '../projecting/read-models.js';
import { accountsInContract } from './contracts.queries.js';
import type { MonthStartView } from './contracts.shapes.js';
import { MeasuredFees } from './measured-fees.js';
import { type ContractFee, feesAt, feesOf, monthlyFee } from './order-costs.js';
import type { OrderProcess } from './order-process.js';

const ACCOUNTS_AT_ONCE = 500;
const SIDE_BY_SIDE = 64;
/** Fees of one append: a store in a cluster takes about a megabyte at once. */
const FEES_AT_ONCE = 500;

/**
 * What owes its fee on the 1st: contracts of before that day whose last day is not over. Those of the month
 * itself paid their first month when they were bought. In the order of their ids (DECISIONS: Contracts).
 */
function feesDue(book: Book, month: BusinessMonth): Contract[] {
  const first = BusinessMonth.firstDay(month);
  return [...book.contracts.values()]
    .filter(contract => contract.since < first && isInContract(contract, first))
    .sort((a, b) => (a.contract < b.contract ? -1 : 1));
}

const feesStep = (account: AccountId, month: BusinessMonth): string =>
  `fees/${account}/${BusinessMonth.text(month)}`;

/** What the law charges per number and month (J-13), never a part of it. */
const numberFee = (
  { contract, month }: { readonly contract: string; readonly month: string },
  { code, nameJa, nameEn, monthly, taxCategory }: Product,
  taxed: (category: TaxCategory) => { readonly taxCategory: TaxCategory; readonly taxRate: number },
): ContractFee => {
  const name = { ja: nameJa, en: nameEn };
  const fee = monthlyFee({ contract, name, month }, taxed(taxCategory), monthly ?? Money.zero);
  return { ...fee, debit: `${contract}-${code}-${month}` };
};

interface Watched {
  readonly progress?: Progress | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** The monthly fees of all accounts, once per contract and month. */
export class MonthlyFees {
  readonly measured: MeasuredFees;

  constructor(
    private readonly wallets: Wallets,
    private readonly readModels: ReadModels,
    private readonly facts: Facts,
    private readonly process: OrderProcess,
  ) {
    this.measured = new MeasuredFees(wallets, facts);
  }

  async start(
    month: BusinessMonth,
    caller: Caller,
    { progress, signal }: Watched = {},
  ): Promise<Answer<MonthStartView>> {
    const due = feesAt(month);
    if (due > (await this.facts.latest())) return rejected(prepaidRefusals.IN_THE_FUTURE);
    const untrusted = await this.wallets.clockRefusal(due);
    if (untrusted) return { kind: 'rejected', rejection: untrusted };
    const day = BusinessMonth.firstDay(month);
    let [after, accounts, debited, refused] = ['', 0, 0, 0];
    for (;;) {
      const found = await accountsInContract(this.readModels, { day, after, limit: ACCOUNTS_AT_ONCE });
      for (let i = 0; i < found.length; i += SIDE_BY_SIDE) {
        signal?.throwIfAborted();
        const some = found.slice(i, i + SIDE_BY_SIDE);
        for (const fees of await Promise.all(some.map(account => this.ofAccount(account, month, caller)))) {
          if (fees === undefined) refused++;
          else debited += fees;
        }
        for (const account of some) this.forget(account);
      }
      accounts += found.length;
      progress?.(accounts, accounts, 'accounts');
      if (found.length < ACCOUNTS_AT_ONCE) break;
      after = found.at(-1)!;
    }
    const value = { month: BusinessMonth.text(month), accounts, debited, refused };
    const position = await this.wallets.runner.events.headPosition();
    return { kind: 'done', value, position, replayed: false };
  }

  /** What all accounts of a provider have does not stay in memory for the one look of the month. */
  private forget(account: AccountId): void {
    this.wallets.forget(account);
    this.wallets.runner.forget(bookStream(account));
  }

  /** How many fees were debited now; undefined: refused. */
  private async ofAccount(
    account: AccountId,
    month: BusinessMonth,
    caller: Caller,
  ): Promise<number | undefined> {
    const step = derived(caller, feesStep(account, month));
    if (await this.wallets.runner.isKnown(step)) return 0;
    const book = await this.process.book(account);
    if (book.measured.length > 0 && (await this.measured.charge(account, caller))) return undefined;
    const all = await this.fees(account, feesDue(book, month), month);
    const fees = all.filter(({ net }) => net !== 0);
    if (fees.length === 0) return 0;
    let debited = 0;
    for (let from = 0; from < fees.length; from += FEES_AT_ONCE) {
      const some = fees.slice(from, from + FEES_AT_ONCE);
      const command = (): WalletCommand => ({
        type: 'DebitFees',
        now: feesAt(month),
        ...{ fees: some, billingMonth: month },
      });
      // The last part has the id of the whole: once it is known, all of them are debited.
      const isLast = from + FEES_AT_ONCE >= fees.length;
      const part = isLast ? step : stepOf(step, `${from}`);
      const done = await this.wallets.run(account, command, { fees: BusinessMonth.text(month) }, part);
      if (done.kind === 'rejected') return undefined;
      if (done.kind === 'done' && !done.replayed) debited += some.length;
    }
    return debited;
  }

  /** The first contract whose fee of a month is owed and not debited yet; undefined: none is. */
  async missing(account: AccountId, month: BusinessMonth): Promise<string | undefined> {
    const book = await this.process.book(account);
    const [measured] = await this.measured.missing(book, month);
    if (measured) return measured.debit;
    const due = feesDue(book, month);
    if (due.length === 0) return undefined;
    const commandId = feesStep(account, month);
    if (await this.wallets.runner.isKnown({ actor: { id: 'close' }, commandId })) return undefined;
    const fees = await this.fees(account, due, month);
    return fees.find(({ net }) => net !== 0)?.debit;
  }

  /** All that the contracts of an account cost in a month: the fees of the 1st, and what was bought in it. */
  async costsOf(account: AccountId, month: BusinessMonth): Promise<ContractFee[]> {
    const book = await this.process.book(account);
    if (book.orders.size === 0) return [];
    const policies = await this.facts.policies();
    const bought = [...book.orders.values()].filter(
      ({ state, placedAt }) => state !== 'refused' && BusinessMonth.of(placedAt) === month,
    );
    const fees = await this.fees(account, feesDue(book, month), month);
    const further = await this.measured.fees(book, month);
    return [...fees, ...bought.flatMap(order => feesOf(order, policies)), ...further];
  }

  /** At the prices in force on the 1st; what the list no longer has costs what was agreed. */
  private async fees(
    account: AccountId,
    contracts: readonly Contract[],
    month: BusinessMonth,
  ): Promise<ContractFee[]> {
    const day = BusinessMonth.firstDay(month);
    const { version } = await this.facts.pricesOf(account, feesAt(month));
    const products = new Map(version?.products.map(one => [one.code, one]));
    const policies = await this.facts.policies();
    const text = BusinessMonth.text(month);
    const rates = new Map<string, number>();
    const taxed = (taxCategory: TaxCategory) => {
      const known = rates.get(taxCategory);
      const taxRate = known ?? taxRateOf(policies, taxCategory, day);
      if (known === undefined) rates.set(taxCategory, taxRate);
      return { taxCategory, taxRate };
    };
    const perNumber = (version?.products ?? []).filter(({ kind }) => kind === 'per_number');
    return contracts.flatMap(({ contract, product, nameJa, nameEn, monthly, taxCategory, number }) => {
      const net: Money = products.get(product)?.monthly ?? monthly;
      const name = { ja: nameJa, en: nameEn };
      const own = monthlyFee({ contract, name, month: text }, taxed(taxCategory), net);
      if (number === null) return [own];
      return [own, ...perNumber.map(charge => numberFee({ contract, month: text }, charge, taxed))];
    });
  }
}
