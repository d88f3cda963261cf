import { useTranslation } from 'react-i18next';
import { Page, Sheet } from '../ui/page.js';
import { Answer } from '../ui/states.js';
import { Tabs } from '../ui/tabs.js';
import { BackToCart } from './cart-link.js';
import { HistoryTable } from './history-table.js';
import { LotsTable } from './lots-table.js';
import { useBalance } from './questions.js';
import { useIsVerified } from './verified.js';

/** Everything that came into the wallet and left it, and what is left until when (PRX-01 to PRX-03). */
export default function PrepaidPage() {
  const { t } = useTranslation(['customer', 'frame']);
  const isVerified = useIsVerified();
  return (
    <Page title={t('prepaid.name')} lead={t('prepaid.lead')}>
      {isVerified && <BackToCart />}
      <Sheet aside={<span className="soft small">{t('unit')}</span>}>
        <Tabs
          name="view"
          label={t('prepaid.views')}
          tabs={[
            { id: 'history', name: t('prepaid.history'), panel: () => <HistoryTable /> },
            { id: 'lots', name: t('prepaid.lots'), panel: () => <Lots /> },
          ]}
        />
      </Sheet>
    </Page>
  );
}

function Lots() {
  const balance = useBalance();
  return <Answer of={balance}>{({ lots, asOf }) => <LotsTable lots={lots} asOf={asOf} />}</Answer>;
}
