import { useTranslation } from 'react-i18next';
import { AppLink } from '../app/link.js';
import { useCart } from './cart-questions.js';

/** The way to the cart, with how many lines it has (CRT-01: always reachable). */
export function CartLink() {
  const { t } = useTranslation('customer');
  const { data } = useCart();
  return (
    <AppLink to="/cart" className="button">
      {t('cart.view', { count: data?.count ?? 0 })}
    </AppLink>
  );
}
