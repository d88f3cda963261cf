import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '../api/client.js';
import type { Column } from '../ui/table/columns.js';
import { DataTable } from '../ui/table/data-table.js';
import { useColumnName } from './tariff-columns.js';

type Diff = Schemas['TariffDiff'];
type TariffRow = Schemas['TariffRow'];

interface Change {
  readonly kind: 'added' | 'removed' | 'changed';
  readonly row: TariffRow;
  /** Fields that differ, with what stood there. */
  readonly before: TariffRow | null;
  readonly fields: readonly string[];
}

const KINDS = { added: 'good', removed: 'bad', changed: 'warn' } as const;
/** Told beside their own columns. */
const NAMED = new Set(['tariff', 'prefix', 'destination', 'line']);

const changesOf = ({ added, removed, changed }: Diff): readonly Change[] => [
  ...changed.map(({ from, to, fields }) => ({ kind: 'changed' as const, row: to, before: from, fields })),
  ...added.map(row => ({ kind: 'added' as const, row, before: null, fields: Object.keys(row) })),
  ...removed.map(row => ({ kind: 'removed' as const, row, before: null, fields: Object.keys(row) })),
];

/** What a file would change, tariff by tariff and row by row. */
export function TariffChanges({ of }: { of: readonly Diff[] }) {
  const { t } = useTranslation('staff');
  return (
    <div className="stack">
      {of.map(diff => (
        <section key={diff.tariff} className="stack">
          <h3>
            <span className="code">{diff.tariff}</span>
          </h3>
          <p>
            {t('tariffs.counts', {
              added: diff.added.length,
              removed: diff.removed.length,
              changed: diff.changed.length,
              unchanged: diff.unchanged,
            })}
          </p>
          {changesOf(diff).length > 0 && <Changes of={diff} />}
        </section>
      ))}
    </div>
  );
}

function Changes({ of: diff }: { of: Diff }) {
  const { t } = useTranslation(['staff', 'frame']);
  const nameOf = useColumnName();
  const rows = useMemo(() => changesOf(diff), [diff]);
  const columns = useMemo<readonly Column<Change>[]>(
    () => [
      {
        id: 'kind',
        name: t('frame:diff.changed'),
        value: change => t(`frame:diff.${change.kind}`),
        badge: ({ kind }) => KINDS[kind],
      },
      { id: 'prefix', name: t('tariff.prefix'), kind: 'code', value: ({ row }) => row['prefix'] },
      { id: 'destination', name: t('tariff.destination'), value: ({ row }) => row['destination'] },
      {
        id: 'fields',
        name: t('tariffs.what'),
        value: change => whatText(change, nameOf),
        cell: change => <What of={change} />,
        wrap: true,
      },
    ],
    [t, nameOf],
  );
  return (
    <DataTable
      name={`diff-${diff.tariff}`}
      caption={t('tariffs.changesOf', { tariff: diff.tariff })}
      of={{ rows }}
      columns={columns}
      rowKey={({ kind, row }) => `${kind}/${row['prefix']}/${row['valid_from']}/${row['line']}`}
      csv={`tariff-changes-${diff.tariff}`}
    />
  );
}

/** `単価 8 → 9, 刻み（秒） 180 → 60`; of a row that comes or goes all that it says. */
function whatText({ row, before, fields }: Change, nameOf: (field: string) => string): string {
  const told = before === null ? fields.filter(field => !NAMED.has(field)) : fields;
  const value = (field: string) =>
    before === null ? row[field] : `${before[field] ?? '-'} → ${row[field] ?? '-'}`;
  return told.map(field => `${nameOf(field)} ${value(field)}`).join(', ');
}

function What({ of: change }: { of: Change }) {
  const nameOf = useColumnName();
  const { row, before, fields } = change;
  if (before === null) return <span className="small soft">{whatText(change, nameOf)}</span>;
  return fields.map(field => (
    <span key={field} className="diff-field">
      <span className="small soft">{nameOf(field)}</span> <del>{before[field] ?? '—'}</del> →{' '}
      <ins>{row[field] ?? '—'}</ins>
    </span>
  ));
}
