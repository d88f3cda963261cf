import { useTranslation } from 'react-i18next';
import { AppLink } from '../app/link.js';
import { UrlSelect, useChoice } from '../ui/choices.js';
import { Money } from '../ui/money.js';
import { moneyText, toUnits } from '../ui/money-text.js';
import { Columns, MoneyStat, Note, Page, Sheet, Stat, Stats } from '../ui/page.js';
import { Answer } from '../ui/states.js';
import { daysLater, dayText, monthsBack, monthText, thisMonth, timeText, today } from '../ui/time-text.js';
import { language } from '../words/index.js';
import { BalanceChart } from './balance-chart.js';
import { nextExpiry } from './expiry.js';
import { LatestInvoices, LatestMovements, UsedThisMonth } from './home-lists.js';
import { type Balance, useBalance, useBalanceHistory, useUsage } from './questions.js';
import { UsageChart } from './usage-chart.js';
import { useIsVerified, VerifyHere } from './verified.js';

const PERIODS = ['30', '90', '180', '365'] as const;
const USUAL_PERIOD = '90';

/** The first page of an account: what there is, until when, and what became of it. */
export default function HomePage() {
  const { t } = useTranslation(['customer', 'frame']);
  const balance = useBalance();
  const isVerified = useIsVerified();
  return (
    <Page title={t('home.name')} lead={t('home.lead')}>
      <Sheet title={t('home.wallet')} aside={<AppLink to="/prepaid">{t('home.toHistory')}</AppLink>}>
        <Answer of={balance}>{of => <Wallet of={of} />}</Answer>
      </Sheet>
      <BalanceOverTime />
      <Columns>
        <Sheet title={t('home.thisMonth')} aside={<AppLink to="/usage">{t('home.toUsage')}</AppLink>}>
          {isVerified ? <UsedThisMonth /> : <VerifyHere />}
        </Sheet>
        <Sheet title={t('home.latest')} aside={<AppLink to="/prepaid">{t('home.toHistory')}</AppLink>}>
          <LatestMovements />
        </Sheet>
      </Columns>
      {isVerified && <UsageByDay />}
      <Sheet title={t('home.invoices')} aside={<AppLink to="/invoices">{t('home.toInvoices')}</AppLink>}>
        <LatestInvoices />
      </Sheet>
    </Page>
  );
}

function Wallet({ of: { available, posted, held, receivable, asOf, lots } }: { of: Balance }) {
  const { t } = useTranslation(['customer', 'frame']);
  const next = nextExpiry(lots);
  const isOwing = toUnits(receivable) > 0n;
  return (
    <>
      <Stats>
        <MoneyStat
          lead
          name={t('home.available')}
          note={t('home.asOf', { at: timeText(asOf) })}
          of={available}
        />
        <MoneyStat name={t('home.posted')} of={posted} />
        <MoneyStat name={t('home.held')} of={held} />
        <MoneyStat name={t('home.receivable')} of={receivable} />
        <Stat
          name={t('home.nextExpiry')}
          note={
            next ? (
              <AppLink to="/prepaid" search={{ view: 'lots' }}>
                {t('home.expiryNote', { day: dayText(next.day) })}
              </AppLink>
            ) : (
              t('home.noExpiry')
            )
          }
        >
          {next ? <Money of={next.amount} unit /> : '—'}
        </Stat>
      </Stats>
      {isOwing && <Note kind="warn">{t('home.owedNote', { amount: moneyText(receivable) })}</Note>}
    </>
  );
}

function BalanceOverTime() {
  const { t } = useTranslation(['customer', 'frame']);
  const days = Number(useChoice('days', PERIODS, USUAL_PERIOD));
  const last = today();
  const history = useBalanceHistory(daysLater(last, 1 - days), last);
  return (
    <Sheet
      title={t('home.balance')}
      aside={
        <UrlSelect
          name="days"
          label={t('home.period')}
          hideLabel
          usual={USUAL_PERIOD}
          choices={PERIODS.map(one => [one, t('home.lastDays', { days: one })])}
        />
      }
    >
      <Answer of={history}>{({ points }) => <BalanceChart points={points} />}</Answer>
    </Sheet>
  );
}

/** Months whose days can be looked at here. */
const MONTHS = 13;

function UsageByDay() {
  const { t } = useTranslation(['customer', 'frame']);
  const months = monthsBack(thisMonth(), MONTHS);
  const [running = ''] = months;
  const month = useChoice('usage', months, running);
  const usage = useUsage(month);
  return (
    <Sheet
      title={t('home.byDay')}
      aside={
        <UrlSelect
          name="usage"
          label={t('usage.month')}
          hideLabel
          usual={running}
          choices={months.map(one => [one, monthText(one, language())])}
        />
      }
    >
      <Answer of={usage}>{of => <UsageChart usage={of} />}</Answer>
    </Sheet>
  );
}
