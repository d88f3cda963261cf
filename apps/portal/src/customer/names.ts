import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { type ChargeMethod, isOneOf, namesOf } from '../api/names.js';
import { toUnits } from '../ui/money-text.js';
import type { customer } from '../words/ja/customer.js';
import type { Entry } from './questions.js';

type Words = typeof customer;

/** A statement category as it is read: a tariff may name others, which stand as they are. */
export function useCategoryName(): (category: string) => string {
  const { t, i18n } = useTranslation('customer');
  return useCallback(
    category =>
      i18n.exists(`customer:categories.${category}`)
        ? t(`categories.${category as keyof Words['categories']}`)
        : category,
    [t, i18n],
  );
}

const METHODS = namesOf<ChargeMethod>({ card: 1, net_bank: 1, konbini: 1, bank_transfer: 1, bonus: 1 });

export function useMethodName(): (method: string) => string {
  const { t } = useTranslation('customer');
  return useCallback(method => (isOneOf(METHODS, method) ? t(`methods.${method}`) : method), [t]);
}

/** Kinds of movements (PRX-03). */
export const ITEMS = [
  'charge',
  'call',
  'recurring',
  'device',
  'adjustment',
  'expiry',
  'reversal',
  'discount',
  'rounding',
  'receivable_paid',
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
      return item === 'charge' && isOneOf(METHODS, detail)
        ? `${t('items.charge')} (${method(detail)})`
        : t(`items.${item}`);
    },
    [t, i18n.language, method],
  );
}
