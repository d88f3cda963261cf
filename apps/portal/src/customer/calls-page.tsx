import { useTranslation } from 'react-i18next';
import { Page, Sheet } from '../ui/page.js';
import { Tabs } from '../ui/tabs.js';
import { Calls } from './calls.js';
import { Verified } from './verified.js';

/** The call history of an account, or of the numbers of a circle or unique (CDR-01, CDR-02). */
export default function CallsPage() {
  const { t } = useTranslation(['customer', 'frame']);
  return (
    <Verified>
      <Page title={t('calls.name')}>
        <Sheet>
          <Tabs
            name="view"
            label={t('calls.views')}
            tabs={[
              { id: 'out', name: t('calls.outgoing'), panel: () => <Calls key="out" direction="out" /> },
              { id: 'in', name: t('calls.incoming'), panel: () => <Calls key="in" direction="in" /> },
            ]}
          />
        </Sheet>
      </Page>
    </Verified>
  );
}
