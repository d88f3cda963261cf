import {
  accountRefusals,
  asksWhoBuys,
  type Book,
  type Buyer,
  bookRefusals,
  bookStream,
  type CancellationTerms,
  type Contract,
  type ContractCommand,
  type ContractEvent,
  contractBook,
  contractsOn,
  type DeliveryWish,
  dueNow,
  expectedShipping,
  isDevice,
  isOfAccount,
  linesOf,
  type Order,
  type PlaceOrder,
  vbaGroupRefusals,
  withShipping,
} from '#contracts';
import { circleOf, circleRefusals } from '#identity';
import { type AccountId, BusinessDay, Instant, Money, MoneyTotal, type Rejection, rejected } from '#kernel';
import { available } from '#ledger';
import { answered } from '../engine/answered.js';
import { sha256 } from '../engine/command-log.js';
import { type Facts, runningBook } from '../engine/facts.js';
import type { CommandRunner, Executed } from '../engine/run-command.js';
import type { Identity } from '../identity/identity.service.js';
import type { Wallets } from '../prepaid/wallets.js';
import type { Answer, Caller, Page } from '../product.views.js';
import type { ReadModels } from '../projecting/read-models.js';
import { acceptedView, endingView } from './cancellation.views.js';
import type { ContractEnds } from './contract-ends.js';
import { ContractLists } from './contract-lists.js';
import type { CancelledContracts, SomeContracts } from './contracts.inputs.js';
import {
  accountsWithEndsDue,
  type ContractsRequest,
  contractPage,
  contractView,
  type OrdersRequest,
  orderRows,
  ownerOf,
} from './contracts.queries.js';
import type {
  CancellationView,
  ContractView,
  OrderPreviewView,
  OrderView,
  UndoneCancellationView,
} from './contracts.shapes.js';
import { orderView, type Seen, saidTo, shortOf, strangeTo } from './contracts.views.js';
import { Endings } from './endings.js';
import type { MonthlyFees } from './monthly-fees.js';
import { lineViews, totalsOf } from './order-costs.js';
import type { OrderProcess } from './order-process.js';
import { shippingTermsAt, termsAt } from './terms.js';
import { AS_USUAL, groupsIn, itemsOf, uniquesIn, type WantedOrder } from './wanted.js';

type Refused = Extract<Answer<never>, { kind: 'rejected' }>;
export type Ends = { readonly rows: readonly CancellationView[] };
type OfCircle = { readonly account: AccountId; readonly circle: string };
/** What an order would be, and why it would be refused as it stands. */
export interface Quoted {
  readonly kind: 'quoted';
  readonly refused: Rejection | null;
  /** Why the balance does not cover it. */
  readonly short: Rejection | null;
  /** Due at once, net. */
  readonly net: Money;
  readonly view: OrderPreviewView;
}
/** What was agreed to before: which order it is, and what it costs at once, net. */
export interface Agreed {
  readonly order: string;
  readonly seen: Money;
  /** The last instant at which it can be placed. */
  readonly until: Instant;
}
const UNWRITTEN = { position: 0, replayed: false };
type Placing = { readonly kind: 'placing'; readonly command: PlaceOrder } | Refused;

const NO_SUCH_ACCOUNT = rejected(accountRefusals.NO_SUCH_ACCOUNT);

/** Ten letters and digits of the command: the same request is the same order. */
export const orderIdOf = (account: AccountId, commandId: string): string =>
  BigInt(`0x${sha256(`order/${account}/${commandId}`).slice(0, 16)}`)
    .toString(36)
    .toUpperCase()
    .padStart(13, '0')
    .slice(-10);

/** What accounts order, have in contract and cancel. */
export class Contracts {
  readonly lists: ContractLists;
  readonly endings: Endings;

  constructor(
    private readonly runner: CommandRunner,
    private readonly wallets: Wallets,
    private readonly readModels: ReadModels,
    private readonly facts: Facts,
    private readonly identity: Identity,
    private readonly process: OrderProcess,
    readonly fees: MonthlyFees,
    private readonly ends: ContractEnds,
  ) {
    this.lists = new ContractLists(runner.clock, readModels, facts);
    this.endings = new Endings(runner.clock, facts, identity, process);
  }

  private readonly now = (): Instant => this.runner.clock.now();

  /** The command that would place an order now, with the prices and rules of this instant. */
  private async placing(input: WantedOrder, order: string, by: Buyer): Promise<Placing> {
    const { account } = input;
    if (!(await this.facts.account(account))) return NO_SUCH_ACCOUNT;
    const cancels = await this.endings.cancelled({ ...input, contracts: input.cancels });
    const known = await this.identity.circles.known(account);
    if (input.circle !== undefined && !circleOf(known, input.circle))
      return rejected(circleRefusals.NO_SUCH_CIRCLE);
    const strange = strangeTo(await this.process.book(account), input.circle, cancels);
    if (strange) return strange;
    const now = this.now();
    const { priceList, version: prices } = await this.facts.pricesOf(account, now);
    const products = prices?.products ?? [];
    const groups = await groupsIn(this.facts, input.items);
    if (groups === undefined) return rejected(vbaGroupRefusals.NO_SUCH_VBA_GROUP);
    const goods = itemsOf(input.items, products, groups);
    if (typeof goods === 'string') {
      const day = BusinessDay.text(BusinessDay.of(now));
      return rejected(bookRefusals.NO_SUCH_PRODUCT, { product: goods, day });
    }
    const theirs = known.uniques.filter(one => input.circle === undefined || one.circle === input.circle);
    const isOwn = (unique: string) => theirs.some(one => one.unique === unique);
    if (!uniquesIn(goods).every(isOwn)) return rejected(circleRefusals.NO_SUCH_UNIQUE);
    const wish = input.delivery ?? AS_USUAL;
    const wanted = withShipping(goods, products, wish.payOnDelivery);
    const address = wanted.some(({ product }) => isDevice(product))
      ? await this.facts.deliveryOf(account)
      : null;
    // Who names no circle means the first one (ACC-05), where there is one.
    const first = known.circles.find(({ representative }) => representative)?.circle ?? null;
    const ofCircle = wanted.some(({ product }) => !isOfAccount(product));
    const circle = input.circle ?? (ofCircle ? first : null);
    const command: PlaceOrder = {
      type: 'PlaceOrder',
      ...{ now, account, order, circle, items: wanted, cancels, by },
      terms: await termsAt(this.facts, now, { priceList, version: prices }),
      delivery: address && { address, ...wish },
      priceList,
      priceVersion: prices?.version ?? 0,
      ...(wanted.some(asksWhoBuys) && (await this.facts.partyOf(account))),
      mostCalls: await this.facts.policy('contracts.calls-at-most', BusinessDay.of(now)),
    };
    return { kind: 'placing', command };
  }

  /** What an order would be: lines, what is due, both invoices, what the balance lacks. Writes nothing. */
  async previewOrder(input: WantedOrder, by: Buyer): Promise<Answer<OrderPreviewView>> {
    const quoted = await this.quote(input, by);
    if (quoted.kind === 'rejected') return quoted;
    const { refused, view: value } = quoted;
    return refused ? { kind: 'rejected', rejection: refused } : answered(UNWRITTEN, value);
  }

  /** What an order would cost, also where it would be refused as it stands. Writes nothing. */
  async quote(input: WantedOrder, by: Buyer): Promise<Quoted | Refused> {
    const placing = await this.placing(input, 'preview', by);
    if (placing.kind === 'rejected') return placing;
    const { command } = placing;
    const { account, circle, priceList, priceVersion, cancels, order, now: placedAt } = command;
    const book = await this.process.book(account);
    const outcome = contractBook.decide(command, book);
    const lines = linesOf(command.items, BusinessDay.of(placedAt));
    const totals = totalsOf({ order, lines, placedAt }, await this.facts.policies());
    const state = (await this.wallets.lock(account, () => this.wallets.segment(account)))?.state;
    const free = state ? available(state, command.now) : MoneyTotal.zero;
    const missing = MoneyTotal.subtract(Money.of(totals.due), free);
    const cancelled = cancels.flatMap(contract => book.contracts.get(contract) ?? []);
    return {
      kind: 'quoted',
      refused: outcome.kind === 'rejected' ? outcome.rejection : null,
      short: missing > 0 ? shortOf(by, totals.due, MoneyTotal.text(free)) : null,
      net: Money.sum(lines.map(dueNow)),
      view: {
        ...{ account, circle, priceList, priceVersion, ...totals },
        lines: lineViews(lines, cancelled),
        available: by === 'circle' ? null : MoneyTotal.text(free),
        missing: by === 'circle' ? null : MoneyTotal.text(missing > 0 ? missing : MoneyTotal.zero),
        cancellations: cancelled.map(contract => endingView(contract, command.now, command.terms)),
        delivery: await this.deliveryView(command, input.delivery),
      },
    };
  }

  /** Of devices: whether it is known where they go, and when they should be shipped (DEV-04, DEV-07). */
  private async deliveryView(
    { items, delivery, now }: PlaceOrder,
    wish: DeliveryWish | null = AS_USUAL,
  ): Promise<OrderPreviewView['delivery']> {
    if (!items.some(({ product }) => isDevice(product))) return null;
    const { from, to } = expectedShipping(BusinessDay.of(now), await shippingTermsAt(this.facts, now));
    const { anyDay, payOnDelivery } = wish ?? AS_USUAL;
    const expected = { from: BusinessDay.text(from), to: BusinessDay.text(to) };
    return { addressKnown: delivery !== null, anyDay, payOnDelivery, ...expected };
  }

  /** The receipt decides about money and ends: none is written by a clock that is not trusted. */
  private async clockRefusal(caller: Caller): Promise<Refused | undefined> {
    if (await this.runner.isKnown(caller)) return undefined;
    const untrusted = await this.wallets.timeStandsStill();
    return untrusted && { kind: 'rejected', rejection: untrusted };
  }

  /** Buys everything of an order, paid from the balance, or nothing of it. */
  async placeOrder(
    input: WantedOrder,
    by: Buyer,
    caller: Caller,
    agreed: Partial<Agreed> = {},
  ): Promise<Answer<OrderView>> {
    const { account } = input;
    const { order = orderIdOf(account, caller.commandId), seen, until } = agreed;
    const known = (await this.process.book(account)).orders.has(order);
    const untrusted = known ? undefined : await this.clockRefusal(caller);
    if (untrusted) return untrusted;
    const placing = known ? undefined : await this.placing(input, order, by);
    if (placing?.kind === 'rejected') return placing;
    const command = (): ContractCommand => {
      if (placing === undefined) throw new Error(`order ${order} is there, and its command is not`);
      const terms = { ...(seen !== undefined && { seen }), ...(until !== undefined && { until }) };
      return { ...placing.command, now: this.now(), ...terms };
    };
    const { circle = null, items, cancels, withNumbers, delivery } = input;
    const more = { ...(withNumbers && { withNumbers }), ...(delivery && { delivery }) };
    const body = { order: account, circle, items, cancels, ...more };
    // The same key again is answered from the log, unless it asks for something else.
    const isAsked = !known || (await this.runner.isKnown(caller));
    const placed = isAsked ? await this.run(account, command, body, caller) : undefined;
    if (placed !== undefined && placed.kind !== 'done') return placed;
    const { refused, position } = await this.process.goOn(account, order, caller);
    if (refused) return { kind: 'rejected', rejection: saidTo(by, refused), carriedOut: true };
    const book = await this.process.book(account);
    const value = await this.orderView(book, book.orders.get(order)!);
    return { kind: 'done', value, position, replayed: placed?.replayed ?? true };
  }

  private run(
    account: AccountId,
    command: () => ContractCommand,
    body: object,
    caller: Caller,
  ): Promise<Executed<ContractEvent>> {
    return this.runner.run(runningBook, bookStream(account), command, body, caller);
  }

  private async orderView(book: Book, of: Order, seen?: Seen): Promise<OrderView> {
    return orderView({ book, policies: await this.facts.policies() }, of, seen);
  }

  /** Contracts of today. */
  async inContract(account: AccountId): Promise<Contract[]> {
    return contractsOn(await this.process.book(account), BusinessDay.of(this.now()));
  }

  /** What is known of an order, as the log has it now. */
  async orderState(account: AccountId, order: string): Promise<Order['state'] | undefined> {
    return (await this.process.book(account)).orders.get(order)?.state;
  }

  async order(account: AccountId, order: string, seen?: Seen): Promise<OrderView | undefined> {
    const book = await this.process.book(account);
    const of = book.orders.get(order);
    if (!of || (seen !== undefined && of.circle !== seen)) return undefined;
    return this.orderView(book, of, seen);
  }

  async orders(request: OrdersRequest): Promise<Page<OrderView>> {
    const { rows, next } = await orderRows(this.readModels, request);
    const book = await this.process.book(request.account);
    const known = rows.flatMap(order => book.orders.get(order) ?? []);
    return { rows: await Promise.all(known.map(of => this.orderView(book, of, request.circle))), next };
  }

  ownerOf(contract: string): Promise<AccountId | undefined> {
    return ownerOf(this.readModels, contract);
  }

  contracts(request: ContractsRequest): Promise<Page<ContractView>> {
    return contractPage(this.readModels, request, BusinessDay.of(this.now()));
  }

  async contract(account: AccountId, contract: string, seen?: Seen): Promise<ContractView | undefined> {
    const book = await this.process.book(account);
    const known = strangeTo(book, seen, [contract]) ? undefined : book.contracts.get(contract);
    return known && contractView(known, BusinessDay.of(this.now()));
  }

  /** The rules are those of the instant of the decision: the cut-off is a matter of milliseconds. */
  async ending(
    account: AccountId,
    command: (now: Instant, terms: CancellationTerms) => ContractCommand,
    body: object,
    caller: Caller,
  ): Promise<Answer<Ends>> {
    if (!(await this.facts.account(account))) return NO_SUCH_ACCOUNT;
    const untrusted = await this.clockRefusal(caller);
    if (untrusted) return untrusted;
    const prices = await this.facts.pricesOf(account, this.now());
    const terms = await termsAt(this.facts, this.now(), prices);
    const done = await this.run(account, () => command(this.now(), terms), body, caller);
    if (done.kind !== 'done') return done;
    const book = await this.process.book(account);
    return answered(done, { rows: done.events.flatMap(event => acceptedView(event, book)) });
  }

  /** One act, in one append, also where numbers end with their terminals. */
  async cancel(input: CancelledContracts, caller: Caller): Promise<Answer<Ends>> {
    const { account, circle, withNumbers } = input;
    const strange = strangeTo(await this.process.book(account), circle, input.contracts);
    if (strange) return strange;
    const contracts = await this.endings.cancelled(input);
    const command = (now: Instant, terms: CancellationTerms): ContractCommand => ({
      type: 'CancelContracts',
      ...{ now, account, contracts, terms },
    });
    const asked = { contracts: input.contracts, ...(withNumbers && { withNumbers }) };
    return this.ending(account, command, { cancel: account, ...asked }, caller);
  }

  async cancelCircle({ account, circle }: OfCircle, caller: Caller): Promise<Answer<Ends>> {
    if (!(await this.facts.account(account))) return NO_SUCH_ACCOUNT;
    if (!circleOf(await this.identity.circles.known(account), circle))
      return rejected(circleRefusals.NO_SUCH_CIRCLE);
    const command = (now: Instant, terms: CancellationTerms): ContractCommand => ({
      type: 'CancelCircle',
      ...{ now, account, circle, terms },
    });
    return this.ending(account, command, { cancelCircle: circle, account }, caller);
  }

  cancelAccount(account: AccountId, caller: Caller): Promise<Answer<Ends>> {
    const command = (now: Instant, terms: CancellationTerms): ContractCommand => ({
      type: 'CancelAccount',
      ...{ now, account, terms },
    });
    return this.ending(account, command, { cancelAccount: account }, caller);
  }

  async undoCircle({ account, circle }: OfCircle, caller: Caller): Promise<Answer<UndoneCancellationView>> {
    const cutOffMs = await this.facts.policy('contracts.cut-off-ms', BusinessDay.of(this.now()));
    const command = (): ContractCommand => ({
      type: 'UndoCircleCancellation',
      now: this.now(),
      ...{ circle, cutOffMs },
    });
    return this.undoing(account, command, { undoCircle: circle, account }, caller);
  }

  /** Undoes cancellations; with a terminal those of its numbers too (CAN-02). */
  async undo(
    { account, circle, contracts }: SomeContracts,
    caller: Caller,
  ): Promise<Answer<UndoneCancellationView>> {
    if (!(await this.facts.account(account))) return NO_SUCH_ACCOUNT;
    const book = await this.process.book(account);
    const strange = strangeTo(book, circle, contracts);
    if (strange) return strange;
    const also = await this.endings.numbersOn(book, { account, circle, contracts });
    const command = (): ContractCommand => ({ type: 'UndoCancellation', now: this.now(), contracts, also });
    return this.undoing(account, command, { undo: account, contracts }, caller);
  }

  async undoing(
    account: AccountId,
    command: () => ContractCommand,
    body: object,
    caller: Caller,
  ): Promise<Answer<UndoneCancellationView>> {
    if (!(await this.facts.account(account))) return NO_SUCH_ACCOUNT;
    const untrusted = await this.clockRefusal(caller);
    if (untrusted) return untrusted;
    const done = await this.run(account, command, body, caller);
    if (done.kind !== 'done') return done;
    const undone = done.events.flatMap(event =>
      event.type === 'CancellationUndone' ? [event.contract] : [],
    );
    return answered(done, { contracts: undone });
  }

  /** Books the ends that are due; they are in effect without it. */
  async endDue(account: AccountId, caller: Caller): Promise<Executed<ContractEvent>> {
    const untrusted = await this.wallets.timeStandsStill();
    if (untrusted) return { kind: 'rejected', rejection: untrusted };
    return this.ends.ofAccount(account, caller);
  }

  accountsWithEndsDue(): Promise<readonly AccountId[]> {
    return accountsWithEndsDue(this.readModels, BusinessDay.of(this.now()));
  }

  /** Goes on with an order that a process left under way when it ended. */
  async goOnWithOrder(account: AccountId, order: string, caller: Caller): Promise<void> {
    // What is settled has nothing left to do but refunds, which go on by themselves.
    if ((await this.orderState(account, order)) === 'settled') return;
    await this.process.goOn(account, order, caller);
  }
}
