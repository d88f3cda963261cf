import { useTranslation } from 'react-i18next';
import type { Schemas } from '../api/client.js';
import { upload } from '../api/upload.js';
import { language } from '../words/index.js';
import { useStaffAct } from './acts.js';
import { FileLook } from './file-look.js';
import { changesIn, PriceChanges } from './price-changes.js';

type Changes = Schemas['CatalogueChanges'];

const ROUTE = '/api/v1/catalogue';
const YAML = 'application/yaml';

/** A catalogue file: chosen, looked through, and only then imported. */
export function PriceFile() {
  const { t } = useTranslation('staff');
  // Nothing is written, so nobody has to say why.
  const command = { reason: t('products.lookReason') };
  const look = async (file: File): Promise<Changes | null> => {
    const query = { file: file.name, dryRun: 'true' } as const;
    const answer = await upload(ROUTE, { query }, file, { type: YAML, command });
    return 'priceLists' in answer ? answer : null;
  };
  const accept = '.yaml,.yml,application/yaml';
  return (
    <FileLook label={t('products.choose')} hint={t('products.hint')} accept={accept} look={look}>
      {({ file, brings, clear }) =>
        brings && (
          <>
            <Others of={brings} />
            <PriceChanges of={brings.priceLists} />
            <div className="buttons">
              <Import file={file} of={brings} onDone={clear} />
            </div>
          </>
        )
      }
    </FileLook>
  );
}

/** What else stands in the file: issuer, policies, tariffs. */
function Others({ of: { changes, changesJa, parts } }: { of: Changes }) {
  const { t } = useTranslation('staff');
  const said = language() === 'ja' ? changesJa : changes;
  // The price lists are told below, product by product.
  const others = said.filter((_, at) => parts[at] !== 'price_list');
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
