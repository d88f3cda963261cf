import {
  bookRefusals,
  type CartItem,
  isAccountOnly,
  type PriceListVersion,
  type VbaGroupFacts,
  vbaNames,
} from '#contracts';
import { type AccountId, BusinessDay, type Instant, rejected } from '#kernel';
import type { Answer } from '../product.views.js';
import type { WantedItem } from './contracts.inputs.js';

/** Whose cart it is. */
export interface WhoseCart {
  readonly account: AccountId;
  readonly circle?: string | undefined;
}
/** The price list of an account, as it is in force now. */
export interface Sold {
  readonly priceList: string;
  readonly version: PriceListVersion | undefined;
}

interface Around {
  readonly circle: string | null;
  readonly now: Instant;
  /** Of the group that is named. */
  readonly facts: VbaGroupFacts | undefined;
}

/** What comes into a cart, as it is sold now. */
export function cartItem(
  { product: code, quantity, number, group }: WantedItem,
  { priceList, version: prices }: Sold,
  { circle, now, facts }: Around,
): CartItem | Extract<Answer<never>, { kind: 'rejected' }> {
  const product = prices?.products.find(one => one.code === code);
  const day = BusinessDay.text(BusinessDay.of(now));
  if (!product || !prices) return rejected(bookRefusals.NO_SUCH_PRODUCT, { product: code, day });
  const { nameJa, nameEn, monthly, initial } = product;
  const named = { product: { ja: nameJa, en: nameEn } };
  // It comes with what it ships (DEV-02).
  if (product.kind === 'shipping') return rejected(bookRefusals.NOT_SOLD_HERE, named);
  if (circle !== null && isAccountOnly(product)) return rejected(bookRefusals.ACCOUNT_ONLY, named);
  if (product.kind === 'number' && number === null)
    return rejected(bookRefusals.NUMBERS_MISSING, { ...named, quantity: String(quantity) });
  if (product.kind === 'vba_number' && group === undefined)
    return rejected(bookRefusals.GROUP_MISSING, named);
  if (group !== undefined && facts?.product !== code)
    return rejected(bookRefusals.GROUP_NOT_OF_PRODUCT, { ...named, group });
  const names = facts ? vbaNames(facts) : { ja: nameJa, en: nameEn };
  return {
    ...{ product: code, quantity, number, nameJa: names.ja, nameEn: names.en, monthly, initial },
    ...(group !== undefined && { group }),
    ...{ priceList, priceVersion: prices.version },
  };
}

/** What a line of a cart asks of an order. */
export const asWanted = ({ product, quantity, number, group, uniques = [] }: WantedItem): WantedItem => ({
  ...{ product, quantity, number },
  ...(group !== undefined && { group }),
  ...(uniques.some(unique => unique !== null) && { uniques: uniques.slice(0, quantity) }),
});
