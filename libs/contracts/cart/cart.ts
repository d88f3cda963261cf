import {
  type AccountId,
  assertNever,
  type Decider,
  happened,
  Instant,
  type Money,
  nothing,
  type Outcome,
  rejected,
} from '#kernel';
import type { KeptRefusal } from '../kept-refusal.js';
import type { CartEvent, ShownPrice } from './cart.events.js';
import { type CartRejection, cartRefusals, cartUnchanged } from './cart.refusals.js';

/** A product, as whoever put it into the cart saw it. */
export interface CartItem extends ShownPrice {
  readonly product: string;
  readonly nameJa: string;
  readonly nameEn: string;
  readonly quantity: number;
  readonly number: string | null;
  /** The group that overseas numbers are of. */
  readonly group?: string;
}
/** What becomes one line where there is no chosen number. */
const lineKey = ({ product, group }: Pick<CartItem, 'product' | 'group'>): string =>
  group === undefined ? product : `${product}@${group}`;

interface OfCart {
  readonly now: Instant;
  readonly account: AccountId;
  readonly circle: string | null;
}
/** How devices are to be delivered; where they go is said with the data of the customer. */
export interface DeliveryWish {
  /** Also on a Saturday, a Sunday or a holiday (DEV-07). */
  readonly anyDay: boolean;
  /** The receiver pays the carrier for the shipping (着払い, DEV-10). */
  readonly payOnDelivery: boolean;
}

export type CartCommand =
  /** Equal products become one line; a chosen number is a line of its own. */
  | (OfCart & {
      readonly type: 'AddToCart';
      readonly items: readonly CartItem[];
      /** Contracts to be cancelled (CRT-01). */
      readonly cancels: readonly string[];
    })
  | (OfCart & {
      readonly type: 'ChangeCartLine';
      readonly line: string;
      readonly quantity: number;
      /** As they are shown now. */
      readonly shown: ShownPrice;
    })
  | (OfCart & {
      readonly type: 'SetUpDevices';
      readonly line: string;
      readonly uniques: readonly (string | null)[];
    })
  | (OfCart & { readonly type: 'ChooseDelivery' } & DeliveryWish)
  | (OfCart & { readonly type: 'RemoveFromCart'; readonly lines: readonly string[] })
  | (OfCart & { readonly type: 'EmptyCart' })
  | (OfCart & {
      readonly type: 'OrderCart';
      readonly order: string;
      readonly net: Money;
      readonly byStaff: boolean;
    })
  | (OfCart & { readonly type: 'CompleteCartOrder'; readonly order: string })
  | (OfCart & KeptRefusal & { readonly type: 'RefuseCartOrder'; readonly order: string });

export interface CartPurchase extends CartItem {
  readonly line: string;
  /** What its devices are set up for; a unit of which nothing is said is set up by the customer. */
  readonly uniques: readonly (string | null)[];
}
export interface CartCancellation {
  readonly line: string;
  readonly contract: string;
}
export type CartLine = CartPurchase | CartCancellation;
export const isCancellation = (line: CartLine): line is CartCancellation => 'contract' in line;

/** Which order the cart is becoming. */
export interface CartOrdering {
  readonly order: string;
  readonly net: Money;
  readonly byStaff: boolean;
  readonly since: Instant;
}

/** An order that did not come to be placed in this time never will be: its buyer has gone. */
const PLACED_WITHIN_MS = 10 * 60_000;
/** The last instant at which an order of a cart can be placed: the contract book refuses it after that. */
export const placedUntil = ({ since }: CartOrdering): Instant => Instant.plusMs(since, PLACED_WITHIN_MS);

export interface Cart {
  /** By their ids, in the order in which they came. */
  readonly lines: ReadonlyMap<string, CartLine>;
  /** Lines that there ever were: an id never names another line. */
  readonly counted: number;
  readonly ordering: CartOrdering | null;
  /** Why orders of it came to nothing: the same request is told the same, for ever. */
  readonly refused: ReadonlyMap<string, KeptRefusal>;
  /** null: nobody has asked for anything. */
  readonly delivery: DeliveryWish | null;
}

/** What a cart of a customer may hold: an order of all of it stays a small append. */
export const CART_MOST = { lines: 100, quantity: 1000 } as const;

/** One cart per circle, and one of the account; numbers are reserved for it by this name. */
export const cartOf = (account: AccountId, circle: string | null): string =>
  `${account}_${circle ?? 'account'}`;
export const cartStream = (cart: string): string => `cart-${cart}`;

type Decision = Outcome<CartEvent, CartRejection>;
type Of<Type extends CartCommand['type']> = Extract<CartCommand, { readonly type: Type }>;

/** The lines that a cart has after adding; what is in it already becomes more of it. */
function add(command: Of<'AddToCart'>, cart: Cart): Decision {
  const { now: at, account, circle, items, cancels } = command;
  const lines = [...cart.lines.values()];
  const purchases = lines.filter(line => !isCancellation(line)) as CartPurchase[];
  const numbers = new Set(purchases.flatMap(({ number }) => number ?? []));
  const cancelled = new Set(lines.flatMap(line => (isCancellation(line) ? [line.contract] : [])));
  const byProduct = new Map(
    purchases.filter(({ number }) => number === null).map(line => [lineKey(line), line] as const),
  );
  const added: CartEvent[] = [];
  const changed = new Map<string, CartEvent>();
  let { counted } = cart;
  const common = { at, account, circle };
  const together = (item: CartItem): CartItem[] => {
    if (item.number !== null) return numbers.has(item.number) ? [] : [item];
    return [item];
  };
  for (const item of merged(items).flatMap(together)) {
    const { monthly, initial, priceList, priceVersion } = item;
    const known = item.number === null ? byProduct.get(lineKey(item)) : undefined;
    const quantity = (known?.quantity ?? 0) + item.quantity;
    if (quantity > CART_MOST.quantity)
      return rejected(cartRefusals.QUANTITY_TOO_LARGE, { most: String(CART_MOST.quantity) });
    const shown = { monthly, initial, priceList, priceVersion };
    if (known)
      changed.set(known.line, { type: 'CartLineChanged', ...common, line: known.line, quantity, ...shown });
    else added.push({ type: 'CartLineAdded', ...common, line: String(++counted), ...item });
  }
  for (const contract of new Set(cancels))
    if (!cancelled.has(contract))
      added.push({ type: 'CartCancellationAdded', ...common, line: String(++counted), contract });
  if (cart.lines.size + added.length > CART_MOST.lines)
    return rejected(cartRefusals.CART_FULL, { most: String(CART_MOST.lines) });
  const events = [...changed.values(), ...added];
  return events.length === 0 ? nothing(cartUnchanged.IN_CART_ALREADY) : { kind: 'events', events };
}

/** Equal products of one request are one; a number is asked for once. */
function merged(items: readonly CartItem[]): CartItem[] {
  const all = new Map<string, CartItem>();
  for (const item of items) {
    const key = item.number ?? `product ${lineKey(item)}`;
    const before = all.get(key);
    const quantity = before && item.number === null ? before.quantity + item.quantity : item.quantity;
    all.set(key, { ...item, quantity });
  }
  return [...all.values()];
}

function changeLine(command: Of<'ChangeCartLine'>, cart: Cart): Decision {
  const { now: at, account, circle, line, quantity, shown } = command;
  const known = cart.lines.get(line);
  if (!known) return rejected(cartRefusals.NO_SUCH_CART_LINE);
  if (isCancellation(known)) return rejected(cartRefusals.CANCELLATION_COUNTS_ONE);
  if (known.number !== null) return rejected(cartRefusals.NUMBER_COUNTS_ONE);
  if (quantity > CART_MOST.quantity)
    return rejected(cartRefusals.QUANTITY_TOO_LARGE, { most: String(CART_MOST.quantity) });
  if (quantity === known.quantity) return nothing(cartUnchanged.QUANTITY_AS_IT_IS);
  const { monthly, initial, priceList, priceVersion } = shown;
  return happened<CartEvent>({
    type: 'CartLineChanged',
    ...{ at, account, circle, line, quantity, monthly, initial, priceList, priceVersion },
  });
}

function setUp({ now: at, account, circle, line, uniques }: Of<'SetUpDevices'>, cart: Cart): Decision {
  const known = cart.lines.get(line);
  if (!known) return rejected(cartRefusals.NO_SUCH_CART_LINE);
  if (isCancellation(known) || known.number !== null) return rejected(cartRefusals.NOT_A_DEVICE);
  const { quantity } = known;
  if (uniques.length > quantity)
    return rejected(cartRefusals.MORE_SET_UP_THAN_BOUGHT, { quantity: String(quantity) });
  const same = uniques.every((unique, at) => unique === (known.uniques[at] ?? null));
  if (same && uniques.length >= known.uniques.length) return nothing(cartUnchanged.SET_UP_SO);
  return happened<CartEvent>({ type: 'CartDevicesSetUp', at, account, circle, line, uniques });
}

function chooseDelivery(
  { now: at, account, circle, anyDay, payOnDelivery }: Of<'ChooseDelivery'>,
  { delivery }: Cart,
): Decision {
  if (delivery?.anyDay === anyDay && delivery.payOnDelivery === payOnDelivery)
    return nothing(cartUnchanged.DELIVERED_SO);
  return happened<CartEvent>({ type: 'CartDeliveryChosen', at, account, circle, anyDay, payOnDelivery });
}

function remove({ now: at, account, circle }: OfCart, lines: readonly string[], cart: Cart): Decision {
  if (lines.some(line => !cart.lines.has(line))) return rejected(cartRefusals.NO_SUCH_CART_LINE);
  if (lines.length === 0) return nothing(cartUnchanged.CART_EMPTY_ALREADY);
  const events = [...new Set(lines)].map(
    (line): CartEvent => ({ type: 'CartLineRemoved', at, account, circle, line }),
  );
  return { kind: 'events', events };
}

function order(command: Of<'OrderCart'>, cart: Cart): Decision {
  const { now: at, account, circle, order: id, net, byStaff } = command;
  if (cart.ordering?.order === id) return nothing(cartUnchanged.CART_ORDERED_BEFORE);
  if (cart.ordering) return rejected(cartRefusals.CART_BEING_ORDERED);
  if (cart.lines.size === 0) return rejected(cartRefusals.CART_EMPTY);
  return happened<CartEvent>({ type: 'CartOrdered', at, account, circle, order: id, net, byStaff });
}

function decided(command: Of<'CompleteCartOrder'> | Of<'RefuseCartOrder'>, cart: Cart): Decision {
  const { now: at, account, circle, order: id } = command;
  if (cart.ordering?.order !== id) return nothing(cartUnchanged.CART_ORDER_DECIDED);
  const ofCart = { at, account, circle, order: id };
  if (command.type === 'CompleteCartOrder')
    return happened<CartEvent>({ type: 'CartOrderCompleted', ...ofCart });
  const { code, details } = command;
  return happened<CartEvent>({ type: 'CartOrderRefused', ...ofCart, code, ...(details && { details }) });
}

function decide(command: CartCommand, cart: Cart): Decision {
  switch (command.type) {
    case 'OrderCart':
      return order(command, cart);
    case 'CompleteCartOrder':
    case 'RefuseCartOrder':
      return decided(command, cart);
    default:
      // What somebody has agreed to buy stays as it is until it is bought or not.
      return cart.ordering ? rejected(cartRefusals.CART_BEING_ORDERED) : edit(command, cart);
  }
}

function edit(
  command: Exclude<CartCommand, Of<'OrderCart'> | Of<'CompleteCartOrder'> | Of<'RefuseCartOrder'>>,
  cart: Cart,
): Decision {
  switch (command.type) {
    case 'AddToCart':
      return add(command, cart);
    case 'ChangeCartLine':
      return changeLine(command, cart);
    case 'SetUpDevices':
      return setUp(command, cart);
    case 'ChooseDelivery':
      return chooseDelivery(command, cart);
    case 'RemoveFromCart':
      return remove(command, command.lines, cart);
    case 'EmptyCart':
      return remove(command, [...cart.lines.keys()], cart);
    default:
      return assertNever(command);
  }
}

const withLine = (cart: Cart, line: CartLine): Cart => ({
  ...cart,
  lines: new Map([...cart.lines, [line.line, line]]),
});

function evolve(cart: Cart, event: CartEvent): Cart {
  switch (event.type) {
    case 'CartLineAdded': {
      const { type: _, at: __, account: ___, circle: ____, ...line } = event;
      return { ...withLine(cart, { ...line, uniques: [] }), counted: cart.counted + 1 };
    }
    case 'CartCancellationAdded': {
      const { line, contract } = event;
      return { ...withLine(cart, { line, contract }), counted: cart.counted + 1 };
    }
    case 'CartLineChanged': {
      const { line, quantity, monthly, initial, priceList, priceVersion } = event;
      const known = cart.lines.get(line);
      if (!known || isCancellation(known)) throw new Error(`the log changes line ${line}, which is none`);
      return withLine(cart, { ...known, quantity, monthly, initial, priceList, priceVersion });
    }
    case 'CartDevicesSetUp': {
      const { line, uniques } = event;
      const known = cart.lines.get(line);
      if (!known || isCancellation(known)) throw new Error(`the log sets up line ${line}, which is none`);
      return withLine(cart, { ...known, uniques });
    }
    case 'CartDeliveryChosen': {
      const { anyDay, payOnDelivery } = event;
      return { ...cart, delivery: { anyDay, payOnDelivery } };
    }
    case 'CartLineRemoved': {
      const lines = new Map(cart.lines);
      lines.delete(event.line);
      return { ...cart, lines };
    }
    case 'CartOrdered': {
      const { order: id, net, byStaff, at: since } = event;
      return { ...cart, ordering: { order: id, net, byStaff, since } };
    }
    case 'CartOrderCompleted':
      return { ...cart, lines: new Map(), ordering: null, delivery: null };
    case 'CartOrderRefused': {
      const { order: id, code, details } = event;
      const refused = new Map(cart.refused).set(id, { code, ...(details && { details }) });
      return { ...cart, ordering: null, refused };
    }
    default:
      return assertNever(event);
  }
}

/** What an account, or a circle of it, is about to buy and to cancel (カート). */
export const cart: Decider<CartCommand, CartEvent, Cart, CartRejection> = {
  name: 'cart',
  fresh: () => ({ lines: new Map(), counted: 0, ordering: null, delivery: null, refused: new Map() }),
  decide,
  evolve,
};
