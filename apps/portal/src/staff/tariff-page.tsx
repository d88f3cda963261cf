import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '../api/client.js';
import { listOf, useAsk } from '../api/questions.js';
import { useParam } from '../app/url-state.js';
import { ListPage } from '../ui/list-page.js';
import type { Column } from '../ui/table/columns.js';
import { COLUMNS } from './tariff-columns.js';

type TariffRow = Schemas['TariffRow'];

/** Shown when no row has anything in them, too. */
const ALWAYS: ReadonlySet<string> = new Set(['prefix', 'destination', 'category', 'price', 'per_s']);

/** All rows in force of the newest version of a tariff. */
export default function TariffPage() {
  const { t } = useTranslation(['staff', 'frame']);
  const tariff = useParam('tariff');
  const answer = useAsk(['tariff', tariff], '/api/v1/tariffs/{tariff}/rows', { path: { tariff } });
  const rows = answer.data?.rows;
  const numbered = useMemo(() => rows?.map((row, at): TariffRow => ({ ...row, at: String(at) })), [rows]);
  const columns = useMemo<readonly Column<TariffRow>[]>(
    () =>
      COLUMNS.filter(([name]) => ALWAYS.has(name) || rows?.some(row => row[name] !== undefined)).map(
        ([name, kind]) => ({ id: name, name: t(`tariff.${name}`), kind, value: row => row[name] }),
      ),
    [t, rows],
  );
  return (
    <ListPage
      name="rows"
      title={t('tariffs.one', { tariff })}
      lead={t('tariffs.oneLead')}
      aside={<span className="soft small">{t('tariffs.unit')}</span>}
      of={{ ...listOf(answer), rows: numbered }}
      columns={columns}
      rowKey={row => row['at'] ?? ''}
      csv={`tariff-${tariff}`}
    />
  );
}
