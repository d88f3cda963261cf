import { type ReactNode, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { listOf } from '../api/questions.js';
import { Money } from '../ui/money.js';
import { compareMoney } from '../ui/money-text.js';
import { Note } from '../ui/page.js';
import type { Column } from '../ui/table/columns.js';
import { DataTable } from '../ui/table/data-table.js';
import type { TrialBalance, useTrialBalance } from './questions.js';

type Row = TrialBalance['rows'][number];

interface Props {
  readonly of: ReturnType<typeof useTrialBalance>;
  readonly name: string;
  readonly empty?: ReactNode;
}

/** Ledger accounts with their debits and credits, and whether the two sides are equal. */
export function TrialBalanceTable({ of: trial, name, empty }: Props) {
  const { data } = trial;
  const { t, i18n } = useTranslation(['auditor', 'frame']);
  const columns = useMemo<readonly Column<Row>[]>(() => {
    const english = i18n.language === 'en';
    const side = (id: 'debit' | 'credit'): Column<Row> => ({
      id,
      name: t(`trialBalance.${id}`),
      kind: 'money',
      decimals: 4,
      value: row => row[id],
      total: data !== undefined && <Money of={data[id]} decimals={4} />,
    });
    const account = t('trialBalance.account');
    return [
      { id: 'account', name: account, value: row => (english ? row.name : row.nameJa) },
      side('debit'),
      side('credit'),
    ];
  }, [t, i18n.language, data]);
  const isEqual = data !== undefined && compareMoney(data.debit, data.credit) === 0;
  return (
    <div className="stack" aria-busy={trial.isPlaceholderData}>
      {data !== undefined && data.rows.length > 0 && (
        <Note kind={isEqual ? 'good' : 'bad'}>
          {t(isEqual ? 'trialBalance.equal' : 'trialBalance.unequal')}
        </Note>
      )}
      <DataTable
        name={name}
        caption={t('trialBalance.name')}
        of={listOf(trial)}
        columns={columns}
        rowKey={row => row.ledgerAccount}
        filter={false}
        csv={name}
        density="comfortable"
        empty={empty}
      />
    </div>
  );
}
