import {
  type Book,
  bookRefusals,
  bookStream,
  type ContractCommand,
  cartOf,
  isTerminal,
  type KeptRefusal,
  type Order,
  reaches020,
  terminalsOf,
} from '#contracts';
import { type AccountId, BusinessDay, BusinessMonth, Money, type Rejection, rejection } from '#kernel';
import type { WalletCommand } from '#ledger';
import { derived } from '../engine/command-log.js';
import { type Facts, runningBook } from '../engine/facts.js';
import type { CommandRunner } from '../engine/run-command.js';
import type { Identity } from '../identity/identity.service.js';
import type { Numbers } from '../numbers/numbers.service.js';
import type { Wallets } from '../prepaid/wallets.js';
import type { Caller } from '../product.views.js';
import { type RefusalCode, refusalOf } from '../refusals.js';
import { feesOf, grossOf } from './order-costs.js';
import { reductionsOf, shippingTermsAt, termsAt } from './terms.js';

/** How far an order was taken; `refused`: it came to nothing. */
export interface Gone {
  readonly refused?: Rejection;
  /** Of the last of its events. */
  readonly position: number;
}

/**
 * An order goes over several streams and ends whole or not at all: its funds are set aside, its numbers are
 * claimed, and with `OrderCompleted` its contracts begin, all in one append. Until then it can be refused,
 * from then on it only goes forward: it is paid, its numbers are assigned, its terminals are made. Whether it
 * is bought or refused is decided in its book alone, so nothing is given back before the book has refused.
 * Each step is a command with an id of the order: whoever goes on after a crash, and whoever does it at the
 * same time, does it once.
 */
export class OrderProcess {
  constructor(
    private readonly runner: CommandRunner,
    private readonly wallets: Wallets,
    private readonly facts: Facts,
    private readonly numbers: Numbers,
    private readonly identity: Identity,
  ) {}

  book(account: AccountId): Promise<Book> {
    return this.facts.book(account);
  }

  /** Takes an order on to its end. */
  async goOn(account: AccountId, order: string, caller: Caller): Promise<Gone> {
    const known = await this.order(account, order);
    let refused: Rejection | undefined;
    if (known.state === 'placed') refused = await this.complete(account, known, caller);
    const now = await this.order(account, order);
    if (now.state === 'refused') {
      const position = await this.clear(account, now, caller);
      return { refused: refused ?? refusalKept(now.refusal ?? undefined), position };
    }
    if (now.state === 'placed') throw new Error(`order ${order} is still placed: ${refused?.code}`);
    return { position: await this.settle(account, now, caller) };
  }

  private async order(account: AccountId, order: string): Promise<Order> {
    const known = (await this.book(account)).orders.get(order);
    if (!known) throw new Error(`account ${account} has no order ${order}`);
    return known;
  }

  private step(caller: Caller, account: AccountId, order: string, step: string): Caller {
    return derived(caller, `order/${account}/${order}/${step}`);
  }

  private run(account: AccountId, command: () => ContractCommand, body: object, caller: Caller) {
    return this.runner.run(runningBook, bookStream(account), command, body, caller);
  }

  private readonly now = () => this.runner.clock.now();

  /** Until its contracts begin; what stands in the way is what it is refused for. */
  private async complete(account: AccountId, of: Order, caller: Caller): Promise<Rejection | undefined> {
    const why =
      (await this.hold(account, of, caller)) ??
      (await this.claimAll(account, of, caller)) ??
      (await this.begin(account, of, caller));
    if (why) await this.refuse(account, of, why, caller);
    return why;
  }

  private async claimAll(account: AccountId, of: Order, caller: Caller): Promise<Rejection | undefined> {
    const { order, circle } = of;
    for (const { number, product } of numbersOf(of)) {
      const step = this.step(caller, account, order, `number/${number}`);
      const claimed = await this.claim({ account, circle, order, number, product }, step);
      if (claimed.kind === 'rejected') return claimed.rejection;
    }
    for (const { group, quantity } of groupsOf(of)) {
      const step = this.step(caller, account, order, `group/${group}`);
      const carts = [cartOf(account, circle), cartOf(account, null)] as const;
      const claimed = await this.numbers.vba.claim({ group, account, quantity }, { order, carts }, step);
      if (claimed.kind === 'rejected') return claimed.rejection;
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
    if (await this.holdIsGone(account, of)) return rejection(bookRefusals.HOLD_GONE);
    const uniques = await this.issueUniques(account, of, caller);
    const prices = await this.facts.pricesOf(account, of.placedAt);
    const terms = await termsAt(this.facts, of.placedAt, prices);
    const shipping = await shippingTermsAt(this.facts, of.placedAt);
    const reductionOn = await reductionsOf(this.facts);
    const reaching020 = await this.reaching(of);
    const command = (): ContractCommand => ({
      type: 'CompleteOrder',
      now: this.now(),
      ...{ order, uniques, reaching020, terms, shipping, reductionOn },
    });
    const done = await this.run(
      account,
      command,
      { complete: order },
      this.step(caller, account, order, 'complete'),
    );
    return done.kind === 'rejected' ? done.rejection : undefined;
  }

  /** Which of its numbers reach 020 numbers: that follows from the kind under which they are in stock. */
  private async reaching(of: Order): Promise<ReadonlySet<string>> {
    const kinds = await this.facts.policy('numbers.reaching-020', BusinessDay.of(of.placedAt));
    const reaching = new Set<string>();
    for (const { number } of numbersOf(of)) {
      const stock = await this.facts.numberStock(number);
      if (stock && reaches020(stock.kind, kinds)) reaching.add(number);
    }
    return reaching;
  }

  private async refuse(account: AccountId, of: Order, why: Rejection, caller: Caller): Promise<void> {
    const { order } = of;
    const { required, available } = why.details ?? {};
    const isShort = typeof required === 'string' && typeof available === 'string';
    const missing = isShort ? Money.subtract(Money.of(required), Money.of(available)) : null;
    const command = (): ContractCommand => ({
      type: 'RefuseOrder',
      now: this.now(),
      ...{ order, code: why.code, missing },
      details: why.details ?? {},
    });
    await this.run(account, command, { refuse: order }, this.step(caller, account, order, 'refuse'));
  }

  /** Gives back what was set aside for an order that came to nothing. */
  private async clear(account: AccountId, of: Order, caller: Caller): Promise<number> {
    const { order } = of;
    for (const { number } of numbersOf(of))
      await this.numbers.release(
        number,
        { account, order },
        this.step(caller, account, order, `free/${number}`),
      );
    for (const { group, quantity } of groupsOf(of)) {
      const step = this.step(caller, account, order, `free-group/${group}`);
      await this.numbers.vba.giveBack(group, order, quantity, step);
    }
    await this.release(account, order, caller);
    const command = (): ContractCommand => ({ type: 'ClearOrder', now: this.now(), order });
    return this.finish(account, command, { clear: order }, this.step(caller, account, order, 'clear'));
  }

  /** The last step; where it was done before, its position is that of then. */
  private async finish(account: AccountId, command: () => ContractCommand, body: object, step: Caller) {
    const done = await this.run(account, command, body, step);
    if (done.kind === 'rejected') throw new Error(`${step.commandId} is refused: ${done.rejection.code}`);
    return done.kind === 'done' ? done.position : this.runner.events.headPosition();
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
    const done = await this.wallets.run(
      account,
      command,
      { hold },
      this.step(caller, account, order, 'hold'),
    );
    return done.kind === 'rejected' ? done.rejection : undefined;
  }

  /** Staff may have released it since: then nothing pays for the order any more. */
  private async holdIsGone(account: AccountId, of: Order): Promise<boolean> {
    if (grossOf(feesOf(of, await this.facts.policies())) === 0) return false;
    const segment = await this.wallets.lock(account, () => this.wallets.segment(account));
    if (!segment || segment.state.phase === 'unopened') return true;
    return !segment.state.holds.has(holdOfOrder(of.order));
  }

  private async release(account: AccountId, order: string, caller: Caller): Promise<void> {
    const hold = holdOfOrder(order);
    const command = (): WalletCommand => ({ type: 'ReleaseHold', now: this.now(), hold });
    await this.wallets.run(account, command, { release: hold }, this.step(caller, account, order, 'release'));
  }

  private async issueUniques(account: AccountId, { order, lines }: Order, caller: Caller): Promise<string[]> {
    const uniques: string[] = [];
    for (let at = 1; at <= terminalsOf(lines); at++)
      uniques.push(
        await this.identity.circles.issueUnique(this.step(caller, account, order, `unique/${at}`)),
      );
    return uniques;
  }

  /** The contracts have begun: what is left is done, and done again until it is done. */
  private async settle(account: AccountId, of: Order, caller: Caller): Promise<number> {
    const { order } = of;
    const policies = await this.facts.policies();
    const fees = feesOf(of, policies);
    const billingMonth = BusinessMonth.of(of.placedAt);
    const command = (): WalletCommand => ({
      type: 'PayOrder',
      now: this.now(),
      ...{ hold: holdOfOrder(order), fees, billingMonth },
    });
    const paid = await this.wallets.run(
      account,
      command,
      { pay: order },
      this.step(caller, account, order, 'pay'),
    );
    if (paid.kind === 'rejected') throw new Error(`order ${order} cannot be paid: ${paid.rejection.code}`);
    for (const { number } of numbersOf(of))
      await this.numbers.assign(number, account, this.step(caller, account, order, `number/${number}`));
    const book = await this.book(account);
    const begun = [...book.contracts.values()].filter(contract => contract.order === order);
    for (const { contract, circle, unique, nameJa } of begun.filter(isTerminal))
      if (unique !== null && circle !== null)
        await this.identity.circles.addBoughtUnique(
          { account, circle, unique, name: nameJa },
          this.step(caller, account, order, `terminal/${contract}`),
        );
    const settled = (): ContractCommand => ({ type: 'SettleOrder', now: this.now(), order });
    return this.finish(account, settled, { settle: order }, this.step(caller, account, order, 'settle'));
  }
}

/** What was refused before, as it was told then; older logs have the code alone. */
export function refusalKept(kept: KeptRefusal | undefined): Rejection {
  const refusal = kept?.details && refusalOf(kept.code as RefusalCode);
  if (!refusal) return rejection(bookRefusals.ORDER_REFUSED);
  return Object.keys(kept.details).length === 0 ? rejection(refusal) : rejection(refusal, kept.details);
}

/** A number with the product that is paid for it. */
interface BoughtNumber {
  readonly number: string;
  readonly product: string;
}

const numbersOf = ({ lines }: Order): BoughtNumber[] =>
  lines.flatMap(({ product, numbers }) => numbers.map(number => ({ number, product })));

/** So many overseas numbers of a group. */
const groupsOf = ({ lines }: Order) =>
  lines.flatMap(({ group, quantity }) => (group === undefined ? [] : [{ group, quantity }]));

/** What the funds of an order are set aside as. */
const holdOfOrder = (order: string): string => `order-${order}`;
