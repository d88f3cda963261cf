import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '../api/client.js';
import type { BadgeKind } from '../ui/page.js';
import type { Column } from '../ui/table/columns.js';
import { useNameOf } from './contracts-questions.js';

export type Order = Schemas['Order'];
export type OrderLine = Order['lines'][number];
/** A fee of an order, as the list of orders has it: one row each. */
export type OrderedLine = OrderLine & Pick<Order, 'order' | 'placedAt' | 'state'>;

export const STATES: Readonly<Record<Order['state'], BadgeKind | undefined>> = {
  placed: 'warn',
  refused: 'bad',
  completed: 'warn',
  settled: 'good',
};

export const linesOf = ({ order, placedAt, state, lines }: Order): readonly OrderedLine[] =>
  lines.map(line => ({ ...line, order, placedAt, state }));

/** What is bought comes, what is cancelled goes: `+2`, `−1`. */
export const signedCount = (quantity: number): string => (quantity < 0 ? `−${-quantity}` : `+${quantity}`);
const signed = ({ class: kind, quantity }: OrderLine): string =>
  signedCount(kind === 'cancel' ? -quantity : quantity);

/** Amounts of orders are printed with four decimals (CRT-02). */
export const DECIMALS = 4;

/** What a fee is for: `内線端末【初期費用】`. */
export function useItemOf(): (line: Pick<OrderLine, 'class' | 'nameJa' | 'nameEn'>) => string {
  const { t } = useTranslation('customer');
  const nameOf = useNameOf();
  return useMemo(
    () => line => (line.class === 'initial' ? t('orders.initialOf', { name: nameOf(line) }) : nameOf(line)),
    [t, nameOf],
  );
}

/** Item, class, price and numbers of a fee. */
export function useLineColumns(): readonly Column<OrderLine>[] {
  const { t } = useTranslation('customer');
  const itemOf = useItemOf();
  return useMemo(
    () => [
      { id: 'item', name: t('orders.item'), value: itemOf, names: true, wrap: true },
      { id: 'class', name: t('orders.class'), value: line => t(`orders.classes.${line.class}`) },
      {
        id: 'unitPrice',
        name: t('orders.unitPrice'),
        kind: 'money',
        value: line => line.unitPrice,
        decimals: DECIMALS,
      },
      { id: 'quantity', name: t('orders.quantity'), kind: 'count', value: signed },
      { id: 'numbers', name: t('orders.numbers'), kind: 'code', value: line => line.numbers.join(', ') },
    ],
    [t, itemOf],
  );
}
