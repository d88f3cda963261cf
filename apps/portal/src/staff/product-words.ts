import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { moneyText } from '../ui/money-text.js';
import { useKnown } from '../words/known.js';
import type { Product } from './questions.js';

type Field = keyof Product;

/** Fields of a product and their values, as people call them. */
export function useProductWords() {
  const { t } = useTranslation('staff');
  const fieldName = useKnown('staff:product');
  const known = useKnown('staff:productValues');
  const valueText = useCallback(
    (field: Field, value: Product[Field]): string => {
      if (value === null || value === '') return '—';
      if (typeof value === 'boolean') return t(value ? 'products.yes' : 'products.no');
      if (typeof value === 'object') return value.map(one => known(one)).join(', ') || '—';
      if (field === 'monthly' || field === 'initial') return moneyText(String(value));
      return known(String(value));
    },
    [t, known],
  );
  return { fieldName: fieldName as (field: Field) => string, valueText };
}
