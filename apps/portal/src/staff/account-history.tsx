import { useTranslation } from 'react-i18next';
import type { components } from '../../api/schema.js';
import { answered, api } from '../api/client.js';
import { usePages } from '../api/pages.js';
import { useHistoryColumns } from '../customer/history-columns.js';
import { DataTable } from '../ui/table/data-table.js';
import { ExplainLink } from './explain-link.js';

type Entry = components['schemas']['HistoryEntry'];

const ROWS = '50';

/** Each reference leads to its causes. */
const EXPLAINED = { cell: ({ ref }: Entry) => <ExplainLink id={ref}>{ref}</ExplainLink> };

/** Movements of a customer's wallet, newest first, each with the way to its causes. */
export function AccountHistory({ account }: { account: string }) {
  const { t } = useTranslation('staff');
  const list = usePages<Entry>(['history', account, 'staff'], (cursor, signal) =>
    answered(
      api.GET('/api/v1/accounts/{account}/history', {
        params: { path: { account }, query: { limit: ROWS, ...(cursor !== undefined && { cursor }) } },
        signal,
      }),
    ),
  );
  const columns = useHistoryColumns(list.rows, EXPLAINED);
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
