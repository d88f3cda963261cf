import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { isOneOf } from '../api/names.js';
import { toUnits } from '../ui/money-text.js';
import { useKnown } from '../words/known.js';
import type { Entry } from './questions.js';

/** A statement category as it is read: a tariff may name others, which stand as they are. */
export const useCategoryName = () => useKnown('customer:categories');

export const useMethodName = () => useKnown('customer:methods');

/** Kinds of movements (PRX-03). */
export const ITEMS = [
  'charge',
  'call',
  'recurring',
  'device',
  'adjustment',
  'expiry',
  'reversal',
  'chargeback',
  'discount',
  'rounding',
  'receivable_paid',
  'suspended',
  'resumed',
  'other',
] as const;
export type Item = (typeof ITEMS)[number];

/** A movement as the history prints it: `チャージ (クレジットカード)`. */
export function useItemName(): (entry: Pick<Entry, 'item' | 'itemJa' | 'detail' | 'owed'>) => string {
  const { t, i18n } = useTranslation('customer');
  const method = useMethodName();
  return useCallback(
    ({ item, itemJa, detail, owed }) => {
      if (i18n.language !== 'en') return itemJa;
      if (!isOneOf(ITEMS, item)) return item;
      if (item === 'receivable_paid' && toUnits(owed) > 0n) return t('prepaid.paymentReturned');
      const how = item === 'charge' ? method(detail, '') : '';
      return how === '' ? t(`items.${item}`) : `${t('items.charge')} (${how})`;
    },
    [t, i18n.language, method],
  );
}
