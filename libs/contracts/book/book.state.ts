import type { AccountId, BusinessDay, Instant, Money, TaxCategory } from '#kernel';
import type { ProductKind } from '../catalogue/product.js';
import type { KeptRefusal } from '../kept-refusal.js';
import type { Measured } from './measure.events.js';
import type { OrderLine } from './order.events.js';
import type { Delivery, OrderedDevice, SHIPPED_FOR } from './shipping.events.js';

/** Who asked for an end: the contract alone, or what holds it. */
export type EndsWith = 'contract' | 'circle' | 'account';

export interface Ending {
  /** Its last day. */
  readonly endsOn: BusinessDay;
  readonly requestedAt: Instant;
  /** The cut-off of its last day's month; null: it cannot be undone. */
  readonly undoUntil: Instant | null;
  readonly policy: string;
  readonly endsWith: EndsWith;
  /** An application of its own, for a later day, that the end of its circle took the place of. */
  readonly instead: Ending | null;
}

/** One unit of one monthly product that an account has, or had (契約). */
export interface Contract {
  readonly contract: string;
  readonly order: string;
  readonly product: string;
  readonly kind: ProductKind;
  readonly nameJa: string;
  readonly nameEn: string;
  readonly circle: string | null;
  /** Ten digits, of what is a terminal. */
  readonly unique: string | null;
  readonly number: string | null;
  /** The group that an overseas number is of. */
  readonly group?: string;
  /** Net, as it was agreed; the fee of a month goes by the price list in force on its first day. */
  readonly monthly: Money;
  readonly firstMonth: Money;
  readonly initial: Money;
  readonly taxCategory: TaxCategory;
  readonly capabilities: readonly string[];
  readonly priceList: string;
  readonly priceVersion: number;
  readonly since: BusinessDay;
  readonly begunAt: Instant;
  readonly ending: Ending | null;
  /** Whether its end is booked; a contract is over after `ending.endsOn` all the same. */
  readonly ended: boolean;
}

export interface Order {
  readonly order: string;
  readonly placedAt: Instant;
  readonly circle: string | null;
  readonly lines: readonly OrderLine[];
  readonly cancels: readonly string[];
  /** Where its devices go; null: it has none. */
  readonly delivery: Delivery | null;
  readonly priceList: string;
  readonly priceVersion: number;
  readonly state: 'placed' | 'refused' | 'completed' | 'settled';
  /** Why it came to nothing, and what the balance lacked for it; null: it did not. */
  readonly refusal: (KeptRefusal & { readonly missing: Money | null }) | null;
  /** Of a refused one: whether all that was set aside for it is free again. */
  readonly cleared: boolean;
}

/** Devices that go, or went, in one parcel (出荷). */
export interface Shipment {
  readonly shipment: string;
  readonly order: string;
  readonly for: (typeof SHIPPED_FOR)[number];
  readonly devices: readonly string[];
  readonly delivery: Delivery;
  /** When it should be shipped. */
  readonly from: BusinessDay;
  readonly to: BusinessDay;
  readonly openedAt: Instant;
  readonly state: 'waiting' | 'shipped' | 'delivered';
  readonly sent: {
    readonly carrier: string;
    readonly trackingNumber: string;
    readonly shippedOn: BusinessDay;
    readonly arrivesOn: BusinessDay;
  } | null;
  readonly arrived: {
    readonly arrivedOn: BusinessDay;
    readonly returnUntil: Instant;
    readonly warrantyUntil: Instant;
  } | null;
}

/** One device that was bought, and whatever replaced it. */
export interface Device extends OrderedDevice {
  readonly order: string;
  /** The newest one with it. */
  readonly shipment: string;
  /** `granted`: its price is being paid back. */
  readonly refund: 'granted' | 'paid' | null;
}

/** What terminals of a circle have of what the circle has as a count. */
export interface Allotment {
  readonly circle: string;
  /** `calls`, `fax`, or the code of an option. */
  readonly pool: string;
  /** In the order of the list of terminals; each more than 0. */
  readonly shares: readonly { readonly unique: string; readonly count: number }[];
  /** When it was last changed: ends since then are still to be looked at. */
  readonly at: Instant;
}

/** The contract book of one account: all that it ordered, has, ends and had. Changed in place. */
export interface Book {
  readonly account: AccountId | null;
  readonly orders: Map<string, Order>;
  readonly contracts: Map<string, Contract>;
  /** The ids of those that are of a number, and of those that are of a terminal. */
  readonly ofNumber: Map<string, string[]>;
  readonly ofUnique: Map<string, string[]>;
  readonly shipments: Map<string, Shipment>;
  readonly devices: Map<string, Device>;
  /** What was measured, each a new peak of its contract and month. */
  readonly measured: Measured[];
  /** By circle and pool. */
  readonly allotments: Map<string, Allotment>;
  /** The last day of circles that are cancelled as a whole. */
  readonly circlesEnd: Map<string, BusinessDay>;
  /** The account's last day, once it is cancelled. */
  accountEndsOn: BusinessDay | null;
}

export const bookStream = (account: AccountId): string => `contracts-${account}`;

export const isOver = ({ ending }: Pick<Contract, 'ending'>, day: BusinessDay): boolean =>
  ending !== null && day > ending.endsOn;

/** In contract on a day: from its first day through its last. */
export const isInContract = (contract: Contract, day: BusinessDay): boolean =>
  contract.since <= day && !isOver(contract, day);

export const contractsOn = (book: Book, day: BusinessDay): Contract[] =>
  [...book.contracts.values()].filter(contract => isInContract(contract, day));

const of = ({ contracts }: Book, ids: readonly string[] = []): Contract[] =>
  ids.map(id => contracts.get(id)!);

/** What a login stands for: the account, a circle of it, or a terminal. */
export interface Holder {
  readonly circle: string | null;
  readonly unique: string | null;
}

/**
 * Whether account, circle or terminal are over on a day: with their own end, or with the end of what holds
 * them. A terminal that was never bought ends with what holds it alone.
 */
export function isHolderOver(book: Book, { circle, unique }: Holder, day: BusinessDay): boolean {
  const past = (last: BusinessDay | null | undefined) => last != null && day > last;
  if (past(book.accountEndsOn) || (circle !== null && past(book.circlesEnd.get(circle)))) return true;
  if (unique === null) return false;
  const bought = of(book, book.ofUnique.get(unique));
  return bought.length > 0 && bought.every(contract => isOver(contract, day));
}

/** Whether a number that was bought is in contract on a day. */
export const isNumberOn = (book: Book, number: string, day: BusinessDay): boolean =>
  of(book, book.ofNumber.get(number)).some(contract => isInContract(contract, day));

/** How often a contract's product has a capability counts for limits. */
export const has = (of: { readonly capabilities: readonly string[] }, capability: string): boolean =>
  of.capabilities.includes(capability);
