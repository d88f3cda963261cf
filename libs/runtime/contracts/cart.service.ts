import {
  accountRefusals,
  type Buyer,
  bookRefusals,
  type Cart,
  type CartCommand,
  type CartEvent,
  type CartItem,
  type CartOrdering,
  cart,
  cartEvents,
  cartOf,
  cartRefusals,
  cartStream,
  type DeliveryWish,
  isCancellation,
  placedUntil,
  type VbaGroupFacts,
  vbaGroupRefusals,
} from '#contracts';
import { circleOf, circleRefusals } from '#identity';
import { type AccountId, BusinessDay, Instant, Money, type Rejection, rejected, rejection } from '#kernel';
import { answered } from '../engine/answered.js';
import { derived } from '../engine/command-log.js';
import type { Facts } from '../engine/facts.js';
import type { CommandRunner, Executed } from '../engine/run-command.js';
import type { Identity } from '../identity/identity.service.js';
import type { Numbers } from '../numbers/numbers.service.js';
import type { Answer, Caller } from '../product.views.js';
import type { CartLinesView, CartView, FilledCartView, ShopView } from './cart.shapes.js';
import { cartView, type Looked, lookAt, refusalOfCart, shopOf } from './cart.view.js';
import { asWanted, cartItem, type Sold, type WhoseCart } from './cart-items.js';
import { CartKeeping } from './cart-keeping.js';
import type { NewOrder, WantedItem } from './contracts.inputs.js';
import { type Contracts, orderIdOf } from './contracts.service.js';
import type { OrderView } from './contracts.shapes.js';
import { saidTo } from './contracts.views.js';
import { refusalKept } from './order-process.js';

const runningCart = { decider: cart, codec: cartEvents.codec };

type Refused = Extract<Answer<never>, { kind: 'rejected' }>;

/**
 * The carts of customers. A cart is bought through `Contracts.placeOrder`: it says once which order it
 * becomes, and whoever goes on after a crash goes on with that one.
 */
export class Carts {
  private readonly keeping: CartKeeping;

  constructor(
    private readonly runner: CommandRunner,
    private readonly facts: Facts,
    private readonly identity: Identity,
    private readonly contracts: Contracts,
    private readonly numbers: Numbers,
  ) {
    this.keeping = new CartKeeping(numbers, facts);
  }

  private readonly now = (): Instant => this.runner.clock.now();

  private async state(of: string): Promise<Cart> {
    return (await this.runner.loadNewest(runningCart, cartStream(of))).state;
  }

  private run(of: string, command: () => CartCommand, body: object, caller: Caller) {
    return this.runner.run(runningCart, cartStream(of), command, body, caller);
  }

  private async barred({ account, circle }: WhoseCart): Promise<Refused | undefined> {
    if (!(await this.facts.account(account))) return rejected(accountRefusals.NO_SUCH_ACCOUNT);
    if (circle !== undefined && !circleOf(await this.identity.circles.known(account), circle))
      return rejected(circleRefusals.NO_SUCH_CIRCLE);
    return undefined;
  }

  /** The carts of an account that hold something; of one circle alone where it is named. */
  async filled(account: AccountId, circle: string | null): Promise<{ rows: FilledCartView[] }> {
    const circles = circle === null ? (await this.identity.circles.known(account)).circles : [{ circle }];
    const names = [...(circle === null ? [null] : []), ...circles.map(one => one.circle)];
    const held = await Promise.all(names.map(name => this.state(cartOf(account, name))));
    const rows = held.map(({ lines }, i) => ({ circle: names[i] ?? null, count: lines.size }));
    return { rows: rows.filter(({ count }) => count > 0) };
  }

  /** What the pages of the shop offer, and how much of it the circle, or the account, has already. */
  async shop(account: AccountId, circle: string | null): Promise<ShopView> {
    const now = this.now();
    const { version: prices } = await this.facts.pricesOf(account, now);
    const all = await this.contracts.inContract(account);
    return shopOf({ prices, all, circle }, await this.facts.policies(), BusinessDay.of(now));
  }

  /** What a cart holds and would cost now, and what is no longer as it was when it was chosen. */
  async view(whose: WhoseCart, by: Buyer): Promise<Answer<CartView>> {
    const barred = await this.barred(whose);
    if (barred) return barred;
    const quoted = await this.quoted(whose, by);
    if (quoted.kind === 'rejected') return quoted;
    const value = cartView(quoted.looked, quoted);
    return { kind: 'done', value, position: 0, replayed: false };
  }

  private async quoted({ account, circle }: WhoseCart, by: Buyer) {
    const of = cartOf(account, circle ?? null);
    const looked = await this.look(account, of, circle);
    const { items, cancels, delivery } = looked;
    const quoted = await this.contracts.quote({ account, circle, items, cancels, delivery }, by);
    return quoted.kind === 'rejected' ? quoted : { ...quoted, looked };
  }

  /** What the cart holds, beside what is sold now. Lines that are bought already are no longer in it. */
  private async look(account: AccountId, of: string, circle: string | undefined): Promise<Looked> {
    const state = await this.state(of);
    const now = this.now();
    const { ordering } = state;
    const known = ordering && (await this.contracts.orderState(account, ordering.order));
    const isBought = known === 'completed' || known === 'settled';
    const lines = isBought ? [] : [...state.lines.values()];
    const kept = new Map<string, Instant | null | undefined>();
    const groups = new Map<string, VbaGroupFacts>();
    for (const one of lines) {
      if (isCancellation(one)) continue;
      const { line, number, group, quantity } = one;
      if (number !== null) kept.set(line, await this.numbers.keptUntil(number, of));
      if (group === undefined) continue;
      kept.set(line, await this.numbers.vba.keptUntil(group, of, quantity));
      const facts = await this.facts.vbaGroup(group);
      if (facts) groups.set(group, facts);
    }
    const present = await this.contracts.inContract(account);
    // A circle cancels its own; what is in its cart all the same is as absent.
    const inContract = present.filter(one => circle === undefined || one.circle === circle);
    const { version: prices } = await this.facts.pricesOf(account, now);
    const [open, delivery] = isBought ? [null, null] : [ordering, state.delivery];
    const around = { prices, kept, groups, inContract, ordering: open, delivery };
    return lookAt({ lines, day: BusinessDay.of(now), ...around });
  }

  /** Puts products and cancellations into a cart; chosen numbers are kept for it (DECISIONS: numbers). */
  async add(input: NewOrder, caller: Caller): Promise<Answer<CartLinesView>> {
    const { account, circle = null, withNumbers } = input;
    const barred = await this.uneditable(input, caller);
    if (barred) return barred;
    const sold = await this.facts.pricesOf(account, this.now());
    const items: CartItem[] = [];
    for (const wanted of input.items) {
      const item = await this.itemOf(wanted, sold, circle);
      if ('kind' in item) return item;
      items.push(item);
    }
    const of = cartOf(account, circle);
    // Of a request that was carried out the cart has its lines already.
    const isKnown = await this.runner.isKnown(caller);
    const strange = isKnown ? undefined : await this.contracts.endings.strange(input);
    if (strange) return strange;
    const before = await this.state(of);
    const kept = isKnown ? undefined : await this.keeping.keep(items, before, { account, cart: of }, caller);
    if (kept?.kind === 'rejected') return kept;
    // The numbers of a terminal become lines of their own: each can still be taken out (CAN-01).
    const cancels = await this.contracts.endings.cancelled({ ...input, contracts: input.cancels });
    const command = (): CartCommand => ({
      type: 'AddToCart',
      now: this.now(),
      ...{ account, circle, items, cancels },
    });
    const asked = { cancels: input.cancels, ...(withNumbers && { withNumbers }) };
    const body = { addToCart: of, items: input.items, ...asked };
    const done = await this.run(of, command, body, caller);
    if (done.kind === 'rejected') await kept?.giveBack();
    return this.linesOf(input, done);
  }

  private async itemOf(wanted: WantedItem, sold: Sold, circle: string | null): Promise<CartItem | Refused> {
    const { group } = wanted;
    const facts = group === undefined ? undefined : await this.facts.vbaGroup(group);
    if (facts === null) return rejected(vbaGroupRefusals.NO_SUCH_VBA_GROUP);
    return cartItem(wanted, sold, { circle, now: this.now(), facts });
  }

  /** Changes the quantity of a line, which then has the prices of now. */
  async change(
    input: WhoseCart & { readonly line: string; readonly quantity: number },
    caller: Caller,
  ): Promise<Answer<CartLinesView>> {
    const { account, circle = null, line, quantity } = input;
    const barred = await this.uneditable(input, caller);
    if (barred) return barred;
    const of = cartOf(account, circle);
    const known = (await this.state(of)).lines.get(line);
    if (!known) return rejected(cartRefusals.NO_SUCH_CART_LINE);
    if (isCancellation(known)) return rejected(cartRefusals.CANCELLATION_COUNTS_ONE);
    const shown = await this.itemOf(known, await this.facts.pricesOf(account, this.now()), circle);
    if ('kind' in shown) return shown;
    const { group } = known;
    const isKept = group !== undefined && !(await this.runner.isKnown(caller));
    const mine = { account, cart: of };
    const kept = isKept
      ? await this.keeping.keepSome(
          group,
          { present: known.quantity, more: quantity - known.quantity },
          mine,
          caller,
        )
      : undefined;
    if (kept?.kind === 'rejected') return kept;
    const command = (): CartCommand => ({
      type: 'ChangeCartLine',
      now: this.now(),
      ...{ account, circle, line, quantity, shown },
    });
    const done = await this.run(of, command, { changeCart: of, line, quantity }, caller);
    if (done.kind === 'rejected') await kept?.giveBack();
    return this.linesOf(input, done);
  }

  /** Chooses the terminals for which the devices of a line are set up when they arrive (DEV-03). */
  async setUpDevices(
    input: WhoseCart & { readonly line: string; readonly uniques: readonly (string | null)[] },
    caller: Caller,
  ): Promise<Answer<CartLinesView>> {
    const { account, circle = null, line, uniques } = input;
    const barred = await this.uneditable(input, caller);
    if (barred) return barred;
    const of = cartOf(account, circle);
    const known = (await this.state(of)).lines.get(line);
    if (known) {
      const { version: prices } = await this.facts.pricesOf(account, this.now());
      const code = isCancellation(known) ? null : known.product;
      const product = prices?.products.find(one => one.code === code);
      if (product?.kind !== 'device') return rejected(cartRefusals.NOT_A_DEVICE);
    }
    const own = new Set((await this.identity.circles.known(account)).uniques.map(({ unique }) => unique));
    if (uniques.some(unique => unique !== null && !own.has(unique)))
      return rejected(circleRefusals.NO_SUCH_UNIQUE);
    const command = (): CartCommand => ({
      type: 'SetUpDevices',
      now: this.now(),
      ...{ account, circle, line, uniques },
    });
    return this.linesOf(input, await this.run(of, command, { setUp: of, line, uniques }, caller));
  }

  /** Chooses how devices are delivered; where they go stands with the data of the customer. */
  async chooseDelivery(input: WhoseCart & DeliveryWish, caller: Caller): Promise<Answer<CartLinesView>> {
    const { account, circle = null, anyDay, payOnDelivery } = input;
    const barred = await this.uneditable(input, caller);
    if (barred) return barred;
    const of = cartOf(account, circle);
    const command = (): CartCommand => ({
      type: 'ChooseDelivery',
      now: this.now(),
      ...{ account, circle, anyDay, payOnDelivery },
    });
    return this.linesOf(input, await this.run(of, command, { deliver: of, anyDay, payOnDelivery }, caller));
  }

  /** Takes lines out of a cart, or all; their numbers are free again. */
  async remove(
    input: WhoseCart & { readonly lines?: readonly string[] | undefined },
    caller: Caller,
  ): Promise<Answer<CartLinesView>> {
    const { account, circle = null, lines } = input;
    const barred = await this.uneditable(input, caller);
    if (barred) return barred;
    const of = cartOf(account, circle);
    const before = await this.state(of);
    const whose = { account, circle };
    const command = (): CartCommand =>
      lines === undefined
        ? { type: 'EmptyCart', now: this.now(), ...whose }
        : { type: 'RemoveFromCart', now: this.now(), ...whose, lines };
    const done = await this.run(of, command, { removeFromCart: of, lines: lines ?? null }, caller);
    if (done.kind === 'done') {
      for (const event of done.events) {
        const line = event.type === 'CartLineRemoved' ? before.lines.get(event.line) : undefined;
        if (line && !isCancellation(line)) await this.keeping.leave(line, { account, cart: of }, caller);
      }
    }
    return this.linesOf(input, done);
  }

  private async linesOf(
    { account, circle = null }: { readonly account: AccountId; readonly circle?: string | null | undefined },
    done: Executed<CartEvent>,
  ): Promise<Answer<CartLinesView>> {
    if (done.kind !== 'done') return done;
    const { lines } = await this.state(cartOf(account, circle));
    return answered(done, { account, circle, lines: [...lines.keys()] });
  }

  /**
   * Buys what is in a cart. `total` is what the buyer has seen, with tax: another one is refused before
   * anything is bought. A refused order leaves the cart as it was.
   */
  async order(
    input: WhoseCart & { readonly total: Money },
    by: Buyer,
    caller: Caller,
  ): Promise<Answer<OrderView>> {
    const { account, circle = null, total } = input;
    const barred = await this.barred(input);
    if (barred) return barred;
    const of = cartOf(account, circle);
    let net = Money.zero;
    if (!(await this.runner.isKnown(caller))) {
      const before = (await this.state(of)).ordering;
      await this.goOn(input, caller);
      // It was agreed to before, and nobody has told its buyer: who asks again is not asked to pay twice.
      const bought = before && (await this.contracts.order(account, before.order));
      if (bought && bought.state !== 'refused' && bought.state !== 'placed')
        return answered({ position: 0, replayed: true }, bought);
      const quoted = await this.quoted(input, by);
      if (quoted.kind === 'rejected') return quoted;
      const why = refusalOfCart(quoted.looked, quoted, total);
      if (why) return { kind: 'rejected', rejection: why };
      net = quoted.net;
    }
    const order = orderIdOf(account, caller.commandId);
    const command = (): CartCommand => ({
      type: 'OrderCart',
      now: this.now(),
      ...{ account, circle, order, net, byStaff: by === 'staff' },
    });
    const body = { orderCart: of, total: Money.text(total) };
    const done = await this.run(of, command, body, caller);
    if (done.kind === 'rejected') return done;
    const { ordering } = await this.state(of);
    const isOpen = ordering?.order === order;
    const bought = isOpen ? await this.place(input, ordering, caller) : await this.bought(input, order);
    if (bought.kind === 'rejected') {
      // A twin on another server may have bought it meanwhile: then this is not what the request came to.
      const state = (await this.facts.newestBook(account)).orders.get(order)?.state ?? 'refused';
      const rejection = saidTo(by, bought.rejection);
      return { ...bought, rejection, ...(state === 'refused' && { carriedOut: true }) };
    }
    if (bought.kind !== 'done') return bought;
    const replayed = done.kind === 'nothing' || done.replayed;
    return { ...bought, replayed };
  }

  /** What became of an order that is decided already. */
  private async bought({ account, circle }: WhoseCart, order: string): Promise<Answer<OrderView>> {
    const value = await this.contracts.order(account, order);
    if (!value || value.state === 'refused') {
      const { refused } = await this.state(cartOf(account, circle ?? null));
      return { kind: 'rejected', rejection: refusalKept(refused.get(order)) };
    }
    return answered({ position: 0, replayed: true }, value);
  }

  /** Places the order that the cart has become, goes on with it, and tells the cart. */
  private async place(whose: WhoseCart, ordering: CartOrdering, caller: Caller): Promise<Answer<OrderView>> {
    const { account, circle } = whose;
    const { order, net: seen, byStaff } = ordering;
    const of = cartOf(account, circle ?? null);
    const { lines: held, delivery } = await this.state(of);
    const lines = [...held.values()];
    const items = lines.flatMap((line): WantedItem[] => (isCancellation(line) ? [] : [line]));
    const cancels = lines.flatMap(line => (isCancellation(line) ? [line.contract] : []));
    const wanted = { account, circle, items: items.map(asWanted), cancels, delivery };
    const step = derived(caller, `order/${account}/${order}/place`);
    const answer = await this.contracts.placeOrder(wanted, byStaff ? 'staff' : 'account', step, {
      order,
      seen,
      until: placedUntil(ordering),
    });
    await this.tell(whose, order, answer.kind === 'rejected' ? answer.rejection : undefined, caller);
    return answer;
  }

  /** Tells the cart what the contract book has decided. */
  private async tell(
    whose: WhoseCart,
    order: string,
    why: Rejection | undefined,
    caller: Caller,
  ): Promise<void> {
    const { account, circle = null } = whose;
    const state = await this.contracts.orderState(account, order);
    const isOpen = state === 'placed' || (state === undefined && !why);
    if (isOpen) return;
    const isRefused = state === undefined || state === 'refused';
    const common = { account, circle, order };
    const { code, details = {} } = why ?? rejection(bookRefusals.ORDER_REFUSED);
    const command = (): CartCommand =>
      isRefused
        ? { type: 'RefuseCartOrder', now: this.now(), ...common, code, details }
        : { type: 'CompleteCartOrder', now: this.now(), ...common };
    const step = derived(caller, `order/${account}/${order}/cart`);
    await this.run(cartOf(account, circle), command, { decided: order }, step);
  }

  /** Why nothing in this cart may be changed; an order that was left under way is taken to its end first. */
  private async uneditable(whose: WhoseCart, caller: Caller): Promise<Refused | undefined> {
    const barred = await this.barred(whose);
    if (!barred) await this.goOn(whose, caller);
    return barred;
  }

  /** Takes an order that was left under way to its end, so that the cart can be changed. */
  async goOn(whose: WhoseCart, caller: Caller): Promise<void> {
    const { account, circle = null } = whose;
    const { ordering } = await this.state(cartOf(account, circle));
    if (!ordering) return;
    const { order } = ordering;
    const state = await this.contracts.orderState(account, order);
    if (state === 'placed') await this.contracts.goOnWithOrder(account, order, caller);
    // Whoever was placing it may have ended. Its steps have ids of the order: who does them once more, or
    // beside whoever still does them, does them once.
    if (state === undefined && this.now() <= placedUntil(ordering)) await this.place(whose, ordering, caller);
    else {
      const over = state === undefined ? rejection(bookRefusals.ORDER_NOT_PLACED) : undefined;
      await this.tell(whose, order, over, caller);
    }
  }
}
