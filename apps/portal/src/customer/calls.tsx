import type { TFunction } from 'i18next';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Asking, Schemas } from '../api/client.js';
import { usePages } from '../api/questions.js';
import { useAccount } from '../app/session.js';
import { countText } from '../ui/number-text.js';
import { Badge, MoneyStat, Stat, Stats } from '../ui/page.js';
import { SearchForm, useAsked } from '../ui/search-form.js';
import type { SearchField } from '../ui/search-values.js';
import type { Column } from '../ui/table/columns.js';
import { DataTable } from '../ui/table/data-table.js';
import { Duration } from '../ui/time.js';
import { useCategoryName } from './names.js';
import { type CallFigures, useUsualPeriod } from './questions.js';
import { useSaveCsv } from './use-save-csv.js';

type Direction = 'out' | 'in';
type Call = Schemas['ListedCall'];
const ROUTE = '/api/v1/accounts/{account}/calls';
type Query = Asking<typeof ROUTE>['query'];
type Words = TFunction<['customer', 'frame'], undefined>;

/** The filters of the outgoing and of the incoming history, in the order of the screens. */
function fieldsFor(direction: Direction, t: Words): readonly SearchField[] {
  const any = ['', t('frame:search.any')] as const;
  const scope: SearchField = {
    name: 'scope',
    label: t('search.scope'),
    choices: [any, ['outside', t('search.outside')], ['extension', t('search.extension')]],
  };
  const days: readonly SearchField[] = [
    { name: 'from', label: t('search.from'), type: 'date' },
    { name: 'to', label: t('search.to'), type: 'date' },
    { name: 'caller', label: t('search.caller'), type: 'tel' },
    { name: 'callee', label: t(direction === 'out' ? 'search.callee' : 'search.called'), type: 'tel' },
  ];
  if (direction === 'in') {
    const status: SearchField = {
      name: 'status',
      label: t('search.status'),
      choices: [any, ['answered', t('calls.answeredIn')], ['missed', t('calls.missedIn')]],
    };
    return [...days, status, scope];
  }
  const kind: SearchField = {
    name: 'class',
    label: t('search.class'),
    choices: [
      any,
      ['mobile', t('search.mobile')],
      ['domestic', t('search.domestic')],
      ['overseas', t('search.overseas')],
    ],
  };
  return [...days, kind, scope];
}

/** Search, total and rows of one direction. */
export function Calls({ direction }: { direction: Direction }) {
  const { t } = useTranslation(['customer', 'frame']);
  const account = useAccount();
  const fields = useMemo(() => fieldsFor(direction, t), [direction, t]);
  const usual = useUsualPeriod();
  const asked: Query = { direction, ...useAsked({ fields, usual }) };
  const path = { account };
  const list = usePages(['calls', account, asked], ROUTE, { path, query: { ...asked, limit: '200' } });
  const total = list.first?.total;
  const columns = useColumns(direction);
  const name = `calls-${account}-${direction}`;
  const csv = useSaveCsv(ROUTE, language => ({ path, query: { ...asked, language } }), name);
  return (
    <>
      <SearchForm label={t('frame:search.label')} fields={fields} usual={usual} />
      {total && !list.isOld && <Totals of={total} />}
      <DataTable
        name={`calls-${direction}`}
        caption={t(direction === 'out' ? 'calls.outgoing' : 'calls.incoming')}
        columns={columns}
        // A total that belongs to another search than its rows would be a wrong figure.
        of={list.isOld ? { ...list, rows: undefined } : list}
        rowKey={row => `${row.callId}/${row.direction}/${row.position}`}
        sort={false}
        filter={false}
        csv={csv}
        empty={t('frame:table.none')}
      />
    </>
  );
}

/** Of the whole search, whatever part of it is shown. */
function Totals({ of: { calls, seconds, net } }: { of: CallFigures }) {
  const { t } = useTranslation(['customer', 'frame']);
  return (
    <Stats>
      <MoneyStat name={t('calls.total')} of={net} />
      <Stat name={t('calls.count')}>{countText(calls)}</Stat>
      <Stat name={t('calls.talk')}>
        <Duration ms={seconds * 1000} />
      </Stat>
    </Stats>
  );
}

function useColumns(direction: Direction): readonly Column<Call>[] {
  const { t } = useTranslation(['customer', 'frame']);
  const category = useCategoryName();
  return useMemo(() => {
    const status = (call: Call): string => {
      if (direction === 'out') return t(call.answeredAt === null ? 'calls.missed' : 'calls.answered');
      return t(call.answeredAt === null ? 'calls.missedIn' : 'calls.answeredIn');
    };
    return [
      { id: 'started', name: t('calls.started'), kind: 'time', value: call => call.startedAt },
      { id: 'from', name: t('calls.from'), kind: 'code', value: call => call.from },
      {
        id: 'to',
        name: t(direction === 'out' ? 'calls.to' : 'calls.called'),
        kind: 'code',
        value: call => call.to,
      },
      { id: 'category', name: t('calls.category'), value: call => category(call.category) },
      { id: 'destination', name: t('calls.destination'), value: call => call.destination },
      {
        id: 'status',
        name: t('calls.status'),
        value: status,
        cell: call => (
          <>
            {status(call)} {call.reversed && <Badge kind="warn">{t('calls.reversed')}</Badge>}
          </>
        ),
      },
      { id: 'duration', name: t('calls.duration'), kind: 'duration', value: call => call.durationMs },
      {
        id: 'charged',
        name: t('calls.charged'),
        kind: 'count',
        value: call => call.chargedSeconds,
        hidden: true,
      },
      { id: 'net', name: t('calls.net'), kind: 'money', value: call => call.net },
      { id: 'tax', name: t('calls.tax'), kind: 'money', value: call => call.tax, hidden: true },
      { id: 'id', name: t('calls.id'), kind: 'code', value: call => call.callId, hidden: true },
    ];
  }, [t, direction, category]);
}
