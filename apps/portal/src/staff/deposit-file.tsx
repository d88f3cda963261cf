import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '../api/client.js';
import { upload } from '../api/upload.js';
import { useRefresh } from '../ui/act.js';
import { useConfirm } from '../ui/confirm.js';
import { FileField } from '../ui/form/file-field.js';
import { countText } from '../ui/number-text.js';
import { MoneyStat, Note, Stat, Stats } from '../ui/page.js';
import { Waiting } from '../ui/states.js';
import { RefusedFile } from './refused-file.js';
import { sizeText } from './size-text.js';

type Imported = Schemas['DepositFile'];
const CHANGES = [['deposit-files'], ['deposits'], ['parked-money']] as const;

/** Brings a file of the bank in. The same file twice, or files that overlap, book nothing twice. */
export function DepositFile() {
  const { t } = useTranslation('staff');
  const confirm = useConfirm();
  const refresh = useRefresh();
  const [file, setFile] = useState<File | null>(null);
  const [isGoing, setGoing] = useState(false);
  const [imported, setImported] = useState<Imported | null>(null);
  const [error, setError] = useState<unknown>(null);
  const choose = (chosen: File | null) => {
    setFile(chosen);
    setImported(null);
    setError(null);
  };
  const go = async () => {
    if (!file) return;
    const yes = await confirm({
      title: t('deposits.upload'),
      consequence: t('deposits.consequence', { file: file.name, size: sizeText(file.size) }),
      go: t('deposits.go'),
      reason: true,
    });
    if (!yes) return;
    choose(file);
    setGoing(true);
    try {
      const type = /\.csv$/i.test(file.name) ? 'text/csv' : 'application/octet-stream';
      const how = { type, command: { reason: yes.reason } };
      setImported(await upload('/api/v1/deposit-files', { query: { file: file.name } }, file, how));
    } catch (failure) {
      setError(failure);
    } finally {
      setGoing(false);
      await refresh(CHANGES);
    }
  };
  return (
    <div className="stack">
      <FileField
        label={t('deposits.choose')}
        hint={t('deposits.hint')}
        accept=".txt,.dat,.csv,text/plain,text/csv"
        disabled={isGoing}
        onChoose={choose}
      />
      <div className="buttons">
        <button
          type="button"
          className="button primary"
          disabled={file === null || isGoing}
          onClick={() => void go()}
        >
          {t('deposits.go')}
        </button>
      </div>
      {isGoing && <Waiting />}
      {error !== null && <RefusedFile error={error} />}
      {imported && <Report of={imported} />}
    </div>
  );
}

const COUNTED = ['rows', 'fresh', 'matched', 'ambiguous', 'unknown', 'cancelled'] as const;

function Report({ of }: { of: Imported }) {
  const { t } = useTranslation('staff');
  return (
    <Note kind={of.ambiguous + of.unknown > 0 ? 'warn' : 'good'}>
      <div className="stack" role="status">
        <p>{t('deposits.report', { file: of.name })}</p>
        <Stats>
          <MoneyStat name={t('deposits.sum')} of={of.sum} />
          {COUNTED.map(one => (
            <Stat key={one} name={t(`deposits.counts.${one}`)}>
              {countText(of[one])}
            </Stat>
          ))}
        </Stats>
      </div>
    </Note>
  );
}
