import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { type Command, send } from '../api/client.js';
import { isOneOf } from '../api/names.js';
import { Problem } from '../api/problem.js';
import { useMay } from '../app/may.js';
import { useRefresh } from '../ui/act.js';
import { DiffTable } from '../ui/diff-table.js';
import { Field, TextField } from '../ui/form/field.js';
import { Facts, Note, Sheet } from '../ui/page.js';
import { useFieldProblemText } from '../ui/problem-text.js';
import { useKnown } from '../words/known.js';
import { StaffButton, StaffForm } from './acts.js';
import type { Suspended } from './questions.js';
import { differences, fieldOf, split, textOf, type Values, valuesOf } from './suspense-line.js';

interface Props {
  readonly of: Suspended;
  readonly onClose: () => void;
}

const CHANGES = [['suspense'], ['imports']] as const;

/** One line that waits: why, what came, and the way on. */
export function SuspenseEditor({ of, onClose }: Props) {
  const { t } = useTranslation('staff');
  const may = useMay();
  const reason = useKnown('staff:suspense.reasons');
  const said = useFieldProblemText();
  const line = (key: string, text: string) => (
    <span key={key} className="code break">
      {text}
    </span>
  );
  return (
    <Sheet
      title={t('suspense.editor', { file: of.file, line: of.line })}
      aside={
        <button type="button" className="button small quiet" onClick={onClose}>
          {t('suspense.close')}
        </button>
      }
    >
      <div className="stack">
        <Note kind="warn">
          <strong>{reason(of.reason)}</strong>{' '}
          {of.field !== null && <span className="code">{of.field}: </span>}
          {said(of)}
        </Note>
        <Facts
          of={[
            [t('suspense.raw'), line('raw', of.raw)] as const,
            ...(of.corrected === null
              ? []
              : [[t('suspense.corrected'), line('corrected', of.corrected)] as const]),
          ]}
        />
        {may('POST /api/v1/suspense/retry') && <Mending of={of} onClose={onClose} />}
      </div>
    </Sheet>
  );
}

/**
 * The Idempotency-Key of one attempt at a line: the same while the same text is sent again because its answer
 * was lost, another one for the next text. A form's own key would stay until all is well, and with another
 * text be refused (409).
 */
function useAttempt() {
  const last = useRef<{ readonly raw: string; readonly key: string } | null>(null);
  return {
    keyFor(raw: string): string {
      if (last.current?.raw !== raw) last.current = { raw, key: crypto.randomUUID() };
      return last.current.key;
    },
    answered() {
      last.current = null;
    },
  };
}

function Mending({ of, onClose }: Props) {
  const { t } = useTranslation('staff');
  const refresh = useRefresh();
  const said = useFieldProblemText();
  const attempt = useAttempt();
  const table = split(of);
  const act = (values: Values) => {
    const raw = textOf(table, values);
    const isSame = raw === (of.corrected ?? of.raw);
    return {
      ask: {
        title: t('suspense.retryOne'),
        consequence: isSame ? t('suspense.sameConsequence') : <Mended of={of} raw={raw} />,
        go: t('suspense.retryGo'),
      },
      changes: CHANGES,
      done: t('suspense.tried'),
      send: async (given: Command) => {
        const body = { import: of.import, line: of.line, ...(!isSame && { raw }) };
        const command = { ...given, key: attempt.keyFor(raw) };
        const { problems } = await send('POST', '/api/v1/suspense/retry', { body, command });
        attempt.answered();
        const [left] = problems;
        if (!left) return;
        // It waits on, with what it was mended to.
        await refresh(CHANGES);
        const field = fieldOf(table, left.field ?? '');
        throw new Problem({ status: 422, code: 'STILL_SUSPENDED', detail: said(left), field });
      },
      after: onClose,
    };
  };
  return (
    <StaffForm
      initial={valuesOf(of, table)}
      act={act}
      go={t('suspense.retryGo')}
      aside={<Discard of={of} onClose={onClose} />}
      className={table ? 'form columns-form' : 'form'}
    >
      {table
        ? table.names.map((name, i) => (
            <Field
              key={name}
              name={`c${i}`}
              label={<ColumnName of={name} isBad={name === of.field} />}
              maxLength={500}
              unmarked
            />
          ))
        : [<TextField key="raw" name="raw" label={t('suspense.asText')} maxLength={4096} required />]}
    </StaffForm>
  );
}

const COLUMNS = [
  'call_id',
  'account',
  'number',
  'direction',
  'from',
  'to',
  'start',
  'answer',
  'end',
  'hangup_cause',
] as const;
/** A column of the file, with its name in the field; the one that is wrong says so. */
function ColumnName({ of: name, isBad }: { of: string; isBad: boolean }) {
  const { t } = useTranslation('staff');
  return (
    <>
      {isOneOf(COLUMNS, name) && <>{t(`cdr.${name}`)} </>}
      <span className="code small soft">{name}</span>
      {isBad && (
        <>
          {' '}
          <span className="badge bad">{t('suspense.toMend')}</span>
        </>
      )}
    </>
  );
}

interface MendedProps {
  readonly of: Suspended;
  readonly raw: string;
}
/** What came and what it is mended to, column by column where there are columns. */
function Mended({ of, raw }: MendedProps) {
  const { t } = useTranslation('staff');
  const rows = differences(of, raw, t('suspense.asText'));
  return (
    <div className="stack">
      <p>{t('suspense.mendConsequence')}</p>
      <DiffTable caption={t('suspense.mended')} rows={rows} />
    </div>
  );
}

/** Given up for good; it stays on record with who did it and why. */
function Discard({ of: { import: id, file, line }, onClose }: Props) {
  const { t } = useTranslation('staff');
  return (
    <StaffButton
      large
      danger
      ask={{
        title: t('suspense.discard'),
        consequence: t('suspense.discardConsequence', { file, line }),
        go: t('suspense.discard'),
        danger: true,
      }}
      send={command => {
        const body = { import: id, line, reason: command.reason };
        return send('POST', '/api/v1/suspense/discard', { body, command });
      }}
      changes={CHANGES}
      done={t('suspense.discarded')}
      after={onClose}
    >
      {t('suspense.discard')}
    </StaffButton>
  );
}
