import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { addressOf } from '../api/client.js';
import { AppLink } from '../app/link.js';
import { countText } from '../ui/number-text.js';
import { Facts, Note, Page, Sheet } from '../ui/page.js';
import { Empty } from '../ui/states.js';
import { Duration } from '../ui/time.js';
import { type Finding, foundText } from './questions.js';
import { Run } from './run.js';

/** Proves that no event was changed after it was recorded. */
export default function VerifyPage() {
  const { t } = useTranslation('auditor');
  const [run, setRun] = useState<number | null>(null);
  const begin = () => setRun((run ?? 0) + 1);
  return (
    <Page
      title={t('verify.name')}
      lead={t('verify.lead')}
      acts={
        <button type="button" className="button primary" onClick={begin}>
          {t(run === null ? 'verify.go' : 'verify.again')}
        </button>
      }
    >
      {run === null ? (
        <Sheet>
          <Empty>{t('verify.before')}</Empty>
        </Sheet>
      ) : (
        <Run
          key={run}
          address={addressOf('/api/v1/audit/verify', {})}
          label={() => t('verify.working')}
          again={begin}
          stop={() => setRun(null)}
        >
          {(finding, tookMs) => <Verified finding={finding} tookMs={tookMs} />}
        </Run>
      )}
    </Page>
  );
}

function Verified({ finding, tookMs }: { finding: Finding; tookMs: number }) {
  const { t } = useTranslation('auditor');
  const { ok, events, head, findings } = finding;
  // All hashes may be right, and the file damaged where no hash covers it.
  const verdict = ok ? 'good' : findings.some(({ position }) => position !== null) ? 'bad' : 'damaged';
  return (
    <Sheet>
      <div className="stack">
        <Note kind={ok ? 'good' : 'bad'}>
          <p>
            <strong>{t(`verify.${verdict}`)}</strong>
          </p>
          <p>{t(`verify.${verdict}Text`, { n: countText(events) })}</p>
        </Note>
        {findings.map(found => (
          <p key={foundText(found)}>
            <span className="code">{foundText(found)}</span>{' '}
            {found.position !== null && (
              <AppLink to={`/events/${found.position}`}>
                {t('verify.look', { position: found.position })}
              </AppLink>
            )}
          </p>
        ))}
        <Facts
          of={[
            [t('verify.events'), countText(events)],
            [t('verify.took'), <Duration key="took" ms={tookMs} />],
            [
              t('verify.head'),
              <div key="head">
                <span className="code">{head}</span>
                <p className="soft small">{t('verify.headHint')}</p>
              </div>,
            ],
          ]}
        />
      </div>
    </Sheet>
  );
}
