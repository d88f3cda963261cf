import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '../api/client.js';
import { Problem } from '../api/problem.js';
import { listOf, useAsk } from '../api/questions.js';
import { Note, Page, Sheet } from '../ui/page.js';
import type { Column } from '../ui/table/columns.js';
import { DataTable } from '../ui/table/data-table.js';

type Message = Schemas['OutboxMessage'];

/** What the sandbox senders kept: nothing of it has left the house. */
export default function OutboxPage() {
  const { t } = useTranslation(['staff', 'frame']);
  const outbox = useAsk(['outbox'], '/api/v1/outbox', {});
  const columns = useMemo<readonly Column<Message>[]>(
    () => [
      { id: 'at', name: t('outbox.at'), kind: 'time', value: row => row.sentAt },
      {
        id: 'kind',
        name: t('outbox.kind'),
        value: row => t(`outbox.kinds.${row.kind}`),
        badge: () => undefined,
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
            of={listOf(outbox)}
            columns={columns}
            rowKey={row => row.message}
            density="comfortable"
            empty={t('outbox.none')}
          />
        )}
      </Sheet>
    </Page>
  );
}
