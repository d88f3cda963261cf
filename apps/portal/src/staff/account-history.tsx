import { useTranslation } from 'react-i18next';
import type { Schemas } from '../api/client.js';
import { usePages } from '../api/questions.js';
import { useHistoryColumns } from '../customer/history-columns.js';
import { DataTable } from '../ui/table/data-table.js';
import { ExplainLink } from './explain-link.js';

const ROWS = '50';

/** Each reference leads to its causes. */
const EXPLAINED = { cell: ({ ref }: Schemas['HistoryEntry']) => <ExplainLink id={ref}>{ref}</ExplainLink> };

/** Movements of a customer's wallet, newest first, each with the way to its causes. */
export function AccountHistory({ account }: { account: string }) {
  const { t } = useTranslation('staff');
  const list = usePages(['history', account, 'staff'], '/api/v1/accounts/{account}/history', {
    path: { account },
    query: { limit: ROWS },
  });
  const columns = useHistoryColumns(list.rows, EXPLAINED);
  return (
    <DataTable
      name="history"
      caption={t('account.history')}
      of={list}
      columns={columns}
      rowKey={row => `${row.position}/${row.ref}/${row.item}`}
      filter={false}
      sort={false}
      csv={`prepaid-${account}`}
    />
  );
}
