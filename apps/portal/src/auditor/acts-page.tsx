import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { answered, api } from '../api/client.js';
import { usePages } from '../api/pages.js';
import { AppLink } from '../app/link.js';
import { useUrlState } from '../app/url-state.js';
import { Page, Sheet } from '../ui/page.js';
import type { Column } from '../ui/table/columns.js';
import { DataTable } from '../ui/table/data-table.js';
import { Time } from '../ui/time.js';
import { shortType } from './event-columns.js';
import { type StaffAct, saidBy, useEventTypes } from './questions.js';

/** Who of staff did what, why and from where. */
export default function ActsPage() {
  const { t } = useTranslation(['auditor', 'frame']);
  const [search, set] = useUrlState();
  const { actor } = search;
  const list = usePages<StaffAct>(['staff-acts', actor], (cursor, signal) => {
    const query = {
      limit: '100',
      ...(actor !== undefined && { actor }),
      ...(cursor !== undefined && { cursor }),
    };
    return answered(api.GET('/api/v1/staff-acts', { params: { query }, signal }));
  });
  const columns = useColumns();
  const who = list.rows?.find(row => row.actor === actor)?.name ?? actor;
  return (
    <Page title={t('acts.name')} lead={t('acts.lead')}>
      {actor !== undefined && (
        <div className="band">
          <p>{t('acts.onlyOf', { who })}</p>
          <button type="button" className="button small" onClick={() => set({ actor: undefined })}>
            {t('acts.all')}
          </button>
        </div>
      )}
      <Sheet>
        <DataTable
          name="acts"
          caption={t('acts.name')}
          hideCaption
          columns={columns}
          rows={list.rows}
          rowKey={row => String(row.position)}
          more={list.more}
          error={list.error}
          retry={list.retry}
          filter={false}
          sort={false}
          csv="staff-acts"
          empty={t('acts.none')}
        />
      </Sheet>
    </Page>
  );
}

function useColumns(): readonly Column<StaffAct>[] {
  const { t } = useTranslation('auditor');
  const types = useEventTypes();
  return useMemo(() => {
    const said = new Map(types.data?.rows.map(row => [row.type, saidBy(row)]));
    const whatOf = (row: StaffAct) => said.get(row.type) ?? shortType(row.type);
    const whoOf = (row: StaffAct) => row.name ?? (row.actor.startsWith('key:') ? t('acts.key') : row.actor);
    return [
      {
        id: 'at',
        name: t('acts.at'),
        kind: 'time',
        value: row => row.at,
        cell: row => (
          <AppLink to={`/events/${row.position}`}>
            <Time at={row.at} seconds />
          </AppLink>
        ),
      },
      {
        id: 'who',
        name: t('acts.who'),
        value: whoOf,
        cell: row => (
          <AppLink to="/staff-acts" search={{ actor: row.actor }}>
            {whoOf(row)}
          </AppLink>
        ),
      },
      {
        id: 'what',
        name: t('acts.what'),
        value: whatOf,
        wrap: true,
        cell: row => <div className="said">{whatOf(row)}</div>,
      },
      { id: 'reason', name: t('acts.reason'), value: row => row.reason, wrap: true },
      {
        id: 'about',
        name: t('acts.about'),
        kind: 'code',
        value: row => row.stream,
        cell: row => (
          <AppLink to="/events" search={{ stream: row.stream }} className="clip">
            {row.stream}
          </AppLink>
        ),
      },
      { id: 'from', name: t('acts.from'), kind: 'code', value: row => row.address },
      { id: 'events', name: t('acts.events'), kind: 'count', value: row => row.events },
      { id: 'actor', name: t('acts.actor'), kind: 'code', value: row => row.actor, hidden: true },
      { id: 'session', name: t('acts.session'), kind: 'code', value: row => row.session, hidden: true },
    ];
  }, [t, types.data]);
}
