import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { namesOf } from '../api/names.js';
import { AppLink } from '../app/link.js';
import { countText } from '../ui/number-text.js';
import type { Column } from '../ui/table/columns.js';
import type { ImportReport, ImportRow } from './questions.js';

/** What the lines of a file came to. */
export const COUNTED = namesOf<keyof ImportReport['counts']>({
  read: 1,
  charged: 1,
  noted: 1,
  duplicates: 1,
  suspended: 1,
  skipped: 1,
});

export function useImportColumns(): readonly Column<ImportRow>[] {
  const { t } = useTranslation('staff');
  return useMemo(() => {
    const isRunning = (row: ImportRow) => row.completedAt === null;
    return [
      { id: 'started', name: t('imports.started'), kind: 'time', value: row => row.startedAt },
      { id: 'file', name: t('imports.file'), value: row => row.file, wrap: true },
      {
        id: 'state',
        name: t('imports.state'),
        value: row => t(isRunning(row) ? 'imports.running' : 'imports.complete'),
        badge: row => (isRunning(row) ? 'warn' : undefined),
      },
      ...COUNTED.map(
        (name): Column<ImportRow> => ({
          id: name,
          name: t(`imports.${name}`),
          kind: 'count',
          value: row => row.counts?.[name],
          hidden: name === 'noted' || name === 'skipped',
          ...(name === 'suspended' && { cell: Suspended }),
        }),
      ),
      { id: 'import', name: t('imports.id'), kind: 'code', value: row => row.import, hidden: true },
    ];
  }, [t]);
}

/** Lines that wait lead to where they are mended. */
function Suspended({ counts, import: id }: ImportRow) {
  if (!counts) return null;
  const count = countText(counts.suspended);
  if (counts.suspended === 0) return count;
  return (
    <AppLink to="/suspense" search={{ import: id }}>
      {count}
    </AppLink>
  );
}
