import type { TFunction } from 'i18next';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { AppLink } from '../app/link.js';
import { useFace, useReadOnly } from '../app/session.js';
import type { Column } from '../ui/table/columns.js';
import { DataTable } from '../ui/table/data-table.js';
import { type Unique, useUniques } from './questions.js';
import { EnterButton } from './use-enter.js';

/** The uniques of a circle, with the way down to each. Numbers are given by the account alone. */
export function UniquesTable({ circle }: { circle: string }) {
  const { t } = useTranslation(['customer', 'frame']);
  const circles = useMemo(() => [circle], [circle]);
  const { data: rows, error, refetch } = useUniques(circles);
  return (
    <DataTable
      name="uniques"
      caption={t('circle.uniques')}
      of={{ rows, error, retry: () => void refetch() }}
      columns={useColumns()}
      rowKey={row => row.unique}
      filter={false}
      csv="uniques"
      empty={t('circle.noUniques')}
      density="comfortable"
    />
  );
}

/** The number that callees are shown. */
function outgoingText({ numbers, outgoing }: Unique, t: TFunction<readonly ['customer', 'frame']>): string {
  if (outgoing === 'none') return t('circle.outgoingNone');
  if (outgoing !== 'any') return outgoing;
  return numbers.length === 0 ? t('circle.noNumbers') : t('circle.outgoingAny');
}

function useColumns(): readonly Column<Unique>[] {
  const { t } = useTranslation(['customer', 'frame']);
  const isReadOnly = useReadOnly();
  const isAccount = useFace() === 'account';
  const maySetNumbers = isAccount && !isReadOnly;
  return useMemo(
    () => [
      { id: 'unique', name: t('circle.unique'), kind: 'code', value: row => row.unique },
      { id: 'user', name: t('circles.user'), value: row => row.name, wrap: true },
      { id: 'loginId', name: t('frame:login.id'), kind: 'code', value: row => row.loginId },
      {
        id: 'numbers',
        name: t('circle.incoming'),
        kind: 'code',
        value: row => row.numbers.join(', ') || t('circle.noNumbers'),
      },
      {
        id: 'outgoing',
        name: t('circle.outgoing'),
        kind: 'code',
        value: row => outgoingText(row, t),
      },
      { id: 'created', name: t('circles.created'), kind: 'time', value: row => row.createdAt, hidden: true },
      {
        id: 'act',
        name: t('circles.act'),
        sortable: false,
        value: row => row.unique,
        cell: row => (
          <span className="buttons">
            {maySetNumbers && (
              <AppLink to={`/circles/${row.circle}/${row.unique}`} className="button small">
                <span aria-hidden="true">{t('circle.setNumbers')}</span>
                <span className="sr">{t('circle.setNumbersLabel', { name: row.name })}</span>
              </AppLink>
            )}
            {!isReadOnly && (
              <AppLink
                to={`${isAccount ? `/circles/${row.circle}` : '/uniques'}/${row.unique}/password`}
                className="button small"
              >
                <span aria-hidden="true">{t('lowerPassword.short')}</span>
                <span className="sr">{t('lowerPassword.title', { name: row.name })}</span>
              </AppLink>
            )}
            <EnterButton to={{ unique: row.unique, name: row.name }} />
          </span>
        ),
      },
    ],
    [t, isAccount, isReadOnly, maySetNumbers],
  );
}
