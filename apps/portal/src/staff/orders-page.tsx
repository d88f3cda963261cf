import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '../api/client.js';
import { usePages } from '../api/questions.js';
import { useNameOf } from '../customer/contracts-questions.js';
import { STATES } from '../customer/orders-lines.js';
import { ListPage } from '../ui/list-page.js';
import { moneyText } from '../ui/money-text.js';
import { SearchForm, useAsked } from '../ui/search-form.js';
import type { SearchField } from '../ui/search-values.js';
import type { Column } from '../ui/table/columns.js';
import { useKnown } from '../words/known.js';
import { accountColumn } from './account-column.js';
import { PAGE } from './questions.js';

type OrderRow = Schemas['OrderSummary'];
const STATE_NAMES = ['placed', 'completed', 'settled', 'refused'] as const;

/** Orders of all customers, by state, day and customer, with the reasons of refused ones. */
export default function OrdersPage() {
  const { t } = useTranslation(['staff', 'frame']);
  const fields: readonly SearchField[] = [
    { name: 'counterparty', label: t('orders.counterparty') },
    {
      name: 'state',
      label: t('orders.state'),
      choices: [
        ['', t('frame:search.any')],
        ...STATE_NAMES.map(one => [one, t(`orders.states.${one}`)] as const),
      ],
    },
    { name: 'from', label: t('orders.from'), type: 'date' },
    { name: 'to', label: t('orders.to'), type: 'date' },
  ];
  const asked = useAsked({ fields });
  const list = usePages(['all-orders', asked], '/api/v1/orders', { query: { limit: PAGE, ...asked } });
  return (
    <ListPage
      name="all-orders"
      title={t('orders.name')}
      lead={t('orders.lead')}
      search={<SearchForm label={t('orders.searchLabel')} fields={fields} />}
      of={list}
      columns={useColumns()}
      rowKey={row => `${row.account}/${row.order}`}
      filter={false}
      sort={!list.more.has}
      csv="orders"
      empty={t('frame:table.none')}
    />
  );
}

function useColumns(): readonly Column<OrderRow>[] {
  const { t } = useTranslation('staff');
  const nameOf = useNameOf();
  const whyOf = useKnown('customer:orders.refusals');
  return useMemo(
    () => [
      { id: 'at', name: t('orders.at'), kind: 'day', value: row => row.placedAt },
      {
        id: 'order',
        name: t('orders.order'),
        kind: 'code',
        value: row => row.order,
        to: row => `/accounts/${row.account}/orders/${row.order}`,
      },
      { ...accountColumn<OrderRow>(t), hidden: true },
      {
        id: 'customer',
        name: t('orders.customer'),
        value: row => row.accountName,
        to: row => `/accounts/${row.account}`,
        wrap: true,
      },
      { id: 'due', name: t('orders.due'), kind: 'money', value: row => row.due },
      {
        id: 'state',
        name: t('orders.state'),
        value: row => t(`orders.states.${row.state}`),
        badge: row => STATES[row.state],
      },
      {
        id: 'items',
        name: t('orders.items'),
        value: row => row.items.map(item => `${nameOf(item)} ×${item.quantity}`).join(' / '),
        wrap: true,
      },
      {
        id: 'why',
        name: t('orders.why'),
        value: ({ refusal }) => {
          if (refusal === null) return null;
          const { code, missing } = refusal;
          const lacking = missing === null ? '' : t('orders.lacking', { amount: moneyText(missing) });
          return `${whyOf(code)}${lacking}`;
        },
        wrap: true,
      },
      {
        id: 'missing',
        name: t('orders.missing'),
        kind: 'money',
        value: row => row.refusal?.missing,
        hidden: true,
      },
    ],
    [t, nameOf, whyOf],
  );
}
