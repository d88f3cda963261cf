import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '../api/client.js';
import { upload } from '../api/upload.js';
import { FileField } from '../ui/form/file-field.js';
import { Waiting } from '../ui/states.js';
import { useStaffAct } from './acts.js';
import { RefusedFile } from './refused-file.js';

type Imported = Schemas['ImportedNumbers'];

/** A file that has been looked through: what it would bring, or why it is refused. */
interface Looked {
  readonly file: File;
  readonly brings: Imported | null;
  readonly error: unknown;
}

const ROUTE = '/api/v1/numbers/import';
const CSV = 'text/csv';

/** A file of numbers: chosen, looked through, and only then taken into stock. */
export function NumberFile({ changes }: { changes: readonly (readonly string[])[] }) {
  const { t } = useTranslation('staff');
  const [looked, setLooked] = useState<Looked | null>(null);
  const [isLooking, setLooking] = useState(false);
  const look = async (file: File | null) => {
    setLooked(null);
    if (!file) return;
    setLooking(true);
    try {
      // Nothing is written, so nobody has to say why.
      const command = { reason: t('stock.lookReason') };
      const query = { file: file.name, dryRun: 'true' } as const;
      const brings = await upload(ROUTE, { query }, file, { type: CSV, command });
      setLooked({ file, brings, error: null });
    } catch (error) {
      setLooked({ file, brings: null, error });
    } finally {
      setLooking(false);
    }
  };
  return (
    <div className="stack">
      <FileField
        label={t('stock.choose')}
        hint={t('stock.hint')}
        accept=".csv,text/csv"
        disabled={isLooking}
        onChoose={file => void look(file)}
      />
      {isLooking && <Waiting />}
      {looked?.error != null && <RefusedFile error={looked.error} />}
      {looked?.brings && (
        <Take file={looked.file} of={looked.brings} changes={changes} onDone={() => look(null)} />
      )}
    </div>
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
