import { useTranslation } from 'react-i18next';
import { AppLink } from '../app/link.js';
import { useReadOnly } from '../app/session.js';
import { Page, Sheet } from '../ui/page.js';
import { useOwnCircle } from './own-circle.js';
import { UniquesTable } from './uniques-table.js';

/** What a circle sees of itself: its uniques. */
export default function UniquesPage() {
  const { t } = useTranslation(['customer', 'frame']);
  const isReadOnly = useReadOnly();
  return (
    <Page
      title={t('circles.uniquesName')}
      acts={
        <span className="buttons">
          <AppLink to="/uniques/allotments" className="button">
            {t('allotments.name')}
          </AppLink>
          {!isReadOnly && (
            <AppLink to="/uniques/add" className="button primary">
              {t('circle.addUnique')}
            </AppLink>
          )}
        </span>
      }
    >
      <Sheet>
        <UniquesTable circle={useOwnCircle()} />
      </Sheet>
    </Page>
  );
}
