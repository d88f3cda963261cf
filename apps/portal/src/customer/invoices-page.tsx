import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { answered, api } from '../api/client.js';
import { usePages } from '../api/pages.js';
import { AppLink } from '../app/link.js';
import { useAccount } from '../app/session.js';
import { Note, Page, Sheet } from '../ui/page.js';
import type { Column } from '../ui/table/columns.js';
import { DataTable } from '../ui/table/data-table.js';
import { monthText } from '../ui/time-text.js';
import { language } from '../words/index.js';
import { InvoiceFiles } from './invoice-files.js';
import type { InvoiceRow } from './questions.js';

/** 請求書ダウンロード: invoices from the third business day after their month (INV-01). */
export default function InvoicesPage() {
  const { t } = useTranslation(['customer', 'frame']);
  const account = useAccount();
  const list = usePages<InvoiceRow>(['invoices', account], (cursor, signal) =>
    answered(
      api.GET('/api/v1/invoices', {
        params: { query: { account, limit: '100', ...(cursor !== undefined && { cursor }) } },
        signal,
      }),
    ),
  );
  const columns = useMemo<readonly Column<InvoiceRow>[]>(
    () => [
      { id: 'date', name: t('invoices.date'), kind: 'day', value: row => row.date },
      {
        id: 'number',
        name: t('invoices.number'),
        kind: 'code',
        value: row => row.number,
        cell: row => <AppLink to={`/invoices/${encodeURIComponent(row.number)}`}>{row.number}</AppLink>,
      },
      { id: 'subject', name: t('invoices.subject'), value: row => row.subject, wrap: true },
      {
        id: 'month',
        name: t('invoices.month'),
        value: row => row.month,
        text: row => monthText(row.month, language()),
        cell: row => monthText(row.month, language()),
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
    <Page title={t('invoices.name')} lead={t('invoices.lead')}>
      <Sheet>
        <DataTable
          name="invoices"
          caption={t('invoices.name')}
          hideCaption
          columns={columns}
          rows={list.rows}
          rowKey={row => row.number}
          more={list.more}
          error={list.error}
          retry={list.retry}
          csv="invoices"
          empty={t('invoices.none')}
          density="comfortable"
        />
      </Sheet>
      <Note>{t('invoices.note')}</Note>
    </Page>
  );
}
