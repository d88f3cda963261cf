import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { answered, api, call } from '../api/client.js';
import { usePages } from '../api/pages.js';
import { useUrlState } from '../app/url-state.js';
import { Badge, Page, Sheet } from '../ui/page.js';
import { Progress } from '../ui/progress.js';
import type { Column } from '../ui/table/columns.js';
import { DataTable } from '../ui/table/data-table.js';
import { useAct, useMay } from './acts.js';
import { type Job, PAGE } from './questions.js';

const STATES = ['parked', 'active', 'waiting', 'done'] as const;
type State = (typeof STATES)[number];
const isState = (text: string | undefined): text is State =>
  (STATES as readonly (string | undefined)[]).includes(text);

const KINDS: Readonly<Record<State, 'good' | 'warn' | 'bad' | undefined>> = {
  parked: 'bad',
  active: 'warn',
  waiting: undefined,
  done: 'good',
};

/** What is done outside of requests; what has failed for good waits here for a decision. */
export default function JobsPage() {
  const { t } = useTranslation(['staff', 'frame']);
  const [{ state: asked }, set] = useUrlState();
  const state = isState(asked) ? asked : '';
  const list = usePages<Job>(['jobs', state], (cursor, signal) =>
    answered(
      api.GET('/api/v1/jobs', {
        params: { query: { limit: PAGE, ...(state && { state }), ...(cursor !== undefined && { cursor }) } },
        signal,
      }),
    ),
  );
  const columns = useColumns();
  return (
    <Page
      title={t('jobs.name')}
      lead={t('jobs.lead')}
      acts={
        <button type="button" className="button" onClick={list.retry}>
          {t('jobs.refresh')}
        </button>
      }
    >
      <Sheet>
        <div className="filters">
          <div className="field">
            <label htmlFor="jobs-state">{t('jobs.state')}</label>
            <select
              id="jobs-state"
              className="select"
              value={state}
              onChange={({ target }) => set({ state: target.value })}
            >
              <option value="">{t('search.any')}</option>
              {STATES.map(one => (
                <option key={one} value={one}>
                  {t(`jobs.states.${one}`)}
                </option>
              ))}
            </select>
          </div>
        </div>
        <DataTable
          name="jobs"
          caption={t('jobs.name')}
          hideCaption
          columns={columns}
          rows={list.rows}
          rowKey={row => row.job}
          more={list.more}
          error={list.error}
          retry={list.retry}
          sort={false}
          empty={state === 'parked' ? t('jobs.noneParked') : t('jobs.none')}
        />
      </Sheet>
    </Page>
  );
}

/** Jobs that have a name for people; others stand under their own. */
const NAMES = ['close-month', 'expire-lots'] as const;
const isNamed = (name: string): name is (typeof NAMES)[number] => (NAMES as readonly string[]).includes(name);

function useColumns(): readonly Column<Job>[] {
  const { t } = useTranslation('staff');
  return useMemo(
    () => [
      {
        id: 'name',
        name: t('jobs.job'),
        value: row => (isNamed(row.name) ? t(`jobs.names.${row.name}`) : row.name),
      },
      { id: 'key', name: t('jobs.key'), kind: 'code', value: row => row.key },
      {
        id: 'state',
        name: t('jobs.state'),
        value: row => t(`jobs.states.${row.state}`),
        cell: row => <Badge kind={KINDS[row.state]}>{t(`jobs.states.${row.state}`)}</Badge>,
      },
      { id: 'due', name: t('jobs.due'), kind: 'time', value: row => row.dueAt },
      {
        id: 'attempts',
        name: t('jobs.attempts'),
        value: row => `${row.attempts} / ${row.attemptsAtMost}`,
      },
      {
        id: 'reason',
        name: t('jobs.reason'),
        value: row => row.reason,
        cell: row =>
          row.progress && row.state === 'active' ? (
            <Progress label={row.progress.what} done={row.progress.done} total={row.progress.total} />
          ) : (
            row.reason
          ),
        wrap: true,
      },
      { id: 'acts', name: t('acts'), value: () => null, sortable: false, cell: row => <Acts of={row} /> },
    ],
    [t],
  );
}

function Acts({ of: job }: { of: Job }) {
  const { t } = useTranslation('staff');
  const may = useMay();
  const act = useAct();
  if (!may('jobs') || job.state === 'done' || job.state === 'active') return null;
  const path = `/jobs/${encodeURIComponent(job.name)}/${encodeURIComponent(job.key)}`;
  const changes = [['jobs']] as const;
  const retry = () =>
    act(
      {
        title: t('jobs.retry'),
        consequence: t('jobs.retryConsequence', { job: job.job }),
        go: t('jobs.retryGo'),
      },
      { changes },
      headers => call('POST', `${path}/retry`, { headers }),
    );
  const discard = () =>
    act(
      {
        title: t('jobs.discard'),
        consequence: t('jobs.discardConsequence', { job: job.job }),
        go: t('jobs.discard'),
        danger: true,
      },
      { changes },
      headers => call('POST', `${path}/discard`, { headers }),
    );
  return (
    <span className="buttons">
      {job.state === 'parked' && (
        <button
          type="button"
          className="button small"
          aria-label={`${t('jobs.retryGo')} ${job.job}`}
          onClick={() => void retry()}
        >
          {t('jobs.retryGo')}
        </button>
      )}
      <button
        type="button"
        className="button small danger"
        aria-label={`${t('jobs.discard')} ${job.job}`}
        onClick={() => void discard()}
      >
        {t('jobs.discard')}
      </button>
    </span>
  );
}
