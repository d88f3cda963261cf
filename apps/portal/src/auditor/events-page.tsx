import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { usePages } from '../api/questions.js';
import { useUrlState } from '../app/url-state.js';
import { Page, Sheet } from '../ui/page.js';
import { SearchForm } from '../ui/search-form.js';
import type { SearchField } from '../ui/search-values.js';
import { DataTable } from '../ui/table/data-table.js';
import { useAccountField } from './accounts.js';
import { eventColumns, shortType } from './event-columns.js';
import { instantOf } from './inputs.js';
import { saidBy, useEventTypes } from './questions.js';

/** What people call the parts of the log, and what the API calls them. */
const GROUPS = [
  ['business', 'contracts,rating,ledger,invoicing,operations'],
  ['money', 'ledger'],
  ['imports', 'rating'],
  ['contracts', 'contracts'],
  ['closes', 'invoicing'],
  ['identity', 'identity'],
  ['operations', 'operations'],
] as const;

/** What the address asks for, as the API takes it. */
function useAsked() {
  const [search] = useUrlState();
  const { stream, type, group = '', account, command, from = '', to = '' } = search;
  const contexts = GROUPS.find(([name]) => name === group)?.[1];
  return { stream, type, contexts, account, command, from: instantOf(from), to: instantOf(to) };
}

/** The whole log, searched. */
export default function EventsPage() {
  const { t } = useTranslation(['auditor', 'frame']);
  const asked = useAsked();
  const list = usePages(['events', asked], '/api/v1/events', { query: { ...asked, limit: '50' } });
  const columns = useMemo(() => eventColumns(t), [t]);
  const isSearchedOn = !list.isOld && list.rows?.length === 0 && list.more.has;
  return (
    <Page title={t('events.name')} lead={t('events.lead')}>
      <Sheet>
        <EventFilters />
        {isSearchedOn ? (
          <div className="state">
            <p>{t('events.noneYet')}</p>
            <button type="button" className="button" disabled={list.more.loading} onClick={list.more.load}>
              {t(list.more.loading ? 'events.searching' : 'events.further')}
            </button>
          </div>
        ) : (
          <DataTable
            name="events"
            caption={t('events.name')}
            of={list}
            columns={columns}
            rowKey={row => String(row.position)}
            filter={false}
            sort={false}
            csv="events"
            empty={t('events.none')}
          />
        )}
      </Sheet>
    </Page>
  );
}

function EventFilters() {
  const { t } = useTranslation('auditor');
  const { data } = useEventTypes();
  const account = useAccountField(t('events.account'));
  const types = data?.rows.map(row => [row.type, `${shortType(row.type)} ${saidBy(row)}`] as const) ?? [];
  const filters: readonly SearchField[] = [
    account,
    {
      name: 'group',
      label: t('events.group'),
      choices: [['', t('events.anyGroup')], ...GROUPS.map(([id]) => [id, t(`events.groups.${id}`)] as const)],
    },
    { name: 'type', label: t('events.type'), choices: [['', t('search.anyType')], ...types] },
    { name: 'from', label: t('events.from'), type: 'time' },
    { name: 'to', label: t('events.to'), type: 'time' },
    { name: 'stream', label: t('events.stream') },
    { name: 'command', label: t('events.command') },
  ];
  return <SearchForm label={t('events.name')} fields={filters} />;
}
