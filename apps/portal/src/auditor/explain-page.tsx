import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '../api/client.js';
import { Problem } from '../api/problem.js';
import { usePages } from '../api/questions.js';
import { useUrlState } from '../app/url-state.js';
import { Page, Sheet } from '../ui/page.js';
import { SearchForm } from '../ui/search-form.js';
import { Answer, Empty } from '../ui/states.js';
import type { Column } from '../ui/table/columns.js';
import { DataTable } from '../ui/table/data-table.js';
import { ExplainTree } from './explain-tree.js';
import { explanationQuery } from './questions.js';

type Invoice = Schemas['InvoiceSummary'];

/** From any amount back to its causes. */
export default function ExplainPage() {
  const { t } = useTranslation('auditor');
  const [search] = useUrlState();
  const { id } = search;
  return (
    <Page title={t('explain.name')} lead={t('explain.lead')}>
      <Sheet>
        <SearchForm
          label={t('explain.name')}
          go={t('explain.go')}
          fields={[{ name: 'id', label: t('explain.id') }]}
        />
        <p className="soft small">{t('explain.idHint')}</p>
      </Sheet>
      {id === undefined ? <RecentInvoices /> : <Explained key={id} id={id} />}
    </Page>
  );
}

function Explained({ id }: { id: string }) {
  const { t } = useTranslation('auditor');
  const found = useQuery(explanationQuery(id));
  const isUnknown = found.error instanceof Problem && found.error.status === 404;
  return (
    <Sheet>
      {isUnknown ? (
        <Empty>{t('explain.none', { id })}</Empty>
      ) : (
        <Answer of={found}>{root => <ExplainTree root={root} />}</Answer>
      )}
    </Sheet>
  );
}

/** Where most explanations begin. */
function RecentInvoices() {
  const { t } = useTranslation(['auditor', 'frame']);
  const list = usePages(['invoices', 'to explain'], '/api/v1/invoices', { query: { limit: '50' } });
  const columns = useMemo<readonly Column<Invoice>[]>(
    () => [
      { id: 'number', name: t('explain.number'), kind: 'code', value: row => row.number },
      { id: 'account', name: t('explain.account'), kind: 'code', value: row => row.account },
      { id: 'month', name: t('explain.month'), kind: 'month', value: row => row.month },
      { id: 'total', name: t('explain.total'), kind: 'money', value: row => row.total },
      {
        id: 'trace',
        name: t('explain.trace'),
        sortable: false,
        value: () => '',
        cell: row => t('event.explainId', { id: row.number }),
        to: row => ({ to: '/explain', search: { id: row.number } }),
      },
    ],
    [t],
  );
  return (
    <Sheet title={t('explain.begin')}>
      <DataTable
        name="invoices"
        caption={t('explain.begin')}
        of={list}
        columns={columns}
        rowKey={row => row.number}
      />
    </Sheet>
  );
}
