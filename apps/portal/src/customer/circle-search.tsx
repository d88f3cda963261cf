import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useUrlState } from '../app/url-state.js';
import { OneSearch } from '../ui/one-search.js';
import { Answer } from '../ui/states.js';
import type { Column } from '../ui/table/columns.js';
import { DataTable } from '../ui/table/data-table.js';
import { found } from '../ui/table/filtering.js';
import { type Circle, type Unique, useUniques } from './questions.js';
import { EnterButton } from './use-enter.js';

/** The search of all that an account has, in one field (ACC-21). */
export function CircleSearch() {
  const { t } = useTranslation(['customer', 'frame']);
  const [search, set] = useUrlState();
  const words = search['q'] ?? '';
  return <OneSearch label={t('circles.search')} words={words} onSearch={q => set({ q: q || undefined })} />;
}

interface Hit {
  readonly kind: 'circle' | 'unique';
  readonly id: string;
  readonly circle: string;
  readonly name: string;
  readonly loginId: string;
  readonly numbers: readonly string[];
}

const haystack = ({ id, name, loginId, numbers }: Hit): string =>
  [id, name, loginId, ...numbers].join('\u0000');

const hitsOf = (circles: readonly Circle[], uniques: readonly Unique[]): readonly Hit[] => [
  ...circles.map(one => ({ ...one, kind: 'circle' as const, id: one.circle, numbers: [] })),
  ...uniques.map(one => ({ ...one, kind: 'unique' as const, id: one.unique })),
];

/** Circles, uniques and numbers that hold the words. */
export function Found({ circles, words }: { circles: readonly Circle[]; words: string }) {
  const ids = useMemo(() => circles.map(circle => circle.circle), [circles]);
  const uniques = useUniques(ids);
  return (
    <Answer of={uniques}>{rows => <Hits hits={found(hitsOf(circles, rows), haystack, words)} />}</Answer>
  );
}

function Hits({ hits }: { hits: readonly Hit[] }) {
  const { t } = useTranslation(['customer', 'frame']);
  const columns = useMemo<readonly Column<Hit>[]>(
    () => [
      { id: 'kind', name: t('circles.kind'), value: hit => t(`frame:face.${hit.kind}`) },
      {
        id: 'id',
        name: t('circles.id'),
        kind: 'code',
        value: hit => hit.id,
        to: hit => `/circles/${hit.circle}`,
      },
      { id: 'user', name: t('circles.user'), value: hit => hit.name, wrap: true },
      { id: 'loginId', name: t('frame:login.id'), kind: 'code', value: hit => hit.loginId },
      { id: 'numbers', name: t('circles.numbers'), kind: 'code', value: hit => hit.numbers.join(', ') },
      {
        id: 'act',
        name: t('circles.act'),
        sortable: false,
        value: hit => hit.id,
        cell: ({ kind, id, name }) => <EnterButton to={{ [kind]: id, name }} />,
      },
    ],
    [t],
  );
  return (
    <DataTable
      name="found"
      caption={t('circles.found')}
      showCaption
      of={{ rows: hits }}
      columns={columns}
      rowKey={hit => `${hit.kind}/${hit.id}`}
      filter={false}
      empty={t('circles.noMatch')}
      density="comfortable"
    />
  );
}
