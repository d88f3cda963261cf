import { useTranslation } from 'react-i18next';
import { useUrlState } from '../app/url-state.js';
import { Page, Sheet } from '../ui/page.js';
import { SearchForm } from '../ui/search-form.js';
import { useAccountField } from './accounts.js';
import { useTrialBalance } from './questions.js';
import { TrialBalanceTable } from './trial-balance-table.js';

/** The whole journal, or that of one account, by ledger account: its two sides are equal, always. */
export default function TrialBalancePage() {
  const { t } = useTranslation('auditor');
  const [search] = useUrlState();
  const trial = useTrialBalance(search['account']);
  const field = useAccountField(t('trialBalance.ofAccount'));
  return (
    <Page title={t('trialBalance.name')} lead={t('trialBalance.lead')}>
      <Sheet aside={<span className="soft small">{t('trialBalance.unit')}</span>}>
        <SearchForm label={t('trialBalance.name')} fields={[field]} go={t('asOf.show')} />
        <TrialBalanceTable of={trial} name="trial-balance" empty={t('asOf.noTrial')} />
      </Sheet>
    </Page>
  );
}
