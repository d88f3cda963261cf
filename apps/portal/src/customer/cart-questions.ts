import { created, type Schemas, send } from '../api/client.js';
import { useAsk } from '../api/questions.js';
import { useAccount } from '../app/session.js';

export type Cart = Schemas['Cart'];
export type ShopProduct = Schemas['ShopProduct'];

export const cartKey = (account: string) => ['cart', account] as const;

/** The cart of the account: what it holds is for its first circle, where it is for one. */
export function useCart() {
  const account = useAccount();
  return useAsk(cartKey(account), '/api/v1/accounts/{account}/cart', { path: { account }, query: {} });
}

export function useShop() {
  const account = useAccount();
  return useAsk(['shop', account], '/api/v1/accounts/{account}/shop', { path: { account }, query: {} });
}

/** @param items as an order names them: `unique.extension:2`, `number.03@0312345678` */
export const putIntoCart = async (account: string, items: string[]) =>
  created(await send('POST', '/api/v1/accounts/{account}/cart', { path: { account }, body: { items } }));
