import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Asking } from '../api/client.js';
import { namesOf } from '../api/names.js';
import { upload } from '../api/upload.js';
import { AppLink } from '../app/link.js';
import { useRefresh } from '../ui/act.js';
import { Choice } from '../ui/choices.js';
import { useConfirm } from '../ui/confirm.js';
import { FileField } from '../ui/form/file-field.js';
import { countText } from '../ui/number-text.js';
import { Note, Stat, Stats } from '../ui/page.js';
import { Progress } from '../ui/progress.js';
import { Failure } from '../ui/states.js';
import { COUNTED } from './import-columns.js';
import type { ImportReport } from './questions.js';
import { sizeText } from './size-text.js';

type Query = NonNullable<Asking<'/api/v1/cdr-imports', 'POST'>['query']>;
type Format = NonNullable<Query['format']>;
type Encoding = NonNullable<Query['encoding']>;
/** The forms in which switches write call records: their names and media types. */
const FORMATS: Readonly<Record<Format, readonly [name: string, type: string]>> = {
  csv: ['CSV', 'text/csv'],
  'freeswitch-json': ['FreeSWITCH JSON', 'application/json'],
};
const ENCODINGS = namesOf<Encoding>({ auto: 1, 'utf-8': 1, shift_jis: 1 });

/** How the file is written. */
interface Written {
  readonly format: Format;
  readonly encoding: Encoding;
}

interface Going {
  readonly file: string;
  readonly sent: number;
  readonly total: number;
}

/** Sending one file: how far it is, then what became of its lines. Sending it twice charges nothing twice. */
function useImport() {
  const [going, setGoing] = useState<Going | null>(null);
  const [report, setReport] = useState<ImportReport | null>(null);
  const [error, setError] = useState<unknown>(null);
  const stop = useRef<AbortController | null>(null);
  const refresh = useRefresh();
  const send = async (file: File, { format, encoding }: Written, reason: string) => {
    const abort = new AbortController();
    stop.current = abort;
    setReport(null);
    setError(null);
    setGoing({ file: file.name, sent: 0, total: file.size });
    try {
      const query = { format, encoding, file: file.name };
      const answer = await upload('/api/v1/cdr-imports', { query }, file, {
        type: FORMATS[format][1],
        command: { reason },
        onProgress: sent => setGoing({ file: file.name, sent, total: file.size }),
        signal: abort.signal,
      });
      setReport(answer);
    } catch (failure) {
      // What was given up on purpose is no failure.
      if (!abort.signal.aborted) setError(failure);
    } finally {
      setGoing(null);
      await refresh([['imports'], ['suspense'], ['accounts']]);
    }
  };
  return { going, report, error, send, stop: () => stop.current?.abort() };
}

/** Brings a file of call records in. */
export function ImportFile() {
  const { t } = useTranslation('staff');
  const confirm = useConfirm();
  const { going, report, error, send, stop } = useImport();
  const [file, setFile] = useState<File | null>(null);
  const [format, setFormat] = useState<Format>('csv');
  const [encoding, setEncoding] = useState<Encoding>('auto');
  const choose = (chosen: File | null) => {
    setFile(chosen);
    if (chosen) setFormat(/\.json$/i.test(chosen.name) ? 'freeswitch-json' : 'csv');
  };
  const go = async () => {
    if (!file) return;
    const yes = await confirm({
      title: t('imports.upload'),
      consequence: t('imports.consequence', { file: file.name, size: sizeText(file.size) }),
      go: t('imports.go'),
      reason: true,
    });
    if (yes) await send(file, { format, encoding }, yes.reason);
  };
  const formats = Object.entries(FORMATS).map(([one, [name]]) => [one as Format, name] as const);
  // Japanese spreadsheets still save Shift_JIS.
  const encodings = { auto: t('imports.encodingAuto'), 'utf-8': 'UTF-8', shift_jis: 'Shift_JIS' };
  return (
    <div className="stack">
      <div className="filters">
        <FileField
          label={t('imports.choose')}
          accept=".csv,.json,text/csv,application/json"
          disabled={going !== null}
          onChoose={choose}
        />
        <Choice
          label={t('imports.format')}
          choices={formats}
          value={format}
          disabled={going !== null}
          onChoose={setFormat}
        />
        <Choice
          label={t('imports.encoding')}
          choices={ENCODINGS.map(one => [one, encodings[one]])}
          value={encoding}
          disabled={going !== null}
          onChoose={setEncoding}
        />
        <div className="buttons">
          <button
            type="button"
            className="button primary"
            disabled={file === null || going !== null}
            onClick={() => void go()}
          >
            {t('imports.go')}
          </button>
          {going && (
            <button type="button" className="button" onClick={stop}>
              {t('imports.stop')}
            </button>
          )}
        </div>
      </div>
      {going && <UploadProgress of={going} />}
      {error !== null && <Failure error={error} />}
      {report && <Report of={report} />}
    </div>
  );
}

/** Bytes on their way; when all have left, the server is still reading them. */
function UploadProgress({ of: { file, sent, total } }: { of: Going }) {
  const { t } = useTranslation('staff');
  if (sent >= total) return <Progress label={t('imports.reading', { file })} done={total} total={null} />;
  return <Progress label={t('imports.sending', { file })} done={sent} total={total} />;
}

function Report({ of: { file, counts, import: id } }: { of: ImportReport }) {
  const { t } = useTranslation('staff');
  const hasSuspended = counts.suspended > 0;
  return (
    <Note kind={hasSuspended ? 'warn' : 'good'}>
      <div className="stack" role="status">
        <p>
          <strong>{t('imports.report', { file })}</strong>
        </p>
        <Stats>
          {COUNTED.map(name => (
            <Stat key={name} name={t(`imports.${name}`)}>
              {countText(counts[name])}
            </Stat>
          ))}
        </Stats>
        {hasSuspended && (
          <p>
            <AppLink to="/suspense" search={{ import: id }}>
              {t('imports.toSuspense', { count: counts.suspended })}
            </AppLink>
          </p>
        )}
      </div>
    </Note>
  );
}
