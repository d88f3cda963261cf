import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { usePages } from '../api/questions.js';
import { ListPage } from '../ui/list-page.js';
import { SearchForm, useAsked } from '../ui/search-form.js';
import type { SearchField } from '../ui/search-values.js';
import { actsColumn, type Column } from '../ui/table/columns.js';
import { accountColumn } from './account-column.js';
import { ExplainLink } from './explain-link.js';
import { InvoicePdf } from './invoice-pdf.js';
import { type InvoiceRow, PAGE } from './questions.js';

/** Invoices by date, amount and counterparty, in ranges, all of them together (J-12). */
export default function InvoicesPage() {
  const { t } = useTranslation(['staff', 'frame']);
  const fields: readonly SearchField[] = [
    { name: 'counterparty', label: t('invoices.counterparty') },
    { name: 'month', label: t('invoices.month'), type: 'month' },
    { name: 'from', label: t('invoices.from'), type: 'date' },
    { name: 'to', label: t('invoices.to'), type: 'date' },
    { name: 'least', label: t('invoices.least'), type: 'amount' },
    { name: 'most', label: t('invoices.most'), type: 'amount' },
  ];
  const asked = useAsked({ fields });
  const list = usePages(['invoices', asked], '/api/v1/invoices', { query: { limit: PAGE, ...asked } });
  return (
    <ListPage
      name="invoices"
      title={t('invoices.name')}
      lead={t('invoices.lead')}
      search={<SearchForm label={t('invoices.searchLabel')} fields={fields} />}
      of={list}
      columns={useColumns()}
      rowKey={row => row.number}
      filter={false}
      sort={!list.more.has}
      csv="invoices"
      empty={t('frame:table.none')}
    />
  );
}

function useColumns(): readonly Column<InvoiceRow>[] {
  const { t } = useTranslation('staff');
  return useMemo(
    () => [
      { id: 'date', name: t('invoices.date'), kind: 'day', value: row => row.date },
      {
        id: 'number',
        name: t('invoices.number'),
        kind: 'code',
        value: row => row.number,
        to: row => `/invoices/${row.number}`,
      },
      accountColumn(t),
      { id: 'subject', name: t('invoices.subject'), value: row => row.subject, wrap: true },
      { id: 'month', name: t('invoices.month'), kind: 'month', value: row => row.month },
      { id: 'total', name: t('invoices.total'), kind: 'money', value: row => row.total },
      { id: 'shown', name: t('invoices.shown'), kind: 'day', value: row => row.availableFrom, hidden: true },
      actsColumn(t('acts'), row => (
        <span className="buttons">
          <InvoicePdf number={row.number} />
          <ExplainLink id={row.number} />
        </span>
      )),
    ],
    [t],
  );
}
