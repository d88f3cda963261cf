import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { components } from '../../api/schema.js';
import { answered, api } from '../api/client.js';
import { usePages } from '../api/pages.js';
import { Page, Sheet } from '../ui/page.js';
import type { Column } from '../ui/table/columns.js';
import { DataTable } from '../ui/table/data-table.js';

type Account = components['schemas']['Account'];

/** All customers of the provider. */
export default function AccountsPage() {
  const { t } = useTranslation(['staff', 'frame']);
  const list = usePages<Account>(['accounts'], (cursor, signal) =>
    answered(
      api.GET('/api/v1/accounts', {
        params: { query: { limit: '200', ...(cursor !== undefined && { cursor }) } },
        signal,
      }),
    ),
  );
  const columns = useMemo<readonly Column<Account>[]>(
    () => [
      { id: 'account', name: t('accounts.account'), kind: 'code', value: row => row.account },
      { id: 'name', name: t('accounts.customer'), value: row => row.name, wrap: true },
      { id: 'opened', name: t('accounts.opened'), kind: 'day', value: row => row.openedOn },
      { id: 'tariff', name: t('accounts.tariff'), value: row => row.tariff },
      { id: 'numbers', name: t('accounts.numbers'), kind: 'count', value: row => row.numbers.length },
    ],
    [t],
  );
  return (
    <Page title={t('accounts.name')}>
      <Sheet>
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
          csv="accounts"
        />
      </Sheet>
    </Page>
  );
}
