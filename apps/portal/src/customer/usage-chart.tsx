import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Chart } from '../ui/chart/chart.js';
import { sumOf, toUnits } from '../ui/money-text.js';
import { Empty } from '../ui/states.js';
import { shortDay } from '../ui/time-text.js';
import { useCategoryName } from './names.js';
import type { Usage } from './questions.js';

/** As many colours as can be told apart. */
const MOST = 6;

/** What was used of each category on each day, without tax. Categories that cost nothing are left out. */
export function UsageChart({ usage }: { usage: Usage }) {
  const { t } = useTranslation(['customer', 'frame']);
  const category = useCategoryName();
  const series = useMemo(() => {
    const netOf = (id: string) => usage.days.map(({ categories }) => categories[id]?.net ?? '0');
    return usage.categories
      .map(id => ({ id, name: category(id), values: netOf(id) }))
      .filter(({ values }) => toUnits(sumOf(values)) !== 0n)
      .slice(0, MOST);
  }, [usage, category]);
  const days = useMemo(() => usage.days.map(({ day }) => day), [usage]);
  if (series.length === 0) return <Empty>{t('chart.noUsage')}</Empty>;
  return (
    <Chart
      name="usage-by-day"
      caption={t('chart.net')}
      points={days}
      pointText={shortDay}
      pointName={t('chart.day')}
      series={series}
      kind="bars"
      unit={t('frame:unit.yen')}
    />
  );
}
