import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { AppLink } from '../app/link.js';
import { Page, Sheet } from '../ui/page.js';
import type { Column } from '../ui/table/columns.js';
import { DataTable } from '../ui/table/data-table.js';
import { useMay } from './acts.js';
import { type Tariff, useTariffs } from './questions.js';
import { TariffFile } from './tariff-file.js';

/** Tariffs, each in its newest version, and a new file of them: first what it would change. */
export default function TariffsPage() {
  const { t } = useTranslation(['staff', 'frame']);
  const may = useMay();
  const tariffs = useTariffs();
  const columns = useMemo<readonly Column<Tariff>[]>(
    () => [
      {
        id: 'tariff',
        name: t('tariffs.tariff'),
        kind: 'code',
        value: row => row.tariff,
        cell: row => <AppLink to={`/tariffs/${row.tariff}`}>{row.tariff}</AppLink>,
      },
      { id: 'version', name: t('tariffs.version'), kind: 'count', value: row => row.version },
      { id: 'rows', name: t('tariffs.rows'), kind: 'count', value: row => row.rows },
      { id: 'published', name: t('tariffs.published'), kind: 'time', value: row => row.publishedAt },
    ],
    [t],
  );
  return (
    <Page title={t('tariffs.name')}>
      <Sheet>
        <DataTable
          name="tariffs"
          caption={t('tariffs.name')}
          hideCaption
          columns={columns}
          rows={tariffs.data?.rows}
          rowKey={row => row.tariff}
          error={tariffs.error}
          retry={() => void tariffs.refetch()}
          filter={false}
          empty={t('tariffs.none')}
        />
      </Sheet>
      {may('publish') && (
        <Sheet title={t('tariffs.upload')}>
          <TariffFile />
        </Sheet>
      )}
    </Page>
  );
}
