import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { usePages } from '../api/questions.js';
import { ListPage } from '../ui/list-page.js';
import { code } from '../ui/page.js';
import type { Column } from '../ui/table/columns.js';
import { useWhose } from './contracts-questions.js';
import { linesOf, type OrderedLine, STATES, useLineColumns } from './orders-lines.js';

/** What was ordered, newest first, a row for each fee, with what became of the orders. */
export default function OrdersPage() {
  const { t } = useTranslation('customer');
  const { account, isOwn } = useWhose();
  const list = usePages(['orders', account], '/api/v1/accounts/{account}/orders', { path: { account } });
  const rows = useMemo(() => list.rows?.flatMap(linesOf), [list.rows]);
  return (
    <ListPage
      name="orders"
      title={t('orders.name')}
      lead={isOwn ? t('orders.lead') : code(account)}
      of={{ ...list, rows }}
      columns={useColumns()}
      rowKey={row => `${row.order}/${row.no}`}
      sort={false}
      csv={`orders-${account}`}
      empty={t('orders.none')}
    />
  );
}

function useColumns(): readonly Column<OrderedLine>[] {
  const { t } = useTranslation('customer');
  const { at } = useWhose();
  const line = useLineColumns();
  const below = at('/orders');
  return useMemo<readonly Column<OrderedLine>[]>(
    () => [
      { id: 'at', name: t('orders.at'), kind: 'time', value: row => row.placedAt },
      {
        id: 'order',
        name: t('contracts.order'),
        kind: 'code',
        value: row => row.order,
        to: row => `${below}/${row.order}`,
      },
      ...line,
      {
        id: 'state',
        name: t('orders.state'),
        value: row => t(`orders.states.${row.state}`),
        badge: row => STATES[row.state],
      },
    ],
    [t, below, line],
  );
}
