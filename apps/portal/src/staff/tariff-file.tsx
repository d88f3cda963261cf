import { useTranslation } from 'react-i18next';
import type { Schemas } from '../api/client.js';
import { upload } from '../api/upload.js';
import { useStaffAct } from './acts.js';
import { FileLook } from './file-look.js';
import { TariffChanges } from './tariff-changes.js';

type Diff = Schemas['TariffDiff'];

const ROUTE = '/api/v1/tariffs';
const CSV = 'text/csv';

/** How many rows of all its tariffs a file would change. */
const changesIn = (tariffs: readonly Diff[]): number =>
  tariffs.reduce((sum, one) => sum + one.added.length + one.removed.length + one.changed.length, 0);

/** A file of tariffs: chosen, looked through, and only then published. */
export function TariffFile() {
  const { t } = useTranslation('staff');
  // Nothing is written, so nobody has to say why.
  const command = { reason: t('tariffs.lookReason') };
  const look = async (file: File): Promise<readonly Diff[]> => {
    const query = { file: file.name, dryRun: 'true' } as const;
    const answer = await upload(ROUTE, { query }, file, { type: CSV, command });
    return 'tariffs' in answer ? answer.tariffs : [];
  };
  return (
    <FileLook label={t('tariffs.choose')} hint={t('tariffs.hint')} accept=".csv,text/csv" look={look}>
      {({ file, brings, clear }) => (
        <>
          <TariffChanges of={brings} />
          <div className="buttons">
            <Publish file={file} changes={changesIn(brings)} onDone={clear} />
          </div>
        </>
      )}
    </FileLook>
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
