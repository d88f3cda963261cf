import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { usePages } from '../api/questions.js';
import { useAccount } from '../app/session.js';
import { ListPage } from '../ui/list-page.js';
import { Note } from '../ui/page.js';
import type { Column } from '../ui/table/columns.js';
import { monthText } from '../ui/time-text.js';
import { language } from '../words/index.js';
import { InvoiceFiles } from './invoice-files.js';
import type { InvoiceRow } from './questions.js';

/** 請求書ダウンロード: invoices from the third business day after their month (INV-01). */
export default function InvoicesPage() {
  const { t } = useTranslation(['customer', 'frame']);
  const account = useAccount();
  const list = usePages(['invoices', account], '/api/v1/invoices', { query: { account, limit: '100' } });
  const columns = useMemo<readonly Column<InvoiceRow>[]>(
    () => [
      { id: 'date', name: t('invoices.date'), kind: 'day', value: row => row.date },
      {
        id: 'number',
        name: t('invoices.number'),
        kind: 'code',
        value: row => row.number,
        to: row => `/invoices/${encodeURIComponent(row.number)}`,
      },
      { id: 'subject', name: t('invoices.subject'), value: row => row.subject, wrap: true },
      {
        id: 'month',
        name: t('invoices.month'),
        kind: 'month',
        value: row => row.month,
        text: row => monthText(row.month, language()),
        hidden: true,
      },
      { id: 'total', name: t('invoices.total'), kind: 'money', value: row => row.total },
      { id: 'available', name: t('invoices.available'), kind: 'day', value: row => row.availableFrom },
      {
        id: 'pdf',
        name: t('invoices.pdf'),
        sortable: false,
        value: row => row.number,
        cell: row => <InvoiceFiles number={row.number} />,
      },
    ],
    [t],
  );
  return (
    <ListPage
      name="invoices"
      title={t('invoices.name')}
      lead={t('invoices.lead')}
      of={list}
      columns={columns}
      rowKey={row => row.number}
      csv="invoices"
      empty={t('invoices.none')}
      density="comfortable"
      below={<Note>{t('invoices.note')}</Note>}
    />
  );
}
