import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Column } from '../ui/table/columns.js';
import { useKnown } from '../words/known.js';
import { type Contract, useNameOf } from './contracts-questions.js';

const STATES = { active: 'good', ending: 'warn', ended: undefined } as const;

/** The number of a contract, or the unique that it made. */
export const numberOrUnique = ({ number, unique }: Pick<Contract, 'number' | 'unique'>): string | null =>
  number ?? unique;

/** What a contract is about: product, number or unique, and the circle it belongs to. */
export function useSubjectColumns(circles: ReadonlyMap<string, string>): readonly Column<Contract>[] {
  const { t } = useTranslation('customer');
  const nameOf = useNameOf();
  const kindOf = useKnown('customer:productKinds');
  return useMemo(
    () => [
      { id: 'product', name: t('contracts.product'), value: nameOf, names: true, wrap: true },
      { id: 'kind', name: t('contracts.kind'), value: row => kindOf(row.kind), hidden: true },
      { id: 'about', name: t('contracts.numberOrUnique'), kind: 'code', value: numberOrUnique },
      {
        id: 'circle',
        name: t('contracts.circle'),
        value: ({ circle }) => (circle === null ? t('contracts.noCircle') : (circles.get(circle) ?? circle)),
      },
    ],
    [t, nameOf, kindOf, circles],
  );
}

/** The columns of a list of contracts. */
export function useContractColumns(circles: ReadonlyMap<string, string>): readonly Column<Contract>[] {
  const { t } = useTranslation('customer');
  const subject = useSubjectColumns(circles);
  return useMemo(
    () => [
      ...subject,
      {
        id: 'reaches020',
        name: t('contracts.reaches020'),
        value: ({ reaches020 }) =>
          reaches020 === null ? null : t(reaches020 ? 'contracts.reaches' : 'contracts.reachesNot'),
      },
      { id: 'monthly', name: t('contracts.monthly'), kind: 'money', value: row => row.monthly },
      { id: 'since', name: t('contracts.since'), kind: 'day', value: row => row.since },
      {
        id: 'status',
        name: t('contracts.status'),
        value: ({ status }) => t(`contracts.statuses.${status}`),
        badge: ({ status }) => STATES[status],
      },
      { id: 'endsOn', name: t('contracts.endsOn'), kind: 'day', value: row => row.endsOn },
      {
        id: 'undoUntil',
        name: t('contracts.undoUntil'),
        kind: 'time',
        value: ({ status, undoUntil }) => (status === 'ending' ? undoUntil : null),
        hidden: true,
      },
      {
        id: 'contract',
        name: t('contracts.contract'),
        kind: 'code',
        value: row => row.contract,
        hidden: true,
      },
    ],
    [t, subject],
  );
}
