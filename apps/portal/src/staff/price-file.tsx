import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '../api/client.js';
import { upload } from '../api/upload.js';
import { FileField } from '../ui/form/file-field.js';
import { Waiting } from '../ui/states.js';
import { useStaffAct } from './acts.js';
import { changesIn, PriceChanges } from './price-changes.js';
import { RefusedFile } from './refused-file.js';

type Changes = Schemas['CatalogueChanges'];

/** A file that has been looked through: what it would change, or why it is refused. */
interface Looked {
  readonly file: File;
  readonly changes: Changes | null;
  readonly error: unknown;
}

const ROUTE = '/api/v1/catalogue';
const YAML = 'application/yaml';

/** A catalogue file: chosen, looked through, and only then imported. */
export function PriceFile() {
  const { t } = useTranslation('staff');
  const [looked, setLooked] = useState<Looked | null>(null);
  const [isLooking, setLooking] = useState(false);
  const look = async (file: File | null) => {
    setLooked(null);
    if (!file) return;
    setLooking(true);
    try {
      // Nothing is written, so nobody has to say why.
      const command = { reason: t('products.lookReason') };
      const query = { file: file.name, dryRun: 'true' } as const;
      const answer = await upload(ROUTE, { query }, file, { type: YAML, command });
      setLooked({ file, changes: 'priceLists' in answer ? answer : null, error: null });
    } catch (error) {
      setLooked({ file, changes: null, error });
    } finally {
      setLooking(false);
    }
  };
  return (
    <div className="stack">
      <FileField
        label={t('products.choose')}
        hint={t('products.hint')}
        accept=".yaml,.yml,application/yaml"
        disabled={isLooking}
        onChoose={file => void look(file)}
      />
      {isLooking && <Waiting />}
      {looked?.error != null && <RefusedFile error={looked.error} />}
      {looked?.changes && (
        <>
          <Others of={looked.changes} />
          <PriceChanges of={looked.changes.priceLists} />
          <div className="buttons">
            <Import file={looked.file} of={looked.changes} onDone={() => look(null)} />
          </div>
        </>
      )}
    </div>
  );
}

/** What else stands in the file: issuer, policies, tariffs. */
function Others({ of: { changes } }: { of: Changes }) {
  const { t } = useTranslation('staff');
  const others = changes.filter(one => !one.startsWith('price_list '));
  if (changes.length === 0) return <p>{t('products.nothing')}</p>;
  if (others.length === 0) return null;
  return (
    <>
      <p>{t('products.others')}</p>
      <ul>
        {others.map(one => (
          <li key={one} className="code">
            {one}
          </li>
        ))}
      </ul>
    </>
  );
}

interface ImportProps {
  readonly file: File;
  readonly of: Changes;
  readonly onDone: () => unknown;
}
function Import({ file, of: { changes, priceLists }, onDone }: ImportProps) {
  const { t } = useTranslation('staff');
  const act = useStaffAct();
  const go = t('products.go');
  const consequence = t('products.consequence', { file: file.name, count: changesIn(priceLists) });
  const bring = () =>
    act({
      ask: { title: go, consequence, go },
      changes: [['priceLists'], ['priceList'], ['catalogue'], ['tariffs'], ['tariff']],
      done: t('products.done'),
      send: command => upload(ROUTE, { query: { file: file.name } }, file, { type: YAML, command }),
      after: onDone,
    });
  const isEmpty = changes.length === 0;
  return (
    <button type="button" className="button primary" disabled={isEmpty} onClick={() => void bring()}>
      {go}
    </button>
  );
}
