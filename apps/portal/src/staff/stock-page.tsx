import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { type Asking, type Schemas, send } from '../api/client.js';
import { namesOf } from '../api/names.js';
import { listOf, useAsk, usePages } from '../api/questions.js';
import { AppLink } from '../app/link.js';
import { useMay } from '../app/may.js';
import { Page, Sheet } from '../ui/page.js';
import { SearchForm, useAsked } from '../ui/search-form.js';
import type { SearchField } from '../ui/search-values.js';
import { actsColumn, type Column } from '../ui/table/columns.js';
import { DataTable } from '../ui/table/data-table.js';
import { StaffButton } from './acts.js';
import { NumberFile } from './number-file.js';
import { PAGE } from './questions.js';

type Count = Schemas['NumberCount'];
type Numbered = Schemas['StockNumber'];
const ROUTE = '/api/v1/numbers/stock';
const STATES = namesOf<Numbered['state']>({
  available: 1,
  reserved: 1,
  claimed: 1,
  quarantined: 1,
  withdrawn: 1,
});
/** What is read anew after the stock has changed. */
const STOCK = [['stock'], ['stock-counts']] as const;

/** What is in stock: counted, taken in, and each number with what became of it. */
export default function StockPage() {
  const { t } = useTranslation('staff');
  const may = useMay();
  return (
    <Page title={t('stock.name')} lead={t('stock.lead')}>
      <Sheet title={t('stock.counts')}>
        <Counts />
      </Sheet>
      {may('POST /api/v1/numbers/import') && (
        <Sheet title={t('stock.upload')}>
          <NumberFile changes={STOCK} />
        </Sheet>
      )}
      <Sheet title={t('stock.list')}>
        <Numbers />
      </Sheet>
    </Page>
  );
}

function Counts() {
  const { t } = useTranslation('staff');
  const counts = useAsk(['stock-counts'], '/api/v1/numbers/counts', {});
  const columns = useMemo<readonly Column<Count>[]>(
    () => [
      { id: 'category', name: t('stock.category'), value: row => t(`stock.categories.${row.category}`) },
      { id: 'kind', name: t('stock.kind'), kind: 'code', value: row => row.kind },
      { id: 'area', name: t('stock.area'), kind: 'code', value: row => row.areaCode },
      { id: 'numbers', name: t('stock.numbers'), kind: 'count', value: row => row.numbers },
      ...STATES.map(
        (state): Column<Count> => ({
          id: state,
          name: t(`stock.states.${state}`),
          kind: 'count',
          value: row => row[state],
        }),
      ),
    ],
    [t],
  );
  return (
    <DataTable
      name="counts"
      caption={t('stock.counts')}
      columns={columns}
      of={listOf(counts)}
      rowKey={row => `${row.category} ${row.kind} ${row.areaCode}`}
      csv="stock"
      empty={t('stock.noCounts')}
    />
  );
}

function Numbers() {
  const { t } = useTranslation(['staff', 'frame']);
  const fields = useMemo<readonly SearchField[]>(() => {
    const any = ['', t('frame:search.any')] as const;
    return [
      {
        name: 'state',
        label: t('stock.state'),
        choices: [any, ...STATES.map(state => [state, t(`stock.states.${state}`)] as const)],
      },
      { name: 'area', label: t('stock.area'), type: 'tel' },
      { name: 'last4', label: t('stock.last4'), type: 'tel' },
      { name: 'kind', label: t('stock.kind') },
    ];
  }, [t]);
  const asked: Asking<typeof ROUTE>['query'] = useAsked({ fields });
  const list = usePages(['stock', asked], ROUTE, { query: { ...asked, limit: PAGE } });
  return (
    <>
      <SearchForm label={t('stock.searchLabel')} fields={fields} />
      <DataTable
        name="stock"
        caption={t('stock.list')}
        columns={useColumns()}
        of={list}
        rowKey={row => row.number}
        sort={false}
        filter={false}
        empty={t('stock.none')}
      />
    </>
  );
}

function useColumns(): readonly Column<Numbered>[] {
  const { t } = useTranslation('staff');
  const may = useMay();
  const mayAct = may('POST /api/v1/numbers/{telephone}/withdraw');
  return useMemo(
    () => [
      { id: 'number', name: t('stock.number'), kind: 'code', value: row => row.number },
      { id: 'kind', name: t('stock.kind'), kind: 'code', value: row => row.kind },
      { id: 'product', name: t('stock.product'), kind: 'code', value: row => row.product },
      { id: 'place', name: t('stock.place'), value: row => `${row.region} ${row.city}`.trim() },
      {
        id: 'state',
        name: t('stock.state'),
        value: row => t(`stock.states.${row.state}`),
        badge: row => (row.state === 'available' ? 'good' : row.state === 'withdrawn' ? 'warn' : undefined),
      },
      {
        id: 'account',
        name: t('stock.owner'),
        kind: 'code',
        value: row => row.account,
        cell: row => row.account !== null && <AppLink to={`/accounts/${row.account}`}>{row.account}</AppLink>,
      },
      { id: 'until', name: t('stock.until'), kind: 'time', value: row => row.until },
      { id: 'freeOn', name: t('stock.freeOn'), kind: 'day', value: row => row.freeOn },
      { id: 'why', name: t('stock.why'), value: row => row.why, wrap: true },
      ...(mayAct ? [actsColumn<Numbered>(t('acts'), row => <Act of={row} />)] : []),
    ],
    [t, mayAct],
  );
}

/** Out of stock, or back into it. */
function Act({ of: { number, state } }: { of: Numbered }) {
  const { t } = useTranslation('staff');
  const path = { telephone: number };
  if (state === 'withdrawn') {
    const go = t('stock.restock');
    return (
      <StaffButton
        label={`${go} ${number}`}
        ask={{ title: go, consequence: t('stock.restockConsequence', { number }), go }}
        send={command => send('POST', '/api/v1/numbers/{telephone}/restock', { path, command })}
        changes={STOCK}
      >
        {go}
      </StaffButton>
    );
  }
  if (state === 'claimed') return null;
  const go = t('stock.withdraw');
  return (
    <StaffButton
      danger
      label={`${go} ${number}`}
      ask={{
        title: t('stock.withdrawTitle'),
        consequence: t('stock.withdrawConsequence', { number }),
        go,
        danger: true,
      }}
      send={command =>
        send('POST', '/api/v1/numbers/{telephone}/withdraw', {
          path,
          body: { reason: command.reason },
          command,
        })
      }
      changes={STOCK}
    >
      {go}
    </StaffButton>
  );
}
