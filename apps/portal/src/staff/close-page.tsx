import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { addressOf, type Command, send } from '../api/client.js';
import { useEventStream } from '../api/event-stream.js';
import { Problem } from '../api/problem.js';
import { useAsk, usePages } from '../api/questions.js';
import { AppLink } from '../app/link.js';
import { useMay } from '../app/may.js';
import { useParam } from '../app/url-state.js';
import { useRefresh } from '../ui/act.js';
import { useConfirm } from '../ui/confirm.js';
import { useCommandKey } from '../ui/form/form.js';
import { Money } from '../ui/money.js';
import { countText } from '../ui/number-text.js';
import { MoneyStat, Note, Page, Sheet, Stat, Stats } from '../ui/page.js';
import { Progress } from '../ui/progress.js';
import { Failure, Waiting, Why } from '../ui/states.js';
import { Time } from '../ui/time.js';
import { monthText } from '../ui/time-text.js';
import { useToasts } from '../ui/toasts.js';
import { language } from '../words/index.js';
import { closeCounts } from './close-counts.js';
import { CloseRows } from './close-rows.js';
import { CloseState } from './close-state.js';
import { type CloseReport, type MonthReport, PAGE } from './questions.js';

/** One month: how far it is closed, what a close would do, and closing it. */
export default function ClosePage() {
  const { t } = useTranslation(['staff', 'frame']);
  const month = useParam('month');
  const may = useMay();
  const list = usePages(['closes', month], '/api/v1/closes/{month}', {
    path: { month },
    query: { limit: PAGE },
  });
  const closing = useClosing(month);
  // Figures of the month before, under the name of this one, would be wrong ones.
  const report = list.isOld ? undefined : list.first;
  const mayRun = may('POST /api/v1/closes') && report !== undefined && report.state !== 'closed';
  return (
    <Page
      title={t('close.name', { month: monthText(month, language()) })}
      acts={
        mayRun && (
          <>
            <button
              type="button"
              className="button"
              disabled={closing.doing !== null || !report.over}
              onClick={() => void closing.preview()}
            >
              {t('close.preview')}
            </button>
            <button
              type="button"
              className="button primary"
              disabled={closing.doing !== null || !report.over}
              onClick={() => void closing.run(report)}
            >
              {t('close.run')}
            </button>
          </>
        )
      }
    >
      {report && <Figures of={report} />}
      {report && !report.over && <Note>{t('close.notOver')}</Note>}
      <Going month={month} isRunning={closing.doing === 'run'} />
      {closing.doing === 'preview' && <Waiting />}
      {closing.early && mayRun ? (
        <Early closing={closing} of={report} />
      ) : (
        closing.error !== null && (
          <Note kind="bad">
            <p role="alert">
              <Why error={closing.error} />
            </p>
          </Note>
        )
      )}
      {closing.outcome && <Outcome of={closing.outcome} />}
      {!closing.outcome && (
        <Sheet title={t('close.report')} aside={<span className="soft small">{t('closes.unit')}</span>}>
          <CloseRows
            name="report"
            caption={t('close.report')}
            month={month}
            of={list.isOld ? { ...list, rows: undefined } : list}
            empty={t('close.none')}
          />
        </Sheet>
      )}
    </Page>
  );
}

/** Refused for being early: a person may force it, with a reason. */
function Early({ closing, of }: { closing: ReturnType<typeof useClosing>; of: MonthReport }) {
  const { t } = useTranslation('staff');
  return (
    <Note kind="warn">
      <div className="stack">
        <p role="alert">{t('close.early')}</p>
        <div className="buttons">
          <button type="button" className="button" onClick={() => void closing.previewForced()}>
            {t('close.previewForced')}
          </button>
          <button type="button" className="button danger" onClick={() => void closing.runForced(of)}>
            {t('close.force')}
          </button>
        </div>
      </div>
    </Note>
  );
}

/** A preview or a run: one at a time; what it answered stays until the next. */
function useClosing(month: string) {
  const { t } = useTranslation('staff');
  const confirm = useConfirm();
  const toasts = useToasts();
  const refresh = useRefresh();
  const command = useCommandKey();
  const [doing, setDoing] = useState<'preview' | 'run' | null>(null);
  const [outcome, setOutcome] = useState<CloseReport | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [early, setEarly] = useState(false);
  const close = async (dryRun: boolean, command: Command, isForced: boolean) => {
    setDoing(dryRun ? 'preview' : 'run');
    setOutcome(null);
    setError(null);
    setEarly(false);
    try {
      const force = isForced && { force: true, reason: command.reason };
      setOutcome(await send('POST', '/api/v1/closes', { body: { month, dryRun, ...force }, command }));
      return true;
    } catch (failure) {
      setEarly(failure instanceof Problem && failure.code === 'CLOSE_TOO_EARLY');
      setError(failure);
      return false;
    } finally {
      setDoing(null);
      if (!dryRun) await refresh([['closes'], ['invoices'], ['jobs'], ['balance'], ['history']]);
    }
  };
  const runAs = async ({ accounts, closed }: MonthReport, forced: boolean) => {
    const name = monthText(month, language());
    const yes = await confirm({
      title: t(forced ? 'close.confirmForced' : 'close.confirm', { month: name }),
      consequence: (
        <>
          {forced && <p>{t('close.forcedConsequence')}</p>}
          <p>{t('close.consequence', { count: accounts - closed })}</p>
        </>
      ),
      go: t(forced ? 'close.force' : 'close.run'),
      danger: true,
      reason: true,
    });
    if (!yes || !(await close(false, command.because(yes.reason), forced))) return;
    command.renew();
    toasts.done(t('close.done'));
  };
  const previewAs = (forced: boolean) =>
    close(true, { reason: t('close.previewReason'), key: crypto.randomUUID() }, forced);
  return {
    doing,
    outcome,
    error,
    /** What was asked last was refused for being early: a person may force it. */
    early,
    // Nothing is written by it, so nobody has to say why, and every one is a new question.
    preview: () => previewAs(false),
    previewForced: () => previewAs(true),
    run: (report: MonthReport) => runAs(report, false),
    runForced: (report: MonthReport) => runAs(report, true),
  };
}

function Figures({ of }: { of: MonthReport }) {
  const { t } = useTranslation('staff');
  return (
    <Sheet>
      <Stats>
        <MoneyStat lead name={t('closes.total')} of={of.total} />
        <Stat name={t('closes.state')}>
          <CloseState of={of} />
        </Stat>
        <Stat name={t('closes.closed')}>
          {countText(of.closed)} / {countText(of.accounts)}
        </Stat>
        <Stat name={t('closes.invoices')}>{countText(of.invoices)}</Stat>
        <Stat name={t('closes.at')}>{of.closedAt === null ? '—' : <Time at={of.closedAt} />}</Stat>
      </Stats>
    </Sheet>
  );
}

/** The close as it goes on, whether this page, a job or another server runs it. */
function Going({ month, isRunning }: { month: string; isRunning: boolean }) {
  const { t } = useTranslation('staff');
  const jobs = useAsk(['jobs', 'active-closes'], '/api/v1/jobs', {
    query: { state: 'active', name: 'close-month' },
  });
  const isInJob = jobs.data?.rows.some(job => job.key === month) ?? false;
  const watching = isRunning || isInJob;
  const stream = addressOf('/api/v1/closes/{month}/progress', { path: { month } });
  const { progress, error } = useEventStream(watching ? stream : null);
  if (!watching) return null;
  if (error !== null) return <Failure error={error} />;
  return (
    <Sheet>
      <Progress
        label={t(isInJob && !isRunning ? 'close.goingInJob' : 'close.going')}
        done={progress?.done ?? 0}
        total={progress?.total ?? null}
      />
    </Sheet>
  );
}

/** What the month is closed without: lines that nobody could charge yet. */
function Suspended({ of: { suspense } }: { of: CloseReport }) {
  const { t } = useTranslation('staff');
  const { lines, priced, net, unread } = suspense;
  if (lines === 0 && unread === 0) return null;
  return (
    <Note kind="warn">
      {lines > 0 && (
        <p>
          {t('close.suspended', { lines })}
          {priced > 0 && (
            <>
              {t('close.suspendedNet', { priced })} <Money of={net} unit />
            </>
          )}
        </p>
      )}
      {unread > 0 && <p>{t('close.unread', { count: unread })}</p>}
      <AppLink to="/suspense">{t('close.toSuspense')}</AppLink>
    </Note>
  );
}

/** What a preview found, or a run did, account by account. */
function Outcome({ of }: { of: CloseReport }) {
  const { t } = useTranslation('staff');
  const { refused, returns, before } = closeCounts(of.accounts);
  const title = t(of.dryRun ? 'close.previewOf' : 'close.outcome');
  return (
    <Sheet title={title} aside={<span className="soft small">{t('closes.unit')}</span>}>
      <div className="stack">
        <Note kind={refused > 0 ? 'bad' : 'good'}>
          <div role="status">
            {t(of.dryRun ? 'close.would' : 'close.did', { invoices: of.invoices })}{' '}
            <Money of={of.total} unit />
            {returns > 0 && ` ${t('close.returns', { count: returns })}`}
            {before > 0 && ` ${t('close.before', { count: before })}`}
            {refused > 0 && ` ${t('close.refused', { count: refused })}`}
          </div>
        </Note>
        <Suspended of={of} />
        {of.dryRun && (
          <p className="small soft">
            {t('close.previewNote')}{' '}
            <AppLink to="/reconciliation" search={{ month: of.month }}>
              {t('close.toReconciliation')}
            </AppLink>
          </p>
        )}
        <CloseRows
          name={of.dryRun ? 'preview' : 'outcome'}
          caption={title}
          month={of.month}
          of={{ rows: of.accounts }}
          empty={t('close.none')}
        />
      </div>
    </Sheet>
  );
}
