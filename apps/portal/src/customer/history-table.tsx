import { useEffect, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { isOneOf } from '../api/names.js';
import { usePages } from '../api/questions.js';
import { useAccount } from '../app/session.js';
import { UrlSelect, useChoice } from '../ui/choices.js';
import { DataTable } from '../ui/table/data-table.js';
import { monthsBack, monthText, thisMonth } from '../ui/time-text.js';
import { language } from '../words/index.js';
import { useHistoryColumns } from './history-columns.js';
import { ITEMS, type Item } from './names.js';
import type { Entry } from './questions.js';

const MONTHS = 25;
const PAGE = '200';

/** What the product names a movement; what it does not know yet stands among the others. */
const itemOf = ({ item }: Entry): Item => (isOneOf(ITEMS, item) ? item : 'other');

/** Movements of the wallet, newest first, each with what was posted after it (PRX-02). */
export function HistoryTable() {
  const { t } = useTranslation(['customer', 'frame']);
  const account = useAccount();
  const months = monthsBack(thisMonth(), MONTHS);
  const month = useChoice('month', months, '');
  const kind = useChoice('kind', ITEMS, '');
  const list = usePages(['history', account, month], '/api/v1/accounts/{account}/history', {
    path: { account },
    query: { limit: PAGE, month },
  });
  const { has, loading, load } = list.more;
  // A kind is looked for in all of the history: the API gives every movement, as each tells what was left.
  useEffect(() => {
    if (kind !== '' && has && !loading) load();
  }, [kind, has, loading, load]);
  const rows = useMemo(
    () => (kind === '' ? list.rows : list.rows?.filter(row => itemOf(row) === kind)),
    [list.rows, kind],
  );
  return (
    <>
      <div className="filters">
        <UrlSelect
          name="month"
          label={t('prepaid.month')}
          usual=""
          choices={[
            ['', t('frame:search.any')],
            ...months.map(one => [one, monthText(one, language())] as const),
          ]}
        />
        <UrlSelect
          name="kind"
          label={t('prepaid.kind')}
          usual=""
          choices={[['', t('frame:search.any')], ...ITEMS.map(one => [one, t(`items.${one}`)] as const)]}
        />
      </div>
      <DataTable
        name="history"
        caption={t('prepaid.history')}
        of={{ ...list, rows: list.isOld ? undefined : rows }}
        columns={useHistoryColumns(list.rows)}
        rowKey={entry => `${entry.position}/${entry.ref}/${entry.item}`}
        sort={false}
        csv={`prepaid-${account}${month && `-${month}`}`}
        empty={has ? t('frame:state.loading') : t('frame:table.none')}
      />
    </>
  );
}
