import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { usePages } from '../api/questions.js';
import { AppLink } from '../app/link.js';
import { useMay } from '../app/may.js';
import { useUrlState } from '../app/url-state.js';
import { ListPage } from '../ui/list-page.js';
import { SearchForm } from '../ui/search-form.js';
import type { Column } from '../ui/table/columns.js';
import { accountColumn } from './account-column.js';
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
  const list = usePages(['accounts', search], '/api/v1/accounts', { query: { limit: PAGE, search } });
  const columns = useMemo<readonly Column<Account>[]>(
    () => [
      accountColumn(t),
      { id: 'name', name: t('accounts.customer'), value: row => row.name, wrap: true },
      { id: 'numbers', name: t('accounts.numbers'), value: numbersText, text: row => row.numbers.join(' ') },
      { id: 'tariff', name: t('accounts.tariff'), kind: 'code', value: row => row.tariff },
      { id: 'opened', name: t('accounts.opened'), kind: 'day', value: row => row.openedOn },
    ],
    [t],
  );
  const add = (
    <AppLink to="/accounts/add" className="button">
      {t('accounts.add')}
    </AppLink>
  );
  const fields = [{ name: 'search', label: t('accounts.search') }];
  return (
    <ListPage
      name="accounts"
      title={t('accounts.name')}
      acts={may('POST /api/v1/accounts') && add}
      search={<SearchForm label={t('accounts.searchLabel')} fields={fields} />}
      of={list}
      columns={columns}
      rowKey={row => row.account}
      filter={false}
      csv="accounts"
      empty={search === '' ? t('accounts.none') : t('accounts.notFound', { search })}
    />
  );
}
