import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { components } from '../../api/schema.js';
import { answered, api } from '../api/client.js';
import { Money } from '../ui/money.js';
import { Page, Sheet } from '../ui/page.js';
import type { Column } from '../ui/table/columns.js';
import { DataTable } from '../ui/table/data-table.js';

type TrialBalance = components['schemas']['TrialBalance'];
type Row = TrialBalance['rows'][number];

/** The whole journal by ledger account: its two sides are equal, always. */
export default function TrialBalancePage() {
  const { t, i18n } = useTranslation(['auditor', 'frame']);
  const { data, error, refetch } = useQuery({
    queryKey: ['trial-balance'],
    queryFn: ({ signal }) => answered(api.GET('/api/v1/trial-balance', { signal })),
  });
  const columns = useMemo<readonly Column<Row>[]>(() => {
    const total = (amount: string | undefined) => amount !== undefined && <Money of={amount} decimals={4} />;
    const english = i18n.language === 'en';
    return [
      { id: 'account', name: t('trialBalance.account'), value: row => (english ? row.name : row.nameJa) },
      {
        id: 'debit',
        name: t('trialBalance.debit'),
        kind: 'money',
        decimals: 4,
        value: row => row.debit,
        total: total(data?.debit),
      },
      {
        id: 'credit',
        name: t('trialBalance.credit'),
        kind: 'money',
        decimals: 4,
        value: row => row.credit,
        total: total(data?.credit),
      },
    ];
  }, [t, i18n.language, data]);
  return (
    <Page title={t('trialBalance.name')} lead={t('trialBalance.lead')}>
      <Sheet aside={<span className="soft small">{t('trialBalance.unit')}</span>}>
        <DataTable
          name="accounts"
          caption={t('trialBalance.name')}
          hideCaption
          columns={columns}
          rows={data?.rows}
          rowKey={row => row.ledgerAccount}
          error={error}
          retry={() => void refetch()}
          filter={false}
          csv="trial-balance"
          density="comfortable"
        />
      </Sheet>
    </Page>
  );
}
