import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { listOf } from '../api/questions.js';
import { useMay } from '../app/may.js';
import { ListPage } from '../ui/list-page.js';
import { Sheet } from '../ui/page.js';
import type { Column } from '../ui/table/columns.js';
import { type Tariff, useTariffs } from './questions.js';
import { TariffFile } from './tariff-file.js';

/** Tariffs, each in its newest version, and a new file of them: first what it would change. */
export default function TariffsPage() {
  const { t } = useTranslation(['staff', 'frame']);
  const may = useMay();
  const columns = useMemo<readonly Column<Tariff>[]>(
    () => [
      {
        id: 'tariff',
        name: t('tariffs.tariff'),
        kind: 'code',
        value: row => row.tariff,
        to: row => `/tariffs/${row.tariff}`,
      },
      { id: 'version', name: t('tariffs.version'), kind: 'count', value: row => row.version },
      { id: 'rows', name: t('tariffs.rows'), kind: 'count', value: row => row.rows },
      { id: 'published', name: t('tariffs.published'), kind: 'time', value: row => row.publishedAt },
    ],
    [t],
  );
  const upload = (
    <Sheet title={t('tariffs.upload')}>
      <TariffFile />
    </Sheet>
  );
  return (
    <ListPage
      name="tariffs"
      title={t('tariffs.name')}
      of={listOf(useTariffs())}
      columns={columns}
      rowKey={row => row.tariff}
      filter={false}
      empty={t('tariffs.none')}
      below={may('POST /api/v1/tariffs') && upload}
    />
  );
}
