import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '../api/client.js';
import { usePages } from '../api/questions.js';
import { UrlSelect, useChoice } from '../ui/choices.js';
import { ListPage } from '../ui/list-page.js';
import { code } from '../ui/page.js';
import type { Column } from '../ui/table/columns.js';
import { numberOrUnique } from './contracts-columns.js';
import { useCircleNames, useWhose } from './contracts-questions.js';
import { DECIMALS, signedCount, useItemOf } from './orders-lines.js';

type Purchase = Schemas['Purchase'];

/** What was bought and cancelled, newest first, a row for each fee (HIS-01, HIS-02). */
export default function PurchasesPage() {
  const { t } = useTranslation('customer');
  const { account, isOwn } = useWhose();
  const circles = useCircleNames(account);
  const circle = useChoice('circle', [...circles.keys()], '');
  const list = usePages(['purchases', account, circle], '/api/v1/accounts/{account}/purchases', {
    path: { account },
    query: { ...(circle !== '' && { circle }) },
  });
  return (
    <ListPage
      name="purchases"
      title={t('purchases.name')}
      lead={isOwn ? t('purchases.lead') : code(account)}
      search={
        circles.size > 1 && (
          <div className="filters">
            <UrlSelect
              name="circle"
              label={t('contracts.circle')}
              usual=""
              choices={[['', t('contracts.anyCircle')], ...circles]}
            />
          </div>
        )
      }
      of={list}
      columns={useColumns(circles)}
      rowKey={row => [row.at, row.order, row.contract, row.class, row.product].join('/')}
      sort={false}
      csv={`purchases-${account}`}
      empty={t('purchases.none')}
    />
  );
}

const BADGES = { active: null, ending: 'warn', ended: undefined, void: undefined } as const;

function useColumns(circles: ReadonlyMap<string, string>): readonly Column<Purchase>[] {
  const { t } = useTranslation('customer');
  const { at } = useWhose();
  const itemOf = useItemOf();
  const orders = at('/orders');
  return useMemo<readonly Column<Purchase>[]>(
    () => [
      { id: 'at', name: t('purchases.at'), kind: 'day', value: row => row.at },
      { id: 'item', name: t('orders.item'), value: itemOf, names: true, wrap: true },
      {
        id: 'price',
        name: t('purchases.price'),
        kind: 'money',
        value: row => row.unitPrice,
        decimals: DECIMALS,
      },
      {
        id: 'quantity',
        name: t('purchases.quantity'),
        kind: 'count',
        value: row => signedCount(row.quantity),
      },
      { id: 'about', name: t('contracts.numberOrUnique'), kind: 'code', value: numberOrUnique },
      {
        id: 'circle',
        name: t('contracts.circle'),
        value: row =>
          row.circle === null ? t('contracts.noCircle') : (circles.get(row.circle) ?? row.circle),
        hidden: true,
      },
      {
        id: 'status',
        name: t('purchases.status'),
        // What is in use says nothing (HIS-01).
        value: ({ status }) =>
          status === null || status === 'active' ? null : t(`purchases.statuses.${status}`),
        badge: ({ status }) => (status === null ? null : BADGES[status]),
      },
      { id: 'endsOn', name: t('contracts.endsOn'), kind: 'day', value: row => row.endsOn },
      { id: 'class', name: t('orders.class'), value: row => t(`orders.classes.${row.class}`), hidden: true },
      {
        id: 'order',
        name: t('contracts.order'),
        kind: 'code',
        value: row => row.order,
        to: row => `${orders}/${row.order}`,
        hidden: true,
      },
      {
        id: 'contract',
        name: t('contracts.contract'),
        kind: 'code',
        value: row => row.contract,
        hidden: true,
      },
    ],
    [t, itemOf, circles, orders],
  );
}
