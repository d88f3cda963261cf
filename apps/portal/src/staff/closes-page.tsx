import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { AppLink } from '../app/link.js';
import { Page, Sheet } from '../ui/page.js';
import type { Column } from '../ui/table/columns.js';
import { DataTable } from '../ui/table/data-table.js';
import { Month } from '../ui/time.js';
import { monthText } from '../ui/time-text.js';
import { language } from '../words/index.js';
import { CloseState } from './close-state.js';
import { type CloseMonth, useMonths } from './questions.js';

/** The months, newest first, with how far each is closed. */
export default function ClosesPage() {
  const { t } = useTranslation(['staff', 'frame']);
  const months = useMonths();
  const columns = useMemo<readonly Column<CloseMonth>[]>(
    () => [
      {
        id: 'month',
        name: t('closes.month'),
        value: row => row.month,
        text: row => monthText(row.month, language()),
        cell: row => (
          <AppLink to={`/closes/${row.month}`}>
            <Month of={row.month} />
          </AppLink>
        ),
      },
      {
        id: 'state',
        name: t('closes.state'),
        value: row => t(`closes.states.${row.state}`),
        cell: row => <CloseState of={row} />,
      },
      { id: 'closed', name: t('closes.closed'), kind: 'count', value: row => row.closed },
      { id: 'accounts', name: t('closes.accounts'), kind: 'count', value: row => row.accounts },
      { id: 'invoices', name: t('closes.invoices'), kind: 'count', value: row => row.invoices },
      { id: 'total', name: t('closes.total'), kind: 'money', value: row => row.total },
      { id: 'at', name: t('closes.at'), kind: 'time', value: row => row.closedAt },
    ],
    [t],
  );
  return (
    <Page title={t('closes.name')} lead={t('closes.lead')}>
      <Sheet aside={<span className="soft small">{t('closes.unit')}</span>}>
        <DataTable
          name="closes"
          caption={t('closes.name')}
          hideCaption
          columns={columns}
          rows={months.data?.rows}
          rowKey={row => row.month}
          error={months.error}
          retry={() => void months.refetch()}
          filter={false}
          csv="closes"
          density="comfortable"
          empty={t('closes.none')}
        />
      </Sheet>
    </Page>
  );
}
