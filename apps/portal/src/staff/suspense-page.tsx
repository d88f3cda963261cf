import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { send } from '../api/client.js';
import { usePages } from '../api/questions.js';
import { AppLink } from '../app/link.js';
import { useMay } from '../app/may.js';
import { useUrlState } from '../app/url-state.js';
import { ListPage } from '../ui/list-page.js';
import { Note } from '../ui/page.js';
import { useFieldProblemText } from '../ui/problem-text.js';
import { actsColumn, type Column } from '../ui/table/columns.js';
import { useKnown } from '../words/known.js';
import { StaffButton } from './acts.js';
import { PAGE, type Suspended } from './questions.js';
import { SuspenseEditor } from './suspense-editor.js';

const keyOf = (row: Suspended): string => `${row.import}:${row.line}`;

/** Call records that could not be used: mended and tried again, or given up with a reason. */
export default function SuspensePage() {
  const { t } = useTranslation(['staff', 'frame']);
  const [{ import: id = '', line: chosen }, set] = useUrlState();
  const may = useMay();
  const query = { limit: PAGE, import: id };
  const list = usePages(['suspense', id], '/api/v1/suspense', { query });
  // Another line may have been opened while this one was being answered for.
  const leave = (row: Suspended) => set(({ line }) => (line === keyOf(row) ? { line: undefined } : {}));
  const open = list.rows?.find(row => keyOf(row) === chosen);
  const hasRows = (list.rows?.length ?? 0) > 0;
  return (
    <ListPage
      name="suspense"
      title={t('suspense.name')}
      lead={t('suspense.lead')}
      acts={may('POST /api/v1/suspense/retry') && hasRows && <RetryAll of={id} />}
      above={
        <>
          {id !== '' && (
            <Note>
              {t('suspense.ofImport', { id })} <AppLink to="/suspense">{t('suspense.showAll')}</AppLink>
            </Note>
          )}
          {open && <SuspenseEditor key={keyOf(open)} of={open} onClose={() => leave(open)} />}
        </>
      }
      of={list}
      columns={useColumns()}
      rowKey={keyOf}
      csv="suspense"
      empty={t('suspense.none')}
    />
  );
}

function useColumns(): readonly Column<Suspended>[] {
  const { t } = useTranslation('staff');
  const reason = useKnown('staff:suspense.reasons');
  const said = useFieldProblemText();
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
      actsColumn(t('acts'), row => (
        <button
          type="button"
          className="button small"
          aria-label={t('suspense.openLabel', { file: row.file, line: row.line })}
          onClick={() => set({ line: keyOf(row) })}
        >
          {t('suspense.open')}
        </button>
      )),
    ],
    [t, reason, said, set],
  );
}

/** Everything again, after an account or a tariff has been put right. */
function RetryAll({ of: id }: { of: string }) {
  const { t } = useTranslation('staff');
  return (
    <StaffButton
      large
      ask={{
        title: t('suspense.retryAll'),
        consequence: t(id === '' ? 'suspense.retryAllConsequence' : 'suspense.retryImportConsequence'),
        go: t('suspense.retryGo'),
      }}
      send={command => {
        const body = id === '' ? {} : { import: id };
        return send('POST', '/api/v1/suspense/retry', { body, command });
      }}
      changes={[['suspense'], ['imports']]}
      done={t('suspense.retriedAll')}
    >
      {t('suspense.retryAll')}
    </StaffButton>
  );
}
