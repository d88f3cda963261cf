import { useTranslation } from 'react-i18next';
import { AppLink } from '../app/link.js';
import { useFace } from '../app/session.js';
import { UrlSelect } from '../ui/choices.js';
import { Note } from '../ui/page.js';
import { useCart, useFilledCarts, useWhoseCart } from './cart-questions.js';
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

/** The cart that holds something, where there is one: the first, with the lines of all. */
function useFilled() {
  const face = useFace();
  const { data } = useFilledCarts();
  const [first] = data?.rows ?? [];
  if (!data || !first) return null;
  // A circle has its own cart only: its address names none.
  const search: Readonly<Record<string, string>> =
    face === 'account' && first.circle !== null ? { circle: first.circle } : {};
  return { search, count: data.rows.reduce((sum, one) => sum + one.count, 0) };
}

/** Whoever came from the cart to see what is missing finds the way back. */
export function BackToCart() {
  const { t } = useTranslation('customer');
  const filled = useFilled();
  if (!filled) return null;
  return (
    <Note>
      {t('cart.back', { count: filled.count })}{' '}
      <AppLink to="/cart" search={filled.search}>
        {t('cart.toCart')}
      </AppLink>
    </Note>
  );
}

/** In the header of every page, while a cart holds something (CRT-01): the way to it, and back to it. */
export function CartBadge() {
  const { t } = useTranslation();
  const filled = useFilled();
  if (!filled) return null;
  const { count, search } = filled;
  return (
    <AppLink to="/cart" search={search} className="button quiet cart-badge">
      {t('cart.name')} <span className="badge">{count}</span>
      <span className="sr">{t('cart.badge', { count })}</span>
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
