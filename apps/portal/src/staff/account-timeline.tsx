import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '../api/client.js';
import { usePages } from '../api/questions.js';
import type { Column } from '../ui/table/columns.js';
import { DataTable } from '../ui/table/data-table.js';

type Entry = Schemas['TimelineEntry'];
const ROWS = '50';

/** Contracts, cancellations, suspension, papers and notes of a customer in one list, with who and why. */
export function AccountTimeline({ account }: { account: string }) {
  const { t, i18n } = useTranslation('staff');
  const list = usePages(['timeline', account], '/api/v1/accounts/{account}/timeline', {
    path: { account },
    query: { limit: ROWS },
  });
  const isJapanese = i18n.language === 'ja';
  const columns = useMemo<readonly Column<Entry>[]>(
    () => [
      { id: 'at', name: t('timeline.at'), kind: 'time', value: row => row.at },
      {
        id: 'what',
        name: t('timeline.what'),
        value: row => (isJapanese ? row.descriptionJa : row.descriptionEn),
        wrap: true,
      },
      { id: 'by', name: t('timeline.by'), value: row => row.name ?? row.by },
      { id: 'why', name: t('timeline.why'), value: row => row.reason ?? '', wrap: true },
    ],
    [t, isJapanese],
  );
  return (
    <DataTable
      name="timeline"
      caption={t('timeline.name')}
      of={list}
      columns={columns}
      rowKey={row => String(row.position)}
      sort={false}
      empty={t('timeline.none')}
      csv={`timeline-${account}`}
    />
  );
}
