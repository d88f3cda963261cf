import type { DeliveryWish, OrderedItem, Product, VbaGroupFacts } from '#contracts';
import type { Facts } from '../engine/facts.js';
import type { NewOrder, WantedItem } from './contracts.inputs.js';

// What somebody wants to buy, beside what is sold.

/** An order that is asked for; of devices also how they are to be delivered. */
export interface WantedOrder extends Omit<NewOrder, 'items'> {
  readonly items: readonly WantedItem[];
  readonly delivery?: DeliveryWish | null | undefined;
}

/** How devices are delivered where nobody has asked for anything. */
export const AS_USUAL: DeliveryWish = { anyDay: false, payOnDelivery: false };

const perUnit = ({ quantity, uniques = [] }: Pick<OrderedItem, 'quantity' | 'uniques'>) =>
  Array.from({ length: quantity }, (_, at) => uniques[at] ?? null);

/** The products of an order, each once; or the code of one that is not sold. */
export function itemsOf(
  wanted: readonly WantedItem[],
  sold: readonly Product[],
  groups: ReadonlyMap<string, VbaGroupFacts>,
): OrderedItem[] | string {
  const items = new Map<string, OrderedItem>();
  for (const { product: code, quantity, number, group, uniques = [] } of wanted) {
    const product = sold.find(one => one.code === code);
    if (!product) return code;
    const numbers = number === null ? [] : [number];
    const facts = group === undefined ? undefined : groups.get(group);
    const ofGroup = group !== undefined && facts ? { group: { group, facts } } : {};
    const key = group === undefined ? code : `${code}@${group}`;
    const before = items.get(key);
    const more = { product, quantity, numbers, uniques: perUnit({ quantity, uniques }), ...ofGroup };
    items.set(
      key,
      before === undefined
        ? more
        : {
            ...before,
            quantity: before.quantity + quantity,
            numbers: [...before.numbers, ...numbers],
            uniques: [...(before.uniques ?? []), ...more.uniques],
          },
    );
  }
  return [...items.values()];
}

/** The terminals that devices are set up for. */
export const uniquesIn = (items: readonly OrderedItem[]): string[] =>
  items.flatMap(({ uniques = [] }) => uniques.flatMap(unique => unique ?? []));

/** What the groups are that are bought from; undefined: one of them is none. */
export async function groupsIn(
  facts: Facts,
  items: readonly WantedItem[],
): Promise<ReadonlyMap<string, VbaGroupFacts> | undefined> {
  const groups = new Map<string, VbaGroupFacts>();
  for (const { group } of items) {
    if (group === undefined || groups.has(group)) continue;
    const found = await facts.vbaGroup(group);
    if (found === null) return undefined;
    groups.set(group, found);
  }
  return groups;
}
