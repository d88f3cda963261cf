import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { created, send } from '../api/client.js';
import { useFace } from '../app/session.js';
import type { Act } from '../ui/doing.js';
import { CheckField } from '../ui/form/field.js';
import { cartKey } from './cart-questions.js';
import { type Contract, type Ending, useWhose } from './contracts-questions.js';

type OfCircle = Pick<Contract, 'contract' | 'circle'>;

/** Customers may put a cancellation into the cart, beside what they buy, and confirm both there (CRT-01). */
export function IntoCartField() {
  const { t } = useTranslation('customer');
  const { isOwn } = useWhose();
  return isOwn && <CheckField name="intoCart" label={t('cancel.intoCart')} hint={t('cancel.intoCartHint')} />;
}

/** Puts cancellations into the carts of the circles that they are of, and goes there: none ends yet. */
export function useIntoCart(): (of: readonly OfCircle[]) => Act<{ rows: Ending[] }> {
  const { t } = useTranslation('customer');
  const { account, at } = useWhose();
  const navigate = useNavigate();
  const chooses = useFace() === 'account';
  return of => {
    const carts = [...Map.groupBy(of, ({ circle }) => (chooses ? circle : null))];
    const search = carts[0]?.[0] ? { circle: carts[0][0] } : {};
    return {
      changes: [cartKey(account)],
      send: async () => {
        for (const [circle, own] of carts) {
          const cancels = own.map(({ contract }) => contract);
          const body = { ...(circle !== null && { circle }), cancels };
          created(await send('POST', '/api/v1/accounts/{account}/cart', { path: { account }, body }));
        }
        return { rows: [] };
      },
      done: t('cart.added'),
      after: () => void navigate({ to: at('/cart') as never, search: search as never }),
    };
  };
}
