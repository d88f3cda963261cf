import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { answered, api, call } from '../api/client.js';
import { usePages } from '../api/pages.js';
import { AppLink } from '../app/link.js';
import { useUrlState } from '../app/url-state.js';
import { Note, Page, Sheet } from '../ui/page.js';
import type { Column } from '../ui/table/columns.js';
import { DataTable } from '../ui/table/data-table.js';
import { useAct, useMay } from './acts.js';
import { useFileProblem } from './file-problem.js';
import { PAGE, type RetryReport, type Suspended } from './questions.js';
import { SuspenseEditor } from './suspense-editor.js';
import { useSuspenseReason } from './suspense-reason.js';

const keyOf = (row: Suspended): string => `${row.import}:${row.line}`;

/** Call records that could not be used: mended and tried again, or given up with a reason. */
export default function SuspensePage() {
  const { t } = useTranslation(['staff', 'frame']);
  const [{ import: id = '', line: chosen }, set] = useUrlState();
  const may = useMay();
  const list = usePages<Suspended>(['suspense', id], (cursor, signal) =>
    answered(
      api.GET('/api/v1/suspense', {
        params: {
          query: { limit: PAGE, ...(id && { import: id }), ...(cursor !== undefined && { cursor }) },
        },
        signal,
      }),
    ),
  );
  const columns = useColumns();
  const open = list.rows?.find(row => keyOf(row) === chosen);
  return (
    <Page
      title={t('suspense.name')}
      lead={t('suspense.lead')}
      acts={may('import') && (list.rows?.length ?? 0) > 0 && <RetryAll of={id} />}
    >
      {id !== '' && (
        <Note>
          {t('suspense.ofImport', { id })} <AppLink to="/suspense">{t('suspense.showAll')}</AppLink>
        </Note>
      )}
      {open && <SuspenseEditor key={keyOf(open)} of={open} onClose={() => set({ line: undefined })} />}
      <Sheet>
        <DataTable
          name="suspense"
          caption={t('suspense.name')}
          hideCaption
          columns={columns}
          rows={list.rows}
          rowKey={keyOf}
          more={list.more}
          error={list.error}
          retry={list.retry}
          csv="suspense"
          empty={t('suspense.none')}
        />
      </Sheet>
    </Page>
  );
}

function useColumns(): readonly Column<Suspended>[] {
  const { t } = useTranslation('staff');
  const reason = useSuspenseReason();
  const said = useFileProblem();
  const [, set] = useUrlState();
  return useMemo(
    () => [
      { id: 'since', name: t('suspense.since'), kind: 'time', value: row => row.suspendedAt },
      { id: 'file', name: t('suspense.file'), value: row => row.file, wrap: true },
      { id: 'line', name: t('suspense.line'), kind: 'count', value: row => row.line },
      { id: 'reason', name: t('suspense.reason'), value: row => reason(row.reason) },
      {
        id: 'problem',
        name: t('suspense.problem'),
        value: row => (row.field === null ? said(row) : `${row.field}: ${said(row)}`),
        cell: row => (
          <>
            {row.field !== null && <span className="code">{row.field}: </span>}
            {said(row)}
          </>
        ),
        wrap: true,
      },
      {
        id: 'raw',
        name: t('suspense.raw'),
        value: row => row.corrected ?? row.raw,
        cell: row => <span className="code break">{row.corrected ?? row.raw}</span>,
        wrap: true,
        hidden: true,
      },
      {
        id: 'acts',
        name: t('acts'),
        value: () => null,
        sortable: false,
        cell: row => (
          <button
            type="button"
            className="button small"
            aria-label={t('suspense.openLabel', { file: row.file, line: row.line })}
            onClick={() => set({ line: keyOf(row) })}
          >
            {t('suspense.open')}
          </button>
        ),
      },
    ],
    [t, reason, said, set],
  );
}

/** Everything again, after an account or a tariff has been put right. */
function RetryAll({ of: id }: { of: string }) {
  const { t } = useTranslation('staff');
  const act = useAct();
  const retry = () =>
    act(
      {
        title: t('suspense.retryAll'),
        consequence: t(id === '' ? 'suspense.retryAllConsequence' : 'suspense.retryImportConsequence'),
        go: t('suspense.retryGo'),
      },
      { changes: [['suspense'], ['imports']], done: t('suspense.retriedAll') },
      headers =>
        call<RetryReport>('POST', '/suspense/retry', { body: id === '' ? {} : { import: id }, headers }),
    );
  return (
    <button type="button" className="button" onClick={() => void retry()}>
      {t('suspense.retryAll')}
    </button>
  );
}
