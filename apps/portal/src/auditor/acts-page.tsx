import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { usePages } from '../api/questions.js';
import { useUrlState } from '../app/url-state.js';
import { ListPage } from '../ui/list-page.js';
import type { Column } from '../ui/table/columns.js';
import { Time } from '../ui/time.js';
import { shortType } from './event-columns.js';
import { type StaffAct, saidBy, useEventTypes } from './questions.js';

/** Who of staff did what, why and from where. */
export default function ActsPage() {
  const { t } = useTranslation(['auditor', 'frame']);
  const [{ actor }, set] = useUrlState();
  const query = { limit: '100', actor };
  const list = usePages(['staff-acts', actor], '/api/v1/staff-acts', { query });
  const who = list.rows?.find(row => row.actor === actor)?.name ?? actor;
  return (
    <ListPage
      name="acts"
      title={t('acts.name')}
      lead={t('acts.lead')}
      above={
        actor !== undefined && (
          <div className="band">
            <p>{t('acts.onlyOf', { who })}</p>
            <button type="button" className="button small" onClick={() => set({ actor: undefined })}>
              {t('acts.all')}
            </button>
          </div>
        )
      }
      of={list}
      columns={useColumns()}
      rowKey={row => String(row.position)}
      filter={false}
      sort={false}
      csv="staff-acts"
      empty={t('acts.none')}
    />
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
        cell: row => <Time at={row.at} seconds />,
        to: row => `/events/${row.position}`,
      },
      {
        id: 'who',
        name: t('acts.who'),
        value: whoOf,
        to: row => ({ to: '/staff-acts', search: { actor: row.actor } }),
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
        to: row => ({ to: '/events', search: { stream: row.stream }, className: 'clip' }),
      },
      { id: 'from', name: t('acts.from'), kind: 'code', value: row => row.address },
      { id: 'events', name: t('acts.events'), kind: 'count', value: row => row.events },
      { id: 'actor', name: t('acts.actor'), kind: 'code', value: row => row.actor, hidden: true },
      { id: 'session', name: t('acts.session'), kind: 'code', value: row => row.session, hidden: true },
    ];
  }, [t, types.data]);
}
