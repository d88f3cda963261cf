import { useTranslation } from 'react-i18next';
import type { Schemas } from '../api/client.js';
import { useAsk } from '../api/questions.js';
import { useUrlState } from '../app/url-state.js';
import { Money } from '../ui/money.js';
import { MoneyStat, Page, Sheet, Stats } from '../ui/page.js';
import { SearchForm } from '../ui/search-form.js';
import { Answer } from '../ui/states.js';
import type { Column } from '../ui/table/columns.js';
import { DataTable } from '../ui/table/data-table.js';
import { dayText } from '../ui/time-text.js';

type Unused = Schemas['UnusedBalance'];
type Sums = Unused['total'];

/** What customers have paid or were given and have not used, as of a day (J-08). */
export default function UnusedBalancePage() {
  const { t } = useTranslation('auditor');
  const [search] = useUrlState();
  const asOf = search['asOf'] || undefined;
  const of = useAsk(['unused-balance', asOf], '/api/v1/unused-balance', { query: { asOf } });
  return (
    <Page title={t('unused.name')} lead={t('unused.lead')}>
      <Sheet>
        <SearchForm
          label={t('unused.name')}
          fields={[{ name: 'asOf', label: t('unused.asOf'), type: 'date' }]}
          go={t('asOf.show')}
        />
      </Sheet>
      <Answer of={of}>{found => <Found of={found} />}</Answer>
    </Page>
  );
}

function Found({ of: { asOf, total, byIssueDay, byAge } }: { of: Unused }) {
  const { t } = useTranslation('auditor');
  const sums = useSums(total);
  const unit = <span className="soft small">{t('trialBalance.unit')}</span>;
  const ageOf = ({ days }: Unused['byAge'][number]): string => {
    if (days === null) return t('unused.later');
    return days < 0 ? t('unused.expired') : t('unused.within', { days });
  };
  return (
    <div className="stack">
      <Sheet title={t('unused.at', { day: dayText(asOf) })} aside={unit}>
        <Stats>
          <MoneyStat lead name={t('unused.all')} of={total.all} />
          <MoneyStat name={t('unused.paid')} of={total.paid} />
          <MoneyStat name={t('unused.bonus')} of={total.bonus} />
        </Stats>
      </Sheet>
      <Sheet title={t('unused.byAge')} aside={unit}>
        <DataTable
          name="unused-by-age"
          caption={t('unused.byAge')}
          of={{ rows: byAge }}
          columns={[{ id: 'days', name: t('unused.days'), value: ageOf, sortable: false }, ...sums]}
          rowKey={row => String(row.days)}
          filter={false}
          csv={`unused-by-age-${asOf}`}
        />
      </Sheet>
      <Sheet title={t('unused.byIssueDay')} aside={unit}>
        <DataTable
          name="unused-by-issue-day"
          caption={t('unused.byIssueDay')}
          of={{ rows: byIssueDay }}
          columns={[
            { id: 'issued', name: t('unused.issuedOn'), kind: 'day', value: row => row.issuedOn },
            ...sums,
          ]}
          rowKey={row => row.issuedOn}
          filter={false}
          csv={`unused-by-issue-day-${asOf}`}
          empty={t('unused.none')}
        />
      </Sheet>
    </div>
  );
}

function useSums(total: Sums): readonly Column<Sums>[] {
  const { t } = useTranslation('auditor');
  return (['paid', 'bonus', 'all'] as const).map(id => ({
    id,
    name: t(`unused.${id}`),
    kind: 'money',
    value: row => row[id],
    total: <Money of={total[id]} />,
  }));
}
