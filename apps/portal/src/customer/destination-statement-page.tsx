import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Money } from '../ui/money.js';
import { Page, Sheet } from '../ui/page.js';
import { type SearchField, SearchForm, useAsked } from '../ui/search-form.js';
import type { Column } from '../ui/table/columns.js';
import { DataTable } from '../ui/table/data-table.js';
import { thisMonth, today } from '../ui/time-text.js';
import { useCallStatement } from './use-call-statement.js';
import { Verified } from './verified.js';

interface Row {
  readonly number: string;
  readonly direction: 'out' | 'in';
  readonly prefix: string;
  readonly destination: string;
  readonly category: string;
  readonly unitSeconds: string;
  readonly unitPrice: string;
  readonly calls: number;
  /** Talk time, to the millisecond. */
  readonly seconds: number;
  readonly subtotal: string;
}
interface DestinationStatement {
  readonly rows: readonly Row[];
  readonly total: Pick<Row, 'calls' | 'seconds' | 'subtotal'>;
}

/** One choice on the screen is a direction or a class of destination in the question (CDR-04). */
const KINDS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
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
  const fields: readonly SearchField[] = [
    { name: 'from', label: t('search.from'), type: 'date' },
    { name: 'to', label: t('search.to'), type: 'date' },
    { name: 'number', label: t('search.number'), type: 'tel' },
    { name: 'other', label: t('search.other'), type: 'tel' },
    {
      name: 'kind',
      label: t('search.direction'),
      choices: [
        ['', t('search.any')],
        ['out', t('search.onlyOut')],
        ['in', t('search.onlyIn')],
        ['domestic', t('search.domesticFixed')],
        ['mobile', t('search.domesticMobile')],
        ['overseas', t('search.overseasShort')],
      ],
    },
  ];
  const usual = { from: `${thisMonth()}-01`, to: today() };
  const { kind = '', ...asked } = useAsked({ fields, usual });
  const statement = useCallStatement<DestinationStatement>('destination', { ...asked, ...KINDS[kind] });
  const { data, error, retry, csv } = statement;
  return (
    <Page title={t('destinations.name')} lead={t('destinations.lead')}>
      <Sheet aside={<span className="soft small">{t('unitNet')}</span>}>
        <SearchForm label={t('frame:search.label')} fields={fields} usual={usual} />
        <DataTable
          name="destinations"
          caption={t('destinations.name')}
          hideCaption
          columns={useColumns(data?.total)}
          rows={data?.rows}
          rowKey={row =>
            JSON.stringify([row.number, row.direction, row.prefix, row.destination, row.unitPrice])
          }
          error={error}
          retry={retry}
          csv={csv}
          empty={t('frame:table.none')}
        />
      </Sheet>
    </Page>
  );
}

/** Seconds with tenths; finer digits are cut, as in durations everywhere. */
const secondsText = (seconds: number): string =>
  seconds.toLocaleString('ja-JP', {
    minimumFractionDigits: 1,
    maximumFractionDigits: 1,
    roundingMode: 'trunc',
  });

function useColumns(total: DestinationStatement['total'] | undefined): readonly Column<Row>[] {
  const { t } = useTranslation(['customer', 'frame']);
  return useMemo(
    () => [
      { id: 'number', name: t('destinations.number'), kind: 'code', value: row => row.number },
      { id: 'direction', name: t('destinations.direction'), value: row => t(`calls.${row.direction}`) },
      { id: 'prefix', name: t('destinations.prefix'), kind: 'code', value: row => row.prefix },
      { id: 'destination', name: t('destinations.destination'), value: row => row.destination },
      { id: 'unit', name: t('destinations.unit'), kind: 'money', value: row => row.unitSeconds },
      { id: 'price', name: t('destinations.price'), kind: 'money', value: row => row.unitPrice },
      {
        id: 'calls',
        name: t('destinations.calls'),
        kind: 'count',
        value: row => row.calls,
        total: total?.calls.toLocaleString('ja-JP'),
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
