import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../api/client.js';
import { type ListPage, usePages } from '../api/pages.js';
import { AppLink } from '../app/link.js';
import { useUrlState } from '../app/url-state.js';
import { Page, Sheet } from '../ui/page.js';
import { SearchForm } from '../ui/search-form.js';
import type { Column } from '../ui/table/columns.js';
import { DataTable } from '../ui/table/data-table.js';
import { ExplainLink } from './explain-link.js';
import { InvoicePdf } from './invoice-pdf.js';
import { type InvoiceRow, PAGE, queryText } from './questions.js';

const CONDITIONS = ['counterparty', 'from', 'to', 'least', 'most', 'month'] as const;

/** Invoices by date, amount and counterparty, in ranges, all of them together (J-12). */
export default function InvoicesPage() {
  const { t } = useTranslation(['staff', 'frame']);
  const [search] = useUrlState();
  const asked = Object.fromEntries(CONDITIONS.map(name => [name, search[name]]));
  const list = usePages<InvoiceRow>(['invoices', asked], (cursor, signal) =>
    call<ListPage<InvoiceRow>>('GET', `/invoices${queryText({ limit: PAGE, cursor, ...asked })}`, { signal }),
  );
  const columns = useColumns();
  return (
    <Page title={t('invoices.name')} lead={t('invoices.lead')}>
      <Sheet>
        <SearchForm
          label={t('invoices.searchLabel')}
          fields={[
            { name: 'counterparty', label: t('invoices.counterparty') },
            { name: 'month', label: t('invoices.month'), type: 'month' },
            { name: 'from', label: t('invoices.from'), type: 'date' },
            { name: 'to', label: t('invoices.to'), type: 'date' },
            { name: 'least', label: t('invoices.least'), type: 'amount' },
            { name: 'most', label: t('invoices.most'), type: 'amount' },
          ]}
        />
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
          filter={false}
          sort={!list.more.has}
          csv="invoices"
          empty={t('frame:table.none')}
        />
      </Sheet>
    </Page>
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
        cell: row => <AppLink to={`/invoices/${row.number}`}>{row.number}</AppLink>,
      },
      {
        id: 'account',
        name: t('accounts.account'),
        kind: 'code',
        value: row => row.account,
        cell: row => <AppLink to={`/accounts/${row.account}`}>{row.account}</AppLink>,
      },
      { id: 'subject', name: t('invoices.subject'), value: row => row.subject, wrap: true },
      { id: 'month', name: t('invoices.month'), kind: 'month', value: row => row.month },
      { id: 'total', name: t('invoices.total'), kind: 'money', value: row => row.total },
      { id: 'shown', name: t('invoices.shown'), kind: 'day', value: row => row.availableFrom, hidden: true },
      {
        id: 'acts',
        name: t('acts'),
        value: () => null,
        sortable: false,
        cell: row => (
          <span className="buttons">
            <InvoicePdf number={row.number} />
            <ExplainLink id={row.number} />
          </span>
        ),
      },
    ],
    [t],
  );
}
