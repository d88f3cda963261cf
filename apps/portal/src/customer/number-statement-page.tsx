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

interface Figures {
  readonly calls: number;
  readonly domestic: string;
  readonly mobile: string;
  readonly overseas: string;
  readonly subtotal: string;
}
interface Row extends Figures {
  readonly number: string;
  readonly direction: 'out' | 'in';
}
interface NumberStatement {
  readonly rows: readonly Row[];
  readonly total: Figures;
}

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
  const fields: readonly SearchField[] = [
    { name: 'from', label: t('search.from'), type: 'date' },
    { name: 'to', label: t('search.to'), type: 'date' },
    { name: 'number', label: t('search.number'), type: 'tel' },
    {
      name: 'direction',
      label: t('search.direction'),
      choices: [
        ['', t('search.any')],
        ['out', t('search.onlyOut')],
        ['in', t('search.onlyIn')],
      ],
    },
  ];
  const usual = { from: `${thisMonth()}-01`, to: today() };
  const asked = useAsked({ fields, usual });
  const { data, error, retry, csv } = useCallStatement<NumberStatement>('number', asked);
  return (
    <Page title={t('numbers.name')} lead={t('numbers.lead')}>
      <Sheet>
        <SearchForm label={t('frame:search.label')} fields={fields} usual={usual} />
        <DataTable
          name="numbers"
          caption={t('numbers.name')}
          hideCaption
          columns={useColumns(data?.total)}
          rows={data?.rows}
          rowKey={row => `${row.number}/${row.direction}`}
          error={error}
          retry={retry}
          filter={false}
          csv={csv}
          empty={t('frame:table.none')}
          density="comfortable"
        />
      </Sheet>
    </Page>
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
        total: total?.calls.toLocaleString('ja-JP'),
      },
      money('domestic'),
      money('mobile'),
      money('overseas'),
      money('subtotal'),
    ];
  }, [t, total]);
}
