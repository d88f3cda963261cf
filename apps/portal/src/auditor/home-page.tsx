import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { listOf } from '../api/questions.js';
import { AppLink } from '../app/link.js';
import { Money } from '../ui/money.js';
import { compareMoney } from '../ui/money-text.js';
import { countText } from '../ui/number-text.js';
import { Badge, Page, Sheet, Stat, Stats } from '../ui/page.js';
import { DataTable } from '../ui/table/data-table.js';
import { Time } from '../ui/time.js';
import { eventColumns } from './event-columns.js';
import { type TrialBalance, useHead, useTrialBalance } from './questions.js';

const TOOLS = [
  ['verify', '/verify'],
  ['replay', '/replay'],
  ['asOf', '/as-of'],
  ['explain', '/explain'],
  ['export', '/export'],
  ['acts', '/staff-acts'],
] as const;

/** Columns of the latest events: what they say; the rest is a page away. */
const SHOWN: ReadonlySet<string> = new Set(['position', 'recorded', 'said']);

/** How the log and the books stand, and what one can do to prove it. */
export default function HomePage() {
  const { t } = useTranslation(['auditor', 'frame']);
  const latest = useHead();
  const trial = useTrialBalance();
  const columns = useMemo(() => eventColumns(t).filter(({ id }) => SHOWN.has(id)), [t]);
  const [last] = latest.data?.rows ?? [];
  return (
    <Page title={t('home.name')} lead={t('home.lead')}>
      <Sheet>
        <Stats>
          <Stat name={t('home.events')} lead>
            {latest.data ? countText(latest.data.head) : '…'}
          </Stat>
          <Stat name={t('home.lastAt')}>{last ? <Time at={last.recordedAt} seconds /> : '…'}</Stat>
          <Stat name={t('home.total')}>{trial.data ? <Money of={trial.data.debit} unit /> : '…'}</Stat>
          <Stat name={t('home.books')}>{trial.data ? <Balanced of={trial.data} /> : '…'}</Stat>
        </Stats>
      </Sheet>
      <Sheet title={t('home.tools')}>
        <ul className="tools">
          {TOOLS.map(([tool, to]) => (
            <li key={tool}>
              <AppLink to={to}>{t(`${tool}.name`)}</AppLink>
              <p className="soft small">{t(`home.toolTexts.${tool}`)}</p>
            </li>
          ))}
        </ul>
      </Sheet>
      <Sheet title={t('home.latest')} aside={<AppLink to="/events">{t('events.name')}</AppLink>}>
        <DataTable
          name="latest"
          caption={t('home.latest')}
          of={listOf(latest)}
          columns={columns}
          rowKey={row => String(row.position)}
          filter={false}
          sort={false}
        />
      </Sheet>
    </Page>
  );
}

function Balanced({ of: { debit, credit } }: { of: TrialBalance }) {
  const { t } = useTranslation('auditor');
  const isEqual = compareMoney(debit, credit) === 0;
  return <Badge kind={isEqual ? 'good' : 'bad'}>{t(isEqual ? 'home.balanced' : 'home.unbalanced')}</Badge>;
}
