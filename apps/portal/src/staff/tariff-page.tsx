import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { answered, api } from '../api/client.js';
import { useParam } from '../app/url-state.js';
import { Page, Sheet } from '../ui/page.js';
import type { Column } from '../ui/table/columns.js';
import { DataTable } from '../ui/table/data-table.js';
import { COLUMNS } from './tariff-columns.js';

type TariffRow = Readonly<Record<string, string>>;

/** Shown when no row has anything in them, too. */
const ALWAYS: ReadonlySet<string> = new Set(['prefix', 'destination', 'category', 'price', 'per_s']);

/** All rows in force of the newest version of a tariff. */
export default function TariffPage() {
  const { t } = useTranslation(['staff', 'frame']);
  const tariff = useParam('tariff');
  const { data, error, refetch } = useQuery({
    queryKey: ['tariff', tariff],
    queryFn: ({ signal }) =>
      answered(api.GET('/api/v1/tariffs/{tariff}/rows', { params: { path: { tariff } }, signal })),
  });
  const rows = data?.rows as readonly TariffRow[] | undefined;
  const numbered = useMemo(() => rows?.map((row, at) => ({ ...row, at: String(at) })), [rows]);
  const columns = useMemo<readonly Column<TariffRow>[]>(
    () =>
      COLUMNS.filter(([name]) => ALWAYS.has(name) || rows?.some(row => row[name] !== undefined)).map(
        ([name, kind]) => ({ id: name, name: t(`tariff.${name}`), kind, value: row => row[name] }),
      ),
    [t, rows],
  );
  return (
    <Page title={t('tariffs.one', { tariff })} lead={t('tariffs.oneLead')}>
      <Sheet aside={<span className="soft small">{t('tariffs.unit')}</span>}>
        <DataTable
          name="rows"
          caption={t('tariffs.one', { tariff })}
          hideCaption
          columns={columns}
          rows={numbered}
          rowKey={row => row['at'] ?? ''}
          error={error}
          retry={() => void refetch()}
          csv={`tariff-${tariff}`}
        />
      </Sheet>
    </Page>
  );
}
