import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Chart } from '../ui/chart/chart.js';
import { toUnits } from '../ui/money-text.js';
import { Empty } from '../ui/states.js';
import { shortDay } from '../ui/time-text.js';
import type { BalancePoint } from './questions.js';

/** What was posted at the end of each day, with what was charged and what expired. */
export function BalanceChart({ points }: { points: readonly BalancePoint[] }) {
  const { t } = useTranslation(['customer', 'frame']);
  const parts = useMemo(() => {
    const is = (amount: string) => toUnits(amount) !== 0n;
    const marks = points.flatMap(({ charged, expired }, at) => [
      ...(is(charged) ? [{ at, kind: 'good' as const, name: t('chart.charged') }] : []),
      ...(is(expired) ? [{ at, kind: 'bad' as const, name: t('chart.expired') }] : []),
    ]);
    const beside = [
      { id: 'charged', name: t('chart.charged'), values: points.map(point => point.charged) },
      { id: 'spent', name: t('chart.spent'), values: points.map(point => point.spent) },
      { id: 'expired', name: t('chart.expired'), values: points.map(point => point.expired) },
    ];
    const series = [{ id: 'posted', name: t('chart.posted'), values: points.map(point => point.posted) }];
    return { marks, beside, series, days: points.map(point => point.day), still: marks.length === 0 };
  }, [points, t]);
  const isEmpty = points.every(({ posted, spent }) => toUnits(posted) === 0n && toUnits(spent) === 0n);
  if (isEmpty && parts.still) return <Empty>{t('chart.noBalance')}</Empty>;
  return (
    <Chart
      name="balance-over-time"
      caption={t('chart.posted')}
      points={parts.days}
      pointText={shortDay}
      pointName={t('chart.day')}
      series={parts.series}
      beside={parts.beside}
      marks={parts.marks}
      unit={t('frame:unit.yen')}
    />
  );
}
