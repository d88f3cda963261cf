import { BusinessDay, BusinessMonth, happened, Instant, Money, nothing, rejected } from '#kernel';
import { type ProductKind } from '../catalogue/product.js';
import type { KeptRefusal } from '../kept-refusal.js';
import { vbaNames } from '../numbers/vba-group.js';
import { type AllotmentEvent, type ReductionOn, reductionsDue } from './allotting.js';
import { bookRefusals, bookUnchanged, type Decision } from './book.refusals.js';
import { type Book, has, type Order } from './book.state.js';
import { type CancellationAccepted, type CancellationTerms, cancellationsOf } from './cancelling.js';
import type { ContractBegun, OrderEvent, OrderLine } from './order.events.js';
import {
  circleFor,
  isDevice,
  type OrderedItem,
  type PlaceOrder,
  refusedByBook,
  refusedByDelivery,
  refusedByItself,
} from './order-rules.js';
import { firstMonthFee } from './prices.js';
import type { ShippingEvent } from './shipping.events.js';
import { shipmentOf } from './shipping.js';
import type { ShippingTerms } from './shipping-days.js';

// Orders: what is bought is placed, paid and begun, all of it or nothing.

export interface RefuseOrder extends KeptRefusal {
  readonly type: 'RefuseOrder';
  readonly now: Instant;
  readonly order: string;
  readonly missing: Money | null;
}

/** The funds and the numbers of a refused order are free again. */
export interface ClearOrder {
  readonly type: 'ClearOrder';
  readonly now: Instant;
  readonly order: string;
}

export interface CompleteOrder {
  readonly type: 'CompleteOrder';
  readonly now: Instant;
  readonly order: string;
  /** Ten digits each, issued for the units of the order that are terminals, in their order. */
  readonly uniques: readonly string[];
  /** Those of its numbers whose kind reaches 020 numbers on the day of the order (CAT-20). */
  readonly reaching020: ReadonlySet<string>;
  readonly terms: CancellationTerms;
  readonly shipping: ShippingTerms;
  readonly reductionOn: ReductionOn;
}

export interface SettleOrder {
  readonly type: 'SettleOrder';
  readonly now: Instant;
  readonly order: string;
}
export type OrderCommand = PlaceOrder | RefuseOrder | ClearOrder | CompleteOrder | SettleOrder;

/** What is a terminal of its own, with ten digits (ACC-03, CAT-24). */
export const isTerminal = (of: {
  readonly kind: ProductKind;
  readonly capabilities: readonly string[];
}): boolean => of.kind === 'unique' || of.kind === 'trunk' || of.kind === 'fax' || has(of, 'makes_unique');

const lineOf = (item: OrderedItem, day: BusinessDay): OrderLine => {
  const { product, quantity, numbers, uniques, group } = item;
  const { code, kind, monthly, initial, proRated, taxCategory, capabilities } = product;
  const names = group ? vbaNames(group.facts) : { ja: product.nameJa, en: product.nameEn };
  return {
    product: code,
    kind,
    nameJa: names.ja,
    nameEn: names.en,
    quantity,
    monthly,
    firstMonth: monthly === null ? null : firstMonthFee(monthly, proRated, day),
    initial,
    proRated,
    taxCategory,
    capabilities,
    numbers,
    ...(uniques?.some(one => one !== null) && { uniques }),
    ...(group && { group: group.group }),
  };
};

/** The lines of an order of a day: its month is the first of what begins. */
export const linesOf = (items: readonly OrderedItem[], day: BusinessDay): OrderLine[] =>
  items.map(item => lineOf(item, day));

/** Net of one line: per unit, then times the quantity (DECISIONS: Contracts). */
export const dueNow = ({ firstMonth, initial, quantity }: OrderLine): Money =>
  Money.times(Money.add(firstMonth ?? Money.zero, initial ?? Money.zero), String(quantity), 'half_up');

/** Nothing new begins in what is about to end as a whole. */
function endsAsAWhole(book: Book, circle: string | null): Decision<never> | undefined {
  if (book.accountEndsOn !== null) return rejected(bookRefusals.ACCOUNT_ENDS);
  if (circle !== null && book.circlesEnd.has(circle)) return rejected(bookRefusals.CIRCLE_ENDS);
  return undefined;
}

function placeOrder(command: PlaceOrder, book: Book): Decision<OrderEvent> {
  const { now: at, account, order, circle, items, cancels, terms, priceList, priceVersion, seen } = command;
  const { delivery } = command;
  if (book.orders.has(order)) return rejected(bookRefusals.ORDER_EXISTS);
  if (command.until !== undefined && at > command.until) return rejected(bookRefusals.ORDER_NOT_PLACED);
  const day = BusinessDay.of(at);
  const ending = items.length > 0 ? endsAsAWhole(book, circle) : undefined;
  const refused =
    ending ?? refusedByItself(command) ?? refusedByBook(command, book, day) ?? refusedByDelivery(command);
  if (refused) return refused;
  const ends = cancellationsOf(book, { now: at, account, contracts: cancels, endsWith: 'contract', terms });
  if (ends.kind === 'rejected') return ends;
  const lines = linesOf(items, day);
  const net = Money.sum(lines.map(dueNow));
  if (seen !== undefined && seen !== net)
    return rejected(bookRefusals.PRICES_CHANGED, { seen: Money.text(seen), total: Money.text(net) });
  return happened<OrderEvent>({
    type: 'OrderPlaced',
    at,
    account,
    order,
    circle,
    lines,
    cancels,
    net,
    priceList,
    priceVersion,
    ...(delivery !== null && lines.some(isDevice) && { delivery }),
  });
}

function refuseOrder(command: RefuseOrder, book: Book): Decision<OrderEvent> {
  const { now: at, order, code, missing, details } = command;
  const known = book.orders.get(order);
  if (!known) return rejected(bookRefusals.NO_SUCH_ORDER);
  if (known.state !== 'placed') return nothing(bookUnchanged.ORDER_DECIDED);
  return happened<OrderEvent>({
    type: 'OrderRefused',
    at,
    account: book.account!,
    ...{ order, code, missing },
    ...(details && { details }),
  });
}

function clearOrder({ now: at, order }: ClearOrder, book: Book): Decision<OrderEvent> {
  const known = book.orders.get(order);
  if (!known) return rejected(bookRefusals.NO_SUCH_ORDER);
  if (known.state !== 'refused' || known.cleared) return nothing(bookUnchanged.NOTHING_TO_CLEAR);
  return happened<OrderEvent>({ type: 'OrderCleared', at, account: book.account!, order });
}

/** The id of the n-th contract of an order, from 1. */
export const contractIdOf = (order: string, nth: number): string =>
  `${order}-${String(nth).padStart(2, '0')}`;

/** The contracts of an order, one per unit, numbered in the order of its lines. */
function contractsOf(
  book: Book,
  order: Order,
  { now: at, uniques, reaching020 }: CompleteOrder,
): ContractBegun[] {
  const { circle, priceList, priceVersion, placedAt } = order;
  const begun: ContractBegun[] = [];
  let terminals = 0;
  for (const line of order.lines) {
    if (line.monthly === null) continue;
    for (let unit = 0; unit < line.quantity; unit++) {
      const { product, kind, nameJa, nameEn, taxCategory, monthly, firstMonth, initial } = line;
      const number = line.numbers[unit] ?? null;
      const reaches = number !== null && reaching020.has(number) && !has(line, 'reaches_020');
      const capabilities = reaches ? [...line.capabilities, 'reaches_020'] : line.capabilities;
      begun.push({
        type: 'ContractBegun',
        at,
        account: book.account!,
        contract: contractIdOf(order.order, begun.length + 1),
        order: order.order,
        ...{ product, kind, nameJa, nameEn, circle: circleFor(kind, circle) },
        unique: isTerminal(line) ? (uniques[terminals++] ?? null) : null,
        number,
        ...(line.group !== undefined && { group: line.group }),
        monthly,
        firstMonth: firstMonth ?? monthly,
        initial: initial ?? Money.zero,
        ...{ taxCategory, capabilities, priceList, priceVersion },
        since: BusinessDay.of(placedAt),
      });
    }
  }
  return begun;
}

/** How many ids of terminals an order needs. */
export const terminalsOf = (lines: readonly OrderLine[]): number =>
  lines.reduce((sum, line) => sum + (isTerminal(line) ? line.quantity : 0), 0);

type Completed = OrderEvent | CancellationAccepted | ShippingEvent | AllotmentEvent;
function completeOrder(command: CompleteOrder, book: Book): Decision<Completed> {
  const { now: at, order, terms, shipping, reductionOn } = command;
  const known = book.orders.get(order);
  if (!known) return rejected(bookRefusals.NO_SUCH_ORDER);
  if (known.state === 'refused') return rejected(bookRefusals.ORDER_REFUSED);
  if (known.state !== 'placed') return nothing(bookUnchanged.ORDER_COMPLETED_BEFORE);
  // The first month was priced, and the monthly fees of the next are debited for what is in contract by then.
  if (BusinessMonth.of(at) !== BusinessMonth.of(known.placedAt)) return rejected(bookRefusals.ORDER_OVER);
  // What it is bought for may have been cancelled since it was placed.
  const ending = known.lines.length > 0 ? endsAsAWhole(book, known.circle) : undefined;
  if (ending) return ending;
  const account = book.account!;
  const ends = cancellationsOf(book, {
    now: known.placedAt,
    account,
    contracts: known.cancels,
    endsWith: 'contract',
    terms,
  });
  if (ends.kind === 'rejected') return ends;
  return {
    kind: 'events',
    events: [
      ...reductionsDue(book, at, reductionOn),
      { type: 'OrderCompleted', at, account, order },
      ...contractsOf(book, known, command),
      ...shipmentOf(book, known, at, shipping),
      ...ends.events.map(ended => ({ ...ended, at })),
    ],
  };
}

function settleOrder({ now: at, order }: SettleOrder, book: Book): Decision<OrderEvent> {
  const known = book.orders.get(order);
  if (!known) return rejected(bookRefusals.NO_SUCH_ORDER);
  if (known.state === 'refused') return rejected(bookRefusals.ORDER_REFUSED);
  if (known.state === 'settled') return nothing(bookUnchanged.ORDER_SETTLED_BEFORE);
  if (known.state === 'placed') return nothing(bookUnchanged.ORDER_NOT_COMPLETED);
  return happened<OrderEvent>({ type: 'OrderSettled', at, account: book.account!, order });
}

export const orderDecisions = {
  PlaceOrder: placeOrder,
  RefuseOrder: refuseOrder,
  ClearOrder: clearOrder,
  CompleteOrder: completeOrder,
  SettleOrder: settleOrder,
};

function change(book: Book, order: string, change: Partial<Order>): void {
  const known = book.orders.get(order);
  if (!known) throw new Error(`the log names order ${order}, which this account does not have`);
  book.orders.set(order, { ...known, ...change });
}

export const orderEvolutions = {
  OrderPlaced(book: Book, event: Extract<OrderEvent, { type: 'OrderPlaced' }>) {
    const { order, at: placedAt, circle, lines, cancels, priceList, priceVersion, delivery = null } = event;
    const placed: Order = {
      order,
      placedAt,
      circle,
      lines,
      cancels,
      delivery,
      priceList,
      priceVersion,
      state: 'placed',
      refusal: null,
      cleared: false,
    };
    book.orders.set(order, placed);
  },
  OrderRefused: (
    book: Book,
    { order, code, missing, details }: Extract<OrderEvent, { type: 'OrderRefused' }>,
  ) => change(book, order, { state: 'refused', refusal: { code, missing, ...(details && { details }) } }),
  OrderCleared: (book: Book, { order }: { readonly order: string }) => change(book, order, { cleared: true }),
  OrderCompleted: (book: Book, { order }: { readonly order: string }) =>
    change(book, order, { state: 'completed' }),
  OrderSettled: (book: Book, { order }: { readonly order: string }) =>
    change(book, order, { state: 'settled' }),
  ContractBegun(book: Book, { type: _, at: begunAt, account: __, ...begun }: ContractBegun) {
    const { contract, number, unique } = begun;
    book.contracts.set(contract, { ...begun, begunAt, ending: null, ended: false });
    if (number !== null) book.ofNumber.set(number, [...(book.ofNumber.get(number) ?? []), contract]);
    if (unique !== null) book.ofUnique.set(unique, [...(book.ofUnique.get(unique) ?? []), contract]);
  },
};
