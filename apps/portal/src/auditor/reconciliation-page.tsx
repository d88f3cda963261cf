import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useAsk } from '../api/questions.js';
import { useUrlState } from '../app/url-state.js';
import { Choice } from '../ui/choices.js';
import { Money } from '../ui/money.js';
import { Note, Page, Sheet } from '../ui/page.js';
import { Answer, Empty } from '../ui/states.js';
import type { Column } from '../ui/table/columns.js';
import { DataTable } from '../ui/table/data-table.js';
import { monthText } from '../ui/time-text.js';
import { language } from '../words/index.js';
import { useKnown } from '../words/known.js';
import { LogLink } from './log-link.js';
import type { Difference, Suspense } from './questions.js';

/** Whether the different books of a month tell the same. */
export default function ReconciliationPage() {
  const { t } = useTranslation('auditor');
  const [search, set] = useUrlState();
  const months = useAsk(['closes'], '/api/v1/closes', {});
  return (
    <Page title={t('reconciliation.name')} lead={t('reconciliation.lead')}>
      <Answer of={months}>
        {({ rows }) => {
          const newest = rows.find(row => row.state === 'closed') ?? rows[0];
          const month = rows.find(row => row.month === search['month']) ?? newest;
          if (!month) return <Empty>{t('reconciliation.noMonth')}</Empty>;
          return (
            <>
              <div className="filters">
                <Choice
                  label={t('reconciliation.month')}
                  choices={rows.map(row => [row.month, monthText(row.month, language())])}
                  value={month.month}
                  onChoose={chosen => set({ month: chosen })}
                />
              </div>
              <Sheet title={monthText(month.month, language())}>
                <Compared month={month.month} />
              </Sheet>
            </>
          );
        }}
      </Answer>
    </Page>
  );
}

function Compared({ month }: { month: string }) {
  const { t } = useTranslation('auditor');
  const found = useAsk(['reconciliation', month], '/api/v1/reconciliations/{month}', { path: { month } });
  return (
    <Answer of={found}>
      {({ rows, suspense }) => (
        <div className="stack">
          {rows.length > 0 ? (
            <Differences rows={rows} />
          ) : (
            <Note kind="good">
              <p>
                <strong>{t('reconciliation.good')}</strong>
              </p>
              <p>{t('reconciliation.goodText', { month: monthText(month, language()) })}</p>
            </Note>
          )}
          <Suspended of={suspense} />
        </div>
      )}
    </Answer>
  );
}

/** What is on no invoice of the month, since it waits on the suspense list. */
function Suspended({ of: { lines, priced, net, unread } }: { of: Suspense }) {
  const { t } = useTranslation('auditor');
  if (lines === 0 && unread === 0) return null;
  return (
    <Note kind="warn">
      {lines > 0 && (
        <p>
          {t('reconciliation.suspended', { lines })}
          {priced > 0 && (
            <>
              {t('reconciliation.suspendedNet', { priced })} <Money of={net} unit />
            </>
          )}
        </p>
      )}
      {unread > 0 && <p>{t('reconciliation.unread', { count: unread })}</p>}
    </Note>
  );
}

const saidOf = ({ message, messageJa }: Difference): string => (language() === 'en' ? message : messageJa);

function Differences({ rows }: { rows: readonly Difference[] }) {
  const { t } = useTranslation('auditor');
  const checkOf = useKnown('auditor:reconciliation.checks');
  const columns = useMemo<readonly Column<Difference>[]>(
    () => [
      { id: 'check', name: t('reconciliation.check'), value: row => checkOf(row.check) },
      { id: 'account', name: t('reconciliation.account'), kind: 'code', value: row => row.account },
      { id: 'message', name: t('reconciliation.message'), value: saidOf, wrap: true },
      { id: 'expected', name: t('reconciliation.expected'), kind: 'money', value: row => row.expected },
      { id: 'found', name: t('reconciliation.found'), kind: 'money', value: row => row.found },
      {
        id: 'events',
        name: t('reconciliation.events'),
        value: row => row.positions.join(' '),
        cell: row =>
          row.positions.map(position => (
            <LogLink key={position} to={`/events/${position}`} className="spaced">
              {`#${position}`}
            </LogLink>
          )),
      },
    ],
    [t, checkOf],
  );
  return (
    <DataTable
      name="differences"
      caption={t('reconciliation.name')}
      of={{ rows }}
      columns={columns}
      rowKey={row => JSON.stringify(row)}
      csv="reconciliation"
    />
  );
}
