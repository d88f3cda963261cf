import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Column } from '../ui/table/columns.js';
import { DataTable } from '../ui/table/data-table.js';
import { dayText } from '../ui/time-text.js';
import { daysUntil, SOON_DAYS } from './expiry.js';
import { useMethodName } from './names.js';
import type { Lot } from './questions.js';

/** What the balance is made of, and until when each part of it holds. */
export function LotsTable({ lots, asOf }: { lots: readonly Lot[]; asOf: string }) {
  const { t } = useTranslation(['customer', 'frame']);
  const method = useMethodName();
  const columns = useMemo<readonly Column<Lot>[]>(() => {
    const left = (lot: Lot) => daysUntil(asOf, lot.expiresOn);
    const leftText = (lot: Lot) =>
      left(lot) === 0 ? t('prepaid.today') : t('prepaid.days', { days: left(lot) });
    return [
      { id: 'expires', name: t('prepaid.expires'), kind: 'day', value: lot => lot.expiresOn },
      {
        id: 'left',
        name: t('prepaid.left'),
        kind: 'count',
        value: left,
        text: leftText,
        cell: leftText,
        badge: lot => (left(lot) > SOON_DAYS ? null : 'warn'),
      },
      { id: 'remaining', name: t('prepaid.remaining'), kind: 'money', value: lot => lot.remaining },
      { id: 'held', name: t('prepaid.held'), kind: 'money', value: lot => lot.held, hidden: true },
      { id: 'credited', name: t('prepaid.credited'), kind: 'money', value: lot => lot.credited },
      { id: 'kind', name: t('prepaid.lotKind'), value: lot => t(`prepaid.${lot.kind}`) },
      { id: 'method', name: t('prepaid.method'), value: lot => method(lot.method) },
      { id: 'issued', name: t('prepaid.issued'), kind: 'time', value: lot => lot.issuedAt },
      { id: 'lot', name: t('prepaid.lot'), kind: 'code', value: lot => lot.lot },
    ];
  }, [t, method, asOf]);
  return (
    <DataTable
      name="lots"
      caption={`${t('prepaid.lots')} (${dayText(asOf)})`}
      of={{ rows: lots }}
      columns={columns}
      rowKey={lot => lot.lot}
      filter={false}
      csv="lots"
      empty={t('prepaid.noLots')}
      density="comfortable"
    />
  );
}
