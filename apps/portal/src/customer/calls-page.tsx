import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { components } from '../../api/schema.js';
import { answered, api } from '../api/client.js';
import { usePages } from '../api/pages.js';
import { useAccount } from '../app/session.js';
import { Page, Sheet } from '../ui/page.js';
import type { Column } from '../ui/table/columns.js';
import { DataTable } from '../ui/table/data-table.js';

type Call = components['schemas']['Call'];

/** The calls of an account, newest first. */
export default function CallsPage() {
  const { t } = useTranslation(['customer', 'frame']);
  const account = useAccount();
  const list = usePages<Call>(['calls', account], (cursor, signal) =>
    answered(
      api.GET('/api/v1/accounts/{account}/calls', {
        params: { path: { account }, query: { limit: '200', ...(cursor !== undefined && { cursor }) } },
        signal,
      }),
    ),
  );
  const columns = useMemo<readonly Column<Call>[]>(
    () => [
      { id: 'started', name: t('calls.started'), kind: 'time', value: call => call.startedAt },
      { id: 'direction', name: t('calls.direction'), value: call => t(`calls.${call.direction}`) },
      { id: 'from', name: t('calls.from'), kind: 'code', value: call => call.from },
      { id: 'to', name: t('calls.to'), kind: 'code', value: call => call.to },
      { id: 'destination', name: t('calls.destination'), value: call => call.destination },
      { id: 'duration', name: t('calls.duration'), kind: 'duration', value: call => call.durationMs },
      { id: 'net', name: t('calls.net'), kind: 'money', value: call => call.net },
      { id: 'id', name: t('calls.id'), kind: 'code', value: call => call.callId, hidden: true },
    ],
    [t],
  );
  return (
    <Page title={t('calls.name')}>
      <Sheet>
        <DataTable
          name="calls"
          caption={t('calls.name')}
          hideCaption
          columns={columns}
          rows={list.rows}
          rowKey={call => `${call.callId}/${call.direction}/${call.position}`}
          more={list.more}
          error={list.error}
          retry={list.retry}
          sort={false}
          csv="calls"
        />
      </Sheet>
    </Page>
  );
}
