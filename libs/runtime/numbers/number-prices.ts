import { priceListOn, STANDARD_PRICE_LIST } from '#contracts';
import { type BusinessDay, Money } from '#kernel';
import type { Facts } from '../engine/facts.js';

/** What a product costs, net; null where it has no such price. */
export type PriceOf = (product: string) => {
  readonly monthly: string | null;
  readonly initial: string | null;
};

/** The prices of the standard list on a day. What an account pays by a list of its own, its cart says. */
export async function pricesOn(facts: Facts, day: BusinessDay): Promise<PriceOf> {
  const list = await facts.priceList(STANDARD_PRICE_LIST);
  const products = (list && priceListOn(list, day))?.products ?? [];
  const known = new Map(products.map(product => [product.code, product]));
  const text = (price: Money | null | undefined) => (price == null ? null : Money.text(price));
  return product => {
    const { monthly, initial } = known.get(product) ?? {};
    return { monthly: text(monthly), initial: text(initial) };
  };
}
