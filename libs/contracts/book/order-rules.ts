import { type AccountId, type BusinessDay, type Instant, type Money, rejected } from '#kernel';
import type { Product, ProductKind } from '../catalogue/product.js';
import { CERTIFICATE_WORDS, isProven, type VbaGroupFacts, vbaNames } from '../numbers/vba-group.js';
import type { PaperKind } from '../parties/papers.js';
import { bookRefusals, type Decision } from './book.refusals.js';
import { type Book, type Contract, contractsOn, has } from './book.state.js';
import type { CancellationTerms } from './cancelling.js';
import type { Delivery } from './shipping.events.js';

// What may be ordered: by itself, and beside what the account has already.

/** Who orders: staff may sell what customers must ask for; a circle buys nothing of the account. */
export const BUYERS = ['staff', 'account', 'circle'] as const;
export type Buyer = (typeof BUYERS)[number];

export interface OrderedItem {
  readonly product: Product;
  /** 1 or more. */
  readonly quantity: number;
  readonly numbers: readonly string[];
  /** Of devices: the terminals that they are set up for, one per unit; none is null. */
  readonly uniques?: readonly (string | null)[];
  /** Of overseas numbers that are bought by count. */
  readonly group?: OrderedGroup;
}
export interface OrderedGroup {
  readonly group: string;
  readonly facts: VbaGroupFacts;
}

export interface PlaceOrder {
  readonly type: 'PlaceOrder';
  readonly now: Instant;
  readonly account: AccountId;
  readonly order: string;
  readonly circle: string | null;
  readonly items: readonly OrderedItem[];
  /** Contracts that end with this order (CRT-01: one cart holds purchases and cancellations). */
  readonly cancels: readonly string[];
  readonly terms: CancellationTerms;
  readonly priceList: string;
  readonly priceVersion: number;
  /** Where devices go; null: nobody has said so. */
  readonly delivery: Delivery | null;
  /** Simultaneous calls that a circle may have by self-service (TRK-02, LM-11). */
  readonly mostCalls: number;
  /** Due at once, net, as the buyer has seen it; without it nothing is compared. */
  readonly seen?: Money;
  /** Of a cart: after it the cart was told that the order is over. */
  readonly until?: Instant;
  readonly by: Buyer;
  /** The kinds of identity papers of the account that are approved. */
  readonly papers?: readonly PaperKind[];
  /** By its contract data; what is sold to companies alone asks for it. */
  readonly isCompany?: boolean;
}

/** Whether it depends on who buys (`papers`, `isCompany`) if an item is sold. */
export const asksWhoBuys = ({ product, group }: OrderedItem): boolean =>
  product.corporateOnly || group?.facts.certificate != null;

const DEVICE_KINDS: readonly ProductKind[] = ['device', 'shipping'];
export const isDevice = ({ kind }: { readonly kind: ProductKind }): boolean => DEVICE_KINDS.includes(kind);
/** What belongs to the account and to no circle (CAT-25, CAT-26). */
const OF_ACCOUNT: readonly ProductKind[] = ['account_option', 'invoice_posting', ...DEVICE_KINDS];
export const isOfAccount = ({ kind }: { readonly kind: ProductKind }): boolean => OF_ACCOUNT.includes(kind);

/** What is sold on the pages of the account alone (CAT-25, CAT-26). */
export const isAccountOnly = ({ kind }: { readonly kind: ProductKind }): boolean =>
  kind === 'account_option' || kind === 'invoice_posting';

/** What must be there before a product can be bought: its additional channels need what they are added to. */
const PARENTS: Partial<Readonly<Record<ProductKind, ProductKind>>> = {
  trunk_channel: 'trunk',
  fax_channel: 'fax',
};

/** What belongs to the account belongs to it also when it is ordered from the page of a circle. */
export const circleFor = (kind: ProductKind, circle: string | null): string | null =>
  isOfAccount({ kind }) ? null : circle;

/** Of which circle units are counted; the account's own are of `null`. */
type Where = { readonly circle: string | null } | 'account';

/** Units of a product, or of those with a capability, that there are or that are about to be. */
function counted(book: Book, where: Where, day: BusinessDay, counts: (of: Unit) => boolean): number {
  const isThere = (circle: string | null) => where === 'account' || where.circle === circle;
  const begun = contractsOn(book, day).filter(contract => isThere(contract.circle) && counts(contract));
  let total = begun.length;
  for (const order of book.orders.values()) {
    if (order.state !== 'placed' || !(where === 'account' || where.circle === order.circle)) continue;
    for (const line of order.lines) if (counts(line)) total += line.quantity;
  }
  return total;
}
type Unit = Pick<Contract, 'product' | 'kind' | 'capabilities'>;

const sumOfItems = (items: readonly OrderedItem[], counts: (of: Product) => boolean): number =>
  items.reduce((sum, { product, quantity }) => sum + (counts(product) ? quantity : 0), 0);

/**
 * Units and cancellations of one order, together. They begin, and are paid, in one append each; a store in a
 * cluster takes about a megabyte at once.
 */
const UNITS_AT_MOST = 500;

/** Overseas numbers are of a group, which says what they are sold as and which papers they need (VBA-06). */
function refusedGroup(
  { product, group }: OrderedItem,
  { by, papers = [] }: PlaceOrder,
): Decision<never> | undefined {
  const named = { product: { ja: product.nameJa, en: product.nameEn } };
  const isOfGroup = product.kind === 'vba_number';
  if (isOfGroup && group === undefined) return rejected(bookRefusals.GROUP_MISSING, named);
  if (group === undefined) return undefined;
  if (!isOfGroup || group.facts.product !== product.code)
    return rejected(bookRefusals.GROUP_NOT_OF_PRODUCT, { ...named, group: group.group });
  const { certificate } = group.facts;
  if (certificate === null || by === 'staff' || isProven(certificate, papers)) return undefined;
  const asked = { papers: CERTIFICATE_WORDS[certificate] };
  return rejected(bookRefusals.CERTIFICATE_MISSING, { product: vbaNames(group.facts), ...asked });
}

/** What no order may hold, whatever the account has already. */
export function refusedByItself(command: PlaceOrder): Decision<never> | undefined {
  const { items, circle, cancels, by } = command;
  const byStaff = by === 'staff';
  if (items.length === 0 && cancels.length === 0) return rejected(bookRefusals.ORDER_EMPTY);
  if (sumOfItems(items, () => true) + cancels.length > UNITS_AT_MOST)
    return rejected(bookRefusals.ORDER_TOO_LARGE, { most: String(UNITS_AT_MOST) });
  for (const item of items) {
    const { product, quantity, numbers } = item;
    const named = { product: { ja: product.nameJa, en: product.nameEn } };
    if (circle === null && !byStaff && !isOfAccount(product))
      return rejected(bookRefusals.CIRCLE_REQUIRED, named);
    if (by === 'circle' && isAccountOnly(product)) return rejected(bookRefusals.ACCOUNT_ONLY, named);
    // Shipping comes with what it ships; `refusedByDelivery` asks for that.
    const isSold = product.selfService || byStaff || product.kind === 'shipping';
    if (!isSold) return rejected(bookRefusals.NOT_SOLD_HERE, named);
    if (product.corporateOnly && !byStaff && command.isCompany !== true)
      return rejected(bookRefusals.COMPANIES_ONLY, named);
    if (product.kind !== 'number' && numbers.length > 0)
      return rejected(bookRefusals.NUMBER_NOT_OF_PRODUCT, { ...named, number: numbers[0]! });
    if (product.kind === 'number' && new Set(numbers).size !== quantity)
      return rejected(bookRefusals.NUMBERS_MISSING, { ...named, quantity: String(quantity) });
    const refused = refusedGroup(item, command);
    if (refused) return refused;
  }
  const chosen = items.flatMap(({ numbers }) => numbers);
  const twice = chosen.find((number, at) => chosen.indexOf(number) !== at);
  if (twice !== undefined) return rejected(bookRefusals.NUMBER_CHOSEN_TWICE, { number: twice });
  const devices = items.filter(({ product }) => isDevice(product)).length;
  if (devices > 0 && (devices < items.length || cancels.length > 0))
    return rejected(bookRefusals.DEVICES_APART);
  return undefined;
}

/** Devices, and with them their shipping. */
const hasDevice = (items: readonly OrderedItem[]): boolean =>
  items.some(({ product }) => product.kind === 'device');

/**
 * Whoever orders devices pays for their shipping with them, once per order (DEV-02), unless its receiver pays
 * the carrier (DEV-10). @param sold the price list; its first shipping product is that of Japan
 */
export function withShipping(
  items: readonly OrderedItem[],
  sold: readonly Product[],
  payOnDelivery: boolean,
): readonly OrderedItem[] {
  const goods = items.filter(({ product }) => product.kind !== 'shipping');
  const shipping = sold.find(({ kind }) => kind === 'shipping');
  if (!hasDevice(goods)) return items;
  return payOnDelivery || !shipping ? goods : [...goods, { product: shipping, quantity: 1, numbers: [] }];
}

/** Devices go somewhere, and a delivery is that of devices. */
export function refusedByDelivery({ items, delivery }: PlaceOrder): Decision<never> | undefined {
  if (!hasDevice(items)) {
    const alone = items.find(({ product }) => product.kind === 'shipping')?.product;
    if (alone === undefined) return undefined;
    const named = { product: { ja: alone.nameJa, en: alone.nameEn } };
    return rejected(bookRefusals.PARENT_MISSING, { ...named, parent: PARENT_NAMES.device! });
  }
  return delivery === null ? rejected(bookRefusals.DELIVERY_MISSING) : undefined;
}

/**
 * Numbers that are in contract, or about to be. One whose contract is over is the account's until its end is
 * booked, and one of a refused order until that is cleared.
 */
function numbersTaken(book: Book): Set<string> {
  const open = [...book.orders.values()].filter(
    ({ state, cleared }) => state === 'placed' || (state === 'refused' && !cleared),
  );
  const wanted = open.flatMap(({ lines }) => lines.flatMap(({ numbers }) => numbers));
  const owned = [...book.contracts.values()].filter(({ ended }) => !ended);
  return new Set([...owned.flatMap(({ number }) => number ?? []), ...wanted]);
}

/** What the account has already stands in the way of. */
export function refusedByBook(
  command: PlaceOrder,
  book: Book,
  day: BusinessDay,
): Decision<never> | undefined {
  const { items, circle } = command;
  const ordered = (counts: (of: Product) => boolean) => sumOfItems(items, counts);
  for (const { product } of items) {
    const named = { product: { ja: product.nameJa, en: product.nameEn } };
    const isSame = (of: Unit) => of.product === product.code;
    const more = ordered(of => of.code === product.code);
    const where: Where = circleFor(product.kind, circle) === null ? 'account' : { circle };
    if (product.single && counted(book, where, day, isSame) + more > 1)
      return rejected(bookRefusals.ALREADY_OWNED, named);
    const present = counted(book, 'account', day, isSame);
    if (product.most !== null && command.by !== 'staff' && present + more > product.most) {
      const sizes = { most: String(product.most), present: String(present), more: String(more) };
      return rejected(bookRefusals.TOO_MANY, { ...named, ...sizes });
    }
    const parent = PARENTS[product.kind];
    if (parent === undefined) continue;
    const isParent = (of: { readonly kind: ProductKind }) => of.kind === parent;
    if (counted(book, { circle }, day, isParent) + ordered(isParent) === 0)
      return rejected(bookRefusals.PARENT_MISSING, { ...named, parent: PARENT_NAMES[parent] ?? parent });
  }
  const taken = numbersTaken(book);
  const twice = items.flatMap(({ numbers }) => numbers).find(number => taken.has(number));
  if (twice !== undefined) return rejected(bookRefusals.NUMBER_IN_CONTRACT, { number: twice });
  const addsCall = (of: { readonly capabilities: readonly string[] }) => has(of, 'adds_call');
  const [present, more] = [counted(book, { circle }, day, addsCall), ordered(addsCall)];
  if (more > 0 && command.by !== 'staff' && present + more > command.mostCalls) {
    const sizes = { most: String(command.mostCalls), present: String(present), more: String(more) };
    return rejected(bookRefusals.TOO_MANY_CALLS, sizes);
  }
  return undefined;
}
const PARENT_NAMES: Partial<Readonly<Record<ProductKind, { ja: string; en: string }>>> = {
  trunk: { ja: 'SIPトランク2', en: 'SIP trunk 2' },
  fax: { ja: 'クラウドFAX', en: 'cloud FAX' },
  device: { ja: '機器', en: 'a device' },
};
