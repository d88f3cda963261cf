import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Asking, Schemas } from '../api/client.js';
import { listOf, useAsk } from '../api/questions.js';
import { useAccount } from '../app/session.js';
import { ListPage } from '../ui/list-page.js';
import { Money } from '../ui/money.js';
import { countText } from '../ui/number-text.js';
import { SearchForm, useAsked } from '../ui/search-form.js';
import type { SearchField } from '../ui/search-values.js';
import type { Column } from '../ui/table/columns.js';
import { useUsualPeriod } from './questions.js';
import { useSaveCsv } from './use-save-csv.js';
import { Verified } from './verified.js';

const ROUTE = '/api/v1/accounts/{account}/number-statement';
type Query = Asking<typeof ROUTE>['query'];
type Row = Schemas['NumberStatement']['rows'][number];
type Figures = Schemas['NumberStatement']['total'];

/** The statement prints two decimals at least (CDR-03). */
const DECIMALS = 2;

/** 電話番号明細: one row per own number and direction (CDR-03). */
export default function NumberStatementPage() {
  return (
    <Verified>
      <Statement />
    </Verified>
  );
}

function Statement() {
  const { t } = useTranslation(['customer', 'frame']);
  const account = useAccount();
  const fields: readonly SearchField[] = [
    { name: 'from', label: t('search.from'), type: 'date' },
    { name: 'to', label: t('search.to'), type: 'date' },
    { name: 'number', label: t('search.number'), type: 'tel' },
    {
      name: 'direction',
      label: t('search.direction'),
      choices: [
        ['', t('frame:search.any')],
        ['out', t('search.onlyOut')],
        ['in', t('search.onlyIn')],
      ],
    },
  ];
  const usual = useUsualPeriod();
  const asked: Query = useAsked({ fields, usual });
  const path = { account };
  const statement = useAsk(['number-statement', account, asked], ROUTE, { path, query: asked });
  const csv = useSaveCsv(ROUTE, language => ({ path, query: { ...asked, language } }), `numbers-${account}`);
  return (
    <ListPage
      name="numbers"
      title={t('numbers.name')}
      lead={t('numbers.lead')}
      search={<SearchForm label={t('frame:search.label')} fields={fields} usual={usual} />}
      of={listOf(statement)}
      columns={useColumns(statement.data?.total)}
      rowKey={row => `${row.number}/${row.direction}`}
      filter={false}
      csv={csv}
      empty={t('frame:table.none')}
      density="comfortable"
    />
  );
}

function useColumns(total: Figures | undefined): readonly Column<Row>[] {
  const { t } = useTranslation(['customer', 'frame']);
  return useMemo(() => {
    const money = (id: 'domestic' | 'mobile' | 'overseas' | 'subtotal'): Column<Row> => ({
      id,
      name: t(`numbers.${id}`),
      kind: 'money',
      decimals: DECIMALS,
      value: row => row[id],
      total: total && <Money of={total[id]} decimals={DECIMALS} />,
    });
    return [
      { id: 'number', name: t('numbers.number'), kind: 'code', value: row => row.number },
      { id: 'direction', name: t('numbers.direction'), value: row => t(`calls.${row.direction}`) },
      {
        id: 'calls',
        name: t('numbers.calls'),
        kind: 'count',
        value: row => row.calls,
        total: total && countText(total.calls),
      },
      money('domestic'),
      money('mobile'),
      money('overseas'),
      money('subtotal'),
    ];
  }, [t, total]);
}
