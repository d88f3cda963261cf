import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useAct } from '../ui/act.js';
import { cartKey, putIntoCart, useWhoseCart } from './cart-questions.js';
import type { OnChosen } from './number-choice.js';

/** Takes chosen numbers to the cart, and the customer after them. */
export function useToCart(clear: () => void): OnChosen {
  const { t } = useTranslation('customer');
  const { account, of } = useWhoseCart();
  const act = useAct({});
  const navigate = useNavigate();
  return async ({ numbers, groups }) => {
    await act({
      changes: [cartKey(account)],
      send: () =>
        putIntoCart(account, of, [
          ...numbers.map(({ product, number }) => `${product}@${number}`),
          ...groups.map(({ group: { product, group }, quantity }) => `${product}@${group}:${quantity}`),
        ]),
      done: t('cart.added'),
      after: () => {
        clear();
        return navigate({ to: '/cart' as never, search: of as never });
      },
    });
  };
}
