import {
  type Book,
  bookEvents,
  bookStream,
  type ContractCommand,
  cartOf,
  contractBook,
  isTerminal,
  type Order,
  terminalsOf,
} from '#contracts';
import { type AccountId, BusinessMonth, Money, type Rejection } from '#kernel';
import type { WalletCommand } from '#ledger';
import type { Accounts } from '../accounts/accounts.service.js';
import { derived } from '../engine/command-log.js';
import type { Facts } from '../engine/facts.js';
import type { CommandRunner } from '../engine/run-command.js';
import type { Identity } from '../identity/identity.service.js';
import type { Numbers } from '../numbers/numbers.service.js';
import type { Wallets } from '../prepaid/wallets.js';
import type { Caller } from '../product.views.js';
import { feesOf, grossOf } from './order-costs.js';
import { termsAt } from './terms.js';

export const runningBook = { decider: contractBook, codec: bookEvents.codec };

/**
 * An order goes over several streams and ends whole or not at all: its funds are set aside, its numbers are
 * assigned, and with `OrderCompleted` its contracts begin, all in one append. Until then it can be refused,
 * from then on it only goes forward. Each step is a command with an id of the order: whoever goes on after a
 * crash, and whoever does it at the same time, does it once.
 */
export class OrderProcess {
  constructor(
    private readonly runner: CommandRunner,
    private readonly wallets: Wallets,
    private readonly facts: Facts,
    private readonly accounts: Accounts,
    private readonly numbers: Numbers,
    private readonly identity: Identity,
  ) {}

  async book(account: AccountId): Promise<Book> {
    return (await this.runner.load(runningBook, bookStream(account), { absentToo: true })).state;
  }

  /** Takes an order on to its end. The refusal, when it came to nothing; undefined: it is settled. */
  async goOn(account: AccountId, order: string, caller: Caller): Promise<Rejection | undefined> {
    const known = (await this.book(account)).orders.get(order);
    if (known?.state === 'placed') {
      const refused = await this.complete(account, known, caller);
      if (refused) return refused;
    }
    const now = (await this.book(account)).orders.get(order);
    if (now?.state === 'completed') await this.settle(account, now, caller);
    return undefined;
  }

  private step(caller: Caller, order: string, step: string): Caller {
    return derived(caller, `order/${order}/${step}`);
  }

  private run(account: AccountId, command: () => ContractCommand, body: object, caller: Caller) {
    return this.runner.run(runningBook, bookStream(account), command, body, caller);
  }

  private readonly now = () => this.runner.clock.now();

  private async complete(account: AccountId, of: Order, caller: Caller): Promise<Rejection | undefined> {
    const { order } = of;
    const numbers = of.lines.flatMap(({ product, numbers }) => numbers.map(number => ({ number, product })));
    const assigned: string[] = [];
    const why =
      (await this.hold(account, of, caller)) ??
      (await this.assign(account, of, { numbers, assigned }, caller)) ??
      (await this.begin(account, of, caller));
    if (!why) return undefined;
    for (const number of assigned)
      await this.accounts.unassignNumber(account, number, this.step(caller, order, `free/${number}`));
    await this.release(account, order, caller);
    return this.refuse(account, of, why, caller);
  }

  /** @param numbers of them, `assigned` is told which came to the account by this order */
  private async assign(
    account: AccountId,
    { order, circle }: Order,
    { numbers, assigned }: { readonly numbers: readonly BoughtNumber[]; readonly assigned: string[] },
    caller: Caller,
  ): Promise<Rejection | undefined> {
    for (const { number, product } of numbers) {
      const step = this.step(caller, order, `number/${number}`);
      const claimed = await this.claim({ account, circle, order, number, product }, step);
      if (claimed.kind === 'rejected') return claimed.rejection;
      if (claimed.kind === 'done') assigned.push(number);
      await this.numbers.assign(number, account, step);
    }
    return undefined;
  }

  /** What is bought for the first circle may have been chosen in the cart of the account (ACC-05). */
  private async claim(
    { number, circle, ...of }: BoughtNumber & Pick<Order, 'order' | 'circle'> & { account: AccountId },
    step: Caller,
  ) {
    const kept = await this.numbers.claim(number, { ...of, cart: cartOf(of.account, circle) }, step);
    if (kept.kind !== 'rejected' || kept.rejection.code !== 'NUMBER_RESERVED') return kept;
    return this.numbers.claim(number, { ...of, cart: cartOf(of.account, null) }, step);
  }

  private async begin(account: AccountId, of: Order, caller: Caller): Promise<Rejection | undefined> {
    const { order } = of;
    const uniques = await this.issueUniques(of, caller);
    const terms = await termsAt(this.facts, of.placedAt, undefined);
    const command = (): ContractCommand => ({
      type: 'CompleteOrder',
      now: this.now(),
      ...{ order, uniques, terms },
    });
    const done = await this.run(account, command, { complete: order }, this.step(caller, order, 'complete'));
    return done.kind === 'rejected' ? done.rejection : undefined;
  }

  private async refuse(account: AccountId, of: Order, why: Rejection, caller: Caller): Promise<Rejection> {
    const { order } = of;
    const { required, available } = why.details ?? {};
    const isShort = typeof required === 'string' && typeof available === 'string';
    const missing = isShort ? Money.subtract(Money.of(required), Money.of(available)) : null;
    const command = (): ContractCommand => ({
      type: 'RefuseOrder',
      now: this.now(),
      ...{ order, code: why.code, missing },
    });
    await this.run(account, command, { refuse: order }, this.step(caller, order, 'refuse'));
    return why;
  }

  /** One hold for the whole order, with tax. */
  private async hold(account: AccountId, of: Order, caller: Caller): Promise<Rejection | undefined> {
    const { order } = of;
    const amount = grossOf(feesOf(of, await this.facts.policies()));
    if (amount === 0) return undefined;
    const hold = holdOfOrder(order);
    const command = (): WalletCommand => ({
      type: 'HoldFunds',
      now: this.now(),
      ...{ hold, amount, purpose: `order ${order}` },
    });
    const done = await this.wallets.run(account, command, { hold }, this.step(caller, order, 'hold'));
    return done.kind === 'rejected' ? done.rejection : undefined;
  }

  private async release(account: AccountId, order: string, caller: Caller): Promise<void> {
    const hold = holdOfOrder(order);
    const command = (): WalletCommand => ({ type: 'ReleaseHold', now: this.now(), hold });
    await this.wallets.run(account, command, { release: hold }, this.step(caller, order, 'release'));
  }

  private async issueUniques({ order, lines }: Order, caller: Caller): Promise<string[]> {
    const uniques: string[] = [];
    for (let at = 1; at <= terminalsOf(lines); at++)
      uniques.push(await this.identity.circles.issueUnique(this.step(caller, order, `unique/${at}`)));
    return uniques;
  }

  /** The contracts have begun: what is left is done, and done again until it is done. */
  private async settle(account: AccountId, of: Order, caller: Caller): Promise<void> {
    const { order } = of;
    const policies = await this.facts.policies();
    const fees = feesOf(of, policies);
    const billingMonth = BusinessMonth.of(of.placedAt);
    const command = (): WalletCommand => ({
      type: 'PayOrder',
      now: this.now(),
      ...{ hold: holdOfOrder(order), fees, billingMonth },
    });
    const paid = await this.wallets.run(account, command, { pay: order }, this.step(caller, order, 'pay'));
    if (paid.kind === 'rejected') throw new Error(`order ${order} cannot be paid: ${paid.rejection.code}`);
    const book = await this.book(account);
    const begun = [...book.contracts.values()].filter(contract => contract.order === order);
    for (const { contract, circle, unique, nameJa } of begun.filter(isTerminal))
      if (unique !== null && circle !== null)
        await this.identity.circles.addBoughtUnique(
          { account, circle, unique, name: nameJa },
          this.step(caller, order, `terminal/${contract}`),
        );
    const settled = (): ContractCommand => ({ type: 'SettleOrder', now: this.now(), order });
    await this.run(account, settled, { settle: order }, this.step(caller, order, 'settle'));
  }
}

/** A number with the product that is paid for it. */
interface BoughtNumber {
  readonly number: string;
  readonly product: string;
}

/** What the funds of an order are set aside as. */
const holdOfOrder = (order: string): string => `order-${order}`;
