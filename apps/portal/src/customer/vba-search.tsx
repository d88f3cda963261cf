import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '../api/client.js';
import { useAsk } from '../api/questions.js';
import { countText } from '../ui/number-text.js';
import { Stat, Stats } from '../ui/page.js';
import { PageNumbers, usePageNumber } from '../ui/page-numbers.js';
import { SearchForm, useAsked } from '../ui/search-form.js';
import type { SearchField } from '../ui/search-values.js';
import { Answer } from '../ui/states.js';
import { actsColumn, type Column } from '../ui/table/columns.js';
import { DataTable } from '../ui/table/data-table.js';
import type { ChosenGroup, VbaGroup } from './number-choice.js';

type Country = Schemas['VbaCountry'];
const ROUTE = '/api/v1/vba-groups';
/** Groups of a page; its number stands in the address (VBA-05). */
const ON_A_PAGE = 20;

interface Props {
  readonly chosen: readonly ChosenGroup[];
  readonly onTake: (group: VbaGroup, quantity: number) => void;
}

/** Overseas numbers that are sold by count, by country, state, city and who pays the call. */
export function VbaSearch(props: Props) {
  const countries = useAsk(['vba-countries'], '/api/v1/vba-groups/countries', {});
  return <Answer of={countries}>{({ rows }) => <Search {...props} countries={rows} />}</Answer>;
}

function useFields(countries: readonly Country[]): readonly SearchField[] {
  const { t } = useTranslation(['customer', 'frame']);
  return useMemo(() => {
    const any = ['', t('frame:search.any')] as const;
    const papers = new Set(countries.filter(one => one.certificate).map(one => one.country));
    const names = [...new Set(countries.map(one => one.country))];
    const states = [...new Set(countries.map(one => one.state))].filter(Boolean).sort();
    return [
      {
        name: 'country',
        label: t('numberSearch.country'),
        choices: [
          any,
          ...names.map(
            name => [name, papers.has(name) ? t('numberSearch.papersAsked', { name }) : name] as const,
          ),
        ],
      },
      {
        name: 'state',
        label: t('numberSearch.state'),
        choices: [any, ...states.map(state => [state, state] as const)],
      },
      { name: 'city', label: t('numberSearch.town') },
      {
        name: 'tollFree',
        label: t('numberSearch.tollFree'),
        choices: [any, ['no', t('numberSearch.no')], ['yes', t('numberSearch.yes')]],
      },
    ];
  }, [countries, t]);
}

function Search({ countries, chosen, onTake }: Props & { readonly countries: readonly Country[] }) {
  const { t } = useTranslation('customer');
  const fields = useFields(countries);
  const { tollFree, ...asked } = useAsked({ fields });
  const page = usePageNumber();
  const query = {
    ...asked,
    limit: String(ON_A_PAGE),
    page: String(page),
    ...(tollFree && ({ tollFree: tollFree === 'yes' ? 'yes' : 'no' } as const)),
  };
  const list = useAsk(['vba-groups', query], ROUTE, { query });
  const columns = useColumns(chosen, onTake);
  return (
    <>
      <SearchForm label={t('numberSearch.vba')} go={t('numberSearch.go')} fields={fields} />
      <Answer of={list}>
        {({ rows, total }) => (
          <>
            <Stats>
              <Stat name={t('numberSearch.total')}>{countText(total)}</Stat>
            </Stats>
            <DataTable
              name="vba"
              caption={t('numberSearch.vba')}
              columns={columns}
              of={{ rows }}
              rowKey={row => row.group}
              sort={false}
              filter={false}
              empty={t('numberSearch.none')}
            />
            <PageNumbers pages={Math.ceil(total / ON_A_PAGE)} label={t('numberSearch.pages')} />
          </>
        )}
      </Answer>
    </>
  );
}

function useColumns(chosen: readonly ChosenGroup[], onTake: Props['onTake']): readonly Column<VbaGroup>[] {
  const { t } = useTranslation('customer');
  return useMemo(() => {
    const quantityOf = (row: VbaGroup) => chosen.find(one => one.group.group === row.group)?.quantity ?? 0;
    return [
      {
        id: 'city',
        name: t('numberSearch.cityArea'),
        value: row => `${row.city || row.country} (${row.areaCode})`,
      },
      { id: 'country', name: t('numberSearch.country'), value: row => row.country },
      { id: 'state', name: t('numberSearch.state'), value: row => row.state },
      {
        id: 'tollFree',
        name: t('numberSearch.tollFree'),
        value: row => t(row.tollFree ? 'numberSearch.yes' : 'numberSearch.no'),
      },
      { id: 'monthly', name: t('numberSearch.monthly'), kind: 'money', value: row => row.monthly },
      { id: 'initial', name: t('numberSearch.initial'), kind: 'money', value: row => row.initial },
      { id: 'stock', name: t('numberSearch.stock'), kind: 'count', value: row => row.stock },
      {
        id: 'papers',
        name: t('numberSearch.papers'),
        value: row => (row.certificate === null ? '' : t(`numberSearch.certificates.${row.certificate}`)),
        wrap: true,
      },
      actsColumn(t('numberSearch.quantity'), row => (
        <input
          className="input short"
          type="number"
          min={0}
          max={row.stock}
          step={1}
          disabled={row.stock === 0}
          value={quantityOf(row)}
          aria-label={t('numberSearch.quantityLabel', { city: row.city || row.country })}
          onChange={({ target }) => {
            const quantity = Math.trunc(target.valueAsNumber || 0);
            onTake(row, Math.min(Math.max(quantity, 0), row.stock));
          }}
        />
      )),
    ];
  }, [t, chosen, onTake]);
}
