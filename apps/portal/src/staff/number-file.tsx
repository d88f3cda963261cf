import { useTranslation } from 'react-i18next';
import type { Schemas } from '../api/client.js';
import { upload } from '../api/upload.js';
import { useStaffAct } from './acts.js';
import { FileLook } from './file-look.js';

type Imported = Schemas['ImportedNumbers'];

const ROUTE = '/api/v1/numbers/import';
const CSV = 'text/csv';

/** A file of numbers: chosen, looked through, and only then taken into stock. */
export function NumberFile({ changes }: { changes: readonly (readonly string[])[] }) {
  const { t } = useTranslation('staff');
  // Nothing is written, so nobody has to say why.
  const command = { reason: t('stock.lookReason') };
  const look = (file: File): Promise<Imported> =>
    upload(ROUTE, { query: { file: file.name, dryRun: 'true' } }, file, { type: CSV, command });
  return (
    <FileLook label={t('stock.choose')} hint={t('stock.hint')} accept=".csv,text/csv" look={look}>
      {({ file, brings, clear }) => <Take file={file} of={brings} changes={changes} onDone={clear} />}
    </FileLook>
  );
}

interface TakeProps {
  readonly file: File;
  readonly of: Imported;
  readonly changes: readonly (readonly string[])[];
  readonly onDone: () => unknown;
}
function Take({ file, of: { numbers, known, groups }, changes, onDone }: TakeProps) {
  const { t } = useTranslation('staff');
  const act = useStaffAct();
  const go = t('stock.take');
  const take = () =>
    act({
      ask: { title: go, consequence: t('stock.consequence', { file: file.name, numbers, groups }), go },
      changes,
      done: t('stock.taken'),
      send: command => upload(ROUTE, { query: { file: file.name } }, file, { type: CSV, command }),
      after: onDone,
    });
  return (
    <>
      <p role="status">{t('stock.looked', { numbers, known, groups })}</p>
      <div className="buttons">
        <button
          type="button"
          className="button primary"
          disabled={numbers + groups === 0}
          onClick={() => void take()}
        >
          {go}
        </button>
      </div>
    </>
  );
}
