import { bookRefusals, type CartItem, isAccountOnly, type PriceListVersion } from '#contracts';
import { BusinessDay, type Instant, rejected } from '#kernel';
import type { Answer } from '../product.views.js';
import type { WantedItem } from './contracts.inputs.js';

/** The price list of an account, as it is in force now. */
interface Sold {
  readonly priceList: string;
  readonly version: PriceListVersion | undefined;
}

/** What comes into a cart, as it is sold now. */
export function cartItem(
  { product: code, quantity, number }: WantedItem,
  { priceList, version: prices }: Sold,
  { circle, now }: { readonly circle: string | null; readonly now: Instant },
): CartItem | Extract<Answer<never>, { kind: 'rejected' }> {
  const product = prices?.products.find(one => one.code === code);
  const day = BusinessDay.text(BusinessDay.of(now));
  if (!product || !prices) return rejected(bookRefusals.NO_SUCH_PRODUCT, { product: code, day });
  const { nameJa, nameEn, monthly, initial } = product;
  // It comes with what it ships (DEV-02).
  if (product.kind === 'shipping')
    return rejected(bookRefusals.NOT_SOLD_HERE, { product: { ja: nameJa, en: nameEn } });
  if (circle !== null && isAccountOnly(product))
    return rejected(bookRefusals.ACCOUNT_ONLY, { product: { ja: nameJa, en: nameEn } });
  if (product.kind === 'number' && number === null)
    return rejected(bookRefusals.NUMBERS_MISSING, {
      ...{ product: { ja: nameJa, en: nameEn }, quantity: String(quantity) },
    });
  return {
    ...{ product: code, quantity, number, nameJa, nameEn, monthly, initial },
    ...{ priceList, priceVersion: prices.version },
  };
}
