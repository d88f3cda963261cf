import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { listOf } from '../api/questions.js';
import { ListPage } from '../ui/list-page.js';
import type { Column } from '../ui/table/columns.js';
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
        kind: 'month',
        value: row => row.month,
        text: row => monthText(row.month, language()),
        to: row => `/closes/${row.month}`,
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
    <ListPage
      name="closes"
      title={t('closes.name')}
      lead={t('closes.lead')}
      aside={<span className="soft small">{t('closes.unit')}</span>}
      of={listOf(months)}
      columns={columns}
      rowKey={row => row.month}
      filter={false}
      csv="closes"
      density="comfortable"
      empty={t('closes.none')}
    />
  );
}
