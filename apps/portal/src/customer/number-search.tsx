import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Asking, Schemas } from '../api/client.js';
import { namesOf } from '../api/names.js';
import { useAsk, usePages } from '../api/questions.js';
import { SearchForm, useAsked } from '../ui/search-form.js';
import type { SearchField } from '../ui/search-values.js';
import { Answer } from '../ui/states.js';
import { actsColumn, type Column } from '../ui/table/columns.js';
import { DataTable } from '../ui/table/data-table.js';
import type { OfferedNumber } from './number-choice.js';

type Place = Schemas['NumberPlace'];
const ROUTE = '/api/v1/numbers';
const CATEGORIES = namesOf<OfferedNumber['category']>({
  domestic: 1,
  free_call: 1,
  navi_dial: 1,
  special: 1,
  overseas: 1,
  mobile: 1,
});
/** Numbers of a page; more come on demand. */
const SHOWN = '50';

interface Props {
  readonly chosen: readonly OfferedNumber[];
  readonly onToggle: (number: OfferedNumber) => void;
}

/** The search by kind, place and digits. */
export function NumberSearch(props: Props) {
  const places = useAsk(['number-places'], '/api/v1/numbers/places', {});
  return <Answer of={places}>{({ rows }) => <Search {...props} places={rows} />}</Answer>;
}

const distinct = (texts: readonly string[]): readonly string[] => [...new Set(texts)].filter(Boolean).sort();

function useFields(places: readonly Place[]): readonly SearchField[] {
  const { t } = useTranslation(['customer', 'frame']);
  return useMemo(() => {
    const any = ['', t('frame:search.any')] as const;
    const words = (texts: readonly string[]) => [any, ...distinct(texts).map(text => [text, text] as const)];
    return [
      {
        name: 'category',
        label: t('numberSearch.category'),
        choices: [any, ...CATEGORIES.map(one => [one, t(`numberSearch.categories.${one}`)] as const)],
      },
      { name: 'region', label: t('numberSearch.region'), choices: words(places.map(one => one.region)) },
      { name: 'city', label: t('numberSearch.city'), choices: words(places.map(one => one.city)) },
      { name: 'area', label: t('numberSearch.area'), choices: words(places.map(one => one.areaCode)) },
      { name: 'last4', label: t('numberSearch.last4'), type: 'tel' },
      { name: 'kind', label: t('numberSearch.kind'), choices: words(places.map(one => one.kind)) },
      {
        name: 'sort',
        label: t('numberSearch.sort'),
        choices: [
          ['random', t('numberSearch.random')],
          ['number', t('numberSearch.inOrder')],
        ],
      },
    ];
  }, [places, t]);
}

const USUAL = { sort: 'random' } as const;

function Search({ places, chosen, onToggle }: Props & { readonly places: readonly Place[] }) {
  const { t } = useTranslation(['customer', 'frame']);
  const fields = useFields(places);
  const asked: Asking<typeof ROUTE>['query'] = useAsked({ fields, usual: USUAL });
  const list = usePages(['numbers', asked], ROUTE, { query: { ...asked, limit: SHOWN } });
  return (
    <>
      <SearchForm label={t('numberSearch.name')} go={t('numberSearch.go')} fields={fields} usual={USUAL} />
      <DataTable
        name="numbers"
        caption={t('numberSearch.found')}
        columns={useColumns(chosen, onToggle)}
        of={list}
        rowKey={row => row.number}
        sort={false}
        filter={false}
        empty={t('numberSearch.none')}
      />
    </>
  );
}

function useColumns(
  chosen: readonly OfferedNumber[],
  onToggle: Props['onToggle'],
): readonly Column<OfferedNumber>[] {
  const { t } = useTranslation('customer');
  return useMemo(() => {
    const taken = new Set(chosen.map(({ number }) => number));
    return [
      { id: 'number', name: t('numberSearch.number'), kind: 'code', value: row => row.number },
      {
        id: 'category',
        name: t('numberSearch.category'),
        value: row => t(`numberSearch.categories.${row.category}`),
      },
      { id: 'place', name: t('numberSearch.place'), value: row => `${row.region} ${row.city}`.trim() },
      { id: 'kind', name: t('numberSearch.kind'), kind: 'code', value: row => row.kind },
      { id: 'monthly', name: t('numberSearch.monthly'), kind: 'money', value: row => row.monthly },
      { id: 'initial', name: t('numberSearch.initial'), kind: 'money', value: row => row.initial },
      {
        id: 'reaches020',
        name: t('numberSearch.reaches020'),
        value: row => t(row.reaches020 ? 'numberSearch.yes' : 'numberSearch.no'),
      },
      actsColumn(t('numberSearch.select'), row => (
        <button
          type="button"
          className="button small"
          aria-pressed={taken.has(row.number)}
          aria-label={t(taken.has(row.number) ? 'numberSearch.leaveLabel' : 'numberSearch.takeLabel', {
            number: row.number,
          })}
          onClick={() => onToggle(row)}
        >
          {t(taken.has(row.number) ? 'numberSearch.leave' : 'numberSearch.take')}
        </button>
      )),
    ];
  }, [t, chosen, onToggle]);
}
