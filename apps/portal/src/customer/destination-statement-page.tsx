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

const ROUTE = '/api/v1/accounts/{account}/destination-statement';
type Query = NonNullable<Asking<typeof ROUTE>['query']>;
type Statement = Schemas['DestinationStatement'];
type Row = Statement['rows'][number];

/** One choice on the screen is a direction or a class of destination in the question (CDR-04). */
const KINDS: Readonly<Record<string, Pick<Query, 'direction' | 'class'>>> = {
  out: { direction: 'out' },
  in: { direction: 'in' },
  domestic: { class: 'domestic' },
  mobile: { class: 'mobile' },
  overseas: { class: 'overseas' },
};

/** 通話先明細: own number x prefix x charging unit x unit price (CDR-04). */
export default function DestinationStatementPage() {
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
    { name: 'other', label: t('search.other'), type: 'tel' },
    {
      name: 'kind',
      label: t('search.direction'),
      choices: [
        ['', t('frame:search.any')],
        ['out', t('search.onlyOut')],
        ['in', t('search.onlyIn')],
        ['domestic', t('search.domesticFixed')],
        ['mobile', t('search.domesticMobile')],
        ['overseas', t('search.overseasShort')],
      ],
    },
  ];
  const usual = useUsualPeriod();
  const { kind = '', ...period } = useAsked({ fields, usual });
  const asked: Query = { ...period, ...KINDS[kind] };
  const path = { account };
  const statement = useAsk(['destination-statement', account, asked], ROUTE, { path, query: asked });
  const csv = useSaveCsv(
    ROUTE,
    language => ({ path, query: { ...asked, language } }),
    `destinations-${account}`,
  );
  return (
    <ListPage
      name="destinations"
      title={t('destinations.name')}
      lead={t('destinations.lead')}
      aside={<span className="soft small">{t('unitNet')}</span>}
      search={<SearchForm label={t('frame:search.label')} fields={fields} usual={usual} />}
      of={listOf(statement)}
      columns={useColumns(statement.data?.total)}
      rowKey={row => JSON.stringify([row.number, row.direction, row.prefix, row.destination, row.unitPrice])}
      csv={csv}
      empty={t('frame:table.none')}
    />
  );
}

/** Seconds with tenths; finer digits are cut, as in durations everywhere. */
const secondsText = (seconds: number): string =>
  seconds.toLocaleString('ja-JP', {
    minimumFractionDigits: 1,
    maximumFractionDigits: 1,
    roundingMode: 'trunc',
  });

function useColumns(total: Statement['total'] | undefined): readonly Column<Row>[] {
  const { t } = useTranslation(['customer', 'frame']);
  return useMemo(
    () => [
      { id: 'number', name: t('numbers.number'), kind: 'code', value: row => row.number },
      { id: 'direction', name: t('numbers.direction'), value: row => t(`calls.${row.direction}`) },
      { id: 'prefix', name: t('destinations.prefix'), kind: 'code', value: row => row.prefix },
      { id: 'destination', name: t('destinations.destination'), value: row => row.destination },
      { id: 'unit', name: t('destinations.unit'), kind: 'money', value: row => row.unitSeconds },
      { id: 'price', name: t('destinations.price'), kind: 'money', value: row => row.unitPrice },
      {
        id: 'calls',
        name: t('destinations.calls'),
        kind: 'count',
        value: row => row.calls,
        total: total && countText(total.calls),
      },
      {
        id: 'seconds',
        name: t('destinations.seconds'),
        kind: 'count',
        value: row => row.seconds,
        cell: row => secondsText(row.seconds),
        text: row => secondsText(row.seconds),
        total: total && secondsText(total.seconds),
      },
      {
        id: 'subtotal',
        name: t('destinations.subtotal'),
        kind: 'money',
        value: row => row.subtotal,
        total: total && <Money of={total.subtotal} />,
      },
    ],
    [t, total],
  );
}
