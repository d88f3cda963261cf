import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Column } from '../ui/table/columns.js';
import { DataTable } from '../ui/table/data-table.js';
import type { Lot } from './questions.js';

interface Props {
  readonly lots: readonly Lot[] | undefined;
  readonly isOld: boolean;
  readonly error: unknown;
}

/** The lots that were worth something. */
export function LotsThen({ lots, isOld, error }: Props) {
  const { t } = useTranslation('auditor');
  const columns = useMemo<readonly Column<Lot>[]>(
    () => [
      {
        id: 'lot',
        name: t('asOf.lot'),
        kind: 'code',
        value: row => row.lot,
        to: row => ({ to: '/explain', search: { id: row.lot } }),
      },
      {
        id: 'kind',
        name: t('asOf.kind'),
        value: row => t(`asOf.${row.kind === 'bonus' ? 'bonus' : 'paid'}`),
      },
      { id: 'credited', name: t('asOf.credited'), kind: 'money', value: row => row.credited },
      { id: 'remaining', name: t('asOf.remaining'), kind: 'money', value: row => row.remaining },
      { id: 'held', name: t('asOf.held'), kind: 'money', value: row => row.held },
      { id: 'issued', name: t('asOf.issued'), kind: 'time', value: row => row.issuedAt },
      { id: 'expires', name: t('asOf.expires'), kind: 'day', value: row => row.expiresOn },
    ],
    [t],
  );
  return (
    <DataTable
      name="lots"
      caption={t('asOf.lots')}
      of={{ rows: lots, isOld, error }}
      columns={columns}
      rowKey={row => row.lot}
      filter={false}
      csv="lots"
      density="comfortable"
      empty={t('asOf.noLots')}
    />
  );
}
