import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../api/client.js';
import { useConfirm } from '../ui/confirm.js';
import { Badge } from '../ui/page.js';
import type { Column } from '../ui/table/columns.js';
import { DataTable } from '../ui/table/data-table.js';
import { useToasts } from '../ui/toasts.js';
import { agentName } from './agent-name.js';
import { LIVE, type LiveSession } from './security.types.js';

/** Where this login is signed in; any but the own session can be ended from here. */
export function LiveSessions() {
  const { t } = useTranslation(['security', 'frame']);
  const { data, error, refetch } = useQuery({
    queryKey: LIVE,
    queryFn: ({ signal }) => call<{ rows: readonly LiveSession[] }>('GET', '/sessions', { signal }),
  });
  return (
    <DataTable
      name="sessions"
      caption={t('sessions')}
      hideCaption
      columns={useColumns()}
      rows={data?.rows}
      rowKey={row => row.session}
      error={error}
      retry={() => void refetch()}
      filter={false}
      density="comfortable"
    />
  );
}

function useColumns(): readonly Column<LiveSession>[] {
  const { t } = useTranslation(['security', 'frame']);
  const confirm = useConfirm();
  const toasts = useToasts();
  const client = useQueryClient();
  return useMemo(() => {
    const end = async (row: LiveSession) => {
      const yes = await confirm({
        title: t('endTitle'),
        consequence: t('endConsequence', { agent: `${agentName(row.agent)} (${row.address})` }),
        go: t('end'),
        danger: true,
      });
      if (!yes) return;
      await call('DELETE', `/sessions/${encodeURIComponent(row.session)}`);
      await client.invalidateQueries({ queryKey: LIVE });
      toasts.done(t('ended'));
    };
    return [
      {
        id: 'agent',
        name: t('agent'),
        value: row => row.agent,
        text: row => agentName(row.agent),
        cell: row => <span title={row.agent}>{agentName(row.agent)}</span>,
        wrap: true,
      },
      { id: 'address', name: t('address'), kind: 'code', value: row => row.address },
      { id: 'seen', name: t('lastSeen'), kind: 'time', value: row => row.lastSeenAt },
      { id: 'started', name: t('started'), kind: 'time', value: row => row.startedAt },
      {
        id: 'act',
        name: t('act'),
        sortable: false,
        value: row => (row.current ? t('current') : null),
        cell: row =>
          row.current ? (
            <Badge kind="good">{t('current')}</Badge>
          ) : (
            <button type="button" className="button small" onClick={() => void end(row).catch(toasts.failed)}>
              {t('end')}
            </button>
          ),
      },
    ];
  }, [t, confirm, client, toasts]);
}
