import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { send } from '../api/client.js';
import { isOneOf, namesOf } from '../api/names.js';
import { usePages } from '../api/questions.js';
import { useMay } from '../app/may.js';
import { useUrlState } from '../app/url-state.js';
import { Choice } from '../ui/choices.js';
import { ListPage } from '../ui/list-page.js';
import { Progress } from '../ui/progress.js';
import { actsColumn, type Column } from '../ui/table/columns.js';
import { useKnown } from '../words/known.js';
import { StaffButton } from './acts.js';
import { type Job, PAGE } from './questions.js';

const STATES = namesOf<Job['state']>({ parked: 1, active: 1, waiting: 1, done: 1 });
const KINDS = { parked: 'bad', active: 'warn', waiting: undefined, done: 'good' } as const;

/** What is done outside of requests; what has failed for good waits here for a decision. */
export default function JobsPage() {
  const { t } = useTranslation(['staff', 'frame']);
  const [{ state: asked }, set] = useUrlState();
  const state = isOneOf(STATES, asked) ? asked : '';
  const query = { limit: PAGE, ...(state && { state }) };
  const list = usePages(['jobs', state], '/api/v1/jobs', { query });
  const choices = [
    ['', t('frame:search.any')],
    ...STATES.map(one => [one, t(`jobs.states.${one}`)] as const),
  ] as const;
  return (
    <ListPage
      name="jobs"
      title={t('jobs.name')}
      lead={t('jobs.lead')}
      acts={
        <button type="button" className="button" onClick={list.retry}>
          {t('jobs.refresh')}
        </button>
      }
      search={
        <div className="filters">
          <Choice
            label={t('jobs.state')}
            choices={choices}
            value={state}
            onChoose={chosen => set({ state: chosen })}
          />
        </div>
      }
      of={list}
      columns={useColumns()}
      rowKey={row => row.job}
      sort={false}
      empty={state === 'parked' ? t('jobs.noneParked') : t('jobs.none')}
    />
  );
}

function useColumns(): readonly Column<Job>[] {
  const { t } = useTranslation('staff');
  const nameOf = useKnown('staff:jobs.names');
  const doing = useKnown('staff:jobs.doing');
  return useMemo(
    () => [
      { id: 'name', name: t('jobs.job'), value: row => nameOf(row.name) },
      { id: 'key', name: t('jobs.key'), kind: 'code', value: row => row.key },
      {
        id: 'state',
        name: t('jobs.state'),
        value: row => t(`jobs.states.${row.state}`),
        badge: row => KINDS[row.state],
      },
      { id: 'due', name: t('jobs.due'), kind: 'time', value: row => row.dueAt },
      { id: 'attempts', name: t('jobs.attempts'), value: row => `${row.attempts} / ${row.attemptsAtMost}` },
      {
        id: 'reason',
        name: t('jobs.reason'),
        value: row => row.reason,
        cell: row =>
          row.progress && row.state === 'active' ? (
            <Progress label={doing(row.progress.what)} done={row.progress.done} total={row.progress.total} />
          ) : (
            row.reason
          ),
        wrap: true,
      },
      actsColumn(t('acts'), row => <Acts of={row} />),
    ],
    [t, nameOf, doing],
  );
}

const CHANGES = [['jobs']] as const;

function Acts({ of: { name, key, job, state } }: { of: Job }) {
  const { t } = useTranslation('staff');
  const may = useMay();
  if (!may('POST /api/v1/jobs/{name}/{key}/retry') || state === 'done' || state === 'active') return null;
  const path = { name, key };
  return (
    <span className="buttons">
      {state === 'parked' && (
        <StaffButton
          label={`${t('jobs.retryGo')} ${job}`}
          ask={{
            title: t('jobs.retry'),
            consequence: t('jobs.retryConsequence', { job }),
            go: t('jobs.retryGo'),
          }}
          send={command => send('POST', '/api/v1/jobs/{name}/{key}/retry', { path, command })}
          changes={CHANGES}
        >
          {t('jobs.retryGo')}
        </StaffButton>
      )}
      <StaffButton
        danger
        label={`${t('jobs.discard')} ${job}`}
        ask={{
          title: t('jobs.discard'),
          consequence: t('jobs.discardConsequence', { job }),
          go: t('jobs.discard'),
          danger: true,
        }}
        send={command => send('POST', '/api/v1/jobs/{name}/{key}/discard', { path, command })}
        changes={CHANGES}
      >
        {t('jobs.discard')}
      </StaffButton>
    </span>
  );
}
