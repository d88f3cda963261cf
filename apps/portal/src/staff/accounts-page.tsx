import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { answered, api } from '../api/client.js';
import { usePages } from '../api/pages.js';
import { AppLink } from '../app/link.js';
import { useUrlState } from '../app/url-state.js';
import { Page, Sheet } from '../ui/page.js';
import { SearchForm } from '../ui/search-form.js';
import type { Column } from '../ui/table/columns.js';
import { DataTable } from '../ui/table/data-table.js';
import { useMay } from './acts.js';
import { type Account, PAGE } from './questions.js';

/** Numbers shown of one customer; the rest is a count. */
const SHOWN = 2;

const numbersText = ({ numbers }: Account): string =>
  numbers.slice(0, SHOWN).join(', ') + (numbers.length > SHOWN ? ` +${numbers.length - SHOWN}` : '');

/** Customers of the provider, found by name, id or number. */
export default function AccountsPage() {
  const { t } = useTranslation(['staff', 'frame']);
  const [{ search = '' }] = useUrlState();
  const may = useMay();
  const list = usePages<Account>(['accounts', search], (cursor, signal) =>
    answered(
      api.GET('/api/v1/accounts', {
        params: {
          query: { limit: PAGE, ...(search && { search }), ...(cursor !== undefined && { cursor }) },
        },
        signal,
      }),
    ),
  );
  const columns = useMemo<readonly Column<Account>[]>(
    () => [
      {
        id: 'account',
        name: t('accounts.account'),
        kind: 'code',
        value: row => row.account,
        cell: row => <AppLink to={`/accounts/${row.account}`}>{row.account}</AppLink>,
      },
      { id: 'name', name: t('accounts.customer'), value: row => row.name, wrap: true },
      { id: 'numbers', name: t('accounts.numbers'), value: numbersText, text: row => row.numbers.join(' ') },
      { id: 'tariff', name: t('accounts.tariff'), kind: 'code', value: row => row.tariff },
      { id: 'opened', name: t('accounts.opened'), kind: 'day', value: row => row.openedOn },
    ],
    [t],
  );
  return (
    <Page
      title={t('accounts.name')}
      acts={
        may('contract') && (
          <AppLink to="/accounts/add" className="button">
            {t('accounts.add')}
          </AppLink>
        )
      }
    >
      <Sheet>
        <SearchForm
          label={t('accounts.searchLabel')}
          fields={[{ name: 'search', label: t('accounts.search') }]}
        />
        <DataTable
          name="accounts"
          caption={t('accounts.name')}
          hideCaption
          columns={columns}
          rows={list.rows}
          rowKey={row => row.account}
          more={list.more}
          error={list.error}
          retry={list.retry}
          filter={false}
          csv="accounts"
          empty={search === '' ? t('accounts.none') : t('accounts.notFound', { search })}
        />
      </Sheet>
    </Page>
  );
}
