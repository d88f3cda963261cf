import { useTranslation } from 'react-i18next';
import { AppLink } from '../app/link.js';
import { useFace } from '../app/session.js';
import { UrlSelect } from '../ui/choices.js';
import { useCart, useWhoseCart } from './cart-questions.js';
import { useCircleNames } from './contracts-questions.js';

/** The way to the cart, with how many lines it has (CRT-01: always reachable). */
export function CartLink() {
  const { t } = useTranslation('customer');
  const { of } = useWhoseCart();
  const { data } = useCart();
  return (
    <AppLink to="/cart" search={{ ...of }} className="button">
      {t('cart.view', { count: data?.count ?? 0 })}
    </AppLink>
  );
}

/** For which circle an account buys; it stays in the address from the shop to the cart. */
export function CartChoice() {
  const { t } = useTranslation('customer');
  const { account } = useWhoseCart();
  const circles = useCircleNames(account);
  if (useFace() !== 'account' || circles.size === 0) return null;
  return (
    <div className="filters">
      <UrlSelect
        name="circle"
        label={t('cart.for')}
        usual=""
        choices={[['', t('cart.forAccount')], ...circles]}
      />
    </div>
  );
}
