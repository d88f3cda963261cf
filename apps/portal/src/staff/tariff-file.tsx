import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '../api/client.js';
import { upload } from '../api/upload.js';
import { FileField } from '../ui/form/file-field.js';
import { Waiting } from '../ui/states.js';
import { useStaffAct } from './acts.js';
import { RefusedFile } from './refused-file.js';
import { TariffChanges } from './tariff-changes.js';

type Diff = Schemas['TariffDiff'];

/** A file that has been looked through: what it would change, or why it is refused. */
interface Looked {
  readonly file: File;
  readonly tariffs: readonly Diff[] | null;
  readonly error: unknown;
}

const ROUTE = '/api/v1/tariffs';
const CSV = 'text/csv';

/** How many rows of all its tariffs a file would change. */
const changesIn = (tariffs: readonly Diff[]): number =>
  tariffs.reduce((sum, one) => sum + one.added.length + one.removed.length + one.changed.length, 0);

function useLookThrough() {
  const { t } = useTranslation('staff');
  const [looked, setLooked] = useState<Looked | null>(null);
  const [isLooking, setLooking] = useState(false);
  const look = async (file: File | null) => {
    setLooked(null);
    if (!file) return;
    setLooking(true);
    try {
      // Nothing is written, so nobody has to say why.
      const command = { reason: t('tariffs.lookReason') };
      const query = { file: file.name, dryRun: 'true' } as const;
      const answer = await upload(ROUTE, { query }, file, { type: CSV, command });
      setLooked({ file, tariffs: 'tariffs' in answer ? answer.tariffs : [], error: null });
    } catch (error) {
      setLooked({ file, tariffs: null, error });
    } finally {
      setLooking(false);
    }
  };
  return { looked, isLooking, look };
}

/** A file of tariffs: chosen, looked through, and only then published. */
export function TariffFile() {
  const { t } = useTranslation('staff');
  const { looked, isLooking, look } = useLookThrough();
  return (
    <div className="stack">
      <FileField
        label={t('tariffs.choose')}
        hint={t('tariffs.hint')}
        accept=".csv,text/csv"
        disabled={isLooking}
        onChoose={file => void look(file)}
      />
      {isLooking && <Waiting />}
      {looked?.error != null && <RefusedFile error={looked.error} />}
      {looked?.tariffs && (
        <>
          <TariffChanges of={looked.tariffs} />
          <div className="buttons">
            <Publish file={looked.file} changes={changesIn(looked.tariffs)} onDone={() => look(null)} />
          </div>
        </>
      )}
    </div>
  );
}

interface PublishProps {
  readonly file: File;
  readonly changes: number;
  readonly onDone: () => unknown;
}
function Publish({ file, changes, onDone }: PublishProps) {
  const { t } = useTranslation('staff');
  const act = useStaffAct();
  const go = t('tariffs.publish');
  const publish = () =>
    act({
      ask: { title: go, consequence: t('tariffs.consequence', { file: file.name, count: changes }), go },
      changes: [['tariffs'], ['tariff']],
      done: t('tariffs.done'),
      send: command => upload(ROUTE, { query: { file: file.name } }, file, { type: CSV, command }),
      after: onDone,
    });
  return (
    <button type="button" className="button primary" disabled={changes === 0} onClick={() => void publish()}>
      {go}
    </button>
  );
}
