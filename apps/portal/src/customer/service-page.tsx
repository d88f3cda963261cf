import { useTranslation } from 'react-i18next';
import type { Schemas } from '../api/client.js';
import { useAsk } from '../api/questions.js';
import { Page, Sheet } from '../ui/page.js';
import { Answer, Empty } from '../ui/states.js';
import { Day } from '../ui/time.js';

type Terms = Schemas['ServiceInformation']['terms'][number];

/** The provider's own pages: terms with the notices of their changes, incidents, manuals (INF-40, INF-41). */
export default function ServicePage() {
  const { t } = useTranslation('customer');
  const information = useAsk(['service-information'], '/api/v1/service-information', {});
  return (
    <Page title={t('service.name')} lead={t('service.lead')}>
      <Answer of={information}>
        {({ terms, incidents, manuals }) => (
          <>
            <Sheet title={t('service.terms')}>
              {terms.length === 0 ? (
                <Empty>{t('service.none')}</Empty>
              ) : (
                <div className="stack">
                  <p>{t('service.termsNote')}</p>
                  <ul className="plain-list">
                    {terms.map(one => (
                      <li key={one.notifiedOn}>
                        <Notice of={one} />
                      </li>
                    ))}
                  </ul>
                </div>
              )}
            </Sheet>
            <Sheet title={t('service.incidents')}>
              <Outside url={incidents} name={t('service.toIncidents')} />
            </Sheet>
            <Sheet title={t('service.manuals')}>
              <Outside url={manuals} name={t('service.toManuals')} />
            </Sheet>
          </>
        )}
      </Answer>
    </Page>
  );
}

function Notice({ of: { url, notifiedOn, objectUntil, accepted } }: { of: Terms }) {
  const { t } = useTranslation('customer');
  return (
    <>
      <p>
        <Day of={notifiedOn} /> <Outside url={url} name={t('service.toTerms', { day: notifiedOn })} />
      </p>
      <p className="small soft">
        {t(accepted ? 'service.accepted' : 'service.objectUntil')}: <Day of={objectUntil} />
      </p>
    </>
  );
}

function Outside({ url, name }: { url: string | null; name: string }) {
  const { t } = useTranslation('customer');
  if (url === null) return <Empty>{t('service.none')}</Empty>;
  return (
    <a href={url} target="_blank" rel="noreferrer">
      {name}
    </a>
  );
}
