import { useCallback, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { moneyText } from '../ui/money-text.js';
import type { Column } from '../ui/table/columns.js';
import { useItemName, useMethodName } from './names.js';
import type { Entry } from './questions.js';

/** Debts that a row names; the rest it counts. */
const NAMED = 3;

/** What a payment of what was owed paid: `通話料金 0312345678 76円 ほか2件`. */
function usePaysText(): (entry: Entry) => string {
  const { t } = useTranslation('customer');
  const item = useItemName();
  return useCallback(
    ({ pays }) => {
      const named = pays.slice(0, NAMED).map(debt => {
        const name = [item({ ...debt, owed: '0' }), debt.detail].filter(text => text !== '').join(' ');
        return t('prepaid.paid1', { name, amount: moneyText(debt.amount) });
      });
      const count = pays.length - named.length;
      return [...named, ...(count > 0 ? [t('prepaid.paidMore', { count })] : [])].join(t('prepaid.comma'));
    },
    [t, item],
  );
}

const isAboutDebt = ({ owed, owedAfter }: Entry): boolean => owed !== '0' || owedAfter !== '0';

/**
 * Columns of the prepaid history: what a thing cost, what that took from the balance and what stays owed. Who
 * never owed anything does not see the columns of debts until they are chosen.
 */
export function useHistoryColumns(
  rows: readonly Entry[] | undefined,
  reference: Pick<Column<Entry>, 'cell'> = {},
): readonly Column<Entry>[] {
  const { t } = useTranslation('customer');
  const item = useItemName();
  const method = useMethodName();
  const pays = usePaysText();
  const { cell } = reference;
  const neverOwed = !rows?.some(isAboutDebt);
  return useMemo(() => {
    const detail = (entry: Entry): string =>
      entry.item === 'charge' ? method(entry.detail) : entry.detail || pays(entry);
    return [
      { id: 'at', name: t('prepaid.at'), kind: 'time', value: entry => entry.at },
      { id: 'item', name: t('prepaid.item'), value: item },
      { id: 'detail', name: t('prepaid.detail'), value: detail, wrap: true },
      { id: 'net', name: t('prepaid.net'), kind: 'money', value: entry => entry.net, hidden: true },
      { id: 'tax', name: t('prepaid.tax'), kind: 'money', value: entry => entry.tax, hidden: true },
      { id: 'gross', name: t('prepaid.gross'), kind: 'money', value: entry => entry.gross },
      { id: 'covered', name: t('prepaid.covered'), kind: 'money', value: row => row.covered, hidden: true },
      { id: 'amount', name: t('prepaid.change'), kind: 'money', value: entry => entry.amount },
      { id: 'after', name: t('prepaid.after'), kind: 'money', value: entry => entry.postedAfter },
      { id: 'owed', name: t('prepaid.owed'), kind: 'money', value: entry => entry.owed, hidden: neverOwed },
      {
        id: 'owedAfter',
        name: t('prepaid.owedAfter'),
        kind: 'money',
        value: entry => entry.owedAfter,
        hidden: neverOwed,
      },
      {
        id: 'ref',
        name: t('prepaid.ref'),
        kind: 'code',
        value: entry => entry.ref,
        hidden: true,
        ...(cell && { cell }),
      },
    ];
  }, [t, item, method, pays, cell, neverOwed]);
}
