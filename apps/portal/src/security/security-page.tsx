import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../api/client.js';
import { useSession } from '../app/session.js';
import { useConfirm } from '../ui/confirm.js';
import { Badge, Facts, Page, Sheet } from '../ui/page.js';
import type { Column } from '../ui/table/columns.js';
import { DataTable } from '../ui/table/data-table.js';
import { Time } from '../ui/time.js';
import { useToasts } from '../ui/toasts.js';

/** A live session of this login (`GET /sessions`). */
interface LiveSession {
  readonly session: string;
  readonly startedAt: string;
  readonly lastSeenAt: string;
  readonly address: string;
  readonly agent: string;
  readonly current: boolean;
}

const LIVE = ['live-sessions'] as const;

/** Who one is signed in as, and where else. */
export default function SecurityPage() {
  const { t } = useTranslation(['security', 'frame']);
  const session = useSession();
  return (
    <Page title={t('name')} lead={t('lead')}>
      <Sheet title={t('login')}>
        <Facts
          of={[
            [
              t('loginId'),
              <span key="id" className="code">
                {session.loginId}
              </span>,
            ],
            [t('person'), session.name],
            [t('level'), t(`frame:face.${session.level}`)],
            [t('until'), <Time key="until" at={session.expiresAt} />],
          ]}
        />
      </Sheet>
      <Sheet title={t('sessions')}>
        <Sessions />
      </Sheet>
    </Page>
  );
}

function Sessions() {
  const { t } = useTranslation(['security', 'frame']);
  const confirm = useConfirm();
  const toasts = useToasts();
  const client = useQueryClient();
  const { data, error, refetch } = useQuery({
    queryKey: LIVE,
    queryFn: ({ signal }) => call<{ rows: readonly LiveSession[] }>('GET', '/sessions', { signal }),
  });
  const columns = useMemo<readonly Column<LiveSession>[]>(() => {
    const end = async (row: LiveSession) => {
      const yes = await confirm({
        title: t('endTitle'),
        consequence: t('endConsequence', { agent: row.agent }),
        go: t('end'),
        danger: true,
      });
      if (!yes) return;
      await call('DELETE', `/sessions/${encodeURIComponent(row.session)}`);
      await client.invalidateQueries({ queryKey: LIVE });
      toasts.done(t('ended'));
    };
    return [
      { id: 'seen', name: t('lastSeen'), kind: 'time', value: row => row.lastSeenAt },
      { id: 'started', name: t('started'), kind: 'time', value: row => row.startedAt },
      { id: 'address', name: t('address'), kind: 'code', value: row => row.address },
      { id: 'agent', name: t('agent'), value: row => row.agent, wrap: true },
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
  return (
    <DataTable
      name="sessions"
      caption={t('sessions')}
      hideCaption
      columns={columns}
      rows={data?.rows}
      rowKey={row => row.session}
      error={error}
      retry={() => void refetch()}
      filter={false}
    />
  );
}
