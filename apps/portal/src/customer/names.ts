import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
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

export const METHODS = ['card', 'net_bank', 'konbini', 'bank_transfer', 'bonus'] as const;
const isMethod = (text: string): text is (typeof METHODS)[number] =>
  (METHODS as readonly string[]).includes(text);

export function useMethodName(): (method: string) => string {
  const { t } = useTranslation('customer');
  return useCallback(method => (isMethod(method) ? t(`methods.${method}`) : method), [t]);
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
export const isItem = (text: string): text is Item => (ITEMS as readonly string[]).includes(text);

/** A movement as the history prints it: `チャージ (クレジットカード)`. */
export function useItemName(): (entry: Pick<Entry, 'item' | 'itemJa' | 'detail' | 'owed'>) => string {
  const { t, i18n } = useTranslation('customer');
  const method = useMethodName();
  return useCallback(
    ({ item, itemJa, detail, owed }) => {
      if (i18n.language !== 'en') return itemJa;
      if (!isItem(item)) return item;
      if (item === 'receivable_paid' && toUnits(owed) > 0n) return t('prepaid.paymentReturned');
      return item === 'charge' && isMethod(detail)
        ? `${t('items.charge')} (${method(detail)})`
        : t(`items.${item}`);
    },
    [t, i18n.language, method],
  );
}
