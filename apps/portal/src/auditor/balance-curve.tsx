import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useAsk } from '../api/questions.js';
import { Chart } from '../ui/chart/chart.js';
import { Answer } from '../ui/states.js';
import { daysLater, today } from '../ui/time-text.js';
import type { Account } from './questions.js';

/** The server gives so many days at most. */
const DAYS_MAX = 400;

/** The balance of every day since the account was opened, with the chosen day marked. */
export function BalanceCurve({ account, day }: { account: Account; day: string }) {
  const { t } = useTranslation(['auditor', 'frame']);
  const to = today();
  const from = [account.openedOn, daysLater(to, 1 - DAYS_MAX)].sort().at(-1) ?? to;
  const history = useAsk(
    ['balance-history', account.account, from, to],
    '/api/v1/accounts/{account}/balance-history',
    { path: account, query: { from, to } },
    { enabled: from <= to },
  );
  const name = t('asOf.posted');
  const drawn = useMemo(() => {
    const points = history.data?.points ?? [];
    const at = points.findIndex(point => point.day === day);
    return {
      points: points.map(point => point.day),
      series: [{ id: 'posted', name, values: points.map(point => point.posted) }],
      marks: at < 0 ? [] : [{ at, kind: 'bad' as const, name: t('asOf.chosen') }],
    };
  }, [history.data, day, name, t]);
  if (from > to) return null;
  return (
    <Answer of={history}>
      {() => (
        <Chart
          name="balance-days"
          caption={t('asOf.history')}
          pointName={t('asOf.chosen')}
          pointText={point => point.slice(5).replace('-', '/')}
          unit={t('frame:unit.yen')}
          {...drawn}
        />
      )}
    </Answer>
  );
}
