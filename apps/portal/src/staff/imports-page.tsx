import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { AppLink } from '../app/link.js';
import { Badge, Page, Sheet } from '../ui/page.js';
import type { Column } from '../ui/table/columns.js';
import { DataTable } from '../ui/table/data-table.js';
import { useMay } from './acts.js';
import { ImportFile } from './import-file.js';
import { type ImportRow, useImports } from './questions.js';

/** Files of call records: bringing one in, and what became of those before. */
export default function ImportsPage() {
  const { t } = useTranslation(['staff', 'frame']);
  const may = useMay();
  const imports = useImports();
  const columns = useImportColumns();
  return (
    <Page title={t('imports.name')} lead={t('imports.lead')}>
      {may('import') && (
        <Sheet title={t('imports.upload')}>
          <ImportFile />
        </Sheet>
      )}
      <Sheet title={t('imports.list')}>
        <DataTable
          name="imports"
          caption={t('imports.list')}
          hideCaption
          columns={columns}
          rows={imports.data?.rows}
          rowKey={row => row.import}
          error={imports.error}
          retry={() => void imports.refetch()}
          csv="cdr-imports"
          empty={t('imports.none')}
        />
      </Sheet>
    </Page>
  );
}

const COUNTED = ['read', 'charged', 'noted', 'duplicates', 'suspended', 'skipped'] as const;

export function useImportColumns(): readonly Column<ImportRow>[] {
  const { t } = useTranslation('staff');
  return useMemo(
    () => [
      { id: 'started', name: t('imports.started'), kind: 'time', value: row => row.startedAt },
      { id: 'file', name: t('imports.file'), value: row => row.file, wrap: true },
      {
        id: 'state',
        name: t('imports.state'),
        value: row => (row.completedAt === null ? t('imports.running') : t('imports.complete')),
        cell: row =>
          row.completedAt === null ? (
            <Badge kind="warn">{t('imports.running')}</Badge>
          ) : (
            <Badge>{t('imports.complete')}</Badge>
          ),
      },
      ...COUNTED.map(
        (name): Column<ImportRow> => ({
          id: name,
          name: t(`imports.${name}`),
          kind: 'count',
          value: row => row.counts?.[name],
          hidden: name === 'noted' || name === 'skipped',
          ...(name === 'suspended' && { cell: row => <Suspended of={row} /> }),
        }),
      ),
      { id: 'import', name: t('imports.id'), kind: 'code', value: row => row.import, hidden: true },
    ],
    [t],
  );
}

function Suspended({ of: { counts, import: id } }: { of: ImportRow }) {
  if (!counts) return null;
  const count = counts.suspended.toLocaleString('ja-JP');
  if (counts.suspended === 0) return count;
  return (
    <AppLink to="/suspense" search={{ import: id }}>
      {count}
    </AppLink>
  );
}
