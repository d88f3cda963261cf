import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { send } from '../api/client.js';
import { listOf, useAsk } from '../api/questions.js';
import { Badge } from '../ui/page.js';
import type { Column } from '../ui/table/columns.js';
import { DataTable } from '../ui/table/data-table.js';
import { agentName } from './agent-name.js';
import { OwnButton } from './own-acts.js';
import { LIVE, type LiveSession } from './questions.js';

/** Where this login is signed in; any but the own session can be ended from here. */
export function LiveSessions() {
  const { t } = useTranslation(['security', 'frame']);
  const sessions = useAsk(LIVE, '/api/v1/sessions', {});
  const columns = useMemo<readonly Column<LiveSession>[]>(
    () => [
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
        cell: row => (row.current ? <Badge kind="good">{t('current')}</Badge> : <End of={row} />),
      },
    ],
    [t],
  );
  return (
    <DataTable
      name="sessions"
      caption={t('sessions')}
      of={listOf(sessions)}
      columns={columns}
      rowKey={row => row.session}
      filter={false}
      density="comfortable"
    />
  );
}

function End({ of: { session, agent, address } }: { of: LiveSession }) {
  const { t } = useTranslation(['security', 'frame']);
  const consequence = t('endConsequence', { agent: `${agentName(agent)} (${address})` });
  return (
    <OwnButton
      ask={{ title: t('endTitle'), consequence, go: t('end'), danger: true }}
      send={() => send('DELETE', '/api/v1/sessions/{session}', { path: { session } })}
      changes={[LIVE]}
      done={t('ended')}
    >
      {t('end')}
    </OwnButton>
  );
}
