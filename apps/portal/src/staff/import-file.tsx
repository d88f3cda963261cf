import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { commandHeaders } from '../api/client.js';
import { upload } from '../api/upload.js';
import { AppLink } from '../app/link.js';
import { useConfirm } from '../ui/confirm.js';
import { FileField } from '../ui/form/file-field.js';
import { Note, Stat, Stats } from '../ui/page.js';
import { Progress } from '../ui/progress.js';
import { Failure } from '../ui/states.js';
import { useRefresh } from './acts.js';
import { useInOurWords } from './problems.js';
import { type ImportReport, queryText } from './questions.js';
import { sizeText } from './size-text.js';

/** The forms in which switches write call records, with their media types. */
const FORMATS = { csv: 'text/csv', 'freeswitch-json': 'application/json' } as const;
type Format = keyof typeof FORMATS;
const ENCODINGS = ['auto', 'utf-8', 'shift_jis'] as const;
type Encoding = (typeof ENCODINGS)[number];

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
  const inOurWords = useInOurWords();
  const send = async (file: File, { format, encoding }: Written, reason: string) => {
    const abort = new AbortController();
    stop.current = abort;
    setReport(null);
    setError(null);
    setGoing({ file: file.name, sent: 0, total: file.size });
    try {
      const answer = await upload<ImportReport>(
        `/cdr-imports${queryText({ format, encoding, file: file.name })}`,
        file,
        {
          type: FORMATS[format],
          headers: commandHeaders({ reason }),
          onProgress: sent => setGoing({ file: file.name, sent, total: file.size }),
          signal: abort.signal,
        },
      );
      setReport(answer);
    } catch (failure) {
      // What was given up on purpose is no failure.
      if (!abort.signal.aborted) setError(inOurWords(failure));
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
  return (
    <div className="stack">
      <div className="filters">
        <FileField
          label={t('imports.choose')}
          accept=".csv,.json,text/csv,application/json"
          disabled={going !== null}
          onChoose={choose}
        />
        <div className="field">
          <label htmlFor="import-format">{t('imports.format')}</label>
          <select
            id="import-format"
            className="select"
            value={format}
            disabled={going !== null}
            onChange={({ target }) => setFormat(target.value as Format)}
          >
            <option value="csv">CSV</option>
            <option value="freeswitch-json">FreeSWITCH JSON</option>
          </select>
        </div>
        <EncodingField value={encoding} disabled={going !== null} onChange={setEncoding} />
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

interface EncodingProps {
  readonly value: Encoding;
  readonly disabled: boolean;
  readonly onChange: (encoding: Encoding) => void;
}

/** Japanese spreadsheets still save Shift_JIS. */
function EncodingField({ value, disabled, onChange }: EncodingProps) {
  const { t } = useTranslation('staff');
  const names = { auto: t('imports.encodingAuto'), 'utf-8': 'UTF-8', shift_jis: 'Shift_JIS' };
  return (
    <div className="field">
      <label htmlFor="import-encoding">{t('imports.encoding')}</label>
      <select
        id="import-encoding"
        className="select"
        value={value}
        disabled={disabled}
        onChange={({ target }) => onChange(target.value as Encoding)}
      >
        {ENCODINGS.map(one => (
          <option key={one} value={one}>
            {names[one]}
          </option>
        ))}
      </select>
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
          {(['read', 'charged', 'noted', 'duplicates', 'suspended', 'skipped'] as const).map(name => (
            <Stat key={name} name={t(`imports.${name}`)}>
              {counts[name].toLocaleString('ja-JP')}
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
