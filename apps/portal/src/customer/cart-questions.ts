import { created, type Schemas, send } from '../api/client.js';
import { useAsk } from '../api/questions.js';
import { useAccount, useFace } from '../app/session.js';
import { useUrlState } from '../app/url-state.js';

export type Cart = Schemas['Cart'];
export type ShopProduct = Schemas['ShopProduct'];

/** Carts of an account: its own and one of each circle; what one buys lessens what another may. */
export const cartKey = (account: string) => ['cart', account] as const;

/** A circle as requests and addresses name it: not for the account, nor for a circle that means itself. */
interface OfCircle {
  readonly circle?: string;
}

/** Whose cart the page is about: an account chooses a circle in the address, a circle has its own. */
export function useWhoseCart(): { readonly account: string; readonly of: OfCircle } {
  const account = useAccount();
  const chooses = useFace() === 'account';
  const [{ circle = '' }] = useUrlState();
  return { account, of: chooses && /^\d{10}$/.test(circle) ? { circle } : {} };
}

/** The cart of the page. */
export function useCart() {
  const { account, of } = useWhoseCart();
  return useAsk([...cartKey(account), of], '/api/v1/accounts/{account}/cart', {
    path: { account },
    query: of,
  });
}

/** The carts that hold something: whose, and how many lines; a circle knows its own alone. */
export function useFilledCarts() {
  const account = useAccount();
  return useAsk([...cartKey(account), 'filled'], '/api/v1/accounts/{account}/carts', {
    path: { account },
    query: {},
  });
}

export function useShop() {
  const { account, of } = useWhoseCart();
  return useAsk(['shop', account, of], '/api/v1/accounts/{account}/shop', { path: { account }, query: of });
}

/** @param items as an order names them: `unique.extension:2`, `number.03@0312345678`, `vba.us@us-ny:3` */
export const putIntoCart = async (account: string, of: OfCircle, items: string[]) =>
  created(
    await send('POST', '/api/v1/accounts/{account}/cart', { path: { account }, body: { ...of, items } }),
  );
