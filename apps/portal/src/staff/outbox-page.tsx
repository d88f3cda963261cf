import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { components } from '../../api/schema.js';
import { answered, api } from '../api/client.js';
import { Problem } from '../api/problem.js';
import { Badge, Note, Page, Sheet } from '../ui/page.js';
import type { Column } from '../ui/table/columns.js';
import { DataTable } from '../ui/table/data-table.js';

type Message = components['schemas']['OutboxMessage'];

/** What the sandbox senders kept: nothing of it has left the house. */
export default function OutboxPage() {
  const { t } = useTranslation(['staff', 'frame']);
  const outbox = useQuery({
    queryKey: ['outbox'],
    queryFn: ({ signal }) => answered(api.GET('/api/v1/outbox', { signal })),
  });
  const columns = useMemo<readonly Column<Message>[]>(
    () => [
      { id: 'at', name: t('outbox.at'), kind: 'time', value: row => row.sentAt },
      {
        id: 'kind',
        name: t('outbox.kind'),
        value: row => t(`outbox.kinds.${row.kind}`),
        cell: row => <Badge>{t(`outbox.kinds.${row.kind}`)}</Badge>,
      },
      { id: 'to', name: t('outbox.to'), kind: 'code', value: row => row.to },
      { id: 'subject', name: t('outbox.subject'), value: row => row.subject, wrap: true },
      {
        id: 'text',
        name: t('outbox.text'),
        value: row => row.text,
        wrap: true,
        cell: row => <span className="sandbox-text">{row.text}</span>,
      },
    ],
    [t],
  );
  const isOff = outbox.error instanceof Problem && outbox.error.code === 'OUTBOX_OFF';
  return (
    <Page
      title={t('outbox.name')}
      lead={t('outbox.lead')}
      acts={
        <button type="button" className="button" onClick={() => void outbox.refetch()}>
          {t('jobs.refresh')}
        </button>
      }
    >
      <Sheet>
        {isOff ? (
          <Note>{t('outbox.off')}</Note>
        ) : (
          <DataTable
            name="outbox"
            caption={t('outbox.name')}
            hideCaption
            columns={columns}
            rows={outbox.data?.rows}
            rowKey={row => row.message}
            error={outbox.error}
            retry={() => void outbox.refetch()}
            density="comfortable"
            empty={t('outbox.none')}
          />
        )}
      </Sheet>
    </Page>
  );
}
