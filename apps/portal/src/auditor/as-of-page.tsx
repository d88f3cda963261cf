import { useTranslation } from 'react-i18next';
import { KEEPS, useAsk } from '../api/questions.js';
import { useUrlState } from '../app/url-state.js';
import { MoneyStat, Page, Sheet, Stats } from '../ui/page.js';
import { SearchForm } from '../ui/search-form.js';
import { Answer, Empty, Failure, Waiting } from '../ui/states.js';
import { timeText, today } from '../ui/time-text.js';
import { useAccountField, useAccountOf } from './accounts.js';
import { BalanceCurve } from './balance-curve.js';
import { DaySlider } from './day-slider.js';
import { instantOf } from './inputs.js';
import { LogLink } from './log-link.js';
import { LotsThen } from './lots-then.js';
import { type Account, type Balance, useTrialBalance } from './questions.js';
import { TrialBalanceTable } from './trial-balance-table.js';

/** End of a day, the last instant that belongs to it. */
export const endOf = (day: string): string => `${day}T23:59:59.999`;

/** What an account held at an instant of the past. */
export default function AsOfPage() {
  const { t } = useTranslation('auditor');
  const [search] = useUrlState();
  const known = useAccountOf(search['account']);
  const field = useAccountField(t('asOf.account'));
  return (
    <Page title={t('asOf.name')} lead={t('asOf.lead')}>
      <Sheet>
        <SearchForm
          label={t('asOf.account')}
          go={t('asOf.show')}
          fields={[field, { name: 'at', label: t('asOf.exact'), type: 'time' }]}
        />
      </Sheet>
      <Chosen of={known} isAsked={search['account'] !== undefined} at={search['at'] ?? ''} />
    </Page>
  );
}

interface ChosenProps {
  readonly of: ReturnType<typeof useAccountOf>;
  readonly isAsked: boolean;
  readonly at: string;
}
function Chosen({ of: { data: account, error, refetch }, isAsked, at }: ChosenProps) {
  const { t } = useTranslation('auditor');
  if (!isAsked) return <Empty>{t('asOf.choose')}</Empty>;
  if (error) return <Failure error={error} retry={() => void refetch()} />;
  if (account === undefined) return <Waiting />;
  if (account === null) return <Empty>{t('asOf.choose')}</Empty>;
  return <Then key={account.account} account={account} at={at} />;
}

function Then({ account, at }: { account: Account; at: string }) {
  const { t } = useTranslation('auditor');
  const [, set] = useUrlState();
  const local = instantOf(at) === undefined ? endOf(today()) : at;
  const asOf = instantOf(local);
  const balance = useBalanceAt(account.account, asOf);
  const trial = useTrialBalance(account.account, asOf);
  const title = t('asOf.at', { time: timeText(asOf ?? '', true) });
  const to = { account: account.account, to: local.slice(0, 19) };
  return (
    <>
      <Sheet title={`${account.account} ${account.name}`} aside={<span className="tabular">{title}</span>}>
        <div className="stack">
          <DaySlider
            from={account.openedOn}
            to={today()}
            day={local.slice(0, 10)}
            onDay={day => set({ at: day === today() ? undefined : endOf(day) })}
          />
          <div aria-busy={balance.isPlaceholderData}>
            <Answer of={balance}>{found => <Figures balance={found} />}</Answer>
          </div>
          <BalanceCurve account={account} day={local.slice(0, 10)} />
          <p>
            <LogLink to="/events" search={to}>
              {t('asOf.eventsUntil')}
            </LogLink>
          </p>
        </div>
      </Sheet>
      <Sheet title={t('asOf.lots')}>
        <LotsThen lots={balance.data?.lots} isOld={balance.isPlaceholderData} error={balance.error} />
      </Sheet>
      <Sheet title={t('asOf.trial')} aside={<span className="soft small">{t('trialBalance.unit')}</span>}>
        <TrialBalanceTable of={trial} empty={t('asOf.noTrial')} name="trial-balance-then" />
      </Sheet>
    </>
  );
}

const useBalanceAt = (account: string, asOf: string | undefined) => {
  const about = { path: { account }, query: { asOf } };
  return useAsk(['balance', account, asOf], '/api/v1/accounts/{account}/balance', about, KEEPS);
};

function Figures({ balance }: { balance: Balance }) {
  const { t } = useTranslation('auditor');
  const { posted, held, available, receivable } = balance;
  return (
    <Stats>
      <MoneyStat name={t('asOf.posted')} lead of={posted} />
      <MoneyStat name={t('asOf.held')} of={held} />
      <MoneyStat name={t('asOf.available')} of={available} />
      <MoneyStat name={t('asOf.receivable')} of={receivable} />
    </Stats>
  );
}
