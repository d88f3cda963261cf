import { type FormEvent, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useUrlState } from '../app/url-state.js';
import { Answer } from '../ui/states.js';
import type { Column } from '../ui/table/columns.js';
import { DataTable } from '../ui/table/data-table.js';
import { found } from '../ui/table/filtering.js';
import { type Circle, type Unique, useUniques } from './questions.js';
import { useEnter } from './use-enter.js';

/** The search of all that an account has, in one field (ACC-21). */
export function CircleSearch() {
  const { t } = useTranslation(['customer', 'frame']);
  const [search, set] = useUrlState();
  const words = search['q'] ?? '';
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    set({ q: String(new FormData(event.currentTarget).get('q') ?? '').trim() || undefined });
  };
  return (
    <search>
      <form className="filters" onSubmit={submit}>
        <div className="field">
          <label htmlFor="circle-search">{t('circles.search')}</label>
          <input
            key={words}
            id="circle-search"
            name="q"
            type="search"
            className="input"
            defaultValue={words}
            maxLength={100}
            autoComplete="off"
            spellCheck={false}
          />
        </div>
        <div className="buttons">
          <button type="submit" className="button primary">
            {t('frame:search.go')}
          </button>
          {words !== '' && (
            <button type="button" className="button quiet" onClick={() => set({ q: undefined })}>
              {t('frame:search.clear')}
            </button>
          )}
        </div>
      </form>
    </search>
  );
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
  const enter = useEnter();
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
      { id: 'loginId', name: t('circles.loginId'), kind: 'code', value: hit => hit.loginId },
      { id: 'numbers', name: t('circles.numbers'), kind: 'code', value: hit => hit.numbers.join(', ') },
      {
        id: 'act',
        name: t('circles.act'),
        sortable: false,
        value: hit => hit.id,
        cell: hit => (
          <button
            type="button"
            className="button small"
            aria-label={t('circles.enterLabel', { name: hit.name })}
            onClick={() =>
              enter({ ...(hit.kind === 'circle' ? { circle: hit.id } : { unique: hit.id }), name: hit.name })
            }
          >
            {t('circles.enter')}
          </button>
        ),
      },
    ],
    [t, enter],
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
