import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { components } from '../../api/schema.js';
import { answered, api } from '../api/client.js';
import { usePages } from '../api/pages.js';
import { useItemName, useMethodName } from '../customer/names.js';
import type { Column } from '../ui/table/columns.js';
import { DataTable } from '../ui/table/data-table.js';
import { ExplainLink } from './explain-link.js';

type Entry = components['schemas']['HistoryEntry'];

const ROWS = '50';

/** Movements of a customer's wallet, newest first, each with the way to its causes. */
export function AccountHistory({ account }: { account: string }) {
  const { t } = useTranslation(['staff', 'frame']);
  const item = useItemName();
  const method = useMethodName();
  const list = usePages<Entry>(['history', account, 'staff'], (cursor, signal) =>
    answered(
      api.GET('/api/v1/accounts/{account}/history', {
        params: { path: { account }, query: { limit: ROWS, ...(cursor !== undefined && { cursor }) } },
        signal,
      }),
    ),
  );
  const columns = useMemo<readonly Column<Entry>[]>(
    () => [
      { id: 'at', name: t('history.at'), kind: 'time', value: row => row.at },
      {
        id: 'item',
        name: t('history.item'),
        value: item,
      },
      {
        id: 'detail',
        name: t('history.detail'),
        value: row => (row.item === 'charge' ? method(row.detail) : row.detail),
        wrap: true,
      },
      { id: 'amount', name: t('history.amount'), kind: 'money', value: row => row.amount },
      { id: 'after', name: t('history.after'), kind: 'money', value: row => row.postedAfter },
      {
        id: 'ref',
        name: t('history.ref'),
        kind: 'code',
        value: row => row.ref,
        cell: row => <ExplainLink id={row.ref}>{row.ref}</ExplainLink>,
        hidden: true,
      },
    ],
    [t, item, method],
  );
  return (
    <DataTable
      name="history"
      caption={t('account.history')}
      hideCaption
      columns={columns}
      rows={list.rows}
      rowKey={row => `${row.position}/${row.ref}/${row.item}`}
      more={list.more}
      error={list.error}
      retry={list.retry}
      filter={false}
      sort={false}
      csv={`prepaid-${account}`}
    />
  );
}
